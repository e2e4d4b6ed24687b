"""Publish every page as Markdown, and list the pages in `llms.txt`, for language models and for reading in a terminal.

The `llmstxt` plugin converts the pages. This hook passes it the list of pages, in the order of the navigation.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.exceptions import PluginError
from mkdocs.utils.meta import get_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

FIRST_SECTION: Final = "Start"
"""The name of the section for pages that are outside any section of the navigation."""
LEFT_OUT: Final = frozenset({"third-party.md"})
"""Pages to leave out: the license texts would make up most of `llms-full.txt`."""

Page = tuple[str, str]
"""A section's title, and the path of a page in that section."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Pass the sections to the plugin, and the pages to the template."""
    if "llmstxt" not in config.plugins:
        raise PluginError("Add the plugin `llmstxt` to mkdocs.yml. It writes the pages as Markdown.")
    found = sections(config.nav or [], Path(config.docs_dir))
    config.plugins["llmstxt"].config.sections = found
    config.extra["markdown_pages"] = [path for pages in found.values() for page in pages for path in page]
    return config


def sections(nav: Iterable[Any], docs: Path) -> dict[str, list[dict[str, str]]]:
    """Return the pages by section, each with its description. Pages that consist of a playground are left out."""
    found: dict[str, list[dict[str, str]]] = {}
    for section, path in pages(nav):
        meta = _meta(docs / path)
        if path not in LEFT_OUT and "template" not in meta:
            found.setdefault(section, []).append({path: str(meta.get("description", ""))})
    return found


def pages(nav: Iterable[Any], section: str = FIRST_SECTION) -> Iterator[Page]:
    """Yield the pages of a navigation, each with the innermost section that contains it.

    >>> list(pages([{"Home": "index.md"}, {"Learn": ["first.md", {"Guides": [{"Hooks": "hooks.md"}]}]}]))
    [('Start', 'index.md'), ('Learn', 'first.md'), ('Guides', 'hooks.md')]
    """
    for entry in nav:
        if isinstance(entry, str):
            yield section, entry
            continue
        for title, content in _items(entry):
            if isinstance(content, str):
                yield section, content
            else:
                yield from pages(content, title)


def _meta(page: Path) -> Mapping[str, Any]:
    if not page.is_file():  # it belongs to a course in another folder
        return {}
    _, meta = get_data(page.read_text(encoding="utf-8"))
    return meta


def _items(entry: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return entry.items()
