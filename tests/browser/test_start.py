"""Python starts from a memory snapshot. Code is drawn and run before the standard library is loaded."""

import re

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import Route, expect
from waiting import until

pytestmark = pytest.mark.pyodide

DICE = """\
import random

import numpy


def dice() -> float:
    return random.random()


def noise() -> float:
    return float(numpy.random.rand())
"""

CLOCK = """\
from datetime import datetime


def offset() -> str:
    return str(datetime(2020, 1, 1).astimezone().utcoffset())
"""

LATER = "colorsys"
"""A standard library module that is not part of the snapshot."""
USING = "def third() -> float:\n    return {}.ONE_THIRD\n"

#: Each of these errors is found by a part of the engine that is loaded lazily.
BROKEN = """\
def price() -> int:
    return 20


def total(prise: int, quantity: "Quantity", *more: int) -> int:
    return prise * quantity


def total(total_: int) -> str:
    return str(total_)
"""


@pytest.fixture
def library(play: Playground) -> list[Route]:
    """Hold back the request for the standard library until the test continues it."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    play.page.route("**/python_stdlib-*", hold)
    return routes


def test_code_is_drawn_read_and_run_before_the_standard_library_is_loaded(play, library):
    play.open(f"play/{link_to({'flow.py': SMALL})}")
    play.consent.click()
    expect(play.status).to_contain_text("Python ready")
    expect(play.panel).to_contain_text("60")

    play.write(SMALL.replace("price", "cost"))
    expect(play.node("cost")).to_be_visible()
    play.write(BROKEN)
    expect(play.problem).to_contain_text("total")
    play.write(SMALL.replace("20", "30"))
    expect(play.panel).to_contain_text("90")
    assert len(library) == 1
    expect(play.status).to_contain_text("still loading libraries")


WAYS_TO_IMPORT = {
    "in a module": f"import {LATER}\n\n\n{USING.format(LATER)}",
    "in a run": USING.format(f"__import__('{LATER}')"),
}


@pytest.mark.everywhere  # long; `request-gate.test.ts` holds requests until the libraries are loaded
@pytest.mark.parametrize("source", WAYS_TO_IMPORT.values(), ids=WAYS_TO_IMPORT)
def test_code_that_needs_the_standard_library_waits_for_it(play, library, source):
    play.open(f"play/{link_to({'flow.py': source})}")
    play.consent.click()
    expect(play.status).to_contain_text("Python ready")
    expect(play.stop_button).to_be_visible()
    # Playwright calls `hold` only while it waits for the page.
    until(lambda: play.page.evaluate("true") and library, lambda: "the standard library was never requested")
    library[0].continue_()
    expect(play.panel).to_contain_text("0.3333")


@pytest.mark.returning
@pytest.mark.everywhere  # depends only on the snapshot, which rarely changes
def test_each_start_has_different_random_numbers(play):
    thrown: list[str] = []
    for visit in ("first", "second"):
        play.open_code(f"{DICE}\n# {visit}")
        thrown += re.findall(r"0\.\d+", play.panel.inner_text())
    assert len(thrown) == len(set(thrown)) == 4


@pytest.mark.everywhere  # depends only on the snapshot, which rarely changes
def test_python_uses_the_time_zone_of_the_visitor(new_context, site):
    play = Playground(new_context(timezone_id="Asia/Kolkata").new_page(), site.address)
    play.open_code(CLOCK)
    expect(play.panel).to_contain_text("5:30:00")
