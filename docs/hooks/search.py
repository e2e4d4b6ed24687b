"""Exclude drawings from the search index, which would contain the labels of an SVG as one long word."""

from __future__ import annotations

import re

EXCLUDED = "data-search-exclude"
"""The theme's search ignores elements with this attribute."""


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
