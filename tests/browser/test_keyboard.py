"""The playground works by keyboard alone."""

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import expect

pytestmark = pytest.mark.warm


def test_ctrl_enter_runs(play):
    play.open_code(SMALL)
    play.root.get_by_role("checkbox", name="Auto-run").uncheck()
    play.write(SMALL.replace("return 20", "return 30"))
    expect(play.summary).to_contain_text("edited since")
    play.page.keyboard.press("ControlOrMeta+Enter")
    play.settle()
    expect(play.panel).to_contain_text("90")


def test_tab_indents_and_escape_then_tab_leaves_the_editor(play):
    play.open_code(SMALL)
    play.code.click()
    for key in ("Tab", "Tab", "Shift+Tab"):
        play.page.keyboard.press(key)
        expect(play.code).to_be_focused()
    play.page.keyboard.press("Escape")
    play.page.keyboard.press("Tab")
    expect(play.code).not_to_be_focused()


def test_tab_passes_through_the_editor_until_another_key_is_pressed(play):
    play.open_code(SMALL)
    play.code.click()
    play.root.get_by_role("button", name="Rename flow.py").focus()
    play.page.keyboard.press("Tab")
    expect(play.code).to_be_focused()
    play.page.keyboard.press("Tab")
    expect(play.code).not_to_be_focused()
    play.page.keyboard.press("Shift+Tab")
    expect(play.code).to_be_focused()
    play.page.keyboard.press("ArrowDown")
    play.page.keyboard.press("Tab")
    expect(play.code).to_be_focused()


def test_a_line_below_the_code_says_how_to_leave_it_by_keyboard(play):
    play.open_code(SMALL)
    hint = play.root.locator(".leaving-hint")
    play.code.click()
    expect(hint).to_have_count(0)
    play.root.get_by_role("button", name="Rename flow.py").focus()
    play.page.keyboard.press("Tab")
    expect(hint).to_contain_text("Esc, then Tab leaves the editor")
    suggestions = hint.get_by_text("closes the suggestions")
    expect(suggestions).to_be_hidden()
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.type("\ndef twice(pri")
    expect(suggestions).to_be_visible()
    play.page.keyboard.press("Escape")
    expect(suggestions).to_be_hidden()
    play.page.keyboard.press("Escape")
    play.page.keyboard.press("Tab")
    expect(play.code).not_to_be_focused()
    expect(hint).to_have_count(0)


def test_quotes_are_typed_over_the_closing_quotes_of_a_docstring(play):
    play.open_code("")
    play.code.click()
    play.page.keyboard.type('def price() -> int:\n"""The price."""\nreturn 20')
    play.expect_text('def price() -> int:\n    """The price."""\n    return 20')


def test_every_control_of_the_header_is_reached_by_tab_and_arrow_keys(play):
    play.open()
    play.settle()
    tab_to(play, "Auto-run")
    reached: set[str] = set()
    for _ in range(6):
        reached.add(play.root.evaluate("play => play.shadowRoot.activeElement?.textContent.trim().split(/\\s+Ctrl/)[0] ?? ''"))
        play.page.keyboard.press("ArrowRight")
    assert {"▶ Run", "Share", "Export", "Drafts"} <= reached


def test_arrow_keys_navigate_the_graph_and_show_values(play):
    play.open_code(SMALL)
    play.node("price").click()
    expect(play.panel).to_contain_text("The price of one item.")
    play.page.keyboard.press("End")
    play.page.keyboard.press("Space")
    expect(play.panel).to_contain_text("The price of all items.")
    play.page.keyboard.press("Home")
    play.page.keyboard.press("Space")
    expect(play.panel).not_to_contain_text("The price of all items.")


FOCUSED = """play => {
    const focused = play.shadowRoot.activeElement;
    if (focused === null) return null;
    // The focus of a node in the drawing is marked on its box.
    const { outlineStyle, outlineWidth, filter } = getComputedStyle(focused.querySelector(".box") ?? focused);
    const marked = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || filter !== "none";
    const labeled = focused.closest("label") ?? focused;
    return {
        name: focused.ariaLabel ?? labeled.innerText?.trim() ?? "",
        marked: marked && focused.matches(":focus-visible"),
    };
}"""


def tab_to(play: Playground, name: str) -> None:
    """Press Tab until the control with this name is visibly focused."""
    passed: list[str] = []
    presses = 0
    while len(passed) < 40 and presses < 80:  # some presses focus parts outside the playground
        presses += 1
        play.page.keyboard.press("Tab")
        focused = play.root.evaluate(FOCUSED)
        if focused is None:
            continue
        passed.append(focused["name"])
        if focused["name"] == "Code":
            play.page.keyboard.press("Escape")  # Tab indents in the editor; after Escape, it leaves the editor
        if name in focused["name"]:
            assert focused["marked"], f"{name} has focus, but nothing shows it"
            return
    raise AssertionError(f"Tab does not lead to {name!r}, only to {passed}")


def test_a_link_is_run_inspected_and_shared_by_keyboard_alone(play):
    keyboard = play.page.keyboard
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.consent).to_be_enabled()  # enabled shortly after the code is visible
    tab_to(play, "Run this code")
    keyboard.press("Enter")
    play.settle()
    expect(play.panel).to_contain_text("60")

    tab_to(play, "price")
    keyboard.press("End")
    keyboard.press("Space")
    expect(play.panel).to_contain_text("The price of all items.")

    tab_to(play, "Auto-run")
    for _ in range(3):
        keyboard.press("ArrowRight")
    expect(play.share_button).to_be_focused()
    keyboard.press("Enter")
    expect(play.dialog.get_by_label("Link", exact=True)).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(play.dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert "#v1." in play.page.evaluate("navigator.clipboard.readText()")
    keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()
    expect(play.share_button).to_be_focused()


def test_a_node_keeps_focus_when_a_new_layout_moves_it(play):
    names = ["alpha", "beta", "gamma", "delta"]
    function = "def {}(price: int) -> int:\n    return price\n"
    play.open_code("\n".join(map(function.format, names)))
    play.settle()
    play.drawn("gamma").focus()
    turned = "\n".join(map(function.format, reversed([*names, "epsilon"])))
    play.page.evaluate("text => { document.querySelector('hw-play').files = { 'flow.py': text }; }", turned)
    expect(play.drawn("epsilon")).to_be_visible()
    expect(play.drawn("gamma")).to_be_focused()
    play.page.keyboard.press("Enter")
    expect(play.drawn("gamma")).to_have_attribute("aria-pressed", "true")
    expect(play.drawn("gamma")).to_be_focused()
    play.page.keyboard.press("F12")
    expect(play.code).to_be_focused()
    play.page.keyboard.type("#")
    expect(play.code).to_contain_text("#def gamma")


def test_a_run_keeps_the_focus_on_its_button(play):
    play.open_code(SMALL)
    run = play.root.get_by_role("button", name="Run", exact=False).first
    run.focus()
    play.page.keyboard.press("Enter")
    play.settle()
    expect(run).to_be_focused()


def test_the_part_around_a_vanished_button_gets_the_focus(play):
    play.open_code(SMALL)
    play.settle()
    play.restart_button.focus()
    play.page.keyboard.press("Enter")
    expect(play.root.locator(".runtime")).to_be_focused()
    play.page.keyboard.press("Shift+Tab")
    expect(play.root.locator(".panel, .output button").locator(":focus")).to_be_visible()
