"""A visit to the playground before Python starts: the first paint, the loaded bytes, and the requests of a second visit."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.figures import Figure
from benchmarks.page import ANSWERED, PATIENCE
from benchmarks.requests import record_requests, weight
from benchmarks.served import served

ROUNDS = 5

# The HTML contains the prerendered graph and outputs, which the first paint shows.
PAINTED = '() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime'
# True once the editor accepts input. The graph is interactive by then, too: both replace the prerendered parts together.
LIVE = """() => {
    const root = document.querySelector("hw-play")?.shadowRoot;
    return root?.querySelector(".cm-content[contenteditable=true]") && root.querySelector("section.graph svg .node") && true;
}"""
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => true)"


def loading() -> list[Figure]:
    """In each round, make two visits with one new profile, under a host name other than localhost."""
    paints: list[list[float]] = [[], []]
    weights: list[float] = []
    requests: list[float] = []
    with served() as local_address:
        address = local_address.replace("127.0.0.1", "site.localhost")
        for _ in range(ROUNDS):
            with TemporaryDirectory() as profile:
                first, first_requests = _visit(Path(profile), address)
                second, second_requests = _visit(Path(profile), address)
            paints[0].append(first)
            paints[1].append(second)
            weights.append(weight(first_requests) / 1e3)
            requests.append(len(second_requests))
    return [
        Figure("first paint, including the graph and the outputs, first visit", paints[0], "ms", goal=600),
        Figure("first paint, including the graph and the outputs, second visit", paints[1], "ms", goal=600),
        Figure(
            "data loaded until the editor and the graph are live, without Python and Graphviz, gzipped",
            weights,
            "kB",
            goal=250,
        ),
        Figure("requests that reach the server on a second visit", requests, "", goal=0),
    ]


def _visit(profile: Path, address: str) -> tuple[float, list[str]]:
    """Return the time of the first paint and the paths that were requested before the page was live."""
    with visit(profile) as opened:
        requests = record_requests(opened)
        opened.goto(f"{address}site/play/")
        opened.wait_for_function(LIVE, timeout=PATIENCE)
        until_live = list(requests)
        opened.wait_for_function(ANSWERED, timeout=PATIENCE)
        paint = float(opened.wait_for_function(PAINTED).json_value())
        opened.evaluate(CONTROLLED)
    return paint, until_live
