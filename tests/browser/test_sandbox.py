"""Code from a hostile link reaches neither the network, nor storage, nor the page, as observed from outside."""

import functools
import json
import re
import zipfile
from collections.abc import Mapping

import pytest
from dataflows import HOSTILE, SMALL, hostile
from local_server import Served
from playground import READY, Playground, link_to
from playwright.sync_api import Page, expect
from sandbox import forge_replies, run_in_similar_frame, run_in_worker
from waiting import evaluate_async, until

pytestmark = [pytest.mark.pyodide, pytest.mark.returning]

ONLY_SMALL = {"flow.py": SMALL}

ASKS = "async (to) => void (await fetch(to, { mode: 'no-cors' }))"


def open_until_ready(play: Playground, files: Mapping[str, str] = ONLY_SMALL, **more: str) -> None:
    """Open a link, and wait until Python is ready. Without consent, nothing runs."""
    play.open("play/" + link_to(files, **more))
    expect(play.status).to_have_text(READY)


def test_hostile_code_reaches_no_server(play, page, outside):
    answered: list[str] = []
    page.context.on("response", lambda response: answered.append(response.url))
    play.open_files(hostile("reaching/network.py", outside=outside.address))
    names = re.findall(r"^def ([a-z]\w*)", (HOSTILE / "reaching/network.py").read_text(), re.MULTILINE)
    for name in names:
        expect(play.panel).to_contain_text(name)
    # A request from the page itself arrives; earlier requests would have arrived before it.
    evaluate_async(page, ASKS, outside.address + "control")

    assert outside.requests == ["/control"]
    assert [url for url in answered if url.startswith(outside.address)] == [outside.address + "control"]


@pytest.mark.everywhere  # long; the next test makes the same attempts with all protections
def test_the_policy_and_the_sandbox_of_the_frame_alone_block_every_attempt(play, page, outside):
    """The worker has all its globals: their removal from Python's worker is only an additional barrier."""
    open_until_ready(play)
    run = functools.partial(run_in_similar_frame, functools.partial(evaluate_async, page))
    tried = run(f"const OUTSIDE = '{outside.address}';\n" + (HOSTILE / "reaching/attempts.js").read_text(), "tried")
    evaluate_async(page, ASKS, outside.address + "control")
    assert len(tried) >= 12
    assert "reached" not in tried.values()
    assert outside.requests == ["/control"]

    evaluate_async(page, CANARIES)
    loot = run((HOSTILE / "reaching/storage.js").read_text(), "loot")
    assert "alive" not in json.dumps(loot)
    for kind in STORES:
        assert re.search("refused", loot[kind]), f"{kind} was not refused: {loot}"
    stored = evaluate_async(page, STORED)
    assert "stolen" not in json.dumps(stored)


def test_javascript_in_the_worker_reaches_no_server(play, page, outside):
    """Python cannot run JavaScript. Even if it could, that JavaScript would reach no server."""
    open_until_ready(play)
    run_in_worker(page, f"const OUTSIDE = '{outside.address}';\n" + (HOSTILE / "reaching/attempts.js").read_text())
    run_in_worker(page, f"const OUTSIDE = '{outside.address}'; const ONLY = null;\n{LEAVING}")
    evaluate_async(page, ASKS, outside.address + "control")
    assert outside.requests == ["/control"]


def test_network_globals_are_removed_and_patched_prototypes_do_not_expose_the_port_to_the_page(play):
    files = hostile("reaching/globals.py")
    open_until_ready(play, files)
    for script in ("globals.js", "prototypes.js"):
        run_in_worker(play.page, (HOSTILE / "reaching" / script).read_text())
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("found: []")
    expect(play.panel).to_contain_text("kept: []")
    expect(play.panel).to_contain_text("ports: 0 after 1")
    play.write(files["globals.py"].replace("look: int = 1", "look: int = 2"))
    play.settle()
    expect(play.panel).to_contain_text("ports: 0 after 2")


def test_an_ordinary_worker_has_the_removed_globals(page, outside):
    """This shows that the test above would find the globals."""
    page.goto(outside.address)
    found = evaluate_async(
        page,
        """script => new Promise((resolve) => {
            const worker = new Worker(URL.createObjectURL(new Blob([script, ";self.postMessage(self.found)"])));
            worker.onmessage = ({ data }) => resolve(data);
        })""",
        (HOSTILE / "reaching/globals.js").read_text(),
    )
    for name in (
        "Worker",
        "importScripts",
        "fetch",
        "WebSocket",
        "EventSource",
        "BroadcastChannel",
        "XMLHttpRequest",
        "indexedDB",
    ):
        assert f"by name: {name}" in found
        assert f"self: {name}" in found
    assert "navigator: locks" in found
    assert any(entry.startswith("left: ") for entry in found)


