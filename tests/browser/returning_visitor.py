"""A visitor who was here before: the browser has kept the site's files and Python's, and nothing else.

A first start of Python takes twice the work of a later one. Tests that are about neither the first start nor what the browser
keeps share the files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request

ALL_BUT_FILES = "cookies,file_systems,indexeddb,local_storage,service_workers"


class ReturningVisitor:
    """One context for many tests."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context

    @contextmanager
    def visit(self) -> Iterator[BrowserContext]:
        """Lend the context; afterwards close its pages, and have the browser forget all but the files."""
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
