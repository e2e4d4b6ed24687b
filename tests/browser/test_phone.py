"""Lessons on a phone: a narrow window and a touch screen."""

import pytest
from lesson_steps import FLOW, PREDICT, SELECT, WRITE, Step, add_steps
from playground import Playground
from playwright.sync_api import Locator, Page, expect
from waiting import until
from warm_page import TEXT_PAGE

pytestmark = pytest.mark.warm(TEXT_PAGE, device="phone")

LONG_LINE = f'\n\ndef sentence() -> str:\n    return "{"word -> " * 40}"\n'
WIDE = "def start() -> int:\n    return 1\n" + "".join(
    f"\n\ndef a_long_name_{chain}{place}({before}: int) -> int:\n    return {before}\n"
    for chain in "abcd"
    for place, before in enumerate(["start", f"a_long_name_{chain}0", f"a_long_name_{chain}1"])
)
"""Four chains of nodes with long names, which begin at the same node."""
NAME_HEIGHT = "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
TARGETS = "button, select, summary, input:not([type=checkbox]), .hw-lesson-nav a, .hw-step-choices label"
BEYOND_THE_EDGE = """element => [...element.querySelectorAll("header button, header label")]
    .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth)
    .map((part) => part.textContent.trim())"""
LOW_TARGETS = f"""element => [...element.querySelectorAll({TARGETS!r})]
    .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 43.5)
    .map((target) => target.outerHTML)"""


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


@pytest.mark.parametrize("width", [360, 390])
def test_no_button_of_a_lesson_is_beyond_the_edge_of_the_screen(step: Step, width: int) -> None:
    step.page.set_viewport_size({"width": width, "height": 844})
    expect(step.play.root.get_by_role("button", name="Export")).to_be_visible()
    assert step.play.root.evaluate(f"element => ({BEYOND_THE_EDGE})(element.shadowRoot)") == []


@pytest.mark.fresh
@pytest.mark.parametrize("width", [360, 390])
def test_no_button_of_the_playground_is_beyond_the_edge_of_the_screen(play: Playground, width: int) -> None:
    play.page.set_viewport_size({"width": width, "height": 844})
    play.open("play/")
    expect(play.root.get_by_role("button", name="Export")).to_be_visible()
    assert play.root.evaluate(f"element => ({BEYOND_THE_EDGE})(element.shadowRoot)") == []


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


def swipe(element: Locator, across: int, down: int) -> None:
    """Swipe with a finger, starting in the middle of an element."""
    box = element.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = element.page.context.new_cdp_session(element.page)
    for part in range(13):
        at = {"x": x + across * part / 12, "y": y + down * part / 12}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if part else "touchStart", "touchPoints": [at]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def expect_scrolled(page: Page, before: float) -> None:
    until(lambda: page.evaluate("scrollY") > before, lambda: "the page has not scrolled")


def top_of(element: Locator) -> float:
    """Scroll an element to the middle of the window, and return how far the page is scrolled."""
    element.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return float(element.page.evaluate("scrollY"))


def open_graph(step: Step, code: str = FLOW) -> Locator:
    step.play.root.evaluate("(play, code) => { play.files = { 'flow.py': code }; }", code)
    show(step.play, "Graph")
    view = step.play.root.locator(".graph-view")
    expect(view.locator("[data-node]")).to_have_count(code.count("def "))
    return view


@pytest.mark.parametrize("code", [FLOW, WIDE], ids=["a graph that fits", "a graph that does not fit"])
def test_a_finger_on_the_graph_scrolls_the_page(step: Step, code: str) -> None:
    step.page.evaluate(
        "document.querySelector('article').append(Object.assign(document.createElement('div'), { style: 'height: 3000px' }))"
    )
    view = open_graph(step, code)
    for _ in range(3):
        before = top_of(view)
        swipe(view, 0, -150)
        expect_scrolled(step.page, before)
    expect(view).not_to_have_attribute("data-moved", "")


def test_after_a_wrong_prediction_a_finger_on_the_graph_scrolls_the_page(play: Playground) -> None:
    step = add_steps(play, predict=PREDICT, write=WRITE)["predict"]
    step.node("label").tap()
    step.press("Check")
    step.expect_feedback("These nodes ran", passed=False)
    view = step.play.root.locator(".graph-view")
    for _ in range(2):
        before = top_of(view)
        swipe(view, 0, -150)
        expect_scrolled(step.page, before)


