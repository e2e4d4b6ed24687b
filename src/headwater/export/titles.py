"""Titles and other text from links, escaped for the files in exported projects."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from headwater.export.safe_names import WINDOWS_DEVICES

UNTITLED: Final = "Dataflow"
MAX_TITLE_LENGTH: Final = 120
_MAX_FOLDER_LENGTH: Final = 60

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""The Unicode categories of control, bidirectional, zero-width, unassigned and surrogate characters, and of line breaks."""
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#!|~:&/$])")
_BARE_DOMAIN: Final = re.compile(r"\bwww\.", re.IGNORECASE)
_EMAIL: Final = re.compile(r"(?<=[^\s@])@(?=[^\s@])")


def one_line(text: str) -> str:
    r"""Put text on one line, without invisible characters or characters that reorder other characters.

    >>> one_line("dot\u202egnp.html  and\nmore")
    'dot gnp.html and more'
    """
    visible = "".join(" " if unicodedata.category(character) in _INVISIBLE else character for character in text)
    return " ".join(visible.split())


def clean_title(title: str) -> str:
    """Return a title that is safe in any file: one line of 1 to 120 visible characters."""
    return one_line(title)[:MAX_TITLE_LENGTH].strip() or UNTITLED


def docstring(text: str) -> str:
    """Return text as a docstring. The text cannot end the docstring early."""
    plain = one_line(text).replace("\\", "\\\\").replace('"', "'")
    return f'"""{plain}"""'


def folder_name(title: str) -> str:
    """Return a name for the project's folder that is valid on every system.

    >>> folder_name("Seattle weather (2026)"), folder_name("../.."), folder_name("CON")
    ('seattle-weather-2026', 'dataflow', 'con-dataflow')
    """
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_MAX_FOLDER_LENGTH].strip("-") or "dataflow"
    return f"{name}-dataflow" if name in WINDOWS_DEVICES else name


def markdown_text(text: str) -> str:
    r"""Escape text for Markdown, so that the text contains no markup, HTML, links, or URLs that become links.

    >>> print(markdown_text("[a](b) <b> ann@example.org"))
    \[a\](b) \<b\> ann at example.org
    """
    plain = _EMAIL.sub(" at ", one_line(text))
    return _BARE_DOMAIN.sub(lambda match: f"{match[0][:-1]}\\.", _MARKDOWN.sub(r"\\\1", plain))


def markdown_code(text: str) -> str:
    """Return text as inline code in Markdown. The result is also valid in a table cell."""
    plain = one_line(text) or " "
    longest = max((len(ticks) for ticks in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest else ""
    return f"{fence}{padding}{plain.replace('|', chr(92) + '|')}{padding}{fence}"
