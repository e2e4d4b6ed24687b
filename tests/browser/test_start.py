"""Python starts from a picture of its memory, and draws before its library has come."""

import re

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import Route, expect

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

#: Each of these is found by a part of the engine that nothing needs until then.
BROKEN = """\
def price() -> int:
    return 20


def total(prise: int, quantity: "Quantity", *more: int) -> int:
    return prise * quantity


def total(total_: int) -> str:
    return str(total_)
"""


def test_the_graph_is_drawn_and_mistakes_are_found_before_the_library_is_there(play):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    play.page.route("**/python_stdlib-*", hold)
    play.open(f"play/{link_to({'flow.py': SMALL})}")
    play.consent.click()
    expect(play.status).to_contain_text("Python ready")

    play.write(SMALL.replace("price", "cost"))
    expect(play.node("cost")).to_be_visible()
    play.write(BROKEN)
    expect(play.problem).to_contain_text("total")

    play.write(SMALL)
    expect(play.node("price")).to_be_visible()
    expect(play.panel).not_to_contain_text("60")
    [library] = held
    library.continue_()
    play.settle()
    expect(play.panel).to_contain_text("60")


@pytest.mark.returning
def test_no_two_starts_throw_the_same_dice(play):
    thrown: list[str] = []
    for visit in ("first", "second"):
        play.open_code(f"{DICE}\n# {visit}")
        thrown += re.findall(r"0\.\d+", play.panel.inner_text())
    assert len(thrown) == len(set(thrown)) == 4


def test_python_lives_in_the_time_zone_of_the_visitor(new_context, site):
    play = Playground(new_context(timezone_id="Asia/Kolkata").new_page(), site.address)
    play.open_code(CLOCK)
    expect(play.panel).to_contain_text("5:30:00")
