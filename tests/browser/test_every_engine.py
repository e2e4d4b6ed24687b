"""The full path of a visitor in Chromium, Firefox and WebKit: open, edit, run, error, stop, share, hostile link."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from attacker import write_attacker
from browser_engines import NewVisitor, absences, launch_firefox, virtual_display, visitors_of, visitors_of_webkit
from dataflows import HOSTILE, SMALL, hostile
from package_index import Package, indexing
from playground import link_to
from repository import SITE
from sandbox import run_in_similar_frame
from visitor import Visitor
from waiting import becomes_true, until

pytestmark = pytest.mark.pyodide

ENGINES = [
    "chromium",
    pytest.param("firefox", marks=pytest.mark.everywhere),
    pytest.param("webkit", marks=pytest.mark.everywhere),
]
WAITING = SMALL.replace("def total", "WAIT = 0\n\n\ndef total").replace(
    "    return price * quantity", "    while WAIT:\n        pass\n    return price * quantity"
)
SEEN = """part => [...document.querySelector("hw-play").shadowRoot.querySelectorAll(part)]
    .filter((element) => element.checkVisibility())
    .map((element) => element.innerText ?? element.textContent)
    .join("\\n")"""
VALUE = """part => document.querySelector("hw-play").shadowRoot.querySelector(part)?.value ?? "" """

MANIFEST = json.loads((SITE / "assets/headwater/runtime/manifest.json").read_text())
PRELOAD = [file["sha256"] for file in MANIFEST["files"] if file["stage"] == "preload"]
CACHED = f"""async () => {{
    const keys = await (await caches.open("headwater-runtime")).keys();
    return {json.dumps(PRELOAD)}.filter((digest) => keys.some(({{ url }}) => url.endsWith(digest)));
}}"""

elsewhere_in_chromium = pytest.mark.everywhere
"""Another test file covers the marked test in Chromium, so `make test` skips it."""

CODE, GRAPH, PANEL = ".cm-line", "section.graph svg", ".panel"
SUMMARY, STATUS = ".summary", ".runtime"
STOP, CONSENT = "header .stop", ".consent .go[aria-disabled=false]"
HINT, NEW_TAB = "#consent-hint", ".consent a"
ATTEMPTS_TAKE = 20  # the maximum number of seconds if no attempt hangs
SHARE, LINK = "header button[title^='Create a link']", "dialog [data-share=link]"


class Walk:
    """A visitor's walk through the playground."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self.visitor = visitor
        self.address = address

    def open(self, path: str) -> "Walk":
        self.visitor.go(self.address + path)
        return self

    def open_trusted(self, files: dict[str, str]) -> "Walk":
        """Open a link, allow it to run, and wait for the run."""
        self.let_run(files)
        self.until_seen(SUMMARY, "ran")
        return self

    def let_run(self, files: dict[str, str]) -> None:
        # Auto-run is off. Otherwise, a run after a typing pause would leave nothing for the requested run to compute.
        self.open("play/?run=0" + link_to(files))
        self.until_seen(CONSENT, "Run this code")
        self.visitor.click(CONSENT)

    def seen(self, part: str) -> str:
        """Return the text of the visible parts."""
        return self.visitor.evaluate(SEEN, part)

    def value(self, part: str) -> str:
        return self.visitor.evaluate(VALUE, part)

    def until_seen(self, part: str, text: str) -> None:
        until(lambda: text in self.seen(part), lambda: f"{part} says {self.seen(part)!r} and not {text!r}")

    def until_gone(self, part: str) -> None:
        until(lambda: self.seen(part) == "", lambda: f"{part} still says {self.seen(part)!r}")

    def change(self, word: str, text: str) -> None:
        """Replace a word at the end of a line by typing, and run the code."""
        self.until_seen(f"{CODE} span", word)
        self.visitor.click(f"{CODE} span", word)
        self.visitor.press("End")
        for _ in word:
            self.visitor.press("Backspace")
        self.visitor.type(text)
        self.until_seen(CODE, f" {text}\n")
        self.visitor.press("Control+Enter")


