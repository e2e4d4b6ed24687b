"""Keep the theme from treating Markdown pages and the feed as translations.

For every `<link rel="alternate">`, the theme tries to fetch a sitemap of a translated site, but there is no such site.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEME_SCRIPTS: Final = "assets/javascripts/bundle.*.min.js"
ALL: Final = '"link[rel=alternate]"'
TRANSLATIONS: Final = '"link[rel=alternate][hreflang]"'


def on_post_build(config: MkDocsConfig) -> None:
    """Change the theme's script in the built site."""
    for path in Path(config.site_dir).glob(THEME_SCRIPTS):
        path.write_text(only_translations(path.read_text(encoding="utf-8")), encoding="utf-8")


def only_translations(script: str) -> str:
    """Return the theme's script, changed to select only links to translations.

    >>> only_translations('M("link[rel=alternate]")')
    'M("link[rel=alternate][hreflang]")'
    """
    if script.count(ALL) != 1:
        raise PluginError(f"The theme's script no longer contains {ALL} exactly once. Adapt `docs/hooks/alternates.py` to it.")
    return script.replace(ALL, TRANSLATIONS)
