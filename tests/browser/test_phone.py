"""Lessons on a phone: a narrow window and a touch screen."""

from collections.abc import Callable

import pytest
from lesson_steps import FLOW, SELECT, WRITE, Step, add_steps
from local_server import Served
from playground import Playground
from playwright.sync_api import BrowserContext, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG_LINE = f'\n\ndef sentence() -> str:\n    return "{"word -> " * 40}"\n'
TARGETS = "button, select, summary, input:not([type=checkbox]), .hw-lesson-nav a, .hw-step-choices label"
LOW_TARGETS = f"""element => [...element.querySelectorAll({TARGETS!r})]
    .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 43.5)
    .map((target) => target.outerHTML)"""


@pytest.fixture
def play(new_context: Callable[..., BrowserContext], site: Served) -> Playground:
    return Playground(new_context(**PHONE).new_page(), site.address)


@pytest.fixture
def step(play: Playground) -> Step:
    return add_steps(play, write=WRITE)["write"]


def show(play: Playground, part: str) -> None:
    play.root.get_by_role("toolbar", name="Panes").get_by_role("button", name=part).tap()


def test_long_lines_of_code_are_wrapped(step: Step) -> None:
    step.edit(FLOW, FLOW + LONG_LINE, "flow.py")
    scroller = step.play.root.locator(".cm-scroller")
    expect(scroller).to_contain_text("word -> word")
    assert scroller.evaluate("({ scrollWidth, clientWidth }) => scrollWidth - clientWidth") == 0
    arrows = scroller.locator(".unbroken")
    assert set(arrows.evaluate_all("arrows => arrows.map((arrow) => arrow.getClientRects().length)")) == {1}


def test_the_value_of_a_tapped_node_is_below_the_graph(step: Step) -> None:
    show(step.play, "Graph")
    expect(step.play.panel).to_be_hidden()
    step.node("price").tap()
    expect(step.play.panel).to_contain_text("The price of one item.")
    expect(step.play.graph).to_be_visible()
    step.play.root.locator(".graph-view").tap(position={"x": 5, "y": 5})
    expect(step.play.panel).to_be_hidden()


def test_nodes_of_an_answer_are_picked_without_showing_their_values(play: Playground) -> None:
    step = add_steps(play, select=SELECT)["select"]
    step.node("price").tap()
    expect(step.root.locator(".hw-step-picks")).to_contain_text("1 node selected")
    expect(step.play.panel).to_be_hidden()


def test_the_footer_shows_the_whole_problem(step: Step) -> None:
    step.edit("return 3", "return a_name_that_no_line_of_this_module_defines_anywhere", "flow.py")
    step.press("Check")
    expect(step.play.problem).to_contain_text("flow.py:")
    assert step.play.problem.evaluate("({ scrollWidth, clientWidth }) => scrollWidth - clientWidth") <= 0


@pytest.mark.parametrize("part", ["Code", "Graph", "Output"])
def test_targets_are_high_enough_for_a_finger(step: Step, part: str) -> None:
    step.press("Check")
    step.expect_feedback("4 items", passed=False)
    show(step.play, part)
    assert step.page.locator("article").evaluate(LOW_TARGETS) == []
    assert step.play.root.evaluate(f"element => ({LOW_TARGETS})(element.shadowRoot)") == []


def test_a_reset_can_be_undone(step: Step) -> None:
    step.play.code.tap()
    step.page.keyboard.insert_text("# mine\n")
    step.play.root.get_by_role("button", name="Reset").tap()
    expect(step.play.code).not_to_contain_text("# mine")
    step.play.notice.get_by_role("button", name="Undo").tap()
    expect(step.play.code).to_contain_text("# mine")
    expect(step.play.notice).to_be_hidden()


def test_a_reset_and_its_undoing_keep_the_open_file(step: Step) -> None:
    step.add_file("more.py", "def more() -> int:\n    return 1\n")
    step.play.root.get_by_role("button", name="more.py", exact=True).tap()
    step.play.root.get_by_role("button", name="Reset").tap()
    step.play.notice.get_by_role("button", name="Undo").tap()
    expect(step.play.code).to_contain_text("def more")
