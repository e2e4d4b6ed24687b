"""The playground in a browser, compared with a page that runs the same example with Apache Hamilton in plain Pyodide."""

from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.code_links import link_to
from benchmarks.figures import Figure, ratio
from benchmarks.served import peer_address, served
from playwright.sync_api import Page

ROUNDS = 5
EDITS = 20
PATIENCE = 120_000
TYPING_PAUSE = 300  # in milliseconds; the same as TYPING_PAUSE_MS in playground/src/execution/run-controller.ts

TRIVIAL = """\
def a() -> int:
    return 1


def b(a: int) -> int:
    return a + 1


def c(a: int, b: int) -> int:
    return a + b


def answer(b: int, c: int) -> int:
    return b * 1000 + c
"""

# Each condition returns the milliseconds since the start of the visit, or a falsy value until it is met.
READY = """() => {
    const status = document.querySelector("hw-play")?.shadowRoot?.querySelector(".runtime");
    return /ready/.test(status?.textContent) && performance.now();
}"""
ANSWERED = """() => {
    const root = document.querySelector("hw-play")?.shadowRoot;
    const ready = /ready/.test(root?.querySelector(".runtime")?.textContent);
    return ready && !root.querySelector(".stop") && performance.now();
}"""
PEER_ANSWERED = '() => performance.getEntriesByName("answered")[0]?.startTime'

# The time from the edit to the first frame that shows the new output.
SHOWN = """text => new Promise((resolve) => {
    const root = document.querySelector("hw-play").shadowRoot;
    let edited = null;
    root.addEventListener("beforeinput", () => { edited ??= performance.now() }, { capture: true, once: true });
    const look = () => {
        if (edited !== null && root.querySelector(".panel").textContent.includes(text)) resolve(performance.now() - edited);
        else requestAnimationFrame(look);
    };
    look();
})"""


def page() -> list[Figure]:
    """In each round, make two visits to each page with a new profile. The browser is closed between the visits."""
    ready: list[list[float]] = [[], []]
    answered: list[list[float]] = [[], []]
    peer: list[list[float]] = [[], []]
    with served() as address:
        for _ in range(ROUNDS):
            with TemporaryDirectory() as profile, TemporaryDirectory() as peer_profile:
                for number in (0, 1):
                    ready_after, answered_after = _visit(Path(profile), f"{address}site/play/", READY, ANSWERED)
                    ready[number].append(ready_after)
                    answered[number].append(answered_after)
                    peer[number].extend(_visit(Path(peer_profile), peer_address(address), PEER_ANSWERED))
        edits = _edits(address)
    return [
        Figure("Python ready, first visit", _seconds(ready[0]), "s"),
        Figure("Python ready, second visit", _seconds(ready[1]), "s", goal=1.0),
        Figure("live output of the pandas example, first visit", _seconds(answered[0]), "s"),
        Figure("live output of the pandas example, second visit", _seconds(answered[1]), "s"),
        Figure("the same example with Hamilton in plain Pyodide, first visit", _seconds(peer[0]), "s"),
        Figure("the same example with Hamilton in plain Pyodide, second visit", _seconds(peer[1]), "s"),
        ratio("live output, relative to Hamilton, first visit", answered[0], peer[0], goal=0.5),
        ratio("live output, relative to Hamilton, second visit", answered[1], peer[1], goal=0.4),
        Figure("edit to new output, after the typing pause", [duration for durations in edits for duration in durations], "ms"),
        Figure("edit to new output, p95", [quantiles(durations, n=20)[-1] for durations in edits], "ms", goal=120),
    ]


def _seconds(milliseconds: list[float]) -> list[float]:
    return [duration / 1e3 for duration in milliseconds]


def _visit(profile: Path, address: str, *waits: str) -> list[float]:
    with visit(profile) as opened:
        opened.goto(address)
        return [first_time(opened, wait) for wait in waits]


def first_time(opened: Page, wait: str) -> float:
    """Return the milliseconds from the start of the visit until a condition was met."""
    return float(opened.wait_for_function(wait, timeout=PATIENCE).json_value())


def _edits(address: str) -> list[list[float]]:
    """Change the first of four trivial functions repeatedly, each time waiting for the output."""
    with TemporaryDirectory() as profile, visit(Path(profile)) as opened:
        opened.goto(f"{address}site/play/{link_to({'flow.py': TRIVIAL})}")
        opened.get_by_role("button", name="Run this code").click()
        first_time(opened, ANSWERED)
        opened.wait_for_function('() => /2003|2,003/.test(document.querySelector("hw-play").shadowRoot.textContent)')
        rounds = [range(2 + EDITS * index, 2 + EDITS * (index + 1)) for index in range(ROUNDS)]
        return [[_edit(opened, number) - TYPING_PAUSE for number in numbers] for numbers in rounds]


def _edit(opened: Page, number: int) -> float:
    opened.get_by_role("textbox", name="Code").click()
    opened.keyboard.press("ControlOrMeta+a")
    answer = (number + 1) * 1000 + 2 * number + 1
    opened.evaluate(f"text => {{ self.shown = ({SHOWN})(text) }}", str(answer))
    opened.keyboard.insert_text(TRIVIAL.replace("return 1\n", f"return {number}\n", 1))
    return float(opened.evaluate("() => self.shown"))
