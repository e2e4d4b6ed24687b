"""Tabs that the browser kills when code exhausts their memory. Drafts survive, and the next page reports the crash."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from browser_engines import FLAGS, UNOPTIMIZED, chromium_path
from dataflows import ENDLESS, SMALL, params
from playground import READY, Playground, link_to
from playwright.sync_api import Browser, Error, Playwright, expect

pytestmark = pytest.mark.pyodide

ENDED = "The browser closed this page while “Untitled” was running"
EXHAUSTING = SMALL.replace("return price * quantity", "import time\n    time.sleep(600)\n    return 0")


@pytest.fixture
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Launch a browser per test: after a crashed tab, storage may hang for the next visitor."""
    flags = [*FLAGS, f"--js-flags={UNOPTIMIZED}"]
    with playwright.chromium.launch(executable_path=chromium_path(), args=flags) as browser:
        yield browser


def end_tab(play: Playground) -> None:
    """Crash the tab, as the browser does when memory is exhausted."""
    # The crashed page cannot answer.
    with play.page.expect_event("crash"), suppress(Error):
        play.page.goto("chrome://crash", timeout=5_000)


def new_draft(play: Playground, code: str) -> None:
    play.open()
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="New", exact=True).click()
    play.settle()
    play.write(code)


def revisited(play: Playground, context, path: str = "play/") -> Playground:
    again = Playground(context.new_page(), play.address)
    again.open(path)
    return again


@pytest.mark.parametrize("code", params({"endless": ENDLESS, "asleep": EXHAUSTING}, usual={"asleep"}))
def test_a_draft_survives_a_crash_of_its_tab_and_does_not_run_by_itself(play, context, code):
    new_draft(play, code)
    expect(play.summary).to_contain_text("Running")
    end_tab(play)
    again = revisited(play, context)
    expect(again.notice).to_contain_text(ENDED)
    expect(again.notice).to_contain_text("Your drafts are saved.")
    again.expect_text(code)
    expect(again.status).to_have_text(READY)
    expect(again.stop_button).to_be_hidden()
    expect(again.root.get_by_role("checkbox", name="Auto-run")).not_to_be_checked()


@pytest.mark.everywhere  # the first test also reads the report
def test_the_crash_is_reported_once(play, context):
    new_draft(play, ENDLESS)
    expect(play.summary).to_contain_text("Running")
    end_tab(play)
    expect(revisited(play, context).notice).to_contain_text(ENDED)
    third = revisited(play, context)
    expect(third.summary).to_contain_text("Running")
    expect(third.notice).to_be_hidden()


@pytest.mark.everywhere  # long; the test of drafts covers the crash, and `test_consent.py` allowed code
def test_allowed_code_of_a_link_that_crashed_its_tab_does_not_run_by_itself(play, context):
    link = "play/" + link_to({"flow.py": ENDLESS}, title="Untitled")
    play.open(link)
    play.consent.click()
    expect(play.summary).to_contain_text("Running")
    end_tab(play)
    again = revisited(play, context, link)
    expect(again.notice).to_contain_text(ENDED)
    expect(again.status).to_have_text(READY)
    expect(again.stop_button).to_be_hidden()


@pytest.mark.everywhere  # `interrupted-run.test.ts` tests both cases
def test_a_page_that_was_left_or_still_runs_in_another_tab_has_not_crashed(play, context):
    new_draft(play, ENDLESS)
    expect(play.summary).to_contain_text("Running")
    beside = revisited(play, context)
    expect(beside.summary).to_contain_text("Running")
    expect(beside.notice).to_be_hidden()
    for page in (play.page, beside.page):
        page.goto(play.address + "404.html")
    again = revisited(play, context)
    expect(again.summary).to_contain_text("Running")
    expect(again.notice).to_be_hidden()
