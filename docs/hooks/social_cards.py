"""Add a social card to every page: a picture that shows the page's title, and metadata with the picture's URL.

Other sites accept only absolute image URLs, so cards need `SITE_URL`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from cards import Card

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

CACHE: Final = Path(__file__).parents[1] / ".cache" / "cards"
SERVED_AT: Final = "assets/cards"


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Write the card of a page into the built site, and pass its path to the template."""
    path = card_path(page.file.src_uri)
    written = Path(config.site_dir, path)
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_bytes(card(page, config).cached(CACHE))
    context["card"] = path
    return context


def card_path(src_uri: str) -> str:
    """Return the path of a page's card on the site.

    >>> card_path("guides/async.md")
    'assets/cards/guides/async.png'
    """
    return f"{SERVED_AT}/{src_uri.removesuffix('.md')}.png"


def card(page: Page, config: MkDocsConfig) -> Card:
    """Return the card of a page."""
    title = page.meta.get("title") or page.title or config.site_name
    description = page.meta.get("description", "")
    section = "" if page.parent is None else str(page.parent.title)
    if page.is_homepage:
        title, _, description = str(config.site_description).partition(". ")
    return Card(str(config.site_name), section, plain(str(title)), plain(str(description)))


def plain(text: str) -> str:
    """Return text without the markup of inline code.

    >>> plain("Run `async def` functions")
    'Run async def functions'
    """
    return re.sub(r"`([^`]*)`", r"\1", text)
