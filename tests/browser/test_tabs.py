"""The active tab is visible, regardless of how it was activated."""

import pytest
from playground import Playground
from playwright.sync_api import expect
from waiting import until

pytestmark = pytest.mark.warm

FILES = {"flow.py": "from part_17 import value\n\n\ndef total(value: int) -> int:\n    return value\n"} | {
    f"part_{number:02}.py": f"def part_{number:02}() -> int:\n    return {number}\n" for number in range(25)
}

IS_IN_VIEW = """tab => {
    const [outer, inner] = [tab.parentElement.getBoundingClientRect(), tab.getBoundingClientRect()];
    return inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.right <= innerWidth;
}"""


def expect_active(play: Playground, name: str) -> None:
    tab = play.root.get_by_role("toolbar", name="Files", exact=True).get_by_role("button", name=name, exact=True)
    expect(tab).to_have_attribute("aria-pressed", "true")
    until(lambda: tab.evaluate(IS_IN_VIEW), lambda: f"the tab {name} is out of view")


@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.everywhere), 390])
def test_the_active_tab_scrolls_into_view(play, width):
    play.page.set_viewport_size({"width": width, "height": 844})
    play.open_files(FILES, selected="part_20")
    play.drawn("part_20").dispatch_event("click")
    expect_active(play, "part_20.py")
    play.drawn("part_03").dispatch_event("click")
    expect_active(play, "part_03.py")
    if width == 390:
        play.root.get_by_role("toolbar", name="Panes").get_by_role("button", name="Code").click()
    expect_active(play, "part_03.py")
    files = play.root.get_by_role("toolbar", name="Files", exact=True)
    files.get_by_role("button", name="flow.py", exact=True).focus()
    for _ in range(24):
        play.page.keyboard.press("ArrowRight")
    focused = files.locator(":focus")
    until(lambda: focused.evaluate(IS_IN_VIEW), lambda: "the focused tab is out of view")
    play.page.keyboard.press("Enter")
    expect_active(play, "part_23.py")
    play.page.set_viewport_size({"width": 360, "height": 844})
    expect_active(play, "part_23.py")
    play.root.locator("footer .problem").click()
    expect_active(play, "flow.py")
    scrolled = play.page.evaluate("[scrollX, scrollY]")
    assert scrolled == [0, 0]


def test_arrows_point_to_tabs_that_are_out_of_view(play):
    play.open_files(FILES)
    files = play.root.get_by_role("toolbar", name="Files", exact=True)

    def expect_arrows(before: str, after: str) -> None:
        arrows = "tabs => ['::before', '::after'].map(arrow => getComputedStyle(tabs, arrow).opacity)"
        until(lambda: files.evaluate(arrows) == [before, after], lambda: f"the arrows are {files.evaluate(arrows)}")

    expect_arrows("0", "1")
    files.get_by_role("button", name="part_12.py").scroll_into_view_if_needed()
    expect_arrows("1", "1")
    files.evaluate("tabs => { tabs.scrollLeft = tabs.scrollWidth }")
    expect_arrows("1", "0")
    play.root.evaluate("play => { const { 'flow.py': flow } = play.files; play.files = { 'flow.py': flow }; }")
    expect_arrows("0", "0")
    play.root.evaluate("(play, files) => { play.files = files; }", FILES)
    expect_arrows("0", "1")
