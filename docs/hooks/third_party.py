"""Fill the page about third-party licenses, and fail the build if a license is unknown or unsuitable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).parents[1]))

from licenses.components import LicenseError
from licenses.inventory import inventory
from licenses.page import filled

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

PAGE: Final = "third-party.md"
THEME: Final = "material"


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Fill the page. The license texts are not Markdown, so they are added to the page's HTML."""
    if page.file.src_uri != PAGE:
        return html
    templates = next(Path(folder) for folder in config.theme.dirs if Path(folder).parent.name == THEME)
    try:
        return filled(html, inventory(templates))
    except LicenseError as problem:
        raise PluginError(f"Third-party licenses:\n\n{problem}") from None
