"""The Stop button."""

import pytest
from dataflows import ENDLESS, SMALL
from playwright.sync_api import expect

pytestmark = [pytest.mark.pyodide, pytest.mark.returning]


def test_stop_ends_an_endless_loop_and_keeps_text_and_values(play):
    play.open_code(SMALL)
    expect(play.panel).to_contain_text("60")
    play.write(ENDLESS)
    expect(play.summary).to_contain_text("Running total")

    # The page answers while Python is busy.
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.insert_text("# still here")
    expect(play.code).to_contain_text("# still here")

    play.stop_button.click()
    expect(play.stop_button).to_be_hidden()
    play.expect_text(f"{ENDLESS}# still here")
    expect(play.panel).to_contain_text("60")

    play.write(SMALL.replace("return 20", "return 21"))
    play.run_button.click()
    play.settle()
    expect(play.panel).to_contain_text("63")