@pytest.fixture(scope="session")
def firefox(playwright) -> Iterator[Any]:
    with launch_firefox(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with virtual_display() as display:
        yield display


@pytest.fixture(params=ENGINES)
def new_visitor(request) -> Iterator[NewVisitor]:
    """Return a function that creates visitors in one engine. If the engine is missing, skip the test and say why."""
    engine = request.param
    if engine in absences():
        pytest.skip(absences()[engine])
    if engine == "webkit":
        visitors = visitors_of_webkit(request.getfixturevalue("display"))
    else:
        visitors = visitors_of(request.getfixturevalue("firefox" if engine == "firefox" else "browser"))
    with visitors as arrive:
        yield arrive


@pytest.fixture
def walk(new_visitor, site) -> Walk:
    return Walk(new_visitor(), site.address)


@elsewhere_in_chromium
def test_code_graph_and_values_are_shown_before_python_is_ready(walk, site):
    with site.hold_responses("/runtime/"):
        walk.open("play/")
        walk.until_seen(CODE, "def temp_rolling")
        walk.until_seen(GRAPH, "warm_spells")
        walk.until_seen(PANEL, "2015")
        assert "ready" not in walk.seen(STATUS)
    walk.until_seen(STATUS, "ready")


def test_an_edit_computes_a_new_value(walk):
    walk.open_trusted({"flow.py": SMALL}).until_seen(PANEL, "60")
    walk.change("20", "30")
    walk.until_seen(PANEL, "90")
    walk.until_seen(SUMMARY, "2 of 2 nodes ran")


@elsewhere_in_chromium
def test_a_library_with_compiled_code_is_loaded_when_code_imports_it(walk):
    code = "import scipy.linalg\n\n\ndef size() -> str:\n    return f'{scipy.linalg.det([[2, 1], [0, 3]]):.3f}'\n"
    walk.open_trusted({"flow.py": code}).until_seen(PANEL, "6.000")


@elsewhere_in_chromium
def test_code_that_has_used_a_large_library_runs_again_on_the_next_visit(walk, request):
    if request.node.callspec.params["new_visitor"] == "webkit":
        pytest.skip("WebKit starts without memory snapshots, so its next visit imports the library again")
    code = (
        "import numpy as np\nfrom sklearn.linear_model import LinearRegression\n\n\ndef slope() -> str:\n"
        "    x = np.arange(5.0)\n    return f'slope {LinearRegression().fit(x[:, None], 3 * x).coef_[0]:.3f}'\n"
    )
    walk.open_trusted({"flow.py": code}).until_seen(PANEL, "slope 3.000")
    until(
        lambda: len(walk.visitor.evaluate(CACHED)) == len(PRELOAD),
        lambda: f"only these preload files are cached: {walk.visitor.evaluate(CACHED)}",
    )
    walk.visitor.go("about:blank")
    walk.open("play/" + link_to({"flow.py": code})).until_seen(PANEL, "slope 3.000")
    walk.until_seen(STATUS, "ready")


@elsewhere_in_chromium
def test_an_error_is_marked_on_its_line_until_it_is_fixed(walk):
    walk.open_trusted({"flow.py": SMALL})
    walk.change("20", "1 / 0")
    walk.until_seen(f"{CODE}:nth-child(3) .cm-lintRange-error", "1 / 0")
    walk.until_seen("footer .problem", "division by zero")
    walk.until_seen("footer .problem", "flow.py:3")
    walk.change("0", "2")
    walk.until_seen(PANEL, "1.5")
    walk.until_gone("footer .problem")
    walk.until_gone(".cm-lintRange-error")


@elsewhere_in_chromium
def test_stop_ends_an_endless_loop_and_keeps_earlier_values(walk):
    walk.open_trusted({"flow.py": WAITING}).until_seen(PANEL, "60")
    walk.change("0", "1")
    walk.until_seen(SUMMARY, "Running total")
    walk.visitor.click(STOP)
    walk.until_gone(STOP)
    assert "WAIT = 1" in walk.seen(CODE)
    assert "60" in walk.seen(PANEL)
    walk.change("1", "0")
    walk.change("20", "21")
    walk.until_seen(PANEL, "63")


@elsewhere_in_chromium
def test_a_link_carries_changed_code_to_another_visitor_who_must_consent(walk, new_visitor):
    walk.open_trusted({"flow.py": SMALL})
    walk.change("20", "21")
    walk.until_seen(PANEL, "63")
    walk.visitor.click(SHARE)
    until(lambda: "#v1." in walk.value(LINK), lambda: f"the link is {walk.value(LINK)!r}")
    link = walk.value(LINK)

    stranger = Walk(new_visitor(), walk.address)
    stranger.visitor.go(link)
    stranger.until_seen(CODE, "return 21")
    stranger.until_seen(GRAPH, "total")
    stranger.until_seen(SUMMARY, "Not run yet")
    stranger.until_seen(CONSENT, "Run this code")
    stranger.visitor.click(CONSENT)
    stranger.until_seen(PANEL, "63")


@elsewhere_in_chromium
def test_in_a_page_of_another_site_code_runs_if_the_engine_detects_covered_buttons(walk, outside, tmp_path):
    link = "embed/" + link_to({"flow.py": SMALL})
    walk.open_trusted({"flow.py": SMALL})  # the frame does not remember this consent
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>elsewhere</title><iframe src="{walk.address}{link}" width="1000" height="700"></iframe>'
    )
    for host in ("localhost", "127.0.0.1"):
        walk.visitor.go(outside.address.replace("127.0.0.1", host))
        reports = walk.visitor.evaluate("() => 'isVisible' in IntersectionObserverEntry.prototype")
        walk.visitor.enter_frame()
        until(
            lambda: walk.visitor.evaluate("() => document.querySelector('hw-play')?.shadowRoot != null"),
            lambda: "no playground",
        )
        walk.until_seen(CODE, "return 20")
        walk.until_seen(NEW_TAB, "Open in a new tab")
        if reports:
            walk.until_seen(CONSENT, "Run this code")
            assert "Not run yet" in walk.seen(SUMMARY)
            walk.visitor.click(CONSENT)  # no consent: the mouse was not on the button before the click
            walk.until_seen(CONSENT, "Run this code")
            assert "Not run yet" in walk.seen(SUMMARY)
            walk.visitor.click(CONSENT)
            walk.until_seen(PANEL, "60")
        else:
            walk.until_seen(HINT, "This browser cannot run the code in a frame on another site.")
            assert walk.seen(".consent .go") == ""
            address = walk.visitor.evaluate(
                "part => document.querySelector('hw-play').shadowRoot.querySelector(part).href", NEW_TAB
            )
            assert address == walk.address + link
            walk.open(link)
            walk.until_seen(SUMMARY, "ran")


