"""Drafts: the visitor's code is saved in the browser and never overwritten."""

import time

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

CHANGED = SMALL.replace("return 20", "return 21")
REFUSED = """
IDBFactory.prototype.open = () => {
  throw new DOMException("The user denied permission.", "SecurityError");
};
"""
FULL = """
IDBObjectStore.prototype.put = () => {
  throw new DOMException("The disk is full.", "QuotaExceededError");
};
"""


@pytest.mark.fresh
def test_a_reload_shows_the_written_code(play):
    play.open()
    play.settle()
    play.write(CHANGED)
    expect(play.node("total")).to_be_visible()
    play.page.reload()
    expect(play.code).to_contain_text("return 21")
    play.expect_text(CHANGED)
    expect(play.node("total")).to_be_visible()
    expect(play.title).to_have_text("Seattle weather")


@pytest.mark.fresh
def test_a_changed_link_becomes_a_draft_and_the_link_is_unchanged(play):
    link = link_to({"flow.py": SMALL}, title="Prices")
    play.open_code(SMALL, title="Prices")
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    play.page.reload()
    expect(play.code).to_contain_text("return 21")
    play.open("play/" + link)
    play.page.reload()
    expect(play.code).to_contain_text("return 20")
    play.expect_text(SMALL)
    play.drafts_button.click()
    expect(play.dialog.get_by_role("listitem")).to_contain_text("Prices")


@pytest.mark.fresh
def test_a_draft_of_untrusted_code_asks_before_it_runs(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.code).to_be_visible()
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    play.page.reload()
    expect(play.code).to_contain_text("return 21")
    expect(play.run_button).to_be_disabled()
    play.consent.click()
    expect(play.panel).to_contain_text("63")
    play.page.reload()
    play.settle()
    expect(play.panel).to_contain_text("63")


def test_drafts_are_named_copied_opened_deleted_and_restored(play):
    play.open_code(SMALL, title="Prices")
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    play.drafts_button.click()
    name = play.dialog.get_by_label("Draft name")
    name.fill("Dearer")
    name.press("Tab")
    expect(play.title).to_have_text("Dearer")
    play.dialog.get_by_role("button", name="Duplicate").click()
    expect(play.title).to_have_text("Dearer 2")
    play.write(SMALL)
    play.settle()

    play.drafts_button.click()
    expect(play.dialog.get_by_role("listitem")).to_have_count(2)
    play.dialog.get_by_role("listitem").filter(has_text="just now").last.get_by_role("button").first.click()
    expect(play.title).to_have_text("Dearer")
    expect(play.code).to_contain_text("return 21")

    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Delete “Dearer 2”").click()
    expect(play.dialog.get_by_role("listitem")).to_have_count(1)
    play.dialog.get_by_role("button", name="Undo").click()
    expect(play.title).to_have_text("Dearer 2")
    play.expect_text(SMALL)


def test_deleting_the_open_draft_shows_its_origin(play):
    play.open()
    play.settle()
    play.write(CHANGED)
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(play.dialog.get_by_text("No drafts yet.")).to_be_visible()
    expect(play.lines.filter(has_text="WARM = 2.0")).to_have_count(1)
    play.dialog.get_by_role("button", name="Undo").click()
    expect(play.code).to_contain_text("return 21")


def test_a_reset_restores_the_origin_and_can_be_undone(play):
    play.open()
    play.settle()
    play.write(CHANGED)
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Reset").click()
    expect(play.lines.filter(has_text="WARM = 2.0")).to_have_count(1)
    play.notice.get_by_role("button", name="Undo").click()
    expect(play.code).to_contain_text("return 21")
    expect(play.notice).to_be_hidden()


