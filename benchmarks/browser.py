"""A Chromium whose profile outlives it: a second visit starts a new browser, as it does on another day."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def visit(profile: Path) -> Iterator[Page]:
    """A page of a browser just started on a profile."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=QUIET,
            viewport={"width": 1440, "height": 900},
        )
        try:
            yield context.pages[0]
        finally:
            context.close()