def test_the_same_attempts_succeed_without_a_sandbox(page, outside):
    """This shows that the attempts above are real: on an ordinary page, each of them succeeds."""
    page.goto(outside.address)
    script = f"const OUTSIDE = '{outside.address}';\n" + (HOSTILE / "reaching/attempts.js").read_text()
    page.evaluate(
        """script => { self.worker = new Worker(URL.createObjectURL(new Blob([script]))) }""",
        script,
    )
    names = re.findall(r'^  "?([a-z-]+)"?: (?:async )?\(to\)', script, re.MULTILINE)
    assert len(names) >= 12
    for name in names:
        expect_request(outside, name)


def expect_request(outside: Served, attempt: str) -> None:
    """Wait until the request from an attempt arrives."""
    until(lambda: outside.requests_with(f"/{attempt}"), lambda: f"{attempt} never arrived; these did: {outside.requests}")


STORES = ("localStorage", "sessionStorage", "cookies", "cookieStore", "indexedDB", "databases", "caches", "files")

CANARIES = """async () => {
    document.cookie = "canary=alive; path=/";
    localStorage.setItem("canary", "alive");
    sessionStorage.setItem("canary", "alive");
    await caches.open("canary");
    await new Promise((done) => (indexedDB.open("canary").onsuccess = done));
}"""

STORED = """async () => ({
    cookie: document.cookie,
    local: localStorage.getItem("canary"),
    session: sessionStorage.getItem("canary"),
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map((one) => one.name),
})"""


def test_hostile_code_neither_reads_nor_writes_storage(play, page):
    play.open("404.html")
    evaluate_async(page, CANARIES)
    play.open_files(hostile("reaching/storage.py"))
    expect(play.panel).to_contain_text("files")
    loot = play.panel.inner_text()
    assert "alive" not in loot
    assert "canary" not in loot
    for kind in STORES:
        assert re.search(rf"{kind}\W+refused", loot), f"{kind} was not refused: {loot}"
    stored = evaluate_async(page, STORED)
    assert "canary=alive" in stored["cookie"]
    assert stored["local"] == stored["session"] == "alive"
    assert "canary" in stored["caches"]
    assert "canary" in stored["databases"]
    assert "stolen" not in json.dumps(stored)


def test_the_same_attempts_find_storage_without_a_sandbox(page, outside):
    """A worker outside the sandbox finds the databases, the caches and the files."""
    page.goto(outside.address)
    attempts = (HOSTILE / "reaching/storage.js").read_text()
    loot = evaluate_async(
        page,
        """script => new Promise((resolve) => {
            const tell = "setInterval(() => self.postMessage(self.loot), 50)";
            const worker = new Worker(URL.createObjectURL(new Blob([script, tell])));
            worker.onmessage = ({ data }) => Object.values(data).includes("pending") || resolve(data);
        })""",
        attempts,
    )
    for kind in ("indexedDB", "databases", "caches", "files"):
        assert loot[kind].startswith("found"), loot
    assert "stolen" in loot["databases"] + loot["caches"]


def test_hostile_code_navigates_nowhere_and_registers_nothing(play, page, outside):
    windows: list[Page] = []
    page.context.on("page", lambda window: windows.append(window))  # noqa: PLW0108 - Playwright requires a Python function
    play.open_files(hostile("reaching/leaving.py", outside=outside.address))
    expect(play.panel).to_contain_text("shared-worker")
    # Earlier requests would have arrived before this one.
    evaluate_async(page, ASKS, outside.address + "control")
    assert outside.requests == ["/control"]
    assert windows == []
    assert [frame.url for frame in page.frames[1:]] == ["about:srcdoc"]
    scopes = evaluate_async(page, "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)")
    assert set(scopes) <= {play.address}
    play.open_code(SMALL)
    expect(play.panel).to_contain_text("60")


