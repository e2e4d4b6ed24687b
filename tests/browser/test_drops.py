"""Dropping files: while files are dragged, the page shows where to drop them."""

import pytest
from dataflows import SMALL
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

FILES = """() => {
    const data = new DataTransfer();
    data.items.add(new File(["41"], "price (1).txt"));
    return data;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_dragged_files_show_where_to_drop_them(play, width, scheme):
    play.page.set_viewport_size({"width": width, "height": 844})
    play.page.emulate_media(color_scheme=scheme)
    play.open_code(SMALL)
    add = play.root.get_by_role("button", name="Add a file")
    expect(add).to_have_text("+ Add")
    expect(add).to_be_in_viewport()
    hint = play.root.locator(".drop-hint")
    expect(hint).to_be_hidden()
    dragged = play.page.evaluate_handle(FILES)
    play.page.locator("body").dispatch_event("dragenter", {"dataTransfer": dragged})
    expect(hint).to_be_visible()
    expect(hint.locator("span")).to_be_in_viewport(ratio=1)
    play.code.dispatch_event("dragover", {"dataTransfer": dragged})
    expect(play.root).to_have_attribute("dragging", "here")
    play.code.dispatch_event("drop", {"dataTransfer": dragged})
    expect(hint).to_be_hidden()
    expect(play.lines).to_have_text(["41"])


def test_the_hint_disappears_when_files_leave_the_page_and_is_not_shown_for_text(play):
    play.open_code(SMALL)
    hint = play.root.locator(".drop-hint")
    dragged = play.page.evaluate_handle(FILES)
    play.page.locator("body").dispatch_event("dragenter", {"dataTransfer": dragged})
    expect(hint).to_be_visible()
    play.page.locator("body").dispatch_event("dragleave", {"dataTransfer": dragged, "bubbles": True})
    expect(hint).to_be_hidden()
    text = play.page.evaluate_handle("() => { const data = new DataTransfer(); data.setData('text/plain', 'x'); return data; }")
    play.page.locator("body").dispatch_event("dragenter", {"dataTransfer": text})
    play.code.dispatch_event("dragover", {"dataTransfer": text})
    expect(hint).to_be_hidden()


def test_the_form_for_a_new_file_says_that_files_can_be_dropped(play):
    play.open_code(SMALL)
    play.root.get_by_role("button", name="Add a file").click()
    expect(play.root.get_by_text("or drop files here")).to_be_visible()
