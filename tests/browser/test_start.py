"""Python starts from a picture of its memory, and draws before its library has come."""

from dataflows import SMALL
from playground import link_to
from playwright.sync_api import Route, expect

DICE = '''\
import random


def dice() -> float:
    """Thrown anew in each page."""
    return random.random()
'''

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


def test_no_two_starts_throw_the_same_dice(play):
    thrown: set[str] = set()
    for visit in ("first", "second"):
        play.open_code(f"{DICE}\n# {visit}")
        thrown.add(play.panel.inner_text())
    assert len(thrown) == 2
