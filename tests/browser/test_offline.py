"""Offline use, and new builds on the server."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
import zstandard
from dataflows import SMALL
from instant_navigation import is_marked, mark_document
from local_server import Served, serving
from playground import Playground
from playwright.sync_api import BrowserContext, Page, expect
from repository import SITE
from small_site import EXAMPLE, RUNTIME, copy_few_pages, write_worker
from waiting import evaluate_async, until

pytestmark = pytest.mark.pyodide

IS_KEPT = "() => navigator.serviceWorker.ready.then(() => true)"
IS_REGISTERED = "async () => (await navigator.serviceWorker.getRegistration()) !== undefined"
KEPT_SITES = "async () => (await caches.keys()).filter((name) => name.endsWith('/'))"
# The builds of the page, of its script and of a newly fetched file.
BUILDS = f"""async () => {{
    if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
    return [
        document.querySelector("meta[name=build]").content,
        globalThis.builtAs,
        (await (await fetch(new URL("{EXAMPLE}", __md_get ? new URL(__md_scope) : location))).json()).title,
    ];
}}"""


def as_elsewhere(site: Served) -> str:
    """Return the address with a different host name, because browsers have special rules for localhost."""
    return site.address.replace("127.0.0.1", "site.localhost")


def text_page(site: Served) -> str:
    """Return the address of a page without a playground, which opens faster."""
    return as_elsewhere(site) + "changelog/"


def keep(page: Page, address: str) -> None:
    """Make a first visit, and wait until the site is cached."""
    page.goto(address)
    evaluate_async(page, IS_KEPT)


BUILT = {"blue": 1_700_000_000, "green": 1_700_000_060, "another project": 1_700_000_120}
"""Build times in seconds, by which a server distinguishes builds."""


def build(folder: Path, name: str) -> Path:
    """Create a build with few pages and without Python. Its pages, its scripts and its data contain its name."""
    copy_few_pages(folder, with_python=False)
    for page in folder.rglob("index.html"):
        page.write_text(page.read_text().replace("<head>", f'<head><meta name="build" content="{name}">', 1))
    script = folder / "assets/headwater/hw-play.js"
    script.write_text(f'{script.read_text()}\nglobalThis.builtAs = "{name}";')
    example = folder / EXAMPLE
    example.write_text(json.dumps({**json.loads(example.read_text()), "title": name}))
    write_worker(folder)
    date(folder, name)
    return folder


def date(folder: Path, name: str) -> None:
    """Set the time of a build, so that a server can distinguish it from the other build."""
    for path in folder.rglob("*"):
        os.utime(path, (BUILT[name],) * 2)


@pytest.fixture(scope="module")
def blue(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("builds") / "blue", "blue")


@pytest.fixture(scope="module")
def green(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("builds") / "green", "green")


def new_version(page: Page):
    return page.get_by_role("status").filter(has_text="A new version of this site is ready.")


# With a debugger attached, Chromium sometimes mistakes an idle worker for a busy one. The next worker then waits for minutes.
IS_HELD_UP = """async (asking) => {
    const registration = await navigator.serviceWorker.ready;
    if (asking) await registration.update().catch(() => undefined);
    const { waiting } = registration;
    if (waiting === null) return false;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return waiting.state === "installed";
}"""


def until_offered(page: Page, *, asking: bool = False) -> None:
    """Wait until the page offers a new version. If `asking`, let the browser check for a new version repeatedly.

    A single check would not suffice: a check that is already in progress may have begun with the server's earlier files.
    """

    def is_offered() -> bool:
        if evaluate_async(page, IS_HELD_UP, asking):
            end_the_worker(page)
        return new_version(page).is_visible()

    until(is_offered, lambda: "no new version is offered")


def end_the_worker(page: Page) -> None:
    """Stop the service worker, as browsers do when it has been idle for a while."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")


def test_few_pages_work_without_a_server(page, small_site):
    with serving(small_site, "/some/project/") as site:
        play = Playground(page, as_elsewhere(site)).open()
        play.settle()
        evaluate_async(page, IS_KEPT)
        site.requests.clear()
        play.open()
        play.settle()
        assert {path.rpartition("/")[2] for path in site.requests} <= {"sw.js"}
    site.requests.clear()
    page.goto(play.address + "changelog/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changelog")
    play.open_code(SMALL)
    expect(play.panel).to_contain_text("60")
    assert site.requests == []


