"""Sizes of the panes."""

import pytest
from dataflows import SMALL
from playwright.sync_api import expect

pytestmark = pytest.mark.warm


def width(play) -> float:
    return play.root.locator("section.code").evaluate("pane => pane.getBoundingClientRect().width")


@pytest.mark.fresh
def test_panes_are_resized_with_the_pointer_and_keep_their_size(play):
    play.open_code(SMALL)
    line = play.root.get_by_role("separator", name="Code pane width")
    box = line.bounding_box()
    assert box is not None
    play.page.mouse.move(box["x"] + 4, 400)
    play.page.mouse.down()
    play.page.mouse.move(1000, 400, steps=4)
    play.page.mouse.up()
    assert abs(width(play) - 1000) < 6
    play.page.reload()
    expect(line).to_have_attribute("aria-valuenow", "69")
    assert abs(width(play) - 1000) < 6
    line.dblclick()
    expect(line).to_have_attribute("aria-valuenow", "46")


def test_panes_are_resized_with_the_keyboard_within_limits(play):
    play.open_code(SMALL)
    line = play.root.get_by_role("separator", name="Graph pane height")
    line.focus()
    before = play.root.locator("section.graph").evaluate("pane => pane.clientHeight")
    play.page.keyboard.press("ArrowDown")
    expect(line).to_have_attribute("aria-valuenow", "55")
    assert play.root.locator("section.graph").evaluate("pane => pane.clientHeight") > before
    play.page.keyboard.press("End")
    expect(line).to_have_attribute("aria-valuenow", "85")
    play.page.keyboard.press("ArrowDown")
    expect(line).to_have_attribute("aria-valuenow", "85")
    play.page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-valuenow", "53")


@pytest.mark.fresh
def test_the_first_paint_has_the_sizes_that_the_visitor_chose(play):
    play.open()
    play.root.get_by_role("separator", name="Code pane width").press("Home")
    narrow = width(play)
    play.page.route("**/*.js", lambda route: route.abort())
    play.page.reload()
    assert abs(width(play) - narrow) < 2


def test_a_narrow_page_has_no_splitters(play):
    play.page.set_viewport_size({"width": 390, "height": 800})
    play.open_code(SMALL)
    expect(play.root.get_by_role("separator")).to_have_count(0)


def test_a_pressed_tab_is_unaffected_by_tabs_that_appear_and_disappear(play):
    play.open_code(SMALL)
    outputs = play.tab("Outputs").element_handle()
    assert outputs is not None
    play.node("price").click()
    expect(play.tab("price")).to_be_visible()
    assert "Outputs" in (outputs.text_content() or "")
    play.write("def cost() -> int:\n    return 1\n")
    expect(play.tab("price")).to_be_hidden()
    assert "Outputs" in (outputs.text_content() or "")
