"""Lesson steps: a task, hints, a check with feedback, and a solution to compare with."""

from collections.abc import Callable

import pytest
from instant_navigation import await_instant_navigation, is_marked, mark_document
from lesson_steps import Step
from local_server import Served
from playground import Playground
from playwright.sync_api import BrowserContext, expect
from waiting import until

RANGE = '''

def temp_range(weather: pd.DataFrame) -> pd.Series:
    """Difference between the day's temperatures, in °C."""
    return weather["temp_max"] - weather["temp_min"]
'''


@pytest.fixture
def steps(play: Playground) -> list[Step]:
    play.open("course/functions-become-nodes/")
    return steps_on(play)


def steps_on(play: Playground) -> list[Step]:
    """Return the five steps of the open lesson. Each has a playground."""
    page = play.page
    return [Step(Playground(page, play.address, which), page.locator("hw-step").nth(which)) for which in range(5)]


def test_a_check_reports_what_is_missing_and_completed_steps_stay_completed(steps: list[Step], play: Playground) -> None:
    first = steps[0]
    first.expect_progress("To do")
    first.press("Check")
    first.expect_feedback("There is no node temp_range yet", passed=False)
    first.append(RANGE.replace('"] -', '"] +'))
    outdated = first.root.get_by_text("Edited since this check.")
    expect(outdated).to_be_visible()
    first.press("Check")
    first.expect_feedback("minus the lowest", passed=False)
    expect(outdated).to_be_hidden()
    first.expect_progress("To do")
    first.press("Use the solution")
    first.press("Check")
    first.expect_feedback("Correct.", passed=True)
    first.expect_progress("Done")
    first.press("Back to my code")
    expect(first.play.code).to_contain_text('weather["temp_max"] + weather["temp_min"]\n', use_inner_text=True)

    play.page.reload()
    first.expect_progress("Done")
    steps[1].expect_progress("To do")


@pytest.mark.everywhere  # long; `test_stop.py` stops runs, and other tests check current code
@pytest.mark.pyodide
@pytest.mark.returning
def test_a_check_stops_an_older_run_and_uses_the_current_code(steps: list[Step], play: Playground) -> None:
    first = steps[0]
    first.append(RANGE.replace("    return", "    while True:\n        pass\n    return"))
    first.press("Check")
    expect(first.play.stop_button).to_be_visible()
    first.press("Use the solution")
    first.press("Check")
    first.expect_feedback("Correct.", passed=True)


def test_edits_are_kept_for_the_next_visit(steps: list[Step], play: Playground) -> None:
    first = steps[0]
    first.expect_progress("To do")
    first.append("\n# mine\n")
    first.press("Use the solution")
    play.page.reload()
    expect(first.play.code).to_contain_text("# mine")
    first.play.root.get_by_role("button", name="Reset").click()
    expect(first.play.code).not_to_contain_text("# mine")
    play.page.reload()
    first.expect_progress("To do")
    expect(first.play.code).not_to_contain_text("# mine")


def test_a_changed_step_says_so(steps: list[Step], play: Playground) -> None:
    steps[0].expect_progress("To do")
    play.page.evaluate(
        "localStorage.setItem('headwater-lesson', JSON.stringify({'functions-become-nodes/write-a-node': {done: 'another'}}))"
    )
    play.page.reload()
    steps[0].expect_progress("Done, but this step has changed since")


def test_hints_are_revealed_one_by_one(steps: list[Step]) -> None:
    hints = steps[0].root.locator("details.hint")
    steps[0].press("Hint 1 of 2")
    expect(hints.nth(0)).to_contain_text("Name the parameter after the node")
    expect(hints.nth(1)).to_be_hidden()
    steps[0].press("Hint 2 of 2")
    expect(hints.nth(1)).to_contain_text("Subtract one from the other")
    expect(steps[0].root.get_by_role("button", name="No more hints")).to_be_disabled()


def test_a_check_inspects_the_graph_and_the_solution_can_be_compared(steps: list[Step]) -> None:
    second = steps[1]
    second.press("Check")
    second.expect_feedback("must depend on temp_mean", passed=False)
    second.press("Compare with the solution")
    expect(second.play.counts).to_contain_text("1 changed")
    expect(second.play.dialog).to_contain_text("the solution")
    second.play.page.keyboard.press("Escape")
    expect(second.play.dialog).to_be_hidden()


