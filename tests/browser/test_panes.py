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
    expect(line).to_have_attribute("aria-valuenow", "60")


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


COLUMNS = """editor => {
    const ruler = Object.assign(document.createElement("span"), { style: "display: inline-block; width: 100ch" });
    editor.append(ruler);
    const column = ruler.getBoundingClientRect().width / 100;
    ruler.remove();
    const gutters = editor.querySelector(".cm-gutters").getBoundingClientRect().width;
    return (editor.clientWidth - gutters) / column;
}"""


@pytest.mark.parametrize(("window", "columns"), [(1280, 66), (1440, 79)])
def test_lines_of_code_in_a_lesson_fit_beside_the_graph(play, window, columns):
    play.page.set_viewport_size({"width": window, "height": 800})
    play.open("course/functions-become-nodes/")
    play.point_at_code()
    assert play.root.locator(".cm-scroller").evaluate(COLUMNS) > columns
    for name in ("Fit", "List", "Save"):
        expect(play.root.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
