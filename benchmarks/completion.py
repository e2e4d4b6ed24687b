"""Completion of columns and attributes: the time from typing a quote or a dot to the list of suggestions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.code_links import link_to
from benchmarks.figures import Figure
from benchmarks.page import ANSWERED, PATIENCE, READY, first_time
from benchmarks.served import served
from playwright.sync_api import Page

ROUNDS = 5
KEY_PRESSES = 20
LOADED = 5_000
"""Milliseconds from the first run until Python has loaded all its files."""
SETTLED = 700
"""Milliseconds from an edit until the code has been outlined and run."""
BETWEEN_KEYS = 150
"""Milliseconds between the bracket and the quote for a fast typist."""
COLUMNS = 30
FIRST_ROUNDS = 5
EXPRESSIONS = ["pd", "weather", "weather.head()"]

TABLE = f"""\
import numpy as np
import pandas as pd


def weather() -> pd.DataFrame:
    return pd.DataFrame({{f"column {{number}}": [0.5, 1.5] for number in range({COLUMNS})}})


def shown(weather: pd.DataFrame) -> pd.DataFrame:
    return weather
"""

# The time from the next key press to the first frame with a list of completions.
LISTED = """() => new Promise((resolve) => {
    const root = document.querySelector("hw-play").shadowRoot;
    let pressed = null;
    root.addEventListener("keydown", () => { pressed ??= performance.now() }, { capture: true, once: true });
    const look = () => {
        if (pressed !== null && root.querySelector(".cm-tooltip-autocomplete li")) resolve(performance.now() - pressed);
        else requestAnimationFrame(look);
    };
    look();
})"""
ASSISTED = """() => document.querySelector("hw-play").shadowRoot.querySelector(".cm-editor.assisted") !== null"""


def completion() -> list[Figure]:
    """Repeatedly type the quote or the dot that starts a completion, and wait for the list of suggestions each time."""
    first, later = [], []
    with served() as address:
        for _ in range(FIRST_ROUNDS):
            with TemporaryDirectory() as profile:
                for durations in (first, later):
                    with _table(Path(profile), address) as opened:
                        durations.append(_type(opened, "", "."))
        with TemporaryDirectory() as profile, _table(Path(profile), address) as opened:
            _type(opened, "", ".")
            columns = _rounds(opened, "[", '"')
            attributes = {expression: _rounds(opened, f" + {expression}", ".") for expression in EXPRESSIONS}
    return [
        *_figures("key press to the list of columns", columns),
        Figure("key press to the first list of attributes, first visit", first, "ms"),
        Figure("key press to the first list of attributes, second visit", later, "ms"),
        *(
            figure
            for expression, rounds in attributes.items()
            for figure in _figures(f"key press to the list of attributes of `{expression}`", rounds)
        ),
    ]


def _rounds(opened: Page, before: str, key: str) -> list[list[float]]:
    return [[_type(opened, before, key) for _ in range(KEY_PRESSES)] for _ in range(ROUNDS)]


def _figures(name: str, rounds: list[list[float]]) -> list[Figure]:
    return [
        Figure(name, [duration for durations in rounds for duration in durations], "ms"),
        Figure(f"{name}, p95", [quantiles(durations, n=20)[-1] for durations in rounds], "ms", goal=50),
    ]


@contextmanager
def _table(profile: Path, address: str) -> Iterator[Page]:
    """Yield a page on which the table has been computed, with the caret at the end of the last function."""
    with visit(profile) as opened:
        opened.goto(f"{address}site/play/{link_to({'flow.py': TABLE})}")
        consent = opened.get_by_role("button", name="Run this code")
        opened.wait_for_function(READY, timeout=PATIENCE)
        if consent.is_visible():  # only during the first visit
            consent.click()
        first_time(opened, ANSWERED)
        opened.wait_for_timeout(LOADED)
        opened.locator("hw-play .cm-line").nth(9).click()
        opened.wait_for_function(ASSISTED)
        opened.keyboard.press("End")
        yield opened


def _type(opened: Page, before: str, key: str) -> float:
    """Type text, then a key. Return the milliseconds from the key press to the list, after deleting what was typed."""
    opened.wait_for_timeout(SETTLED)
    opened.keyboard.type(before)
    opened.keyboard.press("Escape")
    opened.wait_for_timeout(BETWEEN_KEYS)
    opened.evaluate(f"() => {{ self.listed = ({LISTED})() }}")
    opened.keyboard.type(key)
    duration = float(opened.evaluate("() => self.listed"))
    opened.keyboard.press("Escape")
    for _ in before + key:
        opened.keyboard.press("Backspace")  # also deletes the closing character
    return duration
