"""Waiting with timeouts, so that a missing event fails a test instead of hanging it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, Page

PATIENCE = 60  # seconds: long enough that tests do not fail on a slow machine


def until(holds: Callable[[], object], complaint: Callable[[], str]) -> None:
    """Wait until a condition holds. After a timeout, fail with the message that `complaint` returns."""
    if not becomes_true(holds, PATIENCE):
        pytest.fail(complaint())


def becomes_true(holds: Callable[[], object], seconds: float) -> bool:
    """Return whether a condition becomes true within the given number of seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def evaluate_async(page: Page | Frame, script: str, argument: Any = None) -> Any:
    """Call a JavaScript function, and return the result of its promise. `page.evaluate` would wait for it without a timeout."""
    boxed = f"async (argument) => ({{ gives: await ({script})(argument) }})"
    return page.wait_for_function(boxed, arg=argument, timeout=PATIENCE * 1000).json_value().get("gives")


OBSERVE_TEXTS = """element => {
    const texts = [];
    const note = () => texts.push(element.textContent.trim().replaceAll(/\\s+/g, " "));
    const observer = new MutationObserver(note);
    observer.observe(element, { childList: true, characterData: true, subtree: true });
    return { texts, end: () => observer.disconnect() };
}"""


@contextmanager
def recorded_texts(element: Locator) -> Iterator[list[str]]:
    """Until the block ends, collect each text that an element shows, even if only briefly."""
    observed = element.evaluate_handle(OBSERVE_TEXTS)
    texts: list[str] = []
    yield texts
    texts += observed.evaluate("observed => { observed.end(); return observed.texts; }")
