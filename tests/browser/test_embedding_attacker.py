"""A hostile page embeds the playground and navigates the frames inside the playground.

The page gets none of the visitor's data.
"""

import functools
import json
from pathlib import Path

import pytest
from attacker import write_attacker
from dataflows import SMALL, params
from local_server import Served
from playground import Playground, link_to
from playwright.sync_api import Page, expect
from waiting import becomes_true, evaluate_async

DRAFT_NODE = "the_visitors_own_draft"
DRAFT = SMALL.replace("price", DRAFT_NODE)

DELAYS = [0, 1, 2, 3, 5, 8, 20, 60, 250]
"""The delays of the attack, in milliseconds after the sandboxed frame is created. The frame first loads within 100 ms."""

HOSTS = ["127.0.0.1", pytest.param("localhost", marks=pytest.mark.everywhere)]
"""The attacker's hosts. The playground is on 127.0.0.1. Another port there is the same site, so storage is not partitioned."""


@pytest.fixture
def attacker(outside: Served, tmp_path: Path) -> Served:
    write_attacker(tmp_path)
    return outside


def attack(page: Page, attacker: Served, address: str, delay: int) -> None:
    """Load the attacker's document into the sandboxed frame. The browser drops a navigation that comes too early."""
    for attempt in range(20):
        tag = f"after-{delay}-{attempt}"
        evaluate_async(page, "attack", {"address": address, "delay": delay, "tag": tag})
        if becomes_true(functools.partial(attacker.requests_with, f"/attacker.html?{tag}"), 2):
            return
    pytest.fail(f"the sandboxed frame was never navigated: {attacker.requests}")


@pytest.mark.pyodide
@pytest.mark.returning
@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("127.0.0.1", "play/"),
        pytest.param("localhost", "play/", marks=pytest.mark.everywhere),
        ("localhost", "embed/"),
    ],
)
@pytest.mark.parametrize("delays", params({"all": DELAYS, "some": DELAYS[::4]}, usual={"some"}))
def test_a_document_that_replaces_the_sandboxed_frame_receives_nothing(play, attacker, host, path, delays):
    play.page.goto(attacker.address.replace("127.0.0.1", host))
    for delay in delays:
        attack(play.page, attacker, f"{play.address}{path}{link_to({'flow.py': DRAFT})}", delay)
        # The page posts messages to the frame after its load event.
        evaluate_async(play.page, "() => new Promise((resolve) => setTimeout(resolve, 1_000))")
    assert attacker.requests_with("stolen") == []


@pytest.mark.pyodide
@pytest.mark.returning
@pytest.mark.parametrize("host", HOSTS)
def test_python_ends_when_its_frame_is_navigated_and_the_page_says_why(play, attacker, host):
    play.page.goto(attacker.address.replace("127.0.0.1", host))
    framed = Playground(play.page, play.address, within=play.page.frame_locator("iframe"))
    attack(play.page, attacker, f"{play.address}play/{link_to({'flow.py': SMALL})}", 3_000)
    expect(framed.status).to_contain_text("Another page was loaded into the frame that runs Python.")
    framed.write(DRAFT)
    expect(framed.code).to_contain_text(DRAFT_NODE)
    assert attacker.requests_with("stolen") == []
    framed.retry_button.click()
    framed.consent_in_frame()
    framed.settle()
    expect(framed.panel).to_contain_text("60")


@pytest.mark.parametrize("host", HOSTS)
def test_a_frame_in_a_page_of_another_origin_has_no_drafts(play, context, attacker, host):
    play.open()
    play.settle()
    play.write(DRAFT)
    play.settle()
    play.drafts_button.click()
    expect(play.dialog).to_be_visible()

    page = context.new_page()
    page.goto(attacker.address.replace("127.0.0.1", host))
    page.evaluate(
        "address => document.body.append(Object.assign(document.createElement('iframe'), "
        "{ src: address, width: 1200, height: 800 }))",
        play.address + "play/",
    )
    framed = Playground(page, play.address, within=page.frame_locator("iframe"))
    framed.settle()
    expect(framed.code).to_contain_text("def temp_rolling")
    expect(framed.drafts_button).to_be_hidden()
    framed.write("def written_in_the_frame() -> int:\n    return 1\n")
    framed.settle()

    play.open()
    play.settle()
    expect(play.code).to_contain_text(DRAFT_NODE)
    stored = evaluate_async(
        play.page,
        """() => new Promise((resolve) => {
            indexedDB.open("headwater").onsuccess = ({ target: { result: database } }) => {
                const all = database.transaction("drafts").objectStore("drafts").getAll();
                all.onsuccess = () => resolve(JSON.stringify(all.result));
            };
        })""",
    )
    assert DRAFT_NODE in json.dumps(stored)
    assert "written_in_the_frame" not in stored


def test_a_frame_of_the_same_origin_keeps_drafts(play):
    play.open("404.html")
    play.page.evaluate(
        "address => document.body.replaceChildren(Object.assign(document.createElement('iframe'), "
        "{ src: address, width: 1200, height: 800 }))",
        play.address + "play/",
    )
    framed = Playground(play.page, play.address, within=play.page.frame_locator("iframe"))
    expect(framed.drafts_button).to_be_visible()
