"""The graph in a browser: panning and zooming a large graph, opening a very large graph, and redrawing after an edit."""

from collections.abc import Mapping
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.code_links import link_to
from benchmarks.figures import Figure
from benchmarks.served import served
from playwright.sync_api import Page

ROUNDS = 5
EDITS = 20
FRAMES = 90
PATIENCE = 120_000

DRAWN = """count => {
    const root = document.querySelector("hw-play")?.shadowRoot;
    return root?.querySelectorAll("section.graph .node").length === count && performance.now();
}"""

# Turn the wheel in each frame. Return the mean duration of a frame in milliseconds. The first ten frames are not counted.
MOVED = """([frames, ctrlKey]) => new Promise((resolve) => {
    const view = document.querySelector("hw-play").shadowRoot.querySelector(".graph-view");
    const { left, top, width, height } = view.getBoundingClientRect();
    const position = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
    let frame = -10;
    let started = 0;
    const step = () => {
        if (frame === 0) started = performance.now();
        if (frame === frames) return resolve((performance.now() - started) / frames);
        const deltaY = (Math.floor((frame + 10) / 15) % 2 === 0 ? -1 : 1) * (ctrlKey ? 30 : 12);
        view.dispatchEvent(new WheelEvent("wheel", { ...position, deltaY, deltaX: ctrlKey ? 0 : deltaY, ctrlKey }));
        frame += 1;
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
})"""

# The time from the key press to the first frame that shows the node's new name.
REDRAWN = """name => new Promise((resolve) => {
    const root = document.querySelector("hw-play").shadowRoot;
    let pressed = null;
    root.addEventListener("keydown", () => { pressed ??= performance.now() }, { capture: true, once: true });
    const look = () => {
        if (pressed !== null && root.querySelector(`[data-node="${name}"]`)) resolve(performance.now() - pressed);
        else requestAnimationFrame(look);
    };
    look();
})"""

# The time from the click on a folded module to the first frame that shows its nodes.
UNFOLDED = """([module, count]) => new Promise((resolve) => {
    const root = document.querySelector("hw-play").shadowRoot;
    const started = performance.now();
    root.querySelector(`[data-node="${module}"]`).dispatchEvent(new MouseEvent("click", { bubbles: true }));
    const look = () => {
        if (root.querySelectorAll("section.graph .node").length === count) resolve(performance.now() - started);
        else requestAnimationFrame(look);
    };
    look();
})"""

# Return the duration of the longest task on the main thread, in milliseconds, and forget all tasks so far.
LONGEST_BLOCK = "() => Math.max(0, ...self.blocks.splice(0))"

WATCH_BLOCKS = """
self.blocks = [];
new PerformanceObserver((list) => self.blocks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask", buffered: true });
"""


def graph() -> list[Figure]:
    """Pan and zoom a graph of 300 nodes, open and unfold a graph of 2,500, and edit a graph of 15."""
    with served() as address:
        panned, zoomed = _moves(address)
        opened, blocks = _openings(address)
        unfolded, unfolding_blocks = _unfoldings(address)
        redrawn = _redrawings(address)
    return [
        Figure("time per frame while panning 300 nodes", panned, "ms", goal=20),
        Figure("time per frame while zooming 300 nodes", zoomed, "ms", goal=20),
        Figure("opening 2,500 nodes, folded", opened, "s"),
        Figure("longest task while opening", blocks, "ms", goal=200),
        Figure("unfolding the third of 25 modules (322 nodes drawn)", unfolded, "ms"),
        Figure("longest task while three of 25 modules are unfolded", unfolding_blocks, "ms", goal=200),
        Figure("key press to redrawn graph, 15 nodes, p95", redrawn, "ms", goal=60),
    ]


