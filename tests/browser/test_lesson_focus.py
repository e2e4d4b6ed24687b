"""The focus in a lesson and on the course page, for learners who use the keyboard."""

import re

import pytest
from lesson_steps import TEST, WRITE, Step, add_steps
from playground import Playground
from playwright.sync_api import Locator, expect

LESSON = "course/functions-become-nodes/"


def expect_unscrolled(button: Locator, before: float) -> None:
    assert button.evaluate("() => scrollY") == before


@pytest.fixture
def step(play: Playground) -> Step:
    """The second step of a lesson."""
    play.open(LESSON)
    step = Step(Playground(play.page, play.address, 1), play.page.locator("hw-step").nth(1))
    step.play.root.scroll_into_view_if_needed()
    expect(step.play.code).to_be_visible()
    return step


@pytest.mark.parametrize("way", ["Escape", "Close"])
def test_a_closed_comparison_returns_the_focus_to_its_button(step: Step, way: str) -> None:
    button = step.root.get_by_role("button", name="Compare with the solution")
    button.focus()
    before = button.evaluate("() => scrollY")
    step.page.keyboard.press("Enter")
    close = step.play.dialog.get_by_role("button", name="Close")
    expect(close).to_be_focused()
    expect(step.play.counts).to_contain_text("1 changed")
    expect(close).to_be_focused()
    step.page.keyboard.press("Escape" if way == "Escape" else "Enter")
    expect(step.play.dialog).to_be_hidden()
    expect(button).to_be_focused()
    expect_unscrolled(button, before)


def test_the_button_for_the_solution_keeps_the_focus(step: Step) -> None:
    step.root.get_by_role("button", name="Use the solution").focus()
    step.page.keyboard.press("Enter")
    own = step.root.get_by_role("button", name="Back to my code")
    expect(own).to_be_focused()
    step.page.keyboard.press("Enter")
    expect(step.root.get_by_role("button", name="Use the solution")).to_be_focused()


@pytest.mark.parametrize("name", ["Add a file", "Rename features.py"])
def test_a_canceled_form_returns_the_focus_to_its_button(step: Step, name: str) -> None:
    button = step.play.root.get_by_role("button", name=name)
    button.focus()
    step.page.keyboard.press("Enter")
    expect(step.play.root.locator(".file-tools input[name=name]")).to_be_focused()
    step.page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_reset_removes_the_result_of_the_check(play: Playground) -> None:
    step = add_steps(play, write=WRITE)["write"]
    step.edit("return 3", "return 5", "flow.py")
    step.press("Check")
    step.expect_feedback("2 of 3 criteria met", passed=False)
    step.play.root.get_by_role("button", name="Reset").click()
    expect(step.root.locator(".hw-step-result")).to_be_empty()
    expect(step.root.locator(".hw-step-criteria")).to_have_count(0)


def test_undetected_faults_are_a_list(play: Playground) -> None:
    step = add_steps(play, test=TEST)["test"]
    expect(step.play.summary).not_to_be_empty()
    step.add_file("test_flow.py", "from flow import total\n\n\ndef test_total():\n    assert total(2.0, 3) == 6\n")
    step.press("Check")
    items = step.root.get_by_role("status").get_by_role("listitem")
    expect(items).to_have_text(["The label has no unit."])


def test_a_hint_appears_in_a_live_region_after_its_button(play: Playground) -> None:
    step = add_steps(play, write=WRITE)["write"]
    step.press("Hint 1 of 2")
    expect(step.root.locator("[aria-live=polite] details.hint").first).to_be_visible()
    expect(step.root.locator(".hw-step-controls + [aria-live=polite]")).to_be_visible()


def test_a_reload_keeps_the_focus_at_the_step(play: Playground) -> None:
    page = play.page
    heading = page.get_by_role("heading", name="Add a dependency")
    for fragment in ("#step-add-a-dependency", "#add-a-dependency"):
        page.goto("about:blank")
        page.goto(f"{play.address}{LESSON}{fragment}")
        expect(heading).to_be_focused()
        page.reload()
        expect(heading).to_be_focused()


def test_shift_n_and_shift_p_move_between_steps(play: Playground) -> None:
    play.open(LESSON)
    page = play.page
    expect(page.get_by_role("button", name="Check")).to_have_count(5)
    headings = [page.locator("hw-step").nth(which).locator("xpath=preceding-sibling::h2[1]") for which in range(3)]
    for key, which in [("N", 0), ("N", 1), ("N", 2), ("P", 1), ("P", 0), ("P", 0)]:
        page.keyboard.press(f"Shift+{key}")
        expect(headings[which]).to_be_focused()
    expect(headings[0]).to_be_in_viewport()
    check = page.locator("hw-step").nth(1).get_by_role("button", name="Check")
    check.focus()
    page.keyboard.press("Shift+N")
    expect(headings[2]).to_be_focused()


def test_typing_a_capital_letter_goes_to_no_step(step: Step) -> None:
    step.play.code.click()
    step.page.keyboard.press("Shift+N")
    expect(step.play.code).to_be_focused()
    expect(step.play.code).to_contain_text("N")


def test_the_course_page_gets_the_focus_like_a_lesson(play: Playground) -> None:
    play.open(LESSON)
    page = play.page
    expect(page.get_by_role("button", name="Check").first).to_be_visible()
    page.locator(".hw-lesson-position").get_by_role("link", name="All lessons").click()
    title = page.get_by_role("heading", level=1, name=re.compile("^Course"))
    expect(title).to_be_focused()
