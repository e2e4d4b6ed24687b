"""Messages and fields for missing inputs, and for inputs that are lists, dates or tables."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

CHAIN = """
def subtotal(price: float, count: int = 2) -> float:
    return price * count


def report(subtotal: float) -> str:
    return f"{subtotal:.2f}"
"""

VARIANTS = """
from headwater import config


@config.when(region="us")
def tax__us(price: float = 1.0) -> float:
    return price


@config.when_in(region=["eu", "uk"])
def tax__europe(price: float = 3.0) -> float:
    return price


def total(tax: float) -> float:
    return tax
"""

ENTERED = """
import datetime as dt

import pandas as pd


def weekday(day: dt.date) -> str:
    return f"{day:%A}"


def largest(rates: list[int]) -> int:
    return max(rates)


def rain(table: pd.DataFrame) -> float:
    return float(table["rain"].sum())
"""


def expect_states(play, states):
    """Wait until these nodes are drawn with these states. All other nodes are ignored."""
    for node, state in states.items():
        expect(play.drawn(node)).to_have_attribute("data-state", state)


def test_a_missing_input_is_a_state_with_a_link_to_its_field(play):
    play.open_code(CHAIN)
    expect_states(play, {"subtotal": "waiting", "report": "skipped"})
    expect(play.drawn("subtotal")).to_have_accessible_name("subtotal, float, needs the input price, depends on price and count")
    expect(play.drawn("report")).to_have_accessible_name(
        "report, str, output, skipped: needs the input price, depends on subtotal"
    )
    expect(play.summary).to_contain_text("1 needs an input")
    play.show("Outputs")
    expect(play.panel).to_contain_text("Skipped: needs the input price.")
    play.node("subtotal").click()
    expect(play.panel).to_contain_text("waiting for an input")
    assert "inputs=" not in play.root.inner_text()
    play.panel.get_by_role("button", name="Fill in price").click()
    price = play.panel.get_by_label("price")
    expect(price).to_be_focused()
    price.fill("1.5")
    price.press("Enter")
    expect_states(play, {"subtotal": "succeeded", "report": "succeeded"})


def test_a_missing_config_value_links_to_its_field(play):
    play.open_code(VARIANTS)
    play.show("Problems")
    expect(play.panel).to_contain_text("Config value region is not set. Set it to 'us', 'eu' or 'uk' under Inputs.")
    play.panel.get_by_role("button", name="Set region").click()
    region = play.panel.get_by_label("region")
    expect(region).to_be_focused()
    region.select_option("eu")
    expect_states(play, {"total": "succeeded"})
    play.show("Outputs")
    expect(play.panel).to_contain_text("3.0")


def test_a_list_a_date_and_a_table_are_entered_in_their_fields(play):
    play.open_files({"flow.py": ENTERED, "rain.csv": "day,rain\n1,2.5\n2,3.5\n"})
    play.show("Inputs")
    play.panel.get_by_label("day", exact=True).fill("2024-01-31")
    rates = play.panel.get_by_label("rates", exact=True)
    rates.fill("[1, rain]")
    rates.press("Enter")
    problem = play.panel.locator("#inputs-rates-problem")
    expect(problem).to_contain_text("rain is not defined. If you mean a string, put it in quotes: 'rain'.")
    rates.fill("[1, 7]")
    rates.press("Enter")
    expect(problem).to_have_count(0)
    play.panel.get_by_label("table", exact=True).select_option("rain.csv")
    expect_states(play, {"weekday": "reused", "largest": "reused", "rain": "succeeded"})
    play.show("Outputs")
    for shown in ("Wednesday", "7", "6.0"):
        expect(play.panel).to_contain_text(shown)
    play.show("Inputs")
    pasted = play.panel.get_by_label("Paste a table for table")
    pasted.fill("day\train\n1\t10.5\n")
    pasted.blur()
    play.show("Outputs")
    expect(play.panel).to_contain_text("10.5")
    play.share()
    expect(play.dialog).to_be_visible()


def test_a_warning_is_not_an_error(play):
    play.open_code("def total() -> int: return 1\n\n\ndef total() -> int: return 2\n")
    expect(play.summary).to_contain_text("1 of 1 node ran")
    expect(play.problem).to_contain_text("Warning: total is defined twice")
    expect(play.problem).to_have_class("problem link warning")
    expect(play.root.get_by_role("button", name="Problems 1")).to_have_class("doubtful")


def test_a_value_is_applied_while_it_is_typed(play):
    play.open_code(CHAIN)
    play.show("Inputs")
    price = play.panel.get_by_label("price")
    price.press_sequentially("1.50")
    expect_states(play, {"subtotal": "succeeded"})
    play.settle()
    expect(price).to_be_focused()
    expect(price).to_have_value("1.50")
    price.press("Tab")
    expect(price).to_have_value("1.5")
    play.panel.get_by_role("button", name="Clear").click()
    expect(price).to_have_value("")
    expect_states(play, {"subtotal": "waiting"})


@pytest.mark.parametrize(("type_", "typed"), [("int", "57"), ("list", "[5, 7]")])
def test_a_run_by_keyboard_uses_the_value_that_was_just_typed(play, type_, typed):
    play.open_code(f"def double(part: {type_}) -> {type_}:\n    return part * 2\n")
    play.root.get_by_label("Auto-run").uncheck()
    play.show("Inputs")
    part = play.panel.get_by_label("part")
    part.focus()
    play.page.keyboard.insert_text(typed)
    play.page.keyboard.press("Control+Enter")
    expect_states(play, {"double": "succeeded"})
    expect(part).to_be_focused()


def test_an_invalid_value_is_reported_only_after_typing(play):
    play.open_code(CHAIN)
    play.show("Inputs")
    price = play.panel.get_by_label("price")
    price.press_sequentially("2")
    expect_states(play, {"subtotal": "succeeded"})
    price.press_sequentially("x")
    expect(price).not_to_have_attribute("aria-invalid", "true")
    price.press("Enter")
    expect(price).to_have_attribute("aria-invalid", "true")
    expect(price).to_have_value("2x")
    expect_states(play, {"subtotal": "succeeded"})
