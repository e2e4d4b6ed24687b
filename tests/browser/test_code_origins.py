"""Code from one origin leaves traces in Python. Code from another origin on the same page does not find them."""

import re
from urllib.parse import quote

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.pyodide, pytest.mark.returning]

LEAVING = """
import builtins
import sys

import headwater
import js


def total() -> int:
    builtins.mark = 1
    sys.modules["mark"] = builtins
    sys.path.append("mark")
    headwater.mark = 1
    js.self.mark = 1
    js.Object.prototype.mark = 1
    return len(sys.path)
"""

LOOKING = """
import builtins
import sys

import headwater
import js


def marks() -> str:
    found = {
        "builtins": hasattr(builtins, "mark"),
        "modules": "mark" in sys.modules,
        "path": "mark" in sys.path,
        "engine": hasattr(headwater, "mark"),
        "worker": hasattr(js.self, "mark"),
        "prototype": hasattr(js.Object.prototype, "mark"),
    }
    return "marks: " + (", ".join(name for name, is_there in found.items() if is_there) or "none")
"""

LOOKING_ELSEWHERE = LOOKING + "\n\n# Another link.\n"

CLEAN = re.compile(r"marks: none")
MARKED = re.compile(r"marks: builtins, modules, path, engine, worker, prototype")


def expect_clean(where: Locator) -> None:
    expect(where).to_contain_text("marks: ")
    expect(where).to_contain_text(CLEAN)


def open_link(play: Playground, code: str) -> None:
    """Open a link on the current page, and allow it to run."""
    play.page.evaluate("link => { location.hash = link; }", link_to({"flow.py": code}))
    play.consent.click()
    play.settle()


def test_a_link_finds_its_own_traces_and_the_next_link_finds_none(play):
    """If a link did not find its own traces, the other tests would prove nothing."""
    play.open_code(LEAVING)
    play.write(LOOKING_ELSEWHERE)
    play.settle()
    expect(play.panel).to_contain_text(MARKED)
    open_link(play, LOOKING)
    expect_clean(play.panel)


@pytest.mark.everywhere  # the first test also opens a link after code from another origin
def test_a_link_after_the_code_of_an_option_finds_no_traces(play):
    play.open("embed/?code=" + quote(LEAVING))
    play.consent.click()
    play.settle()
    open_link(play, LOOKING)
    expect_clean(play.panel)


@pytest.mark.everywhere  # the same two origins in reverse order
def test_the_code_of_an_option_after_a_link_finds_no_traces(play):
    play.open("embed/?code=" + quote(LOOKING) + link_to({"flow.py": LEAVING}))
    play.consent.click()
    play.settle()
    play.page.evaluate("() => { location.hash = ''; }")
    play.consent.click()
    play.settle()
    expect_clean(play.panel)


@pytest.mark.everywhere  # `origin-queue.test.ts` tests which code shares an interpreter
def test_a_draft_after_a_link_finds_no_traces(play):
    play.open()
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="New", exact=True).click()
    play.write(LOOKING)
    play.settle()
    open_link(play, LEAVING)
    play.page.go_back()
    play.settle()
    expect_clean(play.panel)


@pytest.mark.everywhere  # the test of a run and an export, further below, also compares code
def test_the_other_side_of_a_comparison_finds_no_traces(play):
    play.open_code(LEAVING)
    play.compare_with(link_to({"flow.py": LOOKING}))
    play.dialog.get_by_role("button", name="Run this code").click()
    expect_clean(play.pair("marks").locator(".before"))
    expect(play.pair("total").locator(".after")).to_contain_text(re.compile(r"\d"))


@pytest.mark.everywhere  # the same comparison, opened by its URL
def test_both_sides_of_a_comparison_by_url_find_no_traces(play):
    """The test passes whichever side runs first."""
    both = LEAVING + LOOKING.split("import js", 1)[1].replace("marks()", "marks(total: int)")
    before, after = link_to({"flow.py": LOOKING})[1:], link_to({"flow.py": LOOKING_ELSEWHERE + both})[1:]
    play.open(f"play/#compare={before}&with={after}")
    play.dialog.get_by_role("button", name="Run both").click()
    expect_clean(play.pair("marks").locator(".before"))
    play.dialog.get_by_role("button", name="Swap").click()
    expect_clean(play.pair("marks").locator(".after"))


@pytest.mark.everywhere  # the first test opens a link after other code; `origin-queue.test.ts` tests comparisons
def test_neither_a_run_nor_an_export_of_the_open_code_finds_traces_of_the_code_it_was_compared_with(play):
    play.open_code(LOOKING)
    play.compare_with(link_to({"flow.py": LEAVING}))
    play.dialog.get_by_role("button", name="Run this code").click()
    expect(play.pair("total").locator(".before")).to_contain_text(re.compile(r"\d"))
    play.page.keyboard.press("Escape")
    play.root.locator("svg [data-node=marks]").first.click()
    play.root.get_by_role("button", name=re.compile("test", re.IGNORECASE)).first.click()
    expect(play.dialog).to_contain_text(CLEAN)
    play.close_dialog()
    play.run_button.click()
    play.settle()
    expect_clean(play.panel)


@pytest.mark.everywhere  # `origin-queue.test.ts` tests which code shares an interpreter
def test_examples_and_one_link_share_an_interpreter(play):
    """Comparing a link with its example needs the values of both in one interpreter."""
    play.open_changed_example()
    first = play.page.locator("iframe[title=Python]").element_handle()
    play.share_button.click()
    play.dialog.get_by_role("button", name="Compare with").click()
    play.dialog.get_by_role("button", name="the example").click()
    expect(play.pair("skill").locator(".verdict")).to_have_text("= equal")
    assert first.evaluate("frame => frame.isConnected")


@pytest.mark.everywhere  # the test above also compares code from two origins
def test_values_of_two_links_are_compared_across_interpreters(play):
    play.open_code(SMALL.replace("return 20", "return 21"))
    first = play.page.locator("iframe[title=Python]").element_handle()
    play.compare_with(link_to({"flow.py": SMALL}))
    play.dialog.get_by_role("button", name="Run this code").click()
    expect(play.pair("total").locator(".verdict")).to_have_text("≠ different")
    assert not first.evaluate("frame => frame.isConnected")
