"""Every value on the page belongs to the current code or is marked as stale."""

import pytest
from dataflows import ENDLESS, SMALL
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

FRESH, STALE = "succeeded", "stale"
NOTE = "Computed before the latest change."


def turn_auto_run_off(play):
    play.root.get_by_role("checkbox", name="Auto-run").uncheck()


@pytest.fixture
def opened(play):
    play.open_code(SMALL)
    turn_auto_run_off(play)
    return play


def test_an_edit_marks_stale_values_and_undo_unmarks_them(opened):
    opened.write(SMALL.replace("price * quantity", "price + quantity"))
    opened.expect_states({"price": FRESH, "quantity": "idle", "total": STALE})
    expect(opened.panel).to_contain_text(NOTE)
    opened.page.keyboard.press("ControlOrMeta+z")
    opened.expect_states({"price": FRESH, "quantity": "idle", "total": FRESH})
    expect(opened.panel).not_to_contain_text(NOTE)
    expect(opened.panel).to_contain_text("60")


def test_an_edit_marks_all_downstream_nodes(opened):
    opened.write(SMALL.replace("return 20", "return 30"))
    opened.expect_states({"price": STALE, "quantity": "idle", "total": STALE})
    opened.run_button.click()
    opened.settle()
    opened.expect_states({"price": FRESH, "quantity": "idle", "total": FRESH})
    expect(opened.panel).to_contain_text("90")
    expect(opened.panel).not_to_contain_text(NOTE)


def test_a_comment_marks_nothing(opened):
    opened.write("# what it costs\n" + SMALL)
    expect(opened.summary).to_contain_text("edited since")
    opened.expect_states({"price": FRESH, "quantity": "idle", "total": FRESH})


def test_a_syntax_error_marks_everything(opened):
    opened.write(SMALL.replace("def total(", "def total(("))
    opened.expect_states({"price": STALE, "quantity": "idle", "total": STALE})
    opened.show("Outputs")
    expect(opened.panel).to_contain_text("60")
    expect(opened.panel).to_contain_text(NOTE)


def test_an_inspected_value_is_marked_as_stale(opened):
    opened.node("price").click()
    expect(opened.panel).to_contain_text("20")
    opened.write(SMALL.replace("return 20", "return 30"))
    expect(opened.panel).to_contain_text(NOTE)
    expect(opened.panel).to_contain_text("needs a rerun")


@pytest.mark.everywhere  # long; `test_stop.py` stops runs, and the tests above mark values
@pytest.mark.pyodide
@pytest.mark.returning
def test_values_of_the_previous_run_are_marked_after_a_stop(play):
    play.open_code(SMALL)
    play.write(ENDLESS)
    expect(play.summary).to_contain_text("Running total")
    play.write(SMALL.replace("return 20", "return 30"))
    expect(play.summary).to_contain_text("edited since")
    turn_auto_run_off(play)
    play.stop_button.click()
    expect(play.stop_button).to_be_hidden()
    expect(play.summary).to_contain_text("edited since")
    play.expect_states({"price": STALE, "quantity": "idle", "total": STALE})
    play.show("Outputs")
    expect(play.panel).to_contain_text("60")
    expect(play.panel).to_contain_text(NOTE)


def test_code_pasted_over_a_module_runs_with_all_of_its_outputs(play):
    play.open_code(SMALL, outputs=["price"])
    expect(play.panel).not_to_contain_text("60")
    play.write(SMALL.replace("return 20", "return 30"))
    play.settle()
    expect(play.panel).to_contain_text("90")


def test_a_removed_output_is_deselected_with_a_notice(play):
    play.open_code(SMALL, outputs=["total"])
    play.settle()
    play.code.get_by_text("def total").click()
    play.page.keyboard.press("Home")
    for _ in range(4):
        play.page.keyboard.press("ArrowRight")
    play.page.keyboard.insert_text("sub")
    expect(play.notice).to_contain_text("is no longer a node. All outputs will be computed.")
    play.settle()
    expect(play.panel).to_contain_text("subtotal")


TWO = "def a(x: int = 1) -> int:\n    return x * 10\n\n\ndef b(y: int = 2) -> int:\n    return y + 1\n"
TABLE = """\
import pandas as pd


def t(f: pd.DataFrame) -> int:
    return int(f["n"].sum())
"""


def enter(play, name, text):
    play.show("Inputs")
    field = play.panel.get_by_label(name, exact=True)
    field.fill(text)
    field.press("Enter")


@pytest.fixture
def with_input(play):
    """Open two functions, and enter 5 for the input of the first."""
    play.open_code(TWO)
    play.settle()
    enter(play, "x", "5")
    play.settle()
    play.node("x").click()
    expect(play.panel).to_contain_text("5")
    expect(play.panel).not_to_contain_text(NOTE)
    return play


def test_an_input_reset_to_its_default_does_not_show_the_old_value(with_input):
    enter(with_input, "x", "")
    with_input.settle()
    with_input.node("x").click()
    expect(with_input.panel).to_contain_text("No value.")
    expect(with_input.panel).not_to_contain_text(NOTE)


def test_an_input_that_the_chosen_output_does_not_need_does_not_show_an_old_value(with_input):
    with_input.node("b").click()
    with_input.panel.get_by_role("button", name="Compute only this node").click()
    with_input.settle()
    enter(with_input, "x", "6")
    with_input.settle()
    with_input.node("x").click()
    expect(with_input.panel).to_contain_text("No value.")


def test_an_input_of_modules_that_cannot_be_imported_is_marked(with_input):
    turn_auto_run_off(with_input)
    with_input.write(TWO + "\n\nraise ValueError(1)\n")
    enter(with_input, "x", "6")
    with_input.run_button.click()
    expect(with_input.summary).to_contain_text("Could not run")
    with_input.node("x").click()
    expect(with_input.panel).to_contain_text("int = 6")
    expect(with_input.panel).to_contain_text(NOTE)


def test_an_input_from_a_data_file_and_its_reader_are_marked_once_the_file_is_edited(play):
    play.open_files({"flow.py": TABLE, "d.csv": "n\n1\n2\n"})
    play.settle()
    play.show("Inputs")
    play.panel.get_by_label("f", exact=True).select_option("d.csv")
    play.settle()
    play.expect_states({"f": "idle", "t": FRESH})
    turn_auto_run_off(play)
    files = play.root.get_by_role("toolbar", name="Files", exact=True)
    files.get_by_role("button", name="d.csv", exact=True).click()
    play.write("n\n4\n")
    play.expect_states({"f": "idle", "t": STALE})
    for name in ("f", "t"):
        play.node(name).click()
        expect(play.panel).to_contain_text(NOTE)
    play.run_button.click()
    play.settle()
    play.expect_states({"f": "idle", "t": FRESH})
    expect(play.panel).to_contain_text("4")
    expect(play.panel).not_to_contain_text(NOTE)
