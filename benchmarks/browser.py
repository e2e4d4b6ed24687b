"""A Chromium whose profile outlives it: a second visit starts a new browser, as it does on another day."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

STARTING = 1_000
"""Milliseconds that a browser is given to come to rest: its own start keeps two processors busy, and is no page's."""
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
    """A page of a browser started on a profile, and at rest."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=QUIET,
            viewport={"width": 1440, "height": 900},
        )
        try:
            context.pages[0].wait_for_timeout(STARTING)
            yield context.pages[0]
        finally:
            context.close()
