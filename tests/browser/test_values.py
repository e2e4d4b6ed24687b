"""Values: paging through large tables, and the Inputs panel."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

TABLES = """
import numpy as np
import pandas as pd


def tall() -> pd.DataFrame:
    return pd.DataFrame({"n": range(1000, 1130), "half": [n / 2 for n in range(130)]})


def wide() -> pd.DataFrame:
    return pd.DataFrame(np.arange(4000).reshape(2, 2000)).add_prefix("c")


def rows(tall: pd.DataFrame, wide: pd.DataFrame) -> int:
    return len(tall) + len(wide)
"""


def test_all_rows_of_a_table_can_be_browsed(play):
    play.open_code(TABLES)
    play.node("tall").click()
    rows = play.panel.get_by_role("group", name="Rows")
    cells = play.panel.locator("tbody tr")
    expect(rows).to_contain_text("rows 1 to 50 of 130")
    expect(cells.first).to_contain_text("1000")
    following = rows.get_by_role("button", name="Next rows")
    following.focus()
    play.page.keyboard.press("Enter")
    expect(rows).to_contain_text("rows 51 to 100 of 130")
    expect(cells.first).to_contain_text("1050")
    expect(following).to_be_focused()
    play.page.keyboard.press("Enter")
    expect(rows).to_contain_text("rows 81 to 130 of 130")
    expect(following).to_have_attribute("aria-disabled", "true")
    place = play.panel.get_by_label("Go to row")
    place.fill("7")
    place.press("Enter")
    expect(rows).to_contain_text("rows 7 to 56 of 130")
    expect(cells.first).to_contain_text("1006")


def test_all_columns_of_a_wide_table_can_be_browsed(play):
    play.open_code(TABLES)
    play.node("wide").click()
    columns = play.panel.get_by_role("group", name="Columns")
    expect(columns).to_contain_text("columns 1 to 30 of 2,000")
    columns.get_by_role("button", name="Next columns").click()
    expect(columns).to_contain_text("columns 31 to 60 of 2,000")
    expect(play.panel.locator("thead th").nth(1)).to_contain_text("c30")


def test_a_page_stays_open_while_the_code_changes(play):
    play.open_code(TABLES)
    play.node("tall").click()
    rows = play.panel.get_by_role("group", name="Rows")
    rows.get_by_role("button", name="Next rows").click()
    expect(rows).to_contain_text("rows 51 to 100 of 130")
    play.write(TABLES.replace("1000, 1130", "2000, 2130"))
    play.settle()
    expect(play.panel.locator("tbody tr").first).to_contain_text("2050")
    expect(rows).to_contain_text("rows 51 to 100 of 130")


WITH_INPUTS = """
from typing import Literal

from headwater import config


def scaled(days: int = 3, rate: float = 1.0) -> float:
    return days * rate


def named(unit: Literal["mm", "in"] = "mm", loud: bool = False) -> str:
    return unit.upper() if loud else unit


@config.when(language="de")
def said__de(scaled: float, named: str) -> str:
    return f"{scaled} {named} Regen"


@config.otherwise
def said__en(scaled: float, named: str) -> str:
    return f"{scaled} {named} of rain"


def length(named: str) -> int:
    return len(named)
"""


def open_with_inputs(play):
    play.open_code(WITH_INPUTS)
    play.root.get_by_role("toolbar", name="Panels").get_by_role("button", name="Inputs").click()


def outputs(play):
    return play.root.get_by_role("toolbar", name="Panels").get_by_role("button", name="Outputs")


def test_an_entered_input_reruns_its_users(play):
    open_with_inputs(play)
    days = play.panel.get_by_label("days")
    expect(days).to_have_value("3")
    days.fill("10")
    days.press("Enter")
    expect(play.summary).to_contain_text("2 of 4 nodes ran")
    outputs(play).click()
    expect(play.panel).to_contain_text("10.0 mm of rain")
    play.root.get_by_role("button", name="Inputs 1").click()
    play.panel.get_by_role("button", name="Reset to 3").click()
    expect(days).to_have_value("3")
    play.panel.get_by_label("loud").check()
    play.panel.get_by_label("unit").select_option("in")
    outputs(play).click()
    expect(play.panel).to_contain_text("3.0 IN of rain")


def test_an_invalid_number_is_refused_in_its_field(play):
    open_with_inputs(play)
    days = play.panel.get_by_label("days")
    days.fill("three")
    days.press("Enter")
    assert not days.evaluate("field => field.validity.valid")
    expect(outputs(play)).to_have_text("Outputs 2")


def test_the_config_chooses_the_variant(play):
    open_with_inputs(play)
    play.panel.get_by_label("language").select_option("de")
    expect(play.summary).to_contain_text("1 of 4 nodes ran")
    outputs(play).click()
    expect(play.panel).to_contain_text("3.0 mm Regen")


def test_the_outputs_can_be_chosen(play):
    open_with_inputs(play)
    play.panel.get_by_label("length").uncheck()
    expect(play.summary).to_contain_text("of 3 nodes ran")
    expect(play.panel.get_by_label("said")).to_be_disabled()
    play.node("scaled").click()
    play.panel.get_by_role("button", name="Compute only this node").click()
    expect(play.summary).to_contain_text("of 1 node ran")
    play.panel.get_by_role("button", name="Compute all outputs").click()
    expect(play.summary).to_contain_text("of 4 nodes ran")


def test_text_being_typed_survives_the_end_of_a_run(play):
    play.open_code("""\
import time
from headwater import config


@config.where(lambda year=2020: year > 2020)
def tax__late() -> int:
    return 19


@config.otherwise
def tax__early() -> int:
    return 16


def slow(days: int = 1) -> int:
    time.sleep(1)
    return days
""")
    expect(play.panel).to_contain_text("16")
    play.show("Inputs")
    days, year = play.panel.get_by_label("days"), play.panel.get_by_label("year")
    expect(year).to_have_value("2020")
    days.fill("2")
    days.press("Enter")
    year.fill("2022")
    expect(play.summary).to_contain_text("1 of 2 nodes ran")
    expect(year).to_have_value("2022")
    year.press("Enter")
    play.show("Outputs")
    expect(play.panel).to_contain_text("19")
