"""Label elements that the theme leaves unlabeled, for screen readers."""

from __future__ import annotations

import re

SEARCH = '<div class="md-search" data-md-component="search" role="dialog">'


# A section with a page of its own has a link to the page, and an empty label that shows or hides the section's other pages.
SECTION = re.compile(
    r'(<div class="md-nav__link md-nav__container">\s*<a [^>]*>\s*<span class="md-ellipsis">\s*([^<]*?)\s*</span>\s*</a>'
    r'\s*<label)( [^>]*>)\s*(<span class="md-nav__icon md-icon"></span>)'
)


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """Label the elements of the 404 page."""
    return named(output_content) if template_name.endswith(".html") else output_content


def on_post_page(output: str, **_: object) -> str:
    """Label the elements of every other page."""
    return named(output)


def named(page: str) -> str:
    """Return a page whose search dialog and menu are labeled."""
    page = page.replace(SEARCH, SEARCH.replace(">", ' aria-label="Search">'))
    return SECTION.sub(r'\1 role="button"\3<span class="hw-unseen">Pages in \2</span>\4', page)
