"""Everything can be done without a mouse."""

from dataflows import SMALL
from playwright.sync_api import expect


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
    play.page.keyboard.press("Tab")
    expect(play.code).to_be_focused()
    play.page.keyboard.press("Escape")
    play.page.keyboard.press("Tab")
    expect(play.code).not_to_be_focused()


def test_every_control_of_the_header_is_reached_by_tab(play):
    play.open()
    play.settle()
    reached: set[str] = set()
    for _ in range(12):
        play.page.keyboard.press("Tab")
        reached.add(play.root.evaluate("play => play.shadowRoot.activeElement?.innerText.trim() ?? ''"))
    assert {"▶ Run", "Share"} <= reached


def test_keys_walk_the_graph_and_show_values(play):
    play.open_code(SMALL)
    play.node("price").click()
    expect(play.panel).to_contain_text("What one costs.")
    play.page.keyboard.press("End")
    play.page.keyboard.press("Space")
    expect(play.panel).to_contain_text("What all cost.")
    play.page.keyboard.press("Home")
    play.page.keyboard.press("Space")
    expect(play.panel).not_to_contain_text("What all cost.")
