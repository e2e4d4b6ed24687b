"""Completion of columns: the time from the key press for a quote to the list of columns."""

from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.code_links import link_to
from benchmarks.figures import Figure
from benchmarks.page import ANSWERED, first_time
from benchmarks.served import served
from playwright.sync_api import Page

ROUNDS = 5
KEY_PRESSES = 20
LOADED = 5_000
"""Milliseconds from the first run until Python has loaded all its files."""
SETTLED = 700
"""Milliseconds from an edit until it has been outlined and run."""
BETWEEN_KEYS = 150
"""Milliseconds between the bracket and the quote for a fast typist."""
COLUMNS = 30

TABLE = f"""\
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
    """Type the quote of a subscript repeatedly, each time waiting for the list of columns."""
    with served() as address, TemporaryDirectory() as profile, visit(Path(profile)) as opened:
        opened.goto(f"{address}site/play/{link_to({'flow.py': TABLE})}")
        opened.get_by_role("button", name="Run this code").click()
        first_time(opened, ANSWERED)
        opened.wait_for_timeout(LOADED)
        opened.locator("hw-play .cm-line").nth(8).click()
        opened.wait_for_function(ASSISTED)
        opened.keyboard.press("End")
        rounds = [[_type_quote(opened) for _ in range(KEY_PRESSES)] for _ in range(ROUNDS)]
    return [
        Figure("key press to the list of columns", [duration for durations in rounds for duration in durations], "ms"),
        Figure(
            "key press to the list of columns, p95", [quantiles(durations, n=20)[-1] for durations in rounds], "ms", goal=50
        ),
    ]


def _type_quote(opened: Page) -> float:
    opened.wait_for_timeout(SETTLED)
    opened.keyboard.type("[")
    opened.wait_for_timeout(BETWEEN_KEYS)
    opened.evaluate(f"() => {{ self.listed = ({LISTED})() }}")
    opened.keyboard.type('"')
    duration = float(opened.evaluate("() => self.listed"))
    opened.keyboard.press("Escape")
    for _ in '["':
        opened.keyboard.press("Backspace")  # also deletes the closing character
    return duration