def test_only_nodes_affected_by_an_edit_may_rerun(play: Playground) -> None:
    play.open("course/what-reruns/")
    second = steps_on(play)[1]
    second.root.scroll_into_view_if_needed()
    expect(second.play.code).to_contain_text("> 18")
    second.edit("> 18", "> 21")
    second.play.settle()
    second.press("Check")
    second.expect_feedback("days are warmer than 20 °C, but", passed=False)
    second.edit("> 21", "> 20")
    second.edit('precipitation"] > 0', 'precipitation"] > 1')
    second.press("Check")
    second.expect_feedback("should rerun, but your edit also reruns rainy_days", passed=False)
    second.edit('precipitation"] > 1', 'precipitation"] > 0')
    second.press("Check")
    second.expect_feedback("Correct.", passed=True)


def test_a_lesson_can_be_read_without_scripts(new_context: Callable[..., BrowserContext], play: Playground) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{play.address}course/functions-become-nodes/")
    hint = page.locator("hw-step details.hint").first
    expect(hint).to_be_visible()
    hint.locator("summary").click()
    expect(hint).to_contain_text("Name the parameter after the node")
    expect(page.get_by_role("button", name="Check")).to_have_count(0)


def test_instant_navigation_enters_a_lesson_and_returns(play: Playground, complaints: list[str]) -> None:
    page = play.open("first-dataflow/").page
    mark_document(page)
    page.get_by_role("main").get_by_role("link", name="The course", exact=True).click()
    page.locator("hw-course").get_by_role("link", name="Functions become nodes", exact=True).click()
    expect(page.get_by_role("button", name="Check")).to_have_count(5)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Course")
    expect(page.locator(".hw-step-bar")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_role("button", name="Check")).to_have_count(5)
    assert is_marked(page)
    assert complaints == []


def test_tab_brings_the_whole_editor_into_view(steps: list[Step], play: Playground) -> None:
    step = steps[1].play
    tools = step.root.get_by_role("toolbar", name="File tools")
    steps[1].root.scroll_into_view_if_needed()
    tools.locator("[tabindex='0']").focus()
    tools.evaluate("tools => scrollBy({ top: tools.getBoundingClientRect().top - innerHeight + 90, behavior: 'instant' })")
    editor = step.root.locator(".cm-editor")
    expect(editor).not_to_be_in_viewport(ratio=0.5)
    play.page.keyboard.press("Tab")
    expect(step.code).to_be_focused()
    expect(editor).to_be_in_viewport(ratio=1)


def test_quick_presses_of_keys_between_lessons_keep_the_focus(play: Playground, site: Served) -> None:
    """The focus moves to the title of the last lesson, even if the script for the steps arrives after several lessons."""
    page = play.page
    title = page.get_by_role("heading", level=1)
    with site.hold_responses("/parts/step-"):
        play.open("course/functions-become-nodes/")
        await_instant_navigation(page)
        for key, lesson in [("n", "What reruns"), ("p", "Functions become nodes")]:
            page.keyboard.press(key)
            expect(title).to_contain_text(lesson)
        until(lambda: site.held, lambda: "the script for the steps was not requested")
    expect(page.get_by_role("button", name="Check").first).to_be_visible()
    expect(title).to_be_focused()


def test_the_url_names_no_heading_that_is_not_in_the_window(play: Playground) -> None:
    page = play.open("course/functions-become-nodes/").page
    update = "hash => { history.replaceState({}, '', location.pathname + hash); return location.hash; }"
    assert page.evaluate(update, "#next-steps") == ""  # the theme does this late, after the visitor has left the page
    assert page.evaluate(update, "#of-another-page") == ""
    assert page.evaluate(update, "#v1.link") == "#v1.link"
    # Scroll repeatedly: the theme writes a heading into the URL only after a scroll, and ignores early ones.
    scroll = "document.getElementById('next-steps').scrollIntoView()"
    has_scrolled = f"() => {{ scrollTo(0, 0); requestAnimationFrame(() => {scroll}); return location.hash === '#next-steps'; }}"
    page.wait_for_function(has_scrolled, polling=500)


COVERED_FOCUS = """() => {
    let focused = document.activeElement;
    while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused.matches("button, input, a, summary")) return null;
    const header = document.querySelector(".md-header").getBoundingClientRect();
    return focused.getBoundingClientRect().top < header.bottom ? focused.outerHTML : null;
}"""
"""Return the control with the focus if the page's header covers it."""


def test_the_header_covers_no_control_that_receives_the_focus(play):
    play.page.set_viewport_size({"width": 1280, "height": 500})
    play.open("course/what-reruns/")
    play.page.locator("hw-step").last.get_by_role("button", name="Check").focus()
    for _ in range(40):
        play.page.keyboard.press("Shift+Tab")
        assert play.page.evaluate(COVERED_FOCUS) is None