@pytest.mark.everywhere  # long: it caches the whole site; the test above caches few pages
@pytest.mark.parametrize("below", ["/", "/some/project/"], ids=["root", "below-a-path"])
def test_after_a_first_visit_only_updates_are_requested_and_everything_works_without_a_server(page, below):
    with serving(SITE, below) as site:
        play = Playground(page, as_elsewhere(site)).open()
        play.settle()
        evaluate_async(page, IS_KEPT)
        site.requests.clear()
        play.open()
        play.settle()
        play.open("first-dataflow/")
        assert {path.rpartition("/")[2] for path in site.requests} <= {"sw.js"}
    site.requests.clear()
    page.goto(play.address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dataflows from plain Python functions")
    page.goto(f"{play.address}guides/playground/?q=completion")
    expect(page.get_by_role("heading", level=2, name="Edit code")).to_be_visible()
    page.locator(".md-search-result__link").filter(has_text="Changelog").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changelog")
    play.open()
    play.settle()
    expect(play.panel.get_by_role("table").first).to_contain_text("2015")
    play.open_code(SMALL)
    expect(play.panel).to_contain_text("60")
    expect(play.node("total")).to_be_visible()
    assert site.requests == []


def test_rarely_needed_files_are_cached_on_first_use(page, blue):
    formatter = next(SITE.glob("assets/headwater/parts/*.wasm")).relative_to(SITE).as_posix()
    bytes_of_formatter = (
        f"() => fetch(new URL('{formatter}', __md_scope)).then((r) => r.arrayBuffer()).then((b) => b.byteLength)"
    )
    with serving(blue) as site:
        keep(page, text_page(site))
        assert site.requests_with(formatter) == []
        page.goto(text_page(site))
        evaluate_async(page, bytes_of_formatter)
    page.reload()
    assert evaluate_async(page, bytes_of_formatter) == (SITE / formatter).stat().st_size


def test_caching_the_site_does_not_fetch_python(page, small_site):
    with serving(small_site) as site:
        keep(page, text_page(site))
    assert site.requests_with("layout.worker") != []
    assert [path for path in site.requests_with("/runtime/") if not path.endswith("manifest.json")] == []


def test_a_new_version_is_used_as_a_whole_by_pages_opened_after_it_arrived(context: BrowserContext, blue, green):
    old, new = context.new_page(), context.new_page()
    with serving(blue) as site:
        address = text_page(site)
        keep(old, address)
        site.folder = green
        old.goto(address)
        until_offered(old)
        assert evaluate_async(old, BUILDS) == ["blue", "blue", "blue"]
        new.goto(address)
        assert evaluate_async(new, BUILDS) == ["green", "green", "green"]
        end_the_worker(new)
        assert evaluate_async(old, BUILDS) == ["blue", "blue", "blue"]
        assert evaluate_async(new, BUILDS) == ["green", "green", "green"]
        expect(new_version(new)).to_be_hidden()
        new_version(old).get_by_role("button", name="Reload").click()
        expect(new_version(old)).to_be_hidden()
        assert evaluate_async(old, BUILDS) == ["green", "green", "green"]


def test_instant_navigation_on_an_old_page_keeps_the_old_version(page, blue, green):
    with serving(blue) as site:
        keep(page, text_page(site))
        site.folder = green
        page.goto(text_page(site))
        until_offered(page)
        mark_document(page)
        page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Get started").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Install")
        assert is_marked(page)
        assert evaluate_async(page, BUILDS) == ["blue", "blue", "blue"]
        expect(new_version(page)).to_be_visible()
        new_version(page).get_by_role("button", name="Close").click()
        expect(new_version(page)).to_be_hidden()


def test_an_incomplete_version_is_not_used(page, blue, green, tmp_path):
    half = shutil.copytree(green, tmp_path / "half")
    # Preserves the file's date, by which a server distinguishes builds.
    shutil.copy2(blue / "play/index.html", half / "play/index.html")
    with serving(blue) as site:
        keep(page, text_page(site))
        site.folder = half
        page.goto(text_page(site))
        assert evaluate_async(page, FAILS_TO_UPDATE)
        page.reload()
        assert evaluate_async(page, BUILDS) == ["blue", "blue", "blue"]
        site.folder = green
        until_offered(page, asking=True)
        page.reload()
        assert evaluate_async(page, BUILDS) == ["green", "green", "green"]


FAILS_TO_UPDATE = """async () => {
    const registration = await navigator.serviceWorker.ready;
    const worker = (await registration.update().catch(() => registration)).installing;
    if (worker === null) return registration.waiting === null;
    return new Promise((resolve) => worker.addEventListener("statechange", () => resolve(worker.state === "redundant")));
}"""


@pytest.mark.everywhere  # takes 20 s; the tests above show that a new version is used as a whole
def test_a_new_version_fetches_its_python(page, tmp_path):
    earlier = copy_few_pages(tmp_path / "earlier", with_python=True)
    date(earlier, "blue")
    later = shutil.copytree(earlier, tmp_path / "later", symlinks=True)
    other_time_zones(later / RUNTIME)
    write_worker(later)
    date(later, "green")
    with serving(earlier) as site:
        play = Playground(page, as_elsewhere(site)).open()
        play.settle()
        evaluate_async(page, IS_KEPT)
        site.requests.clear()
        site.folder = later
        play.open()
        play.settle()
        until_offered(page)
        assert len([path for path in site.requests_with("/runtime/") if path.endswith(".zst")]) == 1
    play.open()
    play.settle()
    expect(play.panel.get_by_role("table").first).to_contain_text("2015")


