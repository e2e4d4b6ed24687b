"""Completion of attributes. A page loads the completion library on first use."""

import json
import re
from pathlib import Path

import pytest
import zstandard
from local_server import Served, serving
from playground import READY, Playground
from playwright.sync_api import Locator, Page, expect
from repository import SITE
from waiting import evaluate_async

RUNTIME = SITE / "assets/headwater/runtime"
FILES = {file["name"]: file for file in json.loads((RUNTIME / "manifest.json").read_text())["files"]}
JEDI = FILES["jedi.zip"]
WEATHER = """\
import pandas as pd


def weather() -> pd.DataFrame:
    return pd.DataFrame({"rain": [1.5, 0.0], "city": ["Oslo", "Rome"]})


def shown(weather: pd.DataFrame) -> pd.DataFrame:
    return weather
"""
SLOW = """\
import time


def slow() -> str:
    time.sleep(1)
    return "done"


def shown(slow: str) -> str:
    return slow
"""


def type_at_end(play: Playground, text: str) -> None:
    """Type at the end of the last line."""
    play.point_at_code()
    play.lines.last.click()
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.press("ArrowLeft")
    play.page.keyboard.type(text)


def options(play: Playground) -> Locator:
    return play.root.get_by_role("option")


@pytest.mark.warm
def test_attributes_of_values_and_modules_are_completed_and_described(play: Playground) -> None:
    play.open_code(WEATHER)
    type_at_end(play, ".sort_v")
    expect(options(play)).to_have_text([re.compile("sort_values.*function")])
    expect(play.root.locator(".cm-completionInfo .signature")).to_contain_text("sort_values(by")
    expect(play.root.locator(".cm-completionInfo .doc")).to_contain_text("Sort by the values")
    options(play).click()
    expect(play.lines.nth(8)).to_have_text("    return weather.sort_values")
    play.page.keyboard.type("('rain')\npd.Categoric")
    expect(options(play)).to_have_text(
        [re.compile(name) for name in ("Categorical.*class", "CategoricalDtype", "CategoricalIndex")]
    )


@pytest.mark.everywhere  # long; `test_packs.py` loads libraries, and `test_offline.py` uses cached files without a server
@pytest.mark.pyodide
def test_the_library_is_loaded_at_the_first_dot_and_kept_for_offline_use(page: Page, small_site: Path) -> None:
    with serving(small_site) as site:
        play = Playground(page, site.address.replace("127.0.0.1", "site.localhost")).open_code(WEATHER)
        play.write(WEATHER.replace("0.0", "0.5"))
        expect(play.panel).to_contain_text("0.5")
        assert not site.requests_with(JEDI["url"])
        type_at_end(play, ".")
        expect(options(play).first).to_be_visible()
        expect(play.status).to_have_text(READY)
        requests = site.requests_with(JEDI["url"])
        assert len(requests) == 1, requests
        play.page.keyboard.type("grou")
        expect(options(play)).to_have_text([re.compile("groupby")])
        expect(play.root.locator(".cm-completionInfo")).to_contain_text("groupby(by")
        evaluate_async(page, "() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    play.settle()
    play.write(WEATHER)
    play.settle()
    type_at_end(play, ".groupby('city').me")
    expect(options(play)).to_have_text([re.compile("mean"), re.compile("median")])


@pytest.mark.everywhere  # long; `test_packs.py` covers damaged libraries
@pytest.mark.pyodide
@pytest.mark.returning
def test_a_damaged_library_is_reported_without_failing_a_run_and_loaded_at_the_next_dot(play: Playground, site: Served) -> None:
    content = bytearray(zstandard.decompress((RUNTIME / JEDI["url"]).read_bytes()))
    content[len(content) // 2] ^= 1
    play.evict(JEDI["sha256"])  # an earlier test may have loaded jedi
    play.open_code(WEATHER)
    with site.replace_responses(JEDI["url"], bytes(content)):
        type_at_end(play, ".hea")
        expect(play.notice).to_contain_text("Attributes cannot be completed: The runtime file jedi.zip is damaged")
        expect(options(play)).to_have_count(0)
    play.page.keyboard.type("d(1)")
    play.settle()
    expect(play.notice).to_be_visible()
    expect(play.status).to_have_text(READY)
    expect(play.panel).to_contain_text("Oslo")
    expect(play.panel).not_to_contain_text("Rome")
    play.page.keyboard.type(".")
    expect(options(play).first).to_be_visible()
    expect(play.notice).to_have_count(0)


@pytest.mark.pyodide
@pytest.mark.everywhere  # `python-process.test.ts` tests that requests do not wait for optional packs
def test_a_run_does_not_wait_for_the_library(play: Playground, site: Served) -> None:
    play.open_code(WEATHER)
    with site.hold_responses(JEDI["url"]):
        type_at_end(play, ".")
        play.page.keyboard.type("head(1)")
        play.settle()
        expect(play.panel).not_to_contain_text("Rome")
    play.page.keyboard.type(".")
    expect(options(play).first).to_be_visible()


@pytest.mark.warm
def test_a_dot_typed_during_a_run_is_completed_after_the_run(play: Playground) -> None:
    play.open_code(SLOW)
    play.write(SLOW.replace("sleep(1)", "sleep(1.5)"))
    expect(play.stop_button).to_be_visible()
    type_at_end(play, ".swapc")
    expect(options(play)).to_have_text([re.compile("swapcase")])
    expect(play.root.locator(".cm-completionInfo")).to_contain_text("swapcase()")


@pytest.mark.pyodide
@pytest.mark.returning
@pytest.mark.everywhere  # rare: a dot is typed during an endless run
def test_a_stopped_run_does_not_prevent_completion(play: Playground) -> None:
    play.open_code(WEATHER)
    type_at_end(play, ".")
    expect(options(play).first).to_be_visible()
    play.page.keyboard.press("Escape")
    play.write(WEATHER.replace("return weather", "while True:\n        pass"))
    expect(play.stop_button).to_be_visible()
    play.page.keyboard.press("ControlOrMeta+End")
    play.page.keyboard.type("pd.")
    expect(play.stop_button).to_be_visible()
    expect(options(play)).to_have_count(0)
    expect(play.notice).to_have_count(0)
    play.stop_button.click()
    expect(play.status).to_have_text(READY)
    play.write(WEATHER)
    play.settle()
    type_at_end(play, ".")
    expect(options(play).first).to_be_visible()
