"""Narrow windows and dark colors."""

import pytest
from dataflows import SMALL, params
from playwright.sync_api import expect

BRIGHTNESS = """element => {
    const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    return (red + green + blue) / 3;
}"""


PAGES = {"home": "", "playground": "play/"}
IN_EACH_SCHEME = {f"{name}-{scheme}": (path, scheme) for name, path in PAGES.items() for scheme in ("light", "dark")}


@pytest.mark.parametrize("seen", params(IN_EACH_SCHEME, usual={"home-light", "playground-dark"}))
def test_the_colors_follow_the_preference_of_the_visitor(play, seen):
    path, scheme = seen
    play.page.emulate_media(color_scheme=scheme)
    play.open(path)
    expect(play.lines.first).to_be_visible()  # the live element has replaced the prerendered one
    brightness = play.root.locator(".shell").evaluate(BRIGHTNESS)
    assert (brightness > 200) if scheme == "light" else (brightness < 60)


@pytest.mark.warm
@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_window_has_tabs_and_no_sideways_scrolling(play, width):
    play.page.set_viewport_size({"width": width, "height": 844})
    play.open_code(SMALL)
    parts = play.root.get_by_role("toolbar", name="Panes")
    parts.get_by_role("button", name="Graph").click()
    expect(play.node("total")).to_be_visible()
    expect(play.code).to_be_hidden()
    parts.get_by_role("button", name="Output").click()
    expect(play.panel).to_contain_text("60")
    expect(play.graph).to_be_hidden()
    parts.get_by_role("button", name="Code").click()
    expect(play.code).to_be_visible()
    assert play.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