@elsewhere_in_chromium
def test_a_package_in_the_metadata_is_selected_and_fetched_after_consent(walk):
    code = '# /// script\n# dependencies = ["shout"]\n# ///\nimport shout\n\n\ndef total() -> str:\n    return shout.WORD\n'
    packages = (
        Package("shout", {"shout.py": "from marks import MARK\nWORD = 'HI' + MARK\n"}, ["marks"]),
        Package("marks", {"marks.py": "MARK = '!'\n"}),
    )
    with indexing(*packages) as index:
        walk.let_run({"flow.py": code})
        walk.until_seen(".consent", "shout")
        walk.visitor.evaluate("to => document.querySelector('hw-play').setAttribute('packages', to)", index.address)
        walk.visitor.click(".consent button.go")
        walk.until_seen("dialog", "see your IP address")
        assert index.requests == []
        walk.visitor.click("dialog button.go")
        walk.until_seen(PANEL, "HI!")
        assert "Fetched marks 1.0 and shout 1.0." in walk.seen(".notice")


@elsewhere_in_chromium
def test_the_code_of_a_hostile_link_reaches_no_server(walk, outside):
    walk.let_run(hostile("reaching/network.py", outside=outside.address))
    # The attempts of the last node run one by one, and Firefox sometimes hangs forever in one of them.
    until(
        lambda: any(text in walk.seen(SUMMARY) for text in ("ran", "Running script")),
        lambda: f"the summary says {walk.seen(SUMMARY)!r}",
    )
    if not becomes_true(lambda: walk.seen(STOP) == "", ATTEMPTS_TAKE):
        walk.visitor.click(STOP)
        walk.until_gone(STOP)
    else:
        for name in re.findall(r"^def ([a-z]\w*)", (HOSTILE / "reaching/network.py").read_text(), re.MULTILINE):
            walk.until_seen(PANEL, name)
    # A request from the page itself arrives; earlier requests would have arrived before it.
    walk.visitor.evaluate("async (to) => void (await fetch(to, { mode: 'no-cors' }))", outside.address + "control")
    assert outside.requests == ["/control"]


@elsewhere_in_chromium
def test_the_code_of_a_hostile_link_reads_no_storage_of_the_site(walk):
    walk.open("404.html")
    walk.visitor.evaluate(
        """async () => {
            document.cookie = "canary=alive; path=/";
            localStorage.setItem("canary", "alive");
            sessionStorage.setItem("canary", "alive");
            await new Promise((done) => (indexedDB.open("canary").onsuccess = done));
        }"""
    )
    walk.open_trusted(hostile("reaching/storage.py"))
    walk.until_seen(PANEL, "files")
    loot = walk.seen(PANEL)
    assert "alive" not in loot
    assert "canary" not in loot
    for kind in ("localStorage", "sessionStorage", "indexedDB"):
        assert re.search(rf"{kind}\W+refused", loot), f"{kind} was not refused: {loot}"


@elsewhere_in_chromium
def test_the_policy_of_the_frame_alone_blocks_every_attempt(walk, outside):
    """Unlike Python's worker, this worker has all its globals."""
    walk.open("play/")
    walk.until_seen(STATUS, "ready")
    script = f"const OUTSIDE = '{outside.address}';\n" + (HOSTILE / "reaching/attempts.js").read_text()
    tried = run_in_similar_frame(walk.visitor.evaluate, script, "tried")
    walk.visitor.evaluate("async (to) => void (await fetch(to, { mode: 'no-cors' }))", outside.address + "control")
    assert len(tried) >= 12
    assert "reached" not in tried.values()
    assert outside.requests == ["/control"]


@elsewhere_in_chromium
def test_network_globals_are_removed_from_the_worker(walk):
    walk.let_run(hostile("reaching/names.py"))
    walk.until_seen(PANEL, "left: []")


@elsewhere_in_chromium
def test_a_page_that_navigates_the_sandboxed_frame_receives_nothing(walk, outside, tmp_path):
    write_attacker(tmp_path)
    walk.visitor.go(outside.address.replace("127.0.0.1", "localhost"))
    framed = walk.address + "play/" + link_to({"flow.py": SMALL})
    for delay in (0, 2, 5, 20, 100, 1_000):
        walk.visitor.evaluate("options => attack(options)", {"address": framed, "delay": delay, "tag": str(delay)})
        walk.visitor.evaluate("() => new Promise((resolve) => setTimeout(resolve, 1_500))")
    assert outside.requests_with("attacker.html") != []
    assert outside.requests_with("stolen") == []
