"""Editing code, and its effects."""

import pytest
from dataflows import SMALL
from playwright.sync_api import expect
from waiting import recorded_texts

pytestmark = pytest.mark.warm


def test_an_edit_updates_the_output_by_itself(play):
    play.open_code(SMALL)
    expect(play.panel).to_contain_text("60")
    play.write(SMALL.replace("return 20", "return 25"))
    expect(play.panel).to_contain_text("75")
    expect(play.summary).to_contain_text("2 of 2 nodes ran")


def test_only_nodes_affected_by_an_edit_rerun(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("price * quantity", "price + quantity"))
    expect(play.panel).to_contain_text("23")
    expect(play.summary).to_contain_text("1 of 2 nodes ran")


def test_a_new_function_is_drawn_and_run(play):
    play.open_code(SMALL)
    play.write(SMALL + "\n\ndef with_tax(total: int) -> float:\n    return total * 1.25\n")
    expect(play.node("with_tax")).to_be_visible()
    expect(play.panel).to_contain_text("75")


def test_the_pandas_example_runs_and_updates_after_an_edit(play):
    play.open_changed_example(warm="99.0")
    table = play.panel.get_by_role("table").first
    expect(table).to_contain_text("warm_days")
    expect(table).not_to_contain_text("78")


def test_a_syntax_error_is_marked_on_its_line_and_the_last_good_graph_stays(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("return price * quantity", "return price *"))
    expect(play.lines.nth(7).locator(".cm-lintRange-error").first).to_be_visible()
    expect(play.root.locator(".cm-lintRange-error")).to_have_count(1)
    expect(play.problem).to_contain_text("flow.py:8")
    expect(play.node("price")).to_be_visible()
    expect(play.node("total")).to_be_visible()


def test_a_failing_node_is_marked_on_its_line_with_its_message(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("price * quantity", "price / 0"))
    expect(play.lines.nth(7).locator(".cm-lintRange-error").first).to_be_visible()
    expect(play.problem).to_contain_text("division by zero")
    expect(play.problem).to_contain_text("flow.py:8")
    expect(play.summary).to_contain_text("1 failed")


def test_mismatched_types_are_reported_with_both_names(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("price: int, quantity", "price: str, quantity"))
    expect(play.root.locator(".cm-lintRange-error").first).to_be_visible()
    expect(play.problem).to_contain_text("price")


def test_a_fixed_error_leaves_no_mark(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("def total(", "def total("[:-1]))
    expect(play.root.locator(".cm-lintRange-error").first).to_be_visible()
    play.write(SMALL)
    expect(play.root.locator(".cm-lintRange-error")).to_have_count(0)
    expect(play.problem).to_have_count(0)


def test_a_click_on_a_node_shows_its_value_and_its_function(play):
    play.open_code(SMALL)
    play.node("price").click()
    expect(play.panel).to_contain_text("The price of one item.")
    expect(play.panel).to_contain_text("20")
    expect(play.lines.nth(0)).to_contain_class("cm-activeLine")


def test_the_output_of_a_node_is_shown(play):
    play.open_code(SMALL.replace("return 20", 'print("a word from price")\n    return 20'))
    play.root.get_by_role("button", name="Prints").click()
    expect(play.panel).to_contain_text("a word from price")
    expect(play.drawn("price")).to_have_accessible_name("price, int, succeeded, printed")
    expect(play.drawn("price").locator(".printed")).to_be_visible()
    expect(play.drawn("total").locator(".printed")).to_have_count(0)
    play.node("price").click()
    expect(play.panel.get_by_label("Printed")).to_have_text("a word from price")


def test_the_problems_panel_reports_a_running_run_and_gives_way_to_its_outputs(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("price * quantity", "price / 0"))
    expect(play.panel).to_contain_text("division by zero")
    with recorded_texts(play.panel) as shown:
        play.write(SMALL.replace("return price * quantity", "import time; time.sleep(1); return price"))
        expect(play.panel).to_contain_text("20")
    assert "No problems so far. The dataflow is running." in shown
