"""Fixtures: Chromium, the built site, and a fresh browser context for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from browser_engines import FLAGS, UNOPTIMIZED, UNOPTIMIZED_WASM, absences, headless_path
from hostile_visitor import PATIENT, PROMISED, HostileVisitor, HostileVisitors
from local_server import NATIVE_BUNDLE, Served, Sites, serving
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
from small_site import copy_few_pages
from waiting import PATIENCE
from warm_page import DEVICES, PERMISSIONS, WARM_PATHS, WINDOW, Device, WarmPage, WarmPages

expect.set_options(timeout=PATIENCE * 1000)

NewContext = Callable[..., BrowserContext]

BELOW = ("/", "/some/project/")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pyodide", action="store_true", help="run Pyodide in every browser test, even if the test's own Python would suffice"
    )
    parser.addoption("--promised", action="store_true", help="require responses to hostile code within the promised time")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.native)


def pytest_report_header() -> list[str]:
    """Report missing browsers before all tests."""
    return [f"NOT TESTED: {absence}" for absence in absences().values()]


@pytest.fixture
def runs_pyodide(request: pytest.FixtureRequest) -> bool:
    """Return whether the test's pages use Pyodide instead of the Python that runs the tests."""
    return _runs_pyodide(request)


def _runs_pyodide(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--pyodide")) or request.node.get_closest_marker("pyodide") is not None


@pytest.fixture(scope="session")
def native_python() -> NativePython:
    return NativePython()


@pytest.fixture(scope="session")
def sites(native_python: NativePython) -> Iterator[Sites]:
    """Serve the built site at the root and below a path, like a project page on a shared host."""
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
    """Return the built site, served at the root."""
    yield sites["/", not runs_pyodide]
    native_python.close()


@pytest.fixture
def site_below(sites: Sites, *, runs_pyodide: bool) -> Served:
    """Return the built site, served below a path."""
    return sites[BELOW[1], not runs_pyodide]


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site that includes Python but only a few pages, so that a first visit caches it quickly."""
    return copy_few_pages(tmp_path_factory.mktemp("small") / "site", with_python=True)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Served]:
    """Serve another origin, which should not receive any requests."""
    (tmp_path / "index.html").write_text("<!doctype html><title>elsewhere</title>")
    with serving(tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    engine = UNOPTIMIZED_WASM if request.config.getoption("--promised") else UNOPTIMIZED
    with playwright.chromium.launch(executable_path=headless_path(), args=[*FLAGS, f"--js-flags={engine}"]) as browser:
        yield browser


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Open browser contexts, each for a new visitor. They close after the test."""
    usual = {"viewport": WINDOW}
    with ExitStack() as opened:

        def arrive(**options: Any) -> BrowserContext:
            context = opened.enter_context(browser.new_context(**{**usual, **options}))
            context.set_default_timeout(PATIENCE * 1000)
            return context

        yield arrive


@pytest.fixture(scope="session")
def returning_visitor(browser: Browser) -> Iterator[ReturningVisitor]:
    with browser.new_context(viewport=WINDOW, permissions=PERMISSIONS) as context:
        context.set_default_timeout(PATIENCE * 1000)
        yield ReturningVisitor(context)


@pytest.fixture(scope="session")
def warm_pages(browser: Browser, sites: Sites) -> Iterator[WarmPages]:
    site = sites["/", True].address
    pages = {(path, device): WarmPage(browser, site, path, device) for path in WARM_PATHS for device in DEVICES}
    yield pages
    for page in pages.values():
        page.close()


@pytest.fixture
def warm_page(request: pytest.FixtureRequest, *, runs_pyodide: bool) -> Iterator[WarmPage | None]:
    """Yield the page that tests marked `warm` share, or None for tests that open their own page, such as all Pyodide tests."""
    marker = request.node.get_closest_marker
    mark = marker("warm")
    if runs_pyodide or mark is None or marker("fresh"):
        yield None
        return
    warm = request.getfixturevalue("warm_pages")[mark.args[0] if mark.args else "play/", _device(request)]
    with warm.lend():
        yield warm


def _device(request: pytest.FixtureRequest) -> Device:
    mark = request.node.get_closest_marker("warm")
    return "computer" if mark is None else mark.kwargs.get("device", "computer")


@pytest.fixture
def context(request: pytest.FixtureRequest, warm_page: WarmPage | None) -> Iterator[BrowserContext]:
    """Open a context with a wide window and light colors, or one of a phone.

    Tests marked `warm` share one context, and tests marked `returning` share another.
    """
    if warm_page is not None:
        yield warm_page.page.context
    elif request.node.get_closest_marker("returning"):
        with request.getfixturevalue("returning_visitor").visit() as context:
            yield context
    else:
        yield request.getfixturevalue("new_context")(**DEVICES[_device(request)], permissions=PERMISSIONS)


@pytest.fixture
def page(context: BrowserContext, warm_page: WarmPage | None) -> Page:
    return context.new_page() if warm_page is None else warm_page.page


@pytest.fixture
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """Collect the warnings and errors in the console of the context's pages, and all dialogs."""
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
    request: pytest.FixtureRequest, browser: Browser, native_python: NativePython, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HostileVisitors]:
    """Return the visitors who open hostile links."""
    python = None if _runs_pyodide(request) else native_python
    limits = PROMISED if request.config.getoption("--promised") else PATIENT
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "index.html").write_text("<!doctype html><title>elsewhere</title>")
    # Separate servers, because other tests check which requests their servers receive.
    with serving(SITE, python=python) as site, serving(elsewhere) as outside:
        visitors = HostileVisitors(browser, site, outside, limits)
        yield visitors
        visitors.close()


@pytest.fixture
def visitor(visitors: HostileVisitors) -> HostileVisitor:
    return visitors.get()


@pytest.fixture
def play(page: Page, site: Served, warm_page: WarmPage | None) -> Playground:
    """Return the playground on an empty page."""
    return Playground(page, site.address, warm=warm_page)