@pytest.mark.everywhere  # long; `test_consent.py` reverts code, and the test above undoes a reset
@pytest.mark.fresh
def test_a_revert_restores_the_code_before_the_pause_and_can_be_undone(play):
    play.open_code(SMALL, title="Prices")
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    play.drafts_button.click()
    expect(play.dialog.get_by_role("button", name="Revert")).to_be_hidden()
    play.page.keyboard.press("Escape")

    play.page.clock.set_fixed_time(time.time() + 2 * 60 * 60)
    play.page.reload()
    expect(play.code).to_contain_text("return 21")
    play.write(CHANGED.replace("21", "22"))
    play.settle()
    play.page.reload()
    expect(play.code).to_contain_text("return 22")
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Revert").click()
    expect(play.code).to_contain_text("return 21")
    expect(play.notice).to_contain_text("Reverted “Prices” to the version from 2 hours ago.")
    play.notice.get_by_role("button", name="Undo").click()
    expect(play.code).to_contain_text("return 22")


@pytest.mark.fresh
def test_new_code_and_an_example_do_not_change_the_draft(play):
    play.open()
    play.settle()
    play.write(CHANGED)
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="New").click()
    expect(play.dialog).to_be_hidden()
    expect(play.code).to_contain_text("def total")
    play.drafts_button.click()
    play.dialog.get_by_role("button", name="Open an example").click()
    play.dialog.get_by_role("option", name="Hello").click()
    expect(play.dialog).to_be_hidden()
    expect(play.code).to_contain_text("def greeting")
    play.page.reload()
    expect(play.code).to_contain_text("return 21")


def test_back_goes_from_a_link_to_the_draft_before_it_and_forward_to_the_link(play):
    play.open_code(SMALL, title="Prices")
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    play.open("play/" + link_to({"other.py": "def other() -> int:\n    return 1\n"}))
    expect(play.code).to_contain_text("def other")
    play.page.go_back()
    expect(play.code).to_contain_text("return 21")
    play.page.go_forward()
    expect(play.code).to_contain_text("def other")


@pytest.mark.fresh
def test_two_tabs_do_not_overwrite_each_other(play, context):
    play.open_code(SMALL, title="Prices")
    play.write(CHANGED)
    expect(play.page).to_have_url(play.address + "play/")
    other = Playground(context.new_page(), play.address).open()
    expect(other.code).to_contain_text("return 21")
    play.write(CHANGED + "# here")
    expect(play.code).to_contain_text("# here")
    other.write(CHANGED + "# there")
    expect(other.notice).to_contain_text("saved as “Prices 2”")
    expect(other.title).to_have_text("Prices 2")
    play.page.reload()
    expect(play.code).to_contain_text("# here")
    other.page.reload()
    expect(other.code).to_contain_text("# there")


@pytest.mark.fresh
@pytest.mark.parametrize(
    ("damage", "message"), [(REFUSED, "blocks storage for this page"), (FULL, "storage is full")], ids=["refused", "full"]
)
def test_a_browser_without_storage_is_reported_once_and_the_rest_works(play, damage, message):
    play.page.add_init_script(damage)
    play.open_code(SMALL)
    play.write(CHANGED)
    expect(play.notice).to_contain_text(message)
    play.notice.get_by_role("button", name="Dismiss").click()
    play.page.keyboard.type("#")
    play.settle()
    expect(play.notice).to_be_hidden()
    expect(play.panel).to_contain_text("63")
    play.drafts_button.click()
    expect(play.dialog).to_be_visible()


def test_the_drafts_dialog_works_by_keyboard_alone(play):
    play.open()
    play.settle()
    play.drafts_button.focus()
    play.page.keyboard.press("Enter")
    expect(play.dialog).to_be_visible()
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()
    expect(play.drafts_button).to_be_focused()


@pytest.mark.fresh
def test_an_embed_stores_nothing(play):
    play.open("first-dataflow/")
    expect(play.root).to_be_visible()
    expect(play.drafts_button).to_be_hidden()
    expect(play.root.get_by_role("button", name="Reset")).to_be_visible()
