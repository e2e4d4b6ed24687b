"""A Chromium, the built site, and a fresh context for each test: no test sees what another has left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import absences, chromium_path
from local_server import SITE, Served, serving
from playground import Playground
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.native)


def pytest_report_header() -> list[str]:
    """What is not tested for want of a browser is said before everything else."""
    return [f"NOT TESTED: {absence}" for absence in absences().values()]


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    """The built site at the root of an address."""
    assert (SITE / "index.html").is_file(), "The site is not built: run `make site` first."
    with serving(SITE) as served:
        yield served


@pytest.fixture(scope="session")
def site_below() -> Iterator[Served]:
    """The same site below a path, as on a project's page of a shared host."""
    with serving(SITE, below="/some/project/") as served:
        yield served


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
    with playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS) as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who was never here before, with a wide window and light colours."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the pages of the context say in the console as warnings and errors, and every dialog."""
    heard: list[str] = []
    context.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    context.on("weberror", lambda error: heard.append(str(error.error)))

    def refuse(dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.on("dialog", refuse)
    return heard


@pytest.fixture
def play(page: Page, site: Served) -> Playground:
    """The playground of a page that shows nothing yet."""
    return Playground(page, site.address)
