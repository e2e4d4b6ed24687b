"""Titles and other text from a link, cleaned for the places where an exported project shows them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from headwater.export.safe_names import WINDOWS_DEVICES

UNTITLED: Final = "Dataflow"
LONGEST_TITLE: Final = 120
_LONGEST_FOLDER: Final = 60

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Controls, bidirectional and zero-width characters, characters without a meaning, surrogates, line breaks."""
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#!|~:&/$])")
_BARE_DOMAIN: Final = re.compile(r"\bwww\.", re.IGNORECASE)
_EMAIL: Final = re.compile(r"(?<=[^\s@])@(?=[^\s@])")


def one_line(text: str) -> str:
    r"""A text on one line, without characters that are invisible or change the order of others.

    >>> one_line("dot\u202egnp.html  and\nmore")
    'dot gnp.html and more'
    """
    visible = "".join(" " if unicodedata.category(character) in _INVISIBLE else character for character in text)
    return " ".join(visible.split())


def clean_title(title: str) -> str:
    """A title that any file can hold: one line of visible characters, of at most 120, and never empty."""
    return one_line(title)[:LONGEST_TITLE].strip() or UNTITLED


def docstring(text: str) -> str:
    """A text as the docstring of a program, which it cannot end."""
    plain = one_line(text).replace("\\", "\\\\").replace('"', "'")
    return f'"""{plain}"""'


def folder_name(title: str) -> str:
    """A name for the project's folder that every system allows.

    >>> folder_name("Seattle weather (2026)"), folder_name("../.."), folder_name("CON")
    ('seattle-weather-2026', 'dataflow', 'con-dataflow')
    """
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_LONGEST_FOLDER].strip("-") or "dataflow"
    return f"{name}-dataflow" if name in WINDOWS_DEVICES else name


def markdown_text(text: str) -> str:
    r"""A text as Markdown that shows just its characters: no markup, HTML, link or address that becomes a link.

    >>> print(markdown_text("[a](b) <b> ann@example.org"))
    \[a\](b) \<b\> ann at example.org
    """
    plain = _EMAIL.sub(" at ", one_line(text))
    return _BARE_DOMAIN.sub(lambda found: f"{found[0][:-1]}\\.", _MARKDOWN.sub(r"\\\1", plain))


def markdown_code(text: str) -> str:
    """A text as inline code in Markdown, also in a cell of a table."""
    plain = one_line(text) or " "
    longest = max((len(ticks) for ticks in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest else ""
    return f"{fence}{padding}{plain.replace('|', chr(92) + '|')}{padding}{fence}"
