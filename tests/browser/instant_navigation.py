"""The theme's instant navigation: a link to another page replaces the content of the document."""

from playwright.sync_api import Page

IS_READY = "() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/sitemap.xml'))"


def await_instant_navigation(page: Page) -> None:
    """Wait until the theme has the list of pages. Before, links and keys load whole documents, as without the theme."""
    page.wait_for_function(IS_READY)


def mark_document(page: Page) -> None:
    """Wait for instant navigation, and mark the document, so that `is_marked` detects another document."""
    await_instant_navigation(page)
    page.evaluate("window.sameDocument = true")


def is_marked(page: Page) -> bool:
    """Return whether no other document was loaded since `mark_document`."""
    return bool(page.evaluate("window.sameDocument === true"))
