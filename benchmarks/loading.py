"""What a visit to the playground costs before Python: the first paint, the bytes, the requests of a second visit."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from benchmarks.browser import visit
from benchmarks.figures import Figure
from benchmarks.page import ANSWERED, PATIENCE
from benchmarks.served import ROOT, served
from playwright.sync_api import Page

ROUNDS = 5
SITE = ROOT / "site"

# What was drawn when the site was built is in the HTML: the first paint is a paint of it.
PAINTED = '() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime'
# The editor takes keys; it and the graph take the place of what was drawn in one step, so that the graph, too, answers.
LIVE = """() => {
    const root = document.querySelector("hw-play")?.shadowRoot;
    return root?.querySelector(".cm-content[contenteditable=true]") && root.querySelector("section.graph svg .node") && true;
}"""
KEPT = "() => navigator.serviceWorker.ready.then(() => true)"
# The site asks for its next version, which is what it is for.
NEWS = "/site/sw.js"


def loading() -> list[Figure]:
    """Each round: a new profile, a first visit and a second one, under a name that is not that of one's own machine."""
    paints: list[list[float]] = [[], []]
    weights: list[float] = []
    requests: list[float] = []
    with served() as own:
        address = own.replace("127.0.0.1", "site.localhost")
        for _ in range(ROUNDS):
            with TemporaryDirectory() as profile:
                first, asked = _visit(Path(profile), address)
                second, asked_again = _visit(Path(profile), address)
            paints[0].append(first)
            paints[1].append(second)
            weights.append(_weight(asked) / 1e3)
            requests.append(len(asked_again))
    return [
        Figure("first paint, the graph and the outputs in it, first visit", paints[0], "ms", goal=600),
        Figure("first paint, the graph and the outputs in it, second visit", paints[1], "ms", goal=600),
        Figure("until the editor and the graph are live, without Python and Graphviz, gzipped", weights, "kB", goal=250),
        Figure("requests that reach the server at a second visit, beyond the question for news", requests, "", goal=0),
    ]


def _visit(profile: Path, address: str) -> tuple[float, list[str]]:
    """When the first paint was, and the paths that the network was asked for until then and until all was live."""
    with visit(profile) as opened:
        asked = _listen(opened)
        opened.goto(f"{address}site/play/")
        opened.wait_for_function(LIVE, timeout=PATIENCE)
        until_live = list(asked)
        opened.wait_for_function(ANSWERED, timeout=PATIENCE)
        paint = float(opened.wait_for_function(PAINTED).json_value())
        opened.evaluate(KEPT)
    return paint, until_live


def _listen(opened: Page) -> list[str]:
    """The paths that come over the network, not from a cache or the service worker."""
    asked: list[str] = []
    session = opened.context.new_cdp_session(opened)
    session.send("Network.enable")

    def hear(event: dict) -> None:
        response = event["response"]
        path = urlsplit(response["url"]).path
        if not response.get("fromServiceWorker") and not response.get("fromDiskCache") and path not in {"", NEWS}:
            asked.append(path)

    session.on("Network.responseReceived", hear)
    return asked


def _weight(paths: Sequence[str]) -> int:
    """As a server would send them that compresses what it sends."""
    return sum(len(gzip.compress(_file(path).read_bytes())) for path in paths if _counts(path))


def _counts(path: str) -> bool:
    return "/runtime/" not in path and "graphviz" not in path and path.startswith("/site/")


def _file(path: str) -> Path:
    file = SITE / path.removeprefix("/site/")
    return file / "index.html" if file.is_dir() else file
