"""Back and Forward close and reopen dialogs, and lose no code."""

import re

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import expect
from waiting import until

pytestmark = pytest.mark.warm

CURRENT_ENTRY = "navigation.currentEntry.key"

CHANGED = SMALL.replace("return 20", "return 21")
OTHER = SMALL.replace("return 20", "return 22")


def open_share(play: Playground) -> None:
    play.share_button.click()


def open_drafts(play: Playground) -> None:
    play.drafts_button.click()


def open_download(play: Playground) -> None:
    play.export_button.click()


def open_comparison(play: Playground) -> None:
    play.compare_with(link_to({"flow.py": CHANGED}))
    expect(play.counts).to_be_visible()


DIALOGS = {"share": open_share, "drafts": open_drafts, "download": open_download, "comparison": open_comparison}


LAST_ENTRY = "navigation.entries().at(-1).key"

DRAW_WHEN_CLOSED = """dialog => {
    const tab = dialog.getRootNode().querySelector("[aria-label='Panels'] button[aria-pressed=false]");
    new MutationObserver(() => tab.click()).observe(dialog, {attributes: true, attributeFilter: ["open"]});
}"""


@pytest.mark.parametrize("width", [1440, pytest.param(390, marks=pytest.mark.everywhere)])
@pytest.mark.parametrize("open_dialog", DIALOGS.values(), ids=DIALOGS.keys())
def test_back_closes_a_dialog_and_forward_opens_it_again(play, open_dialog, width):
    play.page.set_viewport_size({"width": width, "height": 844})
    earlier = link_to({"flow.py": OTHER})
    play.open("play/" + earlier)
    play.expect_text(OTHER)
    play.open_code(SMALL)
    address, entry = play.page.url, play.page.evaluate(CURRENT_ENTRY)
    open_dialog(play)
    expect(play.dialog).to_be_visible()
    play.page.go_back()
    expect(play.dialog).to_be_hidden()
    assert play.page.url == address
    play.expect_text(SMALL)
    play.page.go_forward()
    expect(play.dialog).to_be_visible()
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()
    until(lambda: play.page.evaluate(CURRENT_ENTRY) == entry, lambda: "the dialog's entry is still in the history")
    play.page.go_back()
    expect(play.page).to_have_url(play.address + "play/" + earlier)


def test_a_dialog_closed_by_back_stays_closed_during_a_rendering(play):
    play.open_code(SMALL)
    play.share_button.click()
    expect(play.dialog).to_be_visible()
    play.dialog.evaluate(DRAW_WHEN_CLOSED)
    entry = play.page.evaluate(LAST_ENTRY)
    play.page.go_back()
    expect(play.dialog).to_be_hidden()
    assert play.page.evaluate(LAST_ENTRY) == entry  # no other history entry replaced the dialog's entry
    play.page.go_forward()
    expect(play.dialog).to_be_visible()


@pytest.mark.fresh
def test_a_comparison_in_the_url_is_left_by_back_and_entered_by_forward(play):
    before, after = link_to({"flow.py": SMALL}), link_to({"flow.py": CHANGED})
    play.open("404.html")
    play.open(f"play/#compare={before[1:]}&with={after[1:]}")
    expect(play.counts).to_be_visible()
    play.page.go_back()
    expect(play.dialog).to_be_hidden()
    expect(play.page).to_have_url(play.address + "play/" + after)
    expect(play.code).to_contain_text("return 21")
    play.page.go_forward()
    expect(play.counts).to_be_visible()
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()
    expect(play.page).to_have_url(play.address + "play/" + after)
    expect(play.code).to_contain_text("return 21")


def test_the_comparison_with_a_draft_is_left_by_back(play):
    play.open_changed_example()
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="New", exact=True).click()
    expect(play.code).to_contain_text("def total")
    play.drafts_button.click()
    play.dialog.get_by_role("button", name=re.compile("Compare")).first.click()
    expect(play.counts).to_be_visible()
    play.page.go_back()
    expect(play.dialog).to_be_hidden()
    expect(play.code).to_contain_text("def total")


def test_a_draft_opened_from_a_link_stays_open(play):
    play.open_changed_example()
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.code).to_contain_text("return 20")
    play.drafts_button.click()
    play.dialog.get_by_role("listitem").get_by_role("button").first.click()
    expect(play.dialog).to_be_hidden()
    expect(play.code).to_contain_text("WARM = 3.0")
    expect(play.page).to_have_url(play.address + "play/")
    play.share_button.click()
    expect(play.dialog).to_be_visible()
    play.page.go_back()
    expect(play.dialog).to_be_hidden()
    expect(play.code).to_contain_text("WARM = 3.0")


@pytest.mark.fresh
def test_the_comparison_with_a_solution_is_left_by_back_and_the_lesson_stays(play, complaints):
    page = play.open("course/functions-become-nodes/").page
    page.evaluate("document.querySelector('hw-play').isSame = true")  # instant navigation would replace the element
    for leave in (page.go_back, lambda: page.keyboard.press("Escape")):
        page.get_by_role("button", name="Compare with the solution").first.click()
        expect(play.counts).to_be_visible()
        leave()
        expect(play.dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Compare with the solution").first).to_be_focused()
    expect(page).to_have_url(re.compile("course/functions-become-nodes/"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('hw-play').isSame") is True
    assert complaints == []