def test_names_in_a_small_graph_are_readable(step: Step) -> None:
    view = open_graph(step, WIDE)
    name = view.locator(".node text").first
    until(lambda: name.evaluate(NAME_HEIGHT) > 9.99, lambda: "the names are too small")
    drawing = view.locator("svg.graph")
    before = drawing.evaluate("drawing => drawing.style.transform")
    top_of(view)
    swipe(view, -120, 5)
    until(lambda: drawing.evaluate("drawing => drawing.style.transform") != before, lambda: "the graph has not moved")
    expect(view).to_have_attribute("data-cropped", "")

    def is_fitted() -> bool:
        step.play.root.get_by_role("button", name="Fit").tap()  # a tap right after a swipe may only end the swipe
        return view.get_attribute("data-cropped") is None

    until(is_fitted, lambda: "the graph is still cropped")
    until(lambda: name.evaluate(NAME_HEIGHT) < 9.99, lambda: "the whole graph is not shown")


@pytest.mark.fresh
def test_only_a_tap_on_the_code_starts_python(play: Playground) -> None:
    play.open("course/functions-become-nodes/")
    lines = play.root.locator(".cm-content")
    top_of(lines)
    swipe(lines, 0, -100)
    swipe(lines, 0, 100)
    expect(play.status).to_have_text("Python starts when you edit or run")
    play.code.tap()
    expect(play.status).not_to_have_text("Python starts when you edit or run")


def test_a_tapped_problem_does_not_cover_its_line_and_typing_closes_it(step: Step) -> None:
    step.edit("price: float, quantity", "cost: float, quantity", "flow.py")
    line = step.play.lines.filter(has_text="def total")
    expect(step.play.root.locator(".cm-lintRange-error").first).to_be_attached()
    line.tap()
    box = step.play.root.locator(".touch-box")
    expect(box).to_contain_text("no function computes it")
    expect(box.get_by_role("button", name="Write the function cost")).to_be_visible()
    upper, lower = sorted([box.bounding_box() or {}, line.bounding_box() or {}], key=lambda place: place["y"])
    assert upper["y"] + upper["height"] <= lower["y"] + 8
    expect(step.play.root.locator(".cm-tooltip")).to_have_count(1)
    step.page.keyboard.insert_text("x")
    expect(box).to_be_hidden()
    expect(step.play.code).to_be_focused()


@pytest.mark.parametrize("line", ["def total", "return price * quantity", "def price"])
def test_typing_after_a_tap_changes_the_tapped_name(step: Step, line: str) -> None:
    step.edit("price: float, quantity", "cost: float, quantity", "flow.py")
    expect(step.play.root.locator(".cm-lintRange-error").first).to_be_attached()
    step.play.lines.last.tap()
    show(step.play, "Code")  # the editor loses the focus
    lines = step.play.lines.all_text_contents()
    step.play.lines.filter(has_text=line).tap()
    step.page.keyboard.insert_text("zz")
    expect(step.play.lines.filter(has_text="zz")).to_have_count(1)
    after = step.play.lines.all_text_contents()
    assert [line in before for before, text in zip(lines, after, strict=True) if before != text] == [True]


def test_a_tap_on_another_line_closes_the_problem(step: Step) -> None:
    step.edit("price: float, quantity", "cost: float, quantity", "flow.py")
    expect(step.play.root.locator(".cm-lintRange-error").first).to_be_attached()
    step.play.lines.filter(has_text="def total").tap()
    box = step.play.root.locator(".touch-box")
    expect(box).to_be_visible()
    is_above = "cm-tooltip-above" in (box.get_attribute("class") or "")
    step.play.lines.filter(has_text="def label" if is_above else "def price").tap()
    expect(box).to_be_hidden()


def test_a_tap_on_the_problem_closes_it(step: Step) -> None:
    step.edit("price: float, quantity", "cost: float, quantity", "flow.py")
    expect(step.play.root.locator(".cm-lintRange-error").first).to_be_attached()
    step.play.lines.filter(has_text="def total").tap()
    box = step.play.root.locator(".touch-box")
    box.tap(position={"x": 20, "y": 12})
    expect(box).to_be_hidden()
    expect(step.play.code).to_be_focused()


def test_the_fix_of_a_tapped_problem_is_applied(step: Step) -> None:
    step.edit("price: float, quantity", "cost: float, quantity", "flow.py")
    expect(step.play.root.locator(".cm-lintRange-error").first).to_be_attached()
    step.play.lines.filter(has_text="def total").tap()
    step.play.root.get_by_role("button", name="Write the function cost").tap()
    expect(step.play.code).to_contain_text("def cost() -> float:")
    expect(step.play.root.locator(".touch-box")).to_be_hidden()