LEAVING = (HOSTILE / "reaching/leaving.js").read_text()
WAYS_OUT = re.findall(r'^  "?([a-z-]+)"?: \(to\)', LEAVING, re.MULTILINE)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_each_navigation_succeeds_without_a_sandbox(page, outside, way):
    page.goto(outside.address)
    page.evaluate("script => void setTimeout(script)", f"const OUTSIDE = '{outside.address}'; const ONLY = '{way}';\n{LEAVING}")
    expect_request(outside, way)


@pytest.fixture
def untouched(play, page, site, complaints):
    """Check after the test that the page has not navigated, opened a window or rendered text as markup."""
    windows: list[Page] = []
    page.context.on("page", lambda window: windows.append(window))  # noqa: PLW0108 - Playwright requires a Python function
    open_until_ready(play)
    title, address = page.title(), page.url.partition("#")[0]
    yield
    assert page.title() == title
    assert page.url.partition("#")[0] == address
    assert windows == []
    assert page.locator("img[src=owned]").count() == 0
    assert not site.requests_with("owned")
    assert [complaint for complaint in complaints if "dialog" in complaint] == []
    # The page still works.
    play.write("def answer() -> int:\n    return 42\n")
    expect(play.lines).to_have_count(3)


def _run_forged_replies(play: Playground, script: str, **more: str) -> None:
    open_until_ready(play, hostile("reaching/parent.py"), **more)
    forge_replies(play.page, (HOSTILE / "forging" / script).read_text())
    play.consent.click()


@pytest.mark.usefixtures("untouched")
def test_forged_replies_are_shown_as_text(play):
    _run_forged_replies(play, "forged.js")
    play.settle()
    expect(play.panel).to_contain_text("refused")
    expect(play.panel).not_to_contain_text("done:")
    expect(play.panel).to_contain_text("<script>alert(3)</script>")
    expect(play.graph).to_contain_text("<img")


@pytest.mark.usefixtures("untouched")
def test_python_that_sends_nonsense_is_replaced(play):
    _run_forged_replies(play, "nonsense.js")
    expect(play.notice).to_contain_text("Python sent an invalid message and was restarted.")
    play.write(SMALL)
    play.run_button.click()
    play.settle()
    expect(play.panel).to_contain_text("60")


FORGED_ARCHIVES = len(re.findall(r"^  \(", (HOSTILE / "forging/exported_files.js").read_text(), re.MULTILINE)) - 1


@pytest.mark.everywhere  # long; `project.test.ts` refuses such files
@pytest.mark.usefixtures("untouched")
def test_python_does_not_name_the_files_of_a_project(play):
    files = hostile("reaching/parent.py")
    _run_forged_replies(play, "exported_files.js", title="../Shop\u202e")
    play.settle()
    expect(play.panel).to_contain_text("speaking")
    downloads = []
    play.page.on("download", lambda download: downloads.append(download))  # noqa: PLW0108 - Playwright requires a Python function
    assert FORGED_ARCHIVES == 15
    for _ in range(FORGED_ARCHIVES):
        play.export_button.click()
        play.dialog.get_by_role("button", name="Download the project").click()
        expect(play.dialog.get_by_role("status")).to_contain_text("Python returned ")
        play.page.keyboard.press("Escape")
        expect(play.dialog).to_be_hidden()
    assert downloads == []
    play.export_button.click()
    archive = play.downloaded("Download the project")
    assert archive.name.endswith("-shop.zip")
    with zipfile.ZipFile(archive) as opened:
        assert {name.partition("/")[0] for name in opened.namelist()} == {"shop"}
        for name, text in files.items():
            assert opened.read(f"shop/dataflow/{name}").decode() == text
        assert len(opened.namelist()) == len(files) + 4
    play.page.keyboard.press("Escape")


@pytest.mark.everywhere  # long; the test before it covers the names of files
@pytest.mark.usefixtures("untouched")
def test_python_does_not_name_saved_texts(play):
    _run_forged_replies(play, "exported_text.js")
    play.settle()
    expect(play.panel).to_contain_text("speaking")
    play.save_drawing_button.click()
    play.dialog.get_by_role("button", name="DOT", exact=True).click()
    assert play.downloaded("Download dataflow.dot").read_text().startswith("digraph")
    play.dialog.get_by_role("button", name="Mermaid", exact=True).click()
    assert play.downloaded("Download dataflow.mmd").read_text().startswith("flowchart")
    play.page.keyboard.press("Escape")
    play.node("total").click()
    play.root.get_by_role("button", name="Test for this node").click()
    assert "def test_total" in play.downloaded("Download test_total.py").read_text()
    play.page.keyboard.press("Escape")
