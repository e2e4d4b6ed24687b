"""A returning visitor: the browser has cached the files of the site and of Python, and nothing else.

The first start of Python takes twice as long as later ones. Tests that cover neither the first start nor caching share the
cached files. The visitor has switched offline use off, because caching the whole site takes as long as a start of Python.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request

# Python's frame has no storage. Reading `localStorage` there would raise an error.
OFFLINE_USE_IS_OFF = "if (origin !== 'null') localStorage.setItem('headwater-sw /', 'off')"
ALL_BUT_FILES = "cookies,file_systems,indexeddb,local_storage,service_workers"


class ReturningVisitor:
    """A browser context shared by many tests."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        context.add_init_script(OFFLINE_USE_IS_OFF)

    @contextmanager
    def visit(self) -> Iterator[BrowserContext]:
        """Yield the context; then close its pages, and clear all storage except the cached files."""
        origins: set[str] = set()

        def note(request: Request) -> None:
            address = urlsplit(request.url)
            origins.add(f"{address.scheme}://{address.netloc}")

        self._context.on("request", note)
        try:
            yield self._context
        finally:
            self._context.remove_listener("request", note)
            self._forget(origins)

    def _forget(self, origins: set[str]) -> None:
        last = self._context.new_page()
        for page in self._context.pages:
            if page is not last:
                page.close()
        session = self._context.new_cdp_session(last)
        for origin in origins:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": ALL_BUT_FILES})
        last.close()
