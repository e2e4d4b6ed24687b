"""Missing, damaged or slow runtime files: the page names the file, stays readable and editable, and retries."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator

import pytest
import zstandard
from dataflows import SMALL, params
from local_server import Served
from playground import READY, Playground, link_to
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from repository import SITE
from waiting import until

pytestmark = pytest.mark.pyodide

MANIFEST = "manifest.json"
RUNTIME_FILES = json.loads((SITE / "assets/headwater/runtime" / MANIFEST).read_text())["files"]
FILES = {file["name"]: file["url"] for file in RUNTIME_FILES}
DIGESTS = {file["name"]: file["sha256"] for file in RUNTIME_FILES}
ONE_OF_EACH_KIND = {name: name for name in ("pyodide.asm.js", "snapshot.bin", "extensions_of_pandas.zip", "python_stdlib.zip")}
"""A script, the snapshot, a linked file, and a file that is loaded later. Every other file is loaded like one of these."""
LONGEST_SILENCE = 60_000
"""Milliseconds after which all timeouts of a start have expired."""
STEP = 5_000

Answer = Callable[[Route], None]


def _missing(route: Route) -> None:
    route.fulfill(status=404, body="not here")


def _unreachable(route: Route) -> None:
    route.abort("connectionreset")


def _altered(name: str) -> bytes:
    """Return the decompressed file with a changed byte."""
    content = bytearray(zstandard.decompress((SITE / "assets/headwater/runtime" / FILES[name]).read_bytes()))
    content[len(content) // 2] ^= 1
    return bytes(content)


def _cut_off(route: Route) -> None:
    packed = (SITE / "assets/headwater/runtime" / route.request.url.rpartition("/")[2]).read_bytes()
    route.fulfill(status=200, body=packed[: len(packed) // 2])


def _another_page(route: Route) -> None:
    """Respond like hosts that serve one page for all paths."""
    route.fulfill(status=200, content_type="text/html", body="<!doctype html><h1>Welcome</h1>")


OTHER_WAYS: dict[str, tuple[Answer, str]] = {
    "unreachable": (_unreachable, "connection"),
    "cut off": (_cut_off, "is damaged"),
    "another page": (_another_page, "is damaged"),
}


def _context(browser: Browser) -> BrowserContext:
    """Open a context without service workers, whose requests the tests could not intercept."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
    context.set_default_timeout(60_000)
    return context


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Open one page for all tests. A failed start leaves nothing behind but cached files, which make later starts faster."""
    context = _context(browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def forgetful(page: Page) -> Page:
    """Return the page with no intercepted requests and nothing in memory."""
    page.unroute_all(behavior="ignoreErrors")
    page.goto("about:blank")
    return page


def _address(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(FILES.get(name, name)))


def _evict(play: Playground, name: str) -> None:
    """Remove a runtime file from the cache. The list of files is never in the cache."""
    if name in DIGESTS:
        play.evict(DIGESTS[name])


def _opened(play: Playground, without: str, text: str = SMALL) -> None:
    """Open code on a page whose cache lacks the file `without`. Code that was allowed before runs at once."""
    _evict(play, without)
    play.open(f"play/{link_to({'flow.py': text})}")


def _is_read_and_written(play: Playground) -> None:
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.type("# mine")
    expect(play.code).to_contain_text("# mine")


def _tries_again(play: Playground) -> None:
    play.page.unroute_all(behavior="ignoreErrors")
    play.retry_button.click()
    expect(play.status).to_have_text(READY)
    expect(play.retry_button).to_be_hidden()


@pytest.mark.parametrize("name", params(ONE_OF_EACH_KIND, usual={"snapshot.bin"}))
def test_a_missing_or_damaged_file_is_named_and_retried(play: Playground, site: Served, forgetful: Page, name: str) -> None:
    forgetful.route(_address(name), _missing)
    _opened(play, name, f"{SMALL}\n# without {name}\n")
    expect(play.status).to_contain_text(f"The runtime file {name} could not be downloaded (HTTP 404)")
    _is_read_and_written(play)

    forgetful.unroute_all(behavior="ignoreErrors")
    with site.replace_responses(FILES[name], _altered(name)):
        play.retry_button.click()
        expect(play.status).to_contain_text(f"The runtime file {name} is damaged")
        _is_read_and_written(play)

    _tries_again(play)
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("60")


@pytest.mark.everywhere  # a snapshot that does not fit the browser is rare
def test_python_starts_from_files_if_the_snapshot_does_not_fit_the_browser(play: Playground, forgetful: Page) -> None:
    """WebKit does not have exactly the functions that the snapshot's plan lists.

    The test changes the plan, which has the same effect in Chromium.
    """
    runtime = SITE / "assets/headwater/runtime"
    manifest = json.loads((runtime / MANIFEST).read_text())
    plan = json.loads(zstandard.decompress((runtime / FILES["snapshot.json"]).read_bytes()))
    plan["table"][0] = 1
    changed = json.dumps(plan).encode()
    entry = next(file for file in manifest["files"] if file["name"] == "snapshot.json")
    entry |= {"sha256": hashlib.sha256(changed).hexdigest(), "bytes": len(changed), "transfer": len(changed)}
    forgetful.route(_address(MANIFEST), lambda route: route.fulfill(json=manifest))
    forgetful.route(_address("snapshot.json"), lambda route: route.fulfill(body=changed))
    _opened(play, "snapshot.json", f"{SMALL}\n# from files\n")
    play.consent.click()
    play.settle()
    expect(play.status).to_have_text(READY)
    expect(play.panel).to_contain_text("60")
    play.write("import sqlite3\n\n\ndef level() -> str:\n    return f'level {sqlite3.threadsafety}'\n")
    expect(play.panel).to_contain_text("level ")


@pytest.mark.parametrize("way", params(OTHER_WAYS, usual={"cut off"}))
def test_an_incomplete_file_is_named(play: Playground, forgetful: Page, way: tuple[Answer, str]) -> None:
    answer, says = way
    forgetful.route(_address("pyodide.asm.js"), answer)
    _opened(play, "pyodide.asm.js")
    expect(play.status).to_contain_text("The runtime file pyodide.asm.js")
    expect(play.status).to_contain_text(says)
    _is_read_and_written(play)
    _tries_again(play)


UNREADABLE_LISTS: dict[str, tuple[Answer, str]] = {
    "missing": (_missing, "The list of runtime files could not be downloaded (HTTP 404"),
    "unreachable": (_unreachable, "could not be downloaded. Check your connection."),
    "another page": (_another_page, "is damaged or has an unsupported version"),
    "another version": (
        lambda route: route.fulfill(json={"version": 2, "files": []}),
        "is damaged or has an unsupported version",
    ),
}


@pytest.mark.everywhere  # long; other tests report missing and incomplete files
@pytest.mark.parametrize("way", UNREADABLE_LISTS.values(), ids=UNREADABLE_LISTS)
def test_an_unreadable_list_of_files_is_reported(play: Playground, forgetful: Page, way: tuple[Answer, str]) -> None:
    answer, says = way
    forgetful.route(_address(MANIFEST), answer)
    _opened(play, MANIFEST)
    expect(play.status).to_contain_text(says)
    _is_read_and_written(play)
    _tries_again(play)


@pytest.mark.everywhere  # long; a missing file is reported in the same way
@pytest.mark.parametrize("name", params({MANIFEST: MANIFEST, **ONE_OF_EACH_KIND}, usual={"pyodide.asm.js"}))
def test_a_file_that_never_arrives_times_out(play: Playground, forgetful: Page, name: str) -> None:
    """The clock of the page is controlled, so the test does not wait."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    _evict(play, name)
    page = forgetful.context.new_page()
    page.clock.install()
    waiting_page = Playground(page, play.address)
    page.route(_address(name), hold)
    waiting_page.open("play/")

    def is_requested_soon() -> bool:
        page.clock.run_for(100)
        return routes != []

    until(is_requested_soon, lambda: f"{name} is not requested")
    for _ in range(LONGEST_SILENCE // STEP):
        page.clock.fast_forward(STEP)
    expect(waiting_page.status).to_contain_text("could not start")
    expect(waiting_page.retry_button).to_be_visible()
    _is_read_and_written(waiting_page)
    for route in routes:
        route.abort()
    page.unroute_all(behavior="ignoreErrors")
    waiting_page.retry_button.click()
    page.clock.resume()
    expect(waiting_page.status).to_have_text(READY)
    page.close()


UNREADABLE = """times => {
    if (location.href !== "about:srcdoc") return;
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () {
        return times-- > 0 ? Promise.reject(new DOMException("It is gone.", "NotReadableError")) : read.call(this);
    };
}"""


@pytest.mark.everywhere  # long; `test_offline.py` covers incomplete caches
def test_a_file_evicted_by_the_browser_is_fetched_again(play: Playground, browser: Browser) -> None:
    context = _context(browser)
    page = context.new_page()
    page.add_init_script(f"({UNREADABLE})(1)")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    visit = Playground(page, play.address)
    visit.open("play/")
    expect(visit.status).to_have_text(READY)
    visit.settle()
    files = [url for url in urls if ".zst" in url]
    assert len(files) == len(set(files)) + 1
    context.close()


@pytest.mark.everywhere  # the first test also checks that a damaged file is named
def test_an_unreadable_file_is_named(play: Playground, browser: Browser) -> None:
    context = _context(browser)
    page = context.new_page()
    page.add_init_script(f"({UNREADABLE})(1000)")
    visit = Playground(page, play.address)
    visit.open("play/")
    expect(visit.status).to_contain_text(re.compile("The browser's copy of the runtime file .* cannot be read"))
    _is_read_and_written(visit)
    context.close()
