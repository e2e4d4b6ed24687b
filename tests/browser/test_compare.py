"""Comparing two dataflows: their merged graph, their code and their values side by side."""

import re

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

CHANGED = SMALL.replace("return 20", "return 21")
"""`price` has different code; `total` depends on it."""

GROWN = SMALL + "\n\ndef tax(total: int) -> int:\n    # new\n    return total // 5\n"


def test_the_open_code_is_compared_with_a_pasted_link(play):
    play.open_code(CHANGED, title="Dearer")
    play.compare_with(play.address + "play/" + link_to({"flow.py": SMALL}, title="Prices"))
    expect(play.compared("price")).to_have_attribute("aria-label", re.compile("changed"))
    play.dialog.get_by_role("button", name="Run this code").click()
    expect(play.counts).to_have_text("1 changed, 1 with a different value")
    expect(play.compared("total")).to_have_attribute("aria-label", re.compile("same code, different value"))
    expect(play.pair("total").locator(".verdict")).to_have_text("≠ different")
    expect(play.pair("total").locator(".before")).to_contain_text("60")
    expect(play.pair("total").locator(".after")).to_contain_text("63")
    expect(play.dialog.get_by_role("textbox", name="Code before")).to_contain_text("return 20")
    expect(play.dialog.get_by_role("textbox", name="Code after")).to_contain_text("return 21")


def test_the_values_of_a_selected_node_are_side_by_side(play):
    play.open_code(CHANGED)
    play.compare_with(link_to({"flow.py": SMALL}))
    play.dialog.get_by_role("button", name="Run this code").click()
    expect(play.pair("total")).to_be_visible()
    play.compared("price").click()
    expect(play.pair("price").locator(".before")).to_contain_text("20")
    expect(play.pair("price").locator(".after")).to_contain_text("21")
    expect(play.pair("price").locator(".verdict")).to_have_text("≠ different")
    play.dialog.get_by_role("button", name="All outputs").click()
    expect(play.pair("total")).to_be_visible()


def test_added_and_removed_nodes_are_marked_and_can_be_swapped(play):
    play.open_code(GROWN)
    play.compare_with(link_to({"flow.py": SMALL}))
    expect(play.compared("tax")).to_have_attribute("aria-label", re.compile("added"))
    expect(play.counts).to_have_text("1 added")
    expect(play.compared("total")).to_have_attribute("aria-label", re.compile("same"))
    play.dialog.get_by_role("button", name="Swap").click()
    expect(play.compared("tax")).to_have_attribute("aria-label", re.compile("removed"))
    expect(play.compared("tax")).to_have_class(re.compile("is-removed"))


def test_comments_make_no_difference(play):
    play.open_code(SMALL + "# a comment\n")
    play.compare_with(link_to({"flow.py": SMALL}))
    play.dialog.get_by_role("button", name="Run this code").click()
    expect(play.pair("total").locator(".verdict")).to_have_text("= equal")
    expect(play.counts).to_have_text("No nodes differ")
    expect(play.dialog.get_by_role("button", name="~ flow.py")).to_be_visible()


def test_a_url_opens_a_comparison_of_two_untrusted_links_without_running_them(play, complaints):
    before, after = link_to({"flow.py": SMALL}, title="Old")[1:], link_to({"flow.py": GROWN}, title="New")[1:]
    play.open(f"play/#compare={before}&with={after}")
    expect(play.counts).to_have_text("1 added")
    expect(play.dialog).to_contain_text("The code on both sides comes from links: 2 files, ")
    expect(play.pair("total")).to_be_hidden()
    play.dialog.get_by_role("button", name="Run both").click()
    expect(play.pair("tax").locator(".verdict")).to_have_text("+ only after")
    expect(play.pair("total").locator(".verdict")).to_have_text("= equal")
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()
    expect(play.page).to_have_url(f"{play.address}play/#{after}")
    expect(play.title).to_have_text("New")
    play.expect_text(GROWN)
    assert complaints == []


def test_the_link_to_a_comparison_opens_it_elsewhere(play, context):
    play.open_code(GROWN, title="New")
    play.compare_with(link_to({"flow.py": SMALL}, title="Old"))
    expect(play.counts).to_have_text("1 added")
    play.dialog.get_by_role("button", name="Copy link").click()
    expect(play.dialog.get_by_role("button", name="Copied")).to_be_visible()
    other = Playground(context.new_page(), play.address)
    other.page.goto(play.page.evaluate("navigator.clipboard.readText()"))
    expect(other.counts).to_have_text("1 added")
    expect(other.dialog.locator(".compare-sides")).to_have_text(re.compile("Before Old.*After New"))