def other_time_zones(runtime: Path) -> None:
    """Change the bytes of the archive of time zones, but not the files in it."""
    manifest = json.loads((runtime / "manifest.json").read_text())
    package = next(file for file in manifest["files"] if file["name"] == "tzdata.zip")
    content = bytearray(zstandard.decompress((runtime / package["url"]).read_bytes()))
    content[10] ^= 1  # the time in the first member's header
    package["url"] = "later.zip.zst"
    packed = zstandard.compress(content)
    (runtime / package["url"]).write_bytes(packed)
    package |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "transfer": len(packed)}
    (runtime / "manifest.json").write_text(json.dumps(manifest))


def test_offline_use_can_be_switched_off_and_on(page, blue):
    with serving(blue) as site:
        address = text_page(site)
        keep(page, address)
        page.goto(f"{address}?sw=off")
        expect(page.get_by_role("status").filter(has_text="no longer available offline")).to_be_visible()
        assert evaluate_async(page, KEPT_SITES) == []
        assert evaluate_async(page, IS_REGISTERED) is False
        site.requests.clear()
        page.goto(f"{address}?q=completion")
        assert "/changelog/?q=completion" in site.requests
        expect(page.locator(".md-search-result__link").first).to_be_visible()  # all scripts on the page have started
        assert evaluate_async(page, IS_REGISTERED) is False
        page.goto(f"{address}?sw=on")
        evaluate_async(page, IS_KEPT)
        assert evaluate_async(page, KEPT_SITES) != []


@pytest.mark.everywhere  # rare: two sites with one origin
def test_a_site_at_the_same_origin_keeps_its_caches(page, blue, tmp_path):
    (tmp_path / "one").symlink_to(blue)
    (tmp_path / "two").symlink_to(blue)
    with serving(tmp_path) as site:
        keep(page, f"{as_elsewhere(site)}one/changelog/")
        keep(page, f"{as_elsewhere(site)}two/changelog/")
        page.goto(f"{as_elsewhere(site)}one/changelog/?sw=off")
        expect(page.get_by_role("status").filter(has_text="no longer available offline")).to_be_visible()
    page.goto(f"{as_elsewhere(site)}two/changelog/")
    assert evaluate_async(page, BUILDS) == ["blue", "blue", "blue"]


@pytest.mark.everywhere  # only the site's authors use localhost
def test_on_localhost_a_new_build_is_used_at_once(page, blue, green, tmp_path):
    other = tmp_path / "index.html"
    other.write_text("<!doctype html><title>another project</title>")
    os.utime(other, (BUILT["another project"],) * 2)
    with serving(blue) as site:
        keep(page, site.address)
        page.reload()
        assert evaluate_async(page, BUILDS) == ["blue", "blue", "blue"]
        site.folder = green
        page.reload()
        assert evaluate_async(page, BUILDS) == ["green", "green", "green"]
        site.folder = tmp_path
        page.reload()
        expect(page).to_have_title("another project")
        page.reload()
        assert evaluate_async(page, IS_REGISTERED) is False


@pytest.mark.everywhere  # `test_refused_storage.py` also opens pages that cannot cache
def test_an_insecure_address_serves_the_site_without_caching(page, site, complaints):
    def pass_on(route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("http://insecure.example/", site.address)))

    page.route("http://insecure.example/**", pass_on)
    play = Playground(page, "http://insecure.example/").open("")
    assert page.evaluate("isSecureContext") is False
    play.run_button.click()
    play.settle()
    assert complaints == []


@pytest.mark.everywhere  # `test_refused_storage.py` opens each page in such browsers, with native Python
def test_without_storage_the_site_works_without_caching(page, site, complaints):
    page.add_init_script("""
        const refuse = () => Promise.reject(new DOMException("refused", "SecurityError"));
        ServiceWorkerContainer.prototype.register = refuse;
        ServiceWorkerContainer.prototype.getRegistration = refuse;
        CacheStorage.prototype.open = refuse;
        CacheStorage.prototype.keys = refuse;
    """)
    play = Playground(page, site.address).open("")
    play.run_button.click()
    play.settle()
    page.goto(f"{site.address}?sw=off")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dataflows from plain Python functions")
    assert complaints == []


def test_a_frame_in_a_page_of_another_site_caches_nothing(page, site, outside):
    page.goto(as_elsewhere(outside))
    page.set_content(f'<iframe src="{as_elsewhere(site)}embed/" title="A dataflow" width="1000" height="700"></iframe>')
    play = Playground(page, "", within=page.frame_locator("iframe"))
    play.settle()
    assert evaluate_async(page.frames[1], IS_REGISTERED) is False
