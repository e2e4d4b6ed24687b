"""Composite widgets are one Tab stop each, and the arrow keys move the focus within them."""

import pytest
from dataflows import SMALL
from playground import Playground
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.warm

MANY_OUTPUTS = "\n".join(f"def output_{index}(price: int = 2) -> int:\n    return price\n\n" for index in range(30))


TAB_STOPS = """part => {
    const nameOf = control => control.ariaLabel ?? (control.closest("label") ?? control).textContent.trim();
    return [...part.querySelectorAll("button, input, a, select, textarea, summary, [tabindex]")]
        .filter(control => control.tabIndex >= 0 && !control.disabled && control.checkVisibility())
        .map(nameOf);
}"""


def tab_stops(part: Locator) -> list[str]:
    """Return the names of the controls that Tab reaches in a part of the page."""
    return list(part.evaluate(TAB_STOPS))


@pytest.mark.parametrize(
    ("toolbar", "first", "last"),
    [
        ("Run and share", "Auto-run", "Drafts"),
        ("Files", "flow.py", "prices.csv"),
        ("File tools", "Format flow.py", "Delete flow.py"),
        ("Graph view", "Fit", "Save"),
        ("Panels", "Outputs", "Problems"),
    ],
)
def test_a_toolbar_is_one_tab_stop_with_arrow_keys(play: Playground, toolbar: str, first: str, last: str):
    play.open_files({"flow.py": SMALL, "prices.csv": "1"})
    part = play.root.get_by_role("toolbar", name=toolbar, exact=True)
    assert len(tab_stops(part)) == 1
    assert tab_stops(part)[0].startswith(first)
    part.locator("[tabindex='0']").focus()
    play.page.keyboard.press("End")
    focused = part.locator(":focus")
    expect(focused).to_have_accessible_name(last)
    assert len(tab_stops(part)) == 1
    play.page.keyboard.press("ArrowRight")
    expect(focused).to_have_accessible_name(last)
    play.page.keyboard.press("Home")
    expect(focused).not_to_have_accessible_name(last)


def test_tab_reaches_the_active_tab(play: Playground):
    play.open_files({"flow.py": SMALL, "prices.csv": "1"})
    files = play.root.get_by_role("toolbar", name="Files", exact=True)
    files.get_by_role("button", name="flow.py").focus()
    play.page.keyboard.press("ArrowRight")
    play.page.keyboard.press("Enter")
    expect(files.get_by_role("button", name="prices.csv")).to_have_attribute("aria-pressed", "true")
    assert tab_stops(files) == ["prices.csv"]


def test_the_outputs_are_one_list_in_every_panel(play: Playground):
    play.open_code(MANY_OUTPUTS)
    assert len(tab_stops(play.panel)) <= 2
    play.panel.get_by_role("button", name="output_0").focus()
    for _ in range(3):
        play.page.keyboard.press("ArrowDown")
    expect(play.panel.get_by_role("button", name="output_3")).to_be_focused()
    play.show("Inputs")
    assert len(tab_stops(play.panel)) == 2  # the input, and one checkbox
    play.panel.get_by_role("checkbox", name="output_0").focus()
    play.page.keyboard.press("End")
    play.page.keyboard.press("Space")
    expect(play.panel.get_by_role("checkbox", name="output_29")).not_to_be_checked()
    expect(play.panel.get_by_role("checkbox", name="output_29")).to_be_focused()


def test_the_list_of_nodes_is_one_tab_stop(play: Playground):
    play.open_code(MANY_OUTPUTS)
    play.root.get_by_role("button", name="List", exact=True).click()
    nodes = play.root.get_by_role("list", name="Nodes in the dataflow")
    expect(nodes.get_by_role("button")).to_have_count(31)
    assert len(tab_stops(nodes)) == 1
    nodes.locator("[tabindex='0']").focus()
    play.page.keyboard.press("ArrowDown")
    play.page.keyboard.press("Enter")
    expect(nodes.locator("[aria-pressed=true]")).to_be_focused()
    assert len(tab_stops(nodes)) == 1
