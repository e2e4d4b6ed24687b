"""Build the error catalog: its navigation, the table of all classes, and the live examples of each page."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from error_pages import BLOCK, BROKEN, FIXED, GROUPS, OVERVIEW, ErrorPage, error_pages
from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

SECTION: Final = "errors"
INDEX: Final = f"{SECTION}/{OVERVIEW}.md"
PLACE: Final = "<!-- the catalog of errors -->"
LINE_HEIGHT: Final = 22
"""The height of a line of code, in pixels."""
OTHER_HEIGHT: Final = 240
"""The height of everything else in a playground: its toolbar, and the problems below the code."""
MESSAGE_FENCE: Final = re.compile(r"^```(text|pycon)(.*)$", re.MULTILINE)
LEAST_HEIGHT: Final = 420
MARKUP: Final = re.compile(r"[\n\\`*_\[\]]")
"""Characters with a special meaning in Markdown, even inside an attribute."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages about classes to the navigation, below the catalog's index."""
    config.nav = [_with_pages(item) for item in config.nav or []]
    return config


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Fill the catalog's index, and turn the examples on the other pages into playgrounds."""
    if page.file.src_uri == INDEX:
        return markdown.replace(PLACE, table(_pages()))
    return next((with_playgrounds(markdown, about) for about in _pages() if page.file.src_uri == _uri(about)), markdown)


def table(pages: list[ErrorPage]) -> str:
    """Return a section for each group, with a table of its classes."""
    parts: list[str] = []
    for group, members in _grouped(pages).items():
        rows = "\n".join(f"| [`{page.name}`]({page.path.name}) | {page.summary} |" for page in members)
        listed = f"| class | meaning |\n|---|---|\n{rows}"
        parts.append(f'## {group}\n\n<div class="hw-catalog" markdown>\n\n{listed}\n\n</div>')
    return "\n\n".join(parts)


def with_playgrounds(markdown: str, page: ErrorPage) -> str:
    """Turn each example that can run in a browser into a playground, and wrap the lines of messages."""
    fails = "" if page.is_warning else f' fails="{page.name}"'
    for title, expected in ((BROKEN, fails), (FIXED, "")):
        for block in BLOCK.finditer(markdown):
            if block["title"] == title:
                markdown = markdown.replace(block[0], _playground(title, block["text"], expected))
    return MESSAGE_FENCE.sub(lambda fence: f"``` {{ .{fence[1]} .hw-wrapped{fence[2]} }}", markdown)


def _playground(file: str, code: str, expected: str) -> str:
    """Return a playground that loads near the viewport. `expected` is an attribute that only the build reads."""
    height = max(LEAST_HEIGHT, OTHER_HEIGHT + LINE_HEIGHT * code.count("\n"))
    text = MARKUP.sub(lambda character: f"&#{ord(character[0])};", html.escape(code))
    return f'<hw-play code="{text}" file="{file}"{expected} height="{height}" loading="lazy"></hw-play>'


@cache
def _pages() -> list[ErrorPage]:
    try:
        return error_pages()
    except LookupError as problem:
        raise PluginError(str(problem)) from None


def _grouped(pages: list[ErrorPage]) -> dict[str, list[ErrorPage]]:
    groups = {title: [page for page in pages if page.group == title] for title in GROUPS}
    return {title: members for title, members in groups.items() if members}


def _sections() -> list[dict[str, list[dict[str, str]]]]:
    groups = _grouped(_pages())
    return [{group: [{page.name: _uri(page)} for page in members]} for group, members in groups.items()]


def _uri(page: ErrorPage) -> str:
    return f"{SECTION}/{page.path.name}"


def _with_pages(item: Any) -> Any:
    """Return a navigation item in which the catalog's index is replaced with a section."""
    match item:
        case {} if len(item) == 1:
            ((title, inner),) = item.items()
            if inner == INDEX:
                return {title: [INDEX, *_sections()]}
            return {title: [_with_pages(each) for each in inner]} if isinstance(inner, list) else item
        case _:
            return item
