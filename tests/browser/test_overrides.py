"""Overrides of computed values."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

FLOW = '''\
def price() -> float:
    """The price of one item."""
    return 20.0


def quantity(days: int = 3) -> int:
    return days


def total(price: float, quantity: int) -> float:
    return price * quantity


def listed(total: float) -> list[float]:
    return [total]


def half(quantity: int) -> float:
    return quantity / 2
'''


@pytest.fixture
def opened(play):
    play.open_code(FLOW)
    return play


def override(play, name, value):
    play.node(name).click()
    play.panel.get_by_text("Override this value").click()
    field = play.panel.get_by_label(name)
    field.fill(value)
    field.press("Enter")


def test_an_override_reruns_downstream_nodes_and_is_removed_by_one_click(opened):
    override(opened, "total", "7")
    expect(opened.summary).to_contain_text("1 of 3 nodes ran")
    drawn = opened.drawn("total")
    expect(drawn).to_have_attribute("data-state", "overridden")
    expect(drawn).to_contain_text("float = 7.0")
    expect(drawn).to_have_accessible_name(re.compile("overridden"))
    expect(opened.panel).to_contain_text("7.0")
    opened.show("Outputs")
    expect(opened.panel).to_contain_text("7.0")
    opened.show("Inputs")
    expect(opened.panel.get_by_label("total")).to_have_value("7.0")
    opened.panel.get_by_role("button", name="Remove override").click()
    expect(opened.drawn("total")).to_have_attribute("data-state", "reused")
    expect(opened.summary).to_contain_text("1 of 5 nodes ran")
    opened.show("Outputs")
    expect(opened.panel).to_contain_text("60.0")


def test_structured_values_are_overridden_in_json_and_invalid_text_is_refused(opened):
    override(opened, "listed", "[1, two]")
    field = opened.panel.get_by_label("listed")
    assert "JSON" in field.evaluate("field => field.validationMessage")
    field.fill("[1, 2.5]")
    field.press("Tab")
    expect(opened.drawn("listed")).to_contain_text("[1, 2.5]")
    opened.show("Outputs")
    expect(opened.panel).to_contain_text("2.5")


def test_a_value_of_the_wrong_type_is_reported_on_its_node_and_its_function(opened):
    override(opened, "listed", '{"a": 1}')
    expect(opened.problem).to_contain_text("listed is overridden with a value of type dict")
    expect(opened.problem).to_contain_text("returns list[float]")
    expect(opened.drawn("listed")).to_have_attribute("data-state", "failed")
    opened.show("Inputs")
    opened.panel.get_by_role("button", name="Remove override").click()
    expect(opened.problem).to_have_count(0)


def test_the_list_shows_overrides_and_is_reachable_by_keyboard(opened):
    opened.node("price").click()
    summary = opened.panel.locator("summary")
    summary.focus()
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.type("5")
    opened.page.keyboard.press("Enter")
    opened.root.get_by_role("button", name="List", exact=True).click()
    item = opened.root.locator(".graph-list li", has_text="price").first
    expect(item).to_contain_text("overridden")
    expect(item).to_contain_text("float = 5.0")


@pytest.mark.fresh
def test_an_override_is_part_of_drafts_and_links(opened):
    override(opened, "total", "7")
    expect(opened.drawn("total")).to_have_attribute("data-state", "overridden")
    opened.share_button.click()
    link = opened.dialog.locator("[data-share=link]").input_value()
    opened.close_dialog()
    opened.page.reload()
    opened.settle()
    expect(opened.drawn("total")).to_contain_text("float = 7.0")
    opened.page.goto("about:blank")
    opened.page.goto(link)
    opened.consent.click()
    opened.settle()
    expect(opened.drawn("total")).to_contain_text("float = 7.0")
    expect(opened.drawn("total")).to_have_attribute("data-state", "overridden")


def test_the_graph_shows_entered_values_and_a_rename_keeps_them(opened):
    opened.show("Inputs")
    opened.panel.get_by_label("days").fill("10")
    opened.panel.get_by_label("days").press("Enter")
    expect(opened.drawn("days")).to_contain_text("int = 10")
    opened.lines.nth(5).click(position={"x": 130, "y": 8})
    opened.page.keyboard.press("F2")
    opened.root.get_by_role("textbox", name="Rename to").fill("weeks")
    opened.page.keyboard.press("Enter")
    expect(opened.drawn("weeks")).to_contain_text("int = 10")
    opened.settle()
    expect(opened.panel.get_by_label("weeks")).to_have_value("10")
    opened.show("Outputs")
    expect(opened.panel).to_contain_text("200.0")


def test_the_node_that_a_link_selects_is_shown_with_its_value(play):
    play.open_code(FLOW, selected="price")
    play.show("price")
    expect(play.panel).to_contain_text("20.0")


def test_a_rename_keeps_an_override(opened):
    override(opened, "total", "7")
    expect(opened.drawn("total")).to_have_attribute("data-state", "overridden")
    opened.lines.nth(9).click(position={"x": 50, "y": 8})
    opened.page.keyboard.press("F2")
    opened.root.get_by_role("textbox", name="Rename to").fill("amount")
    opened.page.keyboard.press("Enter")
    opened.settle()
    expect(opened.drawn("amount")).to_contain_text("float = 7.0")
    expect(opened.drawn("amount")).to_have_attribute("data-state", "overridden")