def test_a_changed_example_is_compared_with_the_example(play):
    play.open_changed_example()
    play.share_button.click()
    play.dialog.get_by_role("button", name="Compare with").click()
    play.dialog.get_by_role("button", name="the example").click()
    expect(play.counts).to_have_text(re.compile("1 changed, [0-9]+ with a different value"))
    expect(play.compared("warm_spells")).to_have_attribute("aria-label", re.compile("changed"))
    expect(play.pair("skill").locator(".verdict")).to_have_text("= equal")
    expect(play.pair("report").locator(".verdict")).to_have_text("≠ different")


def test_a_draft_is_compared_with_the_open_code(play):
    play.open_code(SMALL, title="Prices")
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Duplicate").click()
    expect(play.title).to_have_text("Prices 2")
    play.write(GROWN)
    play.settle()
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Compare “Prices” with the open code").click()
    expect(play.counts).to_have_text("1 added, 1 changed, 1 with a different value")
    expect(play.dialog.locator(".compare-sides")).to_have_text(re.compile("Before Prices.*After Prices 2"))


@pytest.mark.parametrize(
    ("pasted", "message"),
    [
        ("https://example.org/", "This isn't a Headwater link"),
        ("#v1.AAAA", "could not be opened"),
        ("#v9.AAAA", "newer version of Headwater"),
    ],
)
def test_a_refused_choice_is_explained_in_the_dialog(play, pasted, message):
    play.open_code(SMALL)
    play.compare_with(pasted)
    expect(play.dialog.get_by_role("alert")).to_contain_text(message)


@pytest.mark.everywhere  # long; `test_stop.py` stops endless runs
@pytest.mark.pyodide
@pytest.mark.returning
def test_an_endless_run_is_stopped_and_earlier_results_stay(play):
    play.open_code(SMALL)
    play.compare_with(link_to({"flow.py": SMALL.replace("return 20", "while True: pass")}))
    expect(play.counts).to_have_text("1 changed")
    play.dialog.get_by_role("button", name="Run this code").click()
    play.dialog.get_by_role("button", name="Stop").click()
    expect(play.dialog.locator(".compare-trouble")).to_contain_text("Stopped")
    expect(play.counts).to_have_text("1 changed")


def test_a_syntax_error_is_located(play):
    play.open_code(SMALL)
    play.compare_with(link_to({"flow.py": "def total(:\n"}))
    expect(play.dialog.locator(".compare-trouble")).to_contain_text("Before:")
    expect(play.dialog.locator(".compare-trouble")).to_contain_text("flow.py:1")


def test_a_phone_shows_one_part_at_a_time_and_a_unified_diff(play):
    play.page.set_viewport_size({"width": 390, "height": 844})
    before, after = link_to({"flow.py": SMALL})[1:], link_to({"flow.py": CHANGED})[1:]
    play.open(f"play/#compare={before}&with={after}")
    expect(play.compared("price")).to_be_visible()
    play.dialog.get_by_role("button", name="Code", exact=True).click()
    expect(play.compared("price")).to_be_hidden()
    code = play.dialog.get_by_role("textbox", name="Code after; old lines appear above each change")
    expect(code).to_contain_text("return 20")
    expect(code).to_contain_text("return 21")
    assert play.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_graph_is_navigated_by_keyboard(play):
    play.open_code(GROWN)
    play.compare_with(link_to({"flow.py": SMALL}))
    expect(play.compared("tax")).to_be_visible()  # `total` may be drawn earlier, when only one side has been parsed
    play.compared("total").focus()
    play.page.keyboard.press("Enter")
    expect(play.compared("total")).to_have_attribute("aria-pressed", "true")
    play.page.keyboard.press("ArrowDown")
    expect(play.compared("tax")).to_be_focused()
    play.page.keyboard.press("Escape")
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()


def test_a_key_moves_to_the_next_change(play):
    many = "".join(f"def f{number}() -> int:\n    return {number}\n\n\n" for number in range(40))
    play.open_code(many.replace("return ", "return 100"))
    play.compare_with(link_to({"flow.py": many}))
    after = play.dialog.get_by_role("textbox", name="Code after")
    last = after.get_by_text("return 10039")
    expect(after.get_by_text("return 1000")).to_be_in_viewport()
    expect(last).not_to_be_in_viewport()
    after.focus()
    play.page.keyboard.press("Shift+F7")
    expect(last).to_be_in_viewport()
