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


ELEMENTS = """\
import time

from headwater import Parallelizable


def word() -> Parallelizable[str]:
    return ["to", "be", "or", "not"]


def length(word: str) -> int:
    end = time.perf_counter() + 0.2  # long enough for a report on each call
    while word == "or" or time.perf_counter() < end:
        pass
    return len(word)
"""


@pytest.mark.everywhere  # long; the tests above stop runs, and `test_running.py` shows progress
def test_calls_for_each_element_show_their_progress_until_they_are_stopped(play):
    play.open_code(SMALL)
    play.write(ELEMENTS)
    length = play.drawn("length")
    expect(length).to_have_accessible_name("length, int for each word, 2 / 4, output, running, depends on word")
    expect(length.locator(".progress")).to_have_count(1)
    play.stop_button.click()
    expect(length.locator(".progress")).to_have_count(0)
    expect(length.locator(".badge")).to_have_count(0)
    expect(length).to_have_attribute("data-state", "idle")
