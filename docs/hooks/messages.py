"""Fill `reference/messages.md` with the messages that users see, from the source of the engine and the playground.

A message is a string literal that reads like a sentence or a label. Placeholders are shown as `{name}`.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from prose.texts import Kind, Text, python_texts, typescript_texts  # noqa: E402 - a package that is not installed

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

PAGE: Final = "reference/messages.md"
SECTIONS: Final = {
    "<!-- messages of the engine -->": ("src/headwater", "py"),
    "<!-- texts of the playground -->": ("playground/src", "ts"),
}
"""For each marker on the page, the folder and the suffix of the source files whose messages replace the marker."""

_WORD: Final = re.compile(r"(?<![\w`])(?:[A-Za-z][a-z']+|[aAI])(?![\w`(=])")
_CODE: Final = re.compile(r"`[^`]*`|\{[^{}]*\}")
_NOT_PROSE: Final = re.compile(
    r"""
    ^\s*[<#.@] | [;{}]\s*$ | </ | => | :\s*\{ | https?: # markup, programs, addresses
    | \\[bdsw] | \(\? | %s                           # patterns
    | ^[a-z-]+(?:\ [a-z-]+)*$ | ^\d | ^--[a-z]          # names, numbers, options
    | ^(?:Mod|Shift)- | ^\S+$ | ^_                       # keys, paths, lists of names
    | ^(?:from|import|def|assert|class|for|with)\ \w | "{3} | =$ # Python
    | ^\(.*\ if\ .*\ else | ^\w+\[[^.]*\]$ | ^\w+\[\.{3}
    | ^(?:SELECT|INSERT|UPDATE|DELETE|CREATE)\ \w | ^\w+\[\[ # SQL, types
    | [\w-]+:\ [\w-]+; | ^\([a-z-]+:\ | var\(-- | ^&\. | \[[a-z-]+[=\]] | -src\  | ^data-  # CSS, policies, attributes
    """,
    re.MULTILINE | re.VERBOSE,
)
_CLASS_NAMES: Final = re.compile(r"[A-Z]\w+(?: [A-Z][a-z]+[A-Z]\w+)+")
_LABELS: Final = re.compile(r"\b(?:title|aria-label|placeholder|alt|label)=\"([^\"]+)\"")
_BLOCK_TAGS: Final = re.compile(r"</?(?!code\b|b\b|em\b|strong\b|kbd\b|a\b|i\b|span\b)[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_TAGS: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
MIN_WORDS: Final = 2
"""The minimum number of words in a sentence. A fragment in lower case must have one more word."""
MAX_WORDS: Final = 15
"""The maximum number of words in a sentence without punctuation. Longer texts are lists of names."""


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Fill the messages page."""
    if page.file.src_uri == PAGE:
        for mark, (folder, suffix) in SECTIONS.items():
            markdown = markdown.replace(mark, listing(ROOT / folder, suffix))
    return markdown


def listing(folder: Path, suffix: str) -> str:
    """Return the messages from a folder as Markdown, grouped by source file."""
    read: Callable[[str], Iterator[Text]] = python_texts if suffix == "py" else typescript_texts
    select = engine_messages if suffix == "py" else playground_texts
    parts: list[str] = []
    for path in sorted(folder.rglob(f"*.{suffix}")):
        messages = list(dict.fromkeys(select(read(path.read_text(encoding="utf-8")))))
        if messages:
            items = "".join(f"<li>{shown(message)}</li>" for message in messages)
            parts.append(f"### `{path.relative_to(folder).as_posix()}`\n\n<ul>{items}</ul>")
    return "\n\n".join(parts)


def engine_messages(texts: Iterable[Text]) -> Iterator[str]:
    """Yield the strings in a Python module that read like sentences."""
    for text in texts:
        if text.kind is Kind.STRING and is_sentence(text.value):
            yield text.value.strip()


def playground_texts(texts: Iterable[Text]) -> Iterator[str]:
    """Yield the visible strings in a TypeScript module: text and labels in templates, and other sentences."""
    for text in texts:
        if text.kind is not Kind.STRING or text.tag in ("css", "svg"):
            continue
        if text.tag == "html":
            yield from _of_template(text.value)
        elif is_sentence(text.value):
            yield text.value.strip()


def _of_template(template: str) -> Iterator[str]:
    for part in (*_LABELS.findall(template), *_BLOCK_TAGS.split(_LABELS.sub("", template))):
        words = " ".join(_TAGS.sub("", part).split())
        if _WORD.search(_CODE.sub("", words)):
            yield words


def is_sentence(value: str) -> bool:
    """Return True for prose, and False for code, markup, patterns and identifiers."""
    text = value.strip()
    words = _WORD.findall(_CODE.sub(" x ", text))
    fewest = MIN_WORDS if text[:1].isupper() or text.endswith(".") else MIN_WORDS + 1
    is_list_of_names = (len(words) > MAX_WORDS and not re.search(r"[.,:;?!]", text)) or _CLASS_NAMES.match(text) is not None
    return len(words) >= fewest and not is_list_of_names and _NOT_PROSE.search(text) is None


def shown(message: str) -> str:
    """Return a message as HTML, with its code and placeholders marked up."""
    escaped = html.escape(" ".join(message.split()), quote=False)
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    escaped = re.sub(r"\{([^{}]*)\}", r"<var>&#123;\1&#125;</var>", escaped)
    return escaped.replace("*", "&#42;").replace("_", "&#95;").replace("`", "&#96;")
