"""Narrow windows, dark colours, and what a checker of accessibility says."""

import pytest
from dataflows import SMALL
from local_server import ROOT
from playwright.sync_api import expect

AXE = ROOT / "playground" / "node_modules" / "axe-core" / "axe.min.js"
BRIGHTNESS = """element => {
    const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    return (red + green + blue) / 3;
}"""


@pytest.mark.parametrize("path", ["", "play/"], ids=["home", "playground"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_visitor(play, path, scheme):
    play.page.emulate_media(color_scheme=scheme)
    play.open(path)
    expect(play.lines.first).to_be_visible()  # the live element has taken the place of the drawn one
    brightness = play.root.locator(".shell").evaluate(BRIGHTNESS)
    assert (brightness > 200) if scheme == "light" else (brightness < 60)


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_window_has_tabs_and_no_sideways_scrolling(play, width):
    play.page.set_viewport_size({"width": width, "height": 844})
    play.open_code(SMALL)
    parts = play.root.get_by_role("group", name="Parts")
    parts.get_by_role("button", name="Graph").click()
    expect(play.node("total")).to_be_visible()
    expect(play.code).to_be_hidden()
    parts.get_by_role("button", name="Output").click()
    expect(play.panel).to_contain_text("60")
    expect(play.graph).to_be_hidden()
    parts.get_by_role("button", name="Code").click()
    expect(play.code).to_be_visible()
    assert play.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["", "play/"], ids=["home", "playground"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing_serious(play, path, scheme):
    play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    play.open(path)
    expect(play.lines.first).to_be_visible()
    play.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = play.page.evaluate("async () => (await axe.run()).violations")
    serious = [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert serious == []
