"""The HTML page of a drawing: panning, zooming and lineage, by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from headwater import Builder


@pytest.fixture
def drawing():
    """Return a drawing of two paths that share only their first nodes."""

    def net(price: float) -> float:
        """Before <b>tax</b>."""

    def gross(net: float, rate: float) -> float: ...

    def label(net: float) -> str: ...

    return Builder().with_functions(net, gross, label).build().display_all_functions()


@pytest.fixture
def drawn(page: Page, drawing, tmp_path, complaints) -> Page:
    drawing.write(tmp_path / "shop.html")
    page.goto((tmp_path / "shop.html").as_uri())
    yield page
    assert complaints == []


def box(page: Page, name: str) -> Locator:
    return page.locator(".box", has=page.locator(f"text.name:text-is('{name}')"))


def lit(page: Page) -> list[str]:
    return sorted(page.locator(".box.lit text.name").all_text_contents())


def scale_of(page: Page) -> float:
    transform = page.locator("#scene").get_attribute("transform") or ""
    found = re.search(r"scale\(([\d.]+)\)", transform)
    assert found
    return float(found[1])


def test_the_whole_graph_is_visible_initially(drawn):
    window = drawn.viewport_size
    for node in drawn.locator(".box").all():
        box = node.bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= window["width"]
        assert box["y"] + box["height"] <= window["height"]


def test_a_click_on_a_node_highlights_its_lineage_and_describes_it(drawn):
    box(drawn, "gross").click()
    assert lit(drawn) == ["gross", "net", "price", "rate"]
    assert drawn.locator(".arrow.lit").count() == 3
    expect(drawn.locator("#about h2")).to_have_text("gross")
    box(drawn, "gross").click()
    assert lit(drawn) == []
    expect(drawn.locator("#about")).to_be_hidden()


def test_a_hovered_node_highlights_its_lineage(drawn):
    box(drawn, "label").hover()
    assert lit(drawn) == ["label", "net", "price"]
    drawn.mouse.move(2, 2)
    assert lit(drawn) == []


def test_documentation_is_shown_as_text(drawn):
    box(drawn, "net").click()
    expect(drawn.locator("#about")).to_contain_text("Before <b>tax</b>.")
    assert drawn.locator("#about b").count() == 0


def test_the_keyboard_navigates_and_selects(drawn):
    box(drawn, "price").focus()
    drawn.keyboard.press("ArrowDown")
    expect(box(drawn, "net")).to_be_focused()
    drawn.keyboard.press("Enter")
    expect(box(drawn, "net")).to_have_attribute("aria-pressed", "true")
    assert lit(drawn) == ["gross", "label", "net", "price"]
    drawn.keyboard.press("Escape")
    assert lit(drawn) == []


def test_wheel_buttons_and_keys_zoom_and_fit_resets(drawn):
    start = scale_of(drawn)
    drawn.mouse.move(300, 300)
    drawn.mouse.wheel(0, -300)
    drawn.wait_for_function(
        "start => !document.querySelector('#scene').getAttribute('transform').includes(`scale(${start})`)", arg=start
    )
    assert scale_of(drawn) > start
    drawn.locator("#further").click()
    drawn.locator("#closer").click()
    drawn.locator("#fit").click()
    assert scale_of(drawn) == pytest.approx(start)
    drawn.keyboard.press("-")
    assert scale_of(drawn) < start


def test_dragging_pans_without_selecting(drawn):
    before = box(drawn, "net").bounding_box()
    drawn.mouse.move(before["x"] + 10, before["y"] + 10)
    drawn.mouse.down()
    drawn.mouse.move(before["x"] + 60, before["y"] + 50, steps=5)
    drawn.mouse.up()
    after = box(drawn, "net").bounding_box()
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (pytest.approx(50, abs=1), pytest.approx(40, abs=1))
    expect(box(drawn, "net")).to_have_attribute("aria-pressed", "false")


def test_a_notebook_shows_the_page_in_an_isolated_frame(page, drawing, tmp_path, complaints):
    (tmp_path / "notebook.html").write_text(f"<!doctype html><p>above</p>{drawing.embedded}", encoding="utf-8")
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(".box", has=page.locator("text.name:text-is('gross')")).click()
    expect(frame.locator("#about h2")).to_have_text("gross")
    assert complaints == []