def test_a_function_is_moved_and_indented_without_a_keyboard(step: Step) -> None:
    tools = step.play.root.get_by_role("toolbar", name="Edit")
    expect(tools).to_be_hidden()
    step.play.point_at_code()
    step.play.lines.filter(has_text="return 3").tap()
    tools.get_by_role("button", name="Move up").tap()
    expect(step.play.lines.first).to_have_text("def quantity() -> int:")
    tools.get_by_role("button", name="Move down").tap()
    expect(step.play.lines.first).to_have_text("def price() -> float:")
    tools.get_by_role("button", name="Indent").tap()
    expect(step.play.lines.filter(has_text="return 3")).to_have_text("        return 3")
    tools.get_by_role("button", name="Undo").tap()
    expect(step.play.lines.filter(has_text="return 3")).to_have_text("    return 3")
    tools.get_by_role("button", name="Redo").tap()
    tools.get_by_role("button", name="Dedent").tap()
    expect(step.play.lines.filter(has_text="return 3")).to_have_text("    return 3")
    expect(step.play.code).to_be_focused()


def test_the_tapped_line_is_above_the_buttons(step: Step) -> None:
    step.edit(FLOW, FLOW + LONG_LINE + FLOW.replace("def ", "def second_"), "flow.py")
    last = step.play.lines.filter(has_text="def second_").last
    last.scroll_into_view_if_needed()
    last.tap()
    tools = step.play.root.get_by_role("toolbar", name="Edit")
    expect(tools).to_be_visible()

    def is_above() -> bool:
        line, buttons = last.bounding_box(), tools.bounding_box()
        return line is not None and buttons is not None and line["y"] + line["height"] <= buttons["y"] + 8

    until(is_above, lambda: f"the line is at {last.bounding_box()}, the buttons at {tools.bounding_box()}")


@pytest.mark.fresh
@pytest.mark.parametrize("target", ["step-collect-nodes", "collect-many-nodes"])
def test_a_link_to_a_step_arrives_at_its_heading(play: Playground, target: str) -> None:
    play.open(f"course/one-function-many-nodes/#{target}")
    heading = play.page.get_by_role("heading", name="Collect many nodes")
    header = play.page.locator(".md-header").bounding_box()
    assert header is not None
    expect(play.page.locator(".hw-step-bar")).to_have_count(play.page.locator("hw-step").count())

    def is_below_header() -> bool:
        place = heading.bounding_box()
        return place is not None and 0 <= place["y"] - header["height"] < 60

    until(is_below_header, lambda: f"the heading is at {heading.bounding_box()}")


def test_a_problem_that_appears_does_not_move_the_buttons_below(step: Step) -> None:
    step.press("Check")  # Python is ready now
    step.expect_feedback("4 items", passed=False)
    footer = step.play.root.locator("footer")
    height = footer.bounding_box()
    check = step.root.get_by_role("button", name="Check")
    footer.evaluate("footer => footer.scrollIntoView({ block: 'start', behavior: 'instant' })")
    step.page.evaluate("scrollBy(0, -60)")
    place = check.bounding_box()
    step.edit("return 3", "return a_name_that_no_line_of_this_module_defines_anywhere", "flow.py")
    expect(step.play.problem).to_contain_text("flow.py:")
    assert footer.bounding_box() != height
    assert check.bounding_box() == place


def test_the_line_being_typed_stays_visible_when_a_problem_appears(step: Step) -> None:
    step.edit(FLOW, FLOW + FLOW.replace("def ", "def second_") + FLOW.replace("def ", "def third_"), "flow.py")
    last = step.play.lines.filter(has_text="each").last
    last.scroll_into_view_if_needed()
    last.tap()
    tools = step.play.root.get_by_role("toolbar", name="Edit")
    step.page.keyboard.press("End")
    step.page.keyboard.type(" + a_name_that_no_line_of_this_module_defines_anywhere")
    expect(step.play.problem).to_contain_text("flow.py:")

    def is_above() -> bool:
        caret, buttons = step.play.root.locator(".cm-cursor-primary").bounding_box(), tools.bounding_box()
        return caret is not None and buttons is not None and caret["y"] + caret["height"] <= buttons["y"] + 1

    until(is_above, lambda: "the buttons cover the caret")


def test_the_line_of_a_problem_is_shown_below_the_header(step: Step) -> None:
    step.edit("return 3", "return not_defined", "flow.py")
    step.press("Check")
    link = step.play.problem
    expect(link).to_contain_text("flow.py:")
    link.evaluate("link => link.scrollIntoView({ block: 'center', behavior: 'instant' })")
    link.tap()
    line, header = step.play.lines.filter(has_text="not_defined"), step.page.locator(".md-header").bounding_box()
    assert header is not None

    def is_below_header() -> bool:
        place = line.bounding_box()
        return place is not None and place["y"] >= header["y"] + header["height"]

    until(is_below_header, lambda: f"the line is at {line.bounding_box()}, the header at {header}")
