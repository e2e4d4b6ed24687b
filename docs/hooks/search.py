"""The theme's search: which text it indexes, which files it needs, and when it starts.

- The site is in English, so the theme's files for searching in other languages are left out.
- Drawings are excluded from the search index, which would contain the labels of an SVG as one long word.
- The search starts when the visitor opens it. By default, the theme prepares it on every page view, which takes as long as
drawing the page.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

EXCLUDED = "data-search-exclude"
"""The theme's search ignores elements with this attribute."""

THEME_SCRIPTS = "assets/javascripts/bundle.*.min.js"
STARTS_AT_ONCE = '(location.protocol!=="file:")'
"""The theme's condition for starting the search at once. It is false for pages that are opened as files."""


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
    """Change the theme's script in the built site."""
    for path in Path(config.site_dir).glob(THEME_SCRIPTS):
        path.write_text(with_search_on_demand(path.read_text(encoding="utf-8")), encoding="utf-8")


def with_search_on_demand(script: str) -> str:
    """Return the theme's script, changed to prepare the search when it is first opened.

    >>> with_search_on_demand('L($(location.protocol!=="file:"),Je("search"))')
    'L($(false),Je("search"))'
    """
    if script.count(STARTS_AT_ONCE) != 1:
        raise PluginError(
            f"The theme's script no longer contains {STARTS_AT_ONCE} exactly once. Adapt `docs/hooks/search.py` to it."
        )
    return script.replace(STARTS_AT_ONCE, "(false)")
