"""Values: the pages of a large table."""

from playwright.sync_api import expect

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


def test_any_rows_of_a_table_can_be_looked_at(play):
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


def test_any_columns_of_a_wide_table_can_be_looked_at(play):
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
