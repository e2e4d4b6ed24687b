"""Chromium with a persistent profile. A second visit starts a new browser with the same profile, as if on another day."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

STARTUP_PAUSE = 1_000
"""The pause after the browser starts, in milliseconds. A browser that is still starting keeps two processors busy."""
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
    """Yield a page in an idle browser with the given profile."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=QUIET,
            viewport={"width": 1440, "height": 900},
        )
        try:
            context.pages[0].wait_for_timeout(STARTUP_PAUSE)
            yield context.pages[0]
        finally:
            context.close()
