"""Stopping an endless node: the time until the run ends, and until Python is ready again."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.code_links import link_to
from benchmarks.figures import Figure
from benchmarks.page import PATIENCE
from benchmarks.served import served
from playwright.sync_api import Page

STOPS = 10

ENDLESS = """\
def endless() -> int:
    while True:
        pass
"""

# True if Python is ready and is running the node.
RUNNING = """() => {
    const root = document.querySelector("hw-play")?.shadowRoot;
    const ready = /ready/.test(root?.querySelector(".runtime")?.textContent);
    return ready && root.querySelector(".stop")?.checkVisibility() && root.querySelector("[data-state=running]") !== null;
}"""
# Press Stop. Return the milliseconds until the button has disappeared, and until the page shows that Python is ready.
STOPPED = """() => new Promise((resolve) => {
    const root = document.querySelector("hw-play").shadowRoot;
    const started = performance.now();
    let stopped = null;
    let left = false;
    root.querySelector(".stop").click();
    const look = () => {
        const ready = /ready/.test(root.querySelector(".runtime").textContent);
        left ||= !ready;
        if (stopped === null && !root.querySelector(".stop")) stopped = performance.now() - started;
        if (stopped !== null && left && ready) resolve([stopped, performance.now() - started]);
        else requestAnimationFrame(look);
    };
    look();
})"""


def stopping() -> list[Figure]:
    """Run an endless node and stop it, several times."""
    with served() as address, TemporaryDirectory() as profile, visit(Path(profile)) as opened:
        opened.goto(f"{address}site/play/{link_to({'flow.py': ENDLESS})}")
        opened.get_by_role("button", name="Run this code").click()
        stops = [_stop(opened) for _ in range(STOPS)]
    return [
        Figure("stopping a running node", [stopped for stopped, _ in stops], "ms", goal=1_000),
        Figure("Python ready again after a stop", [back for _, back in stops], "ms", goal=2_000),
    ]


def _stop(opened: Page) -> list[float]:
    run = opened.locator("hw-play header .go")
    opened.wait_for_function(RUNNING, timeout=PATIENCE)
    opened.wait_for_timeout(500)  # long enough for the node to be running
    figures: list[float] = opened.evaluate(STOPPED)
    run.click()
    return figures
