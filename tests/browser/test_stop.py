"""The Stop button."""

import pytest
from dataflows import ENDLESS, SMALL
from playwright.sync_api import expect

pytestmark = [pytest.mark.pyodide, pytest.mark.returning]


def test_stop_ends_an_endless_loop_and_keeps_the_text(play):
    play.open_code(SMALL)
    play.write(ENDLESS)
    expect(play.summary).to_contain_text("Running total")
    play.stop_button.click()
    expect(play.stop_button).to_be_hidden()
    assert "while True:" in play.text()
    play.write(SMALL)
    play.run_button.click()
    play.settle()
    expect(play.panel).to_contain_text("60")


def test_values_shown_before_a_stop_stay_shown(play):
    play.open_code(SMALL)
    expect(play.panel).to_contain_text("60")
    play.write(ENDLESS)
    expect(play.summary).to_contain_text("Running total")
    play.stop_button.click()
    expect(play.stop_button).to_be_hidden()
    expect(play.panel).to_contain_text("60")


def test_the_page_answers_while_python_is_busy(play):
    play.open_code(SMALL)
    play.write(ENDLESS)
    expect(play.summary).to_contain_text("Running total")
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.insert_text("# still here")
    expect(play.code).to_contain_text("# still here")
    play.stop_button.click()
    expect(play.stop_button).to_be_hidden()
