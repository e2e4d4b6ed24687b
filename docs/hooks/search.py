"""The theme's search: what it indexes, which files it needs, and when it starts.

- The site is in English, so the theme's files for searching in other languages are left out.
- Drawings are excluded from the search index. Otherwise, the labels of an SVG would be indexed as one long word.
- The search starts when the visitor opens it. By default, the theme prepares it on every page view, which takes as long as
drawing the page.
- Pages with the same title show their folders: *Caching (Guides)* and *Caching (Reference)*.
- A name comes before longer names that start with it. By default, the theme prefers rare words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

EXCLUDED = "data-search-exclude"
"""The theme's search ignores elements with this attribute."""

THEME_SCRIPTS = "assets/javascripts/bundle.*.min.js"
STARTS_AT_ONCE = '(location.protocol!=="file:")'
"""The theme's condition for starting the search at once. It is false for pages that are opened as files."""


INDEX: Final = "search/search_index.json"
SHORTER_NAME_BOOST: Final = 2
"""The boost for a name that is a prefix of longer names. Without it, a rare longer name counts up to 1.7 times as much."""

Entry = dict[str, Any]
"""A page or a section of a page in the search index, with the keys `location`, `title` and `text`."""

OTHER_LANGUAGES = "assets/javascripts/lunr/"
"""The theme's folder with the files for searching in other languages."""


def on_files(files: Files, **_: object) -> Files:
    """Leave out the files for searching in other languages."""
    for file in [file for file in files if file.src_uri.startswith(OTHER_LANGUAGES)]:
        files.remove(file)
    return files


def on_page_content(html: str, **_: object) -> str:
    """Mark the drawings on a page before it is indexed."""
    return without_drawings(html)


def without_drawings(content: str) -> str:
    """Return a page's content with every SVG excluded from the search.

    >>> without_drawings('<p>a <svg viewBox="0 0 1 1"><text>b</text></svg></p>')
    '<p>a <svg data-search-exclude viewBox="0 0 1 1"><text>b</text></svg></p>'
    """
    return re.sub(
        r"<svg(?=[\s>/])([^>]*)>",
        lambda tag: tag[0] if EXCLUDED in tag[1] else f"<svg {EXCLUDED}{tag[1]}>",
        content,
        flags=re.IGNORECASE,
    )


def on_post_build(config: MkDocsConfig) -> None:
    """Change the search index and the theme's script in the built site."""
    index = Path(config.site_dir, INDEX)
    found = json.loads(index.read_text(encoding="utf-8"))
    found["docs"] = with_short_names_first(with_distinct_titles(found["docs"]))
    index.write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")
    for path in Path(config.site_dir).glob(THEME_SCRIPTS):
        path.write_text(with_search_on_demand(path.read_text(encoding="utf-8")), encoding="utf-8")


def with_distinct_titles(entries: list[Entry]) -> list[Entry]:
    """Return the entries, with the folder in the title of each page whose title is not unique.

    >>> pages = [{"location": "guides/io/", "title": "Files"}, {"location": "reference/io/", "title": "Files"}]
    >>> [page["title"] for page in with_distinct_titles(pages)]
    ['Files (Guides)', 'Files (Reference)']
    """
    titles = Counter(entry["title"] for entry in entries if _is_page(entry))
    return [
        {**entry, "title": f"{entry['title']} ({_folder(entry)})"} if _is_page(entry) and titles[entry["title"]] > 1 else entry
        for entry in entries
    ]


def with_short_names_first(entries: list[Entry]) -> list[Entry]:
    """Return the entries, with a boost for each section whose title is the beginning of another title on the same page.

    >>> sections = [{"location": f"page/#{name}", "title": name} for name in ("tag", "tag_outputs")]
    >>> [section.get("boost") for section in with_short_names_first(sections)]
    [2, None]
    """
    names: dict[str, set[str]] = {}
    for entry in entries:
        names.setdefault(_page_of(entry), set()).add(_plain(entry["title"]))
    return [
        {**entry, "boost": SHORTER_NAME_BOOST} if _begins_another(_plain(entry["title"]), names[_page_of(entry)]) else entry
        for entry in entries
    ]


def _begins_another(name: str, names: set[str]) -> bool:
    return any(other != name and other.startswith(name) for other in names)


def _is_page(entry: Entry) -> bool:
    return "#" not in entry["location"]


def _page_of(entry: Entry) -> str:
    return str(entry["location"]).partition("#")[0]


def _folder(entry: Entry) -> str:
    return str(entry["location"]).partition("/")[0].capitalize()


def _plain(title: str) -> str:
    return re.sub(r"<[^>]*>", "", title).casefold()


def with_search_on_demand(script: str) -> str:
    """Return the theme's script, changed to prepare the search when it is first opened.

    >>> with_search_on_demand('L($(location.protocol!=="file:"),Je("search"))')
    'L($(false),Je("search"))'
    """
    if script.count(STARTS_AT_ONCE) != 1:
        raise PluginError(
            f"The theme's script no longer contains {STARTS_AT_ONCE} exactly once. "
            "Adapt `docs/hooks/search.py` to the new script."
        )
    return script.replace(STARTS_AT_ONCE, "(false)")
