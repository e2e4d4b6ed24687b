"""Names what the theme leaves unnamed, for readers who hear the page."""

from __future__ import annotations

SEARCH = '<div class="md-search" data-md-component="search" role="dialog">'


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """The page for addresses that lead nowhere."""
    return named(output_content) if template_name.endswith(".html") else output_content


def on_post_page(output: str, **_: object) -> str:
    """Every other page."""
    return named(output)


def named(page: str) -> str:
    """Give the search its name."""
    return page.replace(SEARCH, SEARCH.replace(">", ' aria-label="Search">'))
