"""Label elements that the theme leaves unlabeled, for screen readers."""

from __future__ import annotations

SEARCH = '<div class="md-search" data-md-component="search" role="dialog">'


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """Label the search on the 404 page."""
    return named(output_content) if template_name.endswith(".html") else output_content


def on_post_page(output: str, **_: object) -> str:
    """Label the search on every other page."""
    return named(output)


def named(page: str) -> str:
    """Return a page whose search dialog is labeled."""
    return page.replace(SEARCH, SEARCH.replace(">", ' aria-label="Search">'))
