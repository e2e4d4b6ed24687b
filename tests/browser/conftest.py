"""A Chromium, the built site, and a fresh context for each test: no test sees what another has left behind."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from engines import absences, headless_path
from hostile_visitor import PATIENT, PROMISED, HostileVisitor, HostileVisitors
from local_server import NATIVE_BUNDLE, Served, serving
from native_python import NativePython
from playground import Playground
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Playwright,
    WebError,
    expect,
    sync_playwright,
)
from repository import SITE
from returning_visitor import ReturningVisitor
from waiting import PATIENCE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Visits are short: code that is compiled a second time, to be faster from then on, would be compiled for nobody.
    "--js-flags=--no-wasm-tier-up --no-wasm-dynamic-tiering",
    # Nobody sees the lists of the address bar that each window draws. The last such flag counts, so it says Playwright's again.
    "--disable-features=WebUIOmniboxAimPopup,WebUIOmniboxPopup,HttpsUpgrades,MediaRouter,OptimizationHints,Translate",
]

expect.set_options(timeout=PATIENCE * 1000)

NewContext = Callable[..., BrowserContext]
Sites = dict[tuple[str, bool], Served]

BELOW = ("/", "/some/project/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pyodide", action="store_true", help="run Pyodide in every browser test, also where the test's own Python would do"
    )
    parser.addoption("--promised", action="store_true", help="the page must answer hostile code within the promised seconds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.native)


def pytest_report_header() -> list[str]:
    """What is not tested for want of a browser is said before everything else."""
    return [f"NOT TESTED: {absence}" for absence in absences().values()]


@pytest.fixture
def runs_pyodide(request: pytest.FixtureRequest) -> bool:
    """Whether the pages of the test run Pyodide, and not the engine in the test's own Python."""
    return bool(request.config.getoption("--pyodide")) or request.node.get_closest_marker("pyodide") is not None


@pytest.fixture(scope="session")
def native_python() -> NativePython:
    return NativePython()


@pytest.fixture(scope="session")
def sites(native_python: NativePython) -> Iterator[Sites]:
    """The built site, at the root of an address and below a path, as on a project's page of a shared host."""
    assert (SITE / "index.html").is_file(), "The site is not built: run `make site` first."
    assert (NATIVE_BUNDLE / "hw-play.js").is_file(), "The page for native Python is not built: run `make native` first."
    with ExitStack() as opened:

        def open_one(below: str, python: NativePython | None) -> Served:
            return opened.enter_context(serving(SITE, below, python))

        yield {
            (below, native): open_one(below, native_python if native else None) for below in BELOW for native in (True, False)
        }


@pytest.fixture
def site(sites: Sites, native_python: NativePython, *, runs_pyodide: bool) -> Iterator[Served]:
    """The built site at the root of an address."""
    yield sites["/", not runs_pyodide]
    native_python.close()


@pytest.fixture
def site_below(sites: Sites, *, runs_pyodide: bool) -> Served:
    """The same site below a path."""
    return sites[BELOW[1], not runs_pyodide]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Served]:
    """Another origin, which nobody has a reason to ask for anything."""
    (tmp_path / "index.html").write_text("<!doctype html><title>elsewhere</title>")
    with serving(tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=headless_path(), args=FLAGS) as browser:
        yield browser


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Opens contexts: each is a visitor who was never here before. They close with the test."""
    usual = {"viewport": {"width": 1440, "height": 900}}
    with ExitStack() as opened:

        def arrive(**options: Any) -> BrowserContext:
            context = opened.enter_context(browser.new_context(**{**usual, **options}))
            context.set_default_timeout(PATIENCE * 1000)
            return context

        yield arrive


PERMISSIONS = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="session")
def returning_visitor(browser: Browser) -> Iterator[ReturningVisitor]:
    with browser.new_context(viewport={"width": 1440, "height": 900}, permissions=PERMISSIONS) as context:
        context.set_default_timeout(PATIENCE * 1000)
        yield ReturningVisitor(context)


@pytest.fixture
def context(request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A visitor with a wide window and light colors; of the tests marked `returning`, one who has Python's files."""
    if request.node.get_closest_marker("returning"):
        with request.getfixturevalue("returning_visitor").visit() as context:
            yield context
    else:
        yield request.getfixturevalue("new_context")(permissions=PERMISSIONS)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """What the pages of the context say in the console as warnings and errors, and every dialog."""
    heard: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    def note_error(error: WebError) -> None:
        heard.append(str(error.error))

    def refuse(dialog: Dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    listeners = {"console": note, "weberror": note_error, "dialog": refuse}
    for event, listener in listeners.items():
        context.on(event, listener)
    yield heard
    for event, listener in listeners.items():
        context.remove_listener(event, listener)


@pytest.fixture(scope="module")
def visitors(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HostileVisitors]:
    """Visitors of hostile links."""
    limits = PROMISED if request.config.getoption("--promised") else PATIENT
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "index.html").write_text("<!doctype html><title>elsewhere</title>")
    # Servers of their own: other tests count what theirs are asked for.
    with serving(SITE) as site, serving(elsewhere) as outside:
        visitors = HostileVisitors(browser, site, outside, limits)
        yield visitors
        visitors.close()


@pytest.fixture
def visitor(visitors: HostileVisitors) -> HostileVisitor:
    return visitors.get()


@pytest.fixture
def play(page: Page, site: Served) -> Playground:
    """The playground of a page that shows nothing yet."""
    return Playground(page, site.address)
