"""Runs: which nodes rerun, when runs start automatically, and what remains after a failure."""

import re

import pytest
from local_server import Served
from playground import Playground, link_to
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.warm

FLOW = '''\
RATE = 3


def _rounded(number):
    return number // 10 * 10


def price() -> int:
    """The price of one item."""
    return 24


def rounded(price: int) -> int:
    return _rounded(price)


def total(rounded: int) -> int:
    return rounded * RATE


def half(price: int) -> float:
    return price / 2
'''

TWO_PAUSES = 600
"""Twice the typing pause before an automatic run, in milliseconds."""


@pytest.fixture
def opened(play):
    play.open_code(FLOW)
    return play


def edit(play, before, after):
    assert before in FLOW
    play.write(FLOW.replace(before, after))
    play.settle()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    return 24", "    # in cents\n    return 24"),
        ("The price of one item.", "The cost of one item."),
        ("rounded * RATE", "(rounded\n        * RATE)"),
    ],
    ids=["comment", "docstring", "layout"],
)
def test_edits_without_effect_run_nothing(opened, before, after):
    edit(opened, before, after)
    expect(opened.summary).to_contain_text("0 of 4 nodes ran")


def test_an_edited_helper_or_constant_reruns_its_users(opened):
    edit(opened, "RATE = 3", "RATE = 5")
    expect(opened.summary).to_contain_text("1 of 4 nodes ran")
    opened.expect_states({"price": "reused", "rounded": "reused", "total": "succeeded", "half": "reused"})
    edit(opened, "// 10 * 10", "// 5 * 5")
    expect(opened.summary).to_contain_text("2 of 4 nodes ran")


def test_an_unchanged_value_stops_downstream_reruns(opened):
    edit(opened, "return 24", "return 23")
    expect(opened.summary).to_contain_text("3 of 4 nodes ran")
    opened.expect_states({"price": "succeeded", "rounded": "succeeded", "total": "reused", "half": "succeeded"})


def test_a_failing_node_skips_what_depends_on_it_and_the_rest_runs(opened):
    edit(opened, "return number // 10 * 10", "return number // 0")
    opened.expect_states({"price": "reused", "rounded": "failed", "total": "skipped", "half": "reused"})
    expect(opened.drawn("total")).to_have_accessible_name("total, int, output, skipped, depends on rounded")
    opened.show("Problems")
    frames = opened.panel.get_by_role("listitem").filter(has_text="flow.py").locator(".frames li")
    expect(frames).to_have_text(["flow.py:14 in rounded return _rounded(price)", "flow.py:5 in _rounded return number // 0"])
    opened.show("Outputs")
    expect(opened.panel).to_contain_text("12.0")
    expect(opened.panel).to_contain_text("Skipped: an upstream node failed.")


def test_auto_run_waits_until_the_code_can_be_parsed(opened):
    opened.write(FLOW.replace("return 24", "return (24"))
    expect(opened.problem).to_contain_text("'(' was never closed")
    expect(opened.summary).to_contain_text("edited since")
    edit(opened, "return 24", "return (34)")
    expect(opened.summary).to_contain_text("4 of 4 nodes ran")


@pytest.mark.fresh
def test_without_auto_run_a_key_runs(opened):
    switch = opened.root.get_by_role("checkbox", name="Auto-run")
    switch.uncheck()
    opened.page.clock.install()
    opened.write(FLOW.replace("RATE = 3", "RATE = 5"))
    expect(opened.summary).to_contain_text("edited since")
    opened.page.clock.run_for(TWO_PAUSES)
    expect(opened.summary).to_contain_text("edited since")
    opened.page.keyboard.press("ControlOrMeta+Enter")
    opened.settle()
    expect(opened.panel).to_contain_text("100")
    opened.write(FLOW)
    expect(opened.summary).to_contain_text("edited since")
    switch.check()
    opened.settle()
    expect(opened.panel).to_contain_text("60")


def test_a_url_option_switches_auto_run_off(play):
    play.open("play/?run=0" + link_to({"flow.py": FLOW}))
    expect(play.root.get_by_role("checkbox", name="Auto-run")).not_to_be_checked()
    play.consent.click()  # consent is needed once
    play.settle()
    play.write(FLOW.replace("RATE = 3", "RATE = 5"))
    expect(play.summary).to_contain_text("edited since")


def test_a_long_run_is_offered_and_a_quick_one_starts_by_itself(play):
    slow = FLOW.replace("return 24", "import time; time.sleep(2.2); return 24")
    play.open_code(slow)
    play.write(slow.replace("RATE = 3", "RATE = 5"))
    play.settle()
    expect(play.panel).to_contain_text("100")
    play.write(slow.replace("return 24", "return 34"))
    expect(play.summary).to_contain_text(re.compile(r"edited since: a run takes about \d+(\.\d)? s"))
    play.run_button.click()
    play.settle()
    expect(play.panel).to_contain_text("90")


def test_the_first_edit_on_the_home_page_reruns_only_what_it_affects(page: Page, site: Served) -> None:
    play = Playground(page, site.address).open("")
    play.code.get_by_text("WARM = 2.0").click()
    page.keyboard.press("Home")
    page.keyboard.insert_text("WARM = 3.0  #")
    expect(play.summary).to_have_text(re.compile(r"^2 of 13 nodes ran"))