def layered(count: int, width: int = 20, modules: int = 1) -> dict[str, str]:
    """Return the sources of `count` nodes in layers. Each node uses two nodes from the previous layer."""
    texts = [""] * modules
    for index in range(count):
        layer, position = divmod(index, width)
        sources = [(layer - 1) * width + (position + step) % width for step in (0, 7)] if layer else []
        parameters = ", ".join(f"node_{source}: int" for source in sources)
        total = " + ".join(f"node_{source}" for source in sources) or "1"
        texts[index * modules // count] += f"def node_{index}({parameters}) -> int:\n    return {total}\n\n\n"
    return {f"part_{number}.py": text for number, text in enumerate(texts)}


def _moves(address: str) -> tuple[list[float], list[float]]:
    with TemporaryDirectory() as profile, visit(Path(profile)) as opened:
        _open(opened, address, layered(300))
        _drawn(opened, 300)
        zoomed = [float(opened.evaluate(MOVED, [FRAMES, True])) for _ in range(ROUNDS)]
        panned = [float(opened.evaluate(MOVED, [FRAMES, False])) for _ in range(ROUNDS)]
    return panned, zoomed


def _openings(address: str) -> tuple[list[float], list[float]]:
    seconds, blocks = [], []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as profile, visit(Path(profile)) as opened:
            opened.add_init_script(WATCH_BLOCKS)
            _open(opened, address, layered(2500, width=50, modules=10))
            seconds.append(_drawn(opened, 10) / 1e3)
            blocks.append(float(opened.evaluate(LONGEST_BLOCK)))
    return seconds, blocks


def _unfoldings(address: str) -> tuple[list[float], list[float]]:
    """Unfold three of 25 modules.

    For each round, return the time to unfold the last module and the duration of the longest task, in milliseconds.
    """
    milliseconds, blocks = [], []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as profile, visit(Path(profile)) as opened:
            opened.add_init_script(WATCH_BLOCKS)
            _open(opened, address, layered(2500, width=50, modules=25))
            _drawn(opened, 25)
            opened.evaluate(LONGEST_BLOCK)
            durations = [_unfold(opened, module, 25 + 99 * count) for count, module in enumerate((3, 4, 10), start=1)]
            milliseconds.append(durations[-1])
            blocks.append(float(opened.evaluate(LONGEST_BLOCK)))
    return milliseconds, blocks


def _unfold(opened: Page, module: int, drawn: int) -> float:
    return float(opened.evaluate(UNFOLDED, [f"module part_{module}", drawn]))


def _redrawings(address: str) -> list[float]:
    """For each round, return the 95th percentile of the times for twenty edits to the last node's name."""
    with TemporaryDirectory() as profile, visit(Path(profile)) as opened:
        files = layered(15, width=3)
        _open(opened, address, files)
        _drawn(opened, 15)
        opened.get_by_role("textbox", name="Code").click()
        opened.keyboard.press("ControlOrMeta+End")
        opened.locator(".cm-line").filter(has_text="def node_14(").locator(".tok-function").dblclick()
        _pressed(opened, "x", "x")  # typing replaces the selected name
        return [quantiles([_edit(opened, number) for number in range(EDITS)], n=20)[-1] for _ in range(ROUNDS)]


def _edit(opened: Page, number: int) -> float:
    """Append a letter to the name, or remove it on every second call. Return the time."""
    return _pressed(opened, "y", "xy") if number % 2 == 0 else _pressed(opened, "Backspace", "x")


def _pressed(opened: Page, key: str, name: str) -> float:
    opened.evaluate(f"name => {{ self.redrawn = ({REDRAWN})(name) }}", name)
    opened.keyboard.press(key)
    return float(opened.evaluate("() => self.redrawn"))


def _open(opened: Page, address: str, files: Mapping[str, str]) -> None:
    opened.goto(f"{address}site/play/?run=0{link_to(files)}")


def _drawn(opened: Page, count: int) -> float:
    return float(opened.wait_for_function(DRAWN, arg=count, timeout=PATIENCE).json_value())
