"""Each kind of lesson step: how the learner answers, and what the page shows after Check."""

import re

import pytest
from lesson_steps import CHOOSE, PREDICT, SELECT, TEST, WRITE, add_steps
from playground import Playground
from playwright.sync_api import expect
from waiting import until
from warm_page import TEXT_PAGE

pytestmark = pytest.mark.warm(TEXT_PAGE)


def test_criteria_that_are_not_met_come_first(play: Playground) -> None:
    step = add_steps(play, write=WRITE)["write"]
    step.press("Check")
    step.expect_feedback("2 of 3 criteria met. Order 4 items, so that total is 80.", passed=False)
    criteria = step.root.get_by_role("list", name="Criteria").get_by_role("listitem")
    expect(criteria).to_have_text(
        ["✕ Not met: The total is 80", "✓ Met: There is a node total", "✓ Met: total depends on quantity"]
    )
    step.edit("return 3", "return 4", "flow.py")
    step.press("Check")
    step.expect_feedback("Correct.", passed=True)
    step.expect_feedback("Only what has changed is computed.", passed=True)


def test_tests_must_detect_every_fault(play: Playground) -> None:
    step = add_steps(play, test=TEST)["test"]
    expect(step.play.summary).not_to_be_empty()
    test = "from flow import total\n\n\ndef test_total():\n    assert total(2.0, 3) == 6\n"
    step.add_file("test_flow.py", test)
    step.press("Check")
    step.expect_feedback("The label has no unit.", passed=False)
    step.add_file("test_flow.py", f"from flow import label\n{test}\n\ndef test_label():\n    assert label(2.0) == '2.0 each'\n")
    step.press("Check")
    step.expect_feedback("Correct.", passed=True)


def test_a_prediction_is_marked_after_the_edit_and_can_be_repeated(play: Playground) -> None:
    step = add_steps(play, predict=PREDICT)["predict"]
    expect(step.root.locator(".hw-step-edit")).to_contain_text("The edit: flow.py, line 7")
    expect(step.root.locator(".hw-step-edit .added")).to_contain_text("return 4")
    step.node("quantity").click()
    step.node("label").focus()
    play.page.keyboard.press("Enter")
    expect(step.root.locator(".hw-step-picks")).to_have_text("2 nodes predicted: quantity label")
    expect(step.node("label")).to_have_attribute("aria-pressed", "true")
    step.press("Check")
    step.expect_feedback("These nodes ran: ['quantity', 'total'].", passed=False)
    for name, word in {"quantity": "right", "label": "wrong", "total": "missed"}.items():
        expect(step.node(name)).to_have_accessible_name(re.compile(rf", {word},"))
    expect(step.node("price").locator(".pick")).to_have_text("")
    expect(step.play.root.locator(".cm-content, .code pre").first).to_contain_text("return 4")

    step.root.get_by_role("button", name="Try again").focus()
    play.page.keyboard.press("Enter")
    expect(step.root.get_by_role("button", name="Check")).to_be_focused()
    expect(step.play.root.locator(".cm-content, .code pre").first).to_contain_text("return 3")
    expect(step.root.locator(".hw-step-picks")).to_have_text("2 nodes predicted: quantity label")
    expect(step.node("label").locator(".pick")).to_have_text("✓")
    expect(step.root.locator(".hw-step-result")).to_have_text("")
    step.node("label").click()
    step.node("total").click()
    play.page.keyboard.press("Control+Shift+Enter")
    step.expect_feedback("Correct.", passed=True)


def test_a_check_by_keyboard_uses_the_value_that_was_just_typed(play: Playground) -> None:
    task = {**WRITE, "check": "assert value('half') == 4, value('half')"}
    step = add_steps(play, write=task)["write"]
    step.append("\n\ndef half(whole: float = 2.0) -> float:\n    return whole / 2\n")
    step.play.settle()
    step.play.show("Inputs")
    step.play.panel.get_by_label("whole").fill("8")
    play.page.keyboard.press("Control+Shift+Enter")
    step.expect_feedback("Correct.", passed=True)


def test_nodes_are_selected_by_clicks_or_with_a_selector(play: Playground) -> None:
    step = add_steps(play, select=SELECT)["select"]
    picks = step.root.locator(".hw-step-picks")
    expect(picks).to_have_text("0 nodes selected")
    step.play.selector.fill("price+")
    expect(picks).to_have_text("3 nodes selected: price total label")
    step.press("Check")
    step.expect_feedback("Select what uses the price.", passed=False)
    step.node("price").click()
    expect(picks).to_have_text("2 nodes selected: total label")
    expect(step.play.selector).to_have_value("")
    step.press("Check")
    step.expect_feedback("Correct.", passed=True)
    step.press("Clear")
    expect(picks).to_have_text("0 nodes selected")


def test_a_prediction_can_be_cleared(play: Playground) -> None:
    step = add_steps(play, predict=PREDICT)["predict"]
    clear = step.root.get_by_role("button", name="Clear")
    expect(clear).to_be_hidden()
    step.node("quantity").click()
    clear.click()
    expect(step.root.locator(".hw-step-picks")).to_have_text("0 nodes predicted")
    expect(clear).to_be_hidden()


@pytest.mark.fresh
def test_answers_are_kept_for_the_next_visit(play: Playground) -> None:
    tasks = {"predict": PREDICT, "select": SELECT, "choose": CHOOSE}
    steps = add_steps(play, **tasks)
    steps["predict"].node("quantity").click()
    steps["select"].node("label").click()
    steps["select"].press("Show the answer")
    expect(steps["select"].root.locator(".hw-step-picks")).to_have_text("2 nodes selected: label total")
    steps["choose"].root.get_by_label("An input").check()

    steps = add_steps(play, **tasks)
    expect(steps["predict"].root.locator(".hw-step-picks")).to_have_text("1 node predicted: quantity")
    expect(steps["predict"].node("quantity").locator(".pick")).to_have_text("✓")
    expect(steps["select"].root.locator(".hw-step-picks")).to_have_text("1 node selected: label")
    expect(steps["choose"].root.get_by_label("An input")).to_be_checked()
    expect(steps["choose"].root.locator(".hw-step-result")).to_have_text("")


def test_entered_values_are_kept_for_the_next_visit(play: Playground) -> None:
    with_input = {**WRITE, "solution": {}}
    step = add_steps(play, write=with_input)["write"]
    step.edit("def quantity() -> int:\n    return 3\n\n\n", "", "flow.py")
    step.play.show("Inputs")
    field = step.play.root.get_by_role("textbox", name="quantity")
    field.fill("5")
    field.press("Enter")
    expect(field).to_have_value("5")
    step = add_steps(play, write=with_input)["write"]
    step.play.show("Inputs")
    expect(step.play.root.get_by_role("textbox", name="quantity")).to_have_value("5")


def test_a_choice_shows_its_reason_and_leads_to_the_next_step(play: Playground) -> None:
    steps = add_steps(play, choose=CHOOSE, write=WRITE)
    step = steps["choose"]
    step.press("Check")
    step.expect_feedback("Choose an answer first.", passed=False)
    group = step.root.get_by_role("group", name="What is price?")
    group.get_by_label("An input").check()
    expect(step.root.locator(".hw-step-result")).to_have_text("")
    play.page.keyboard.press("Control+Shift+Enter")
    step.expect_feedback("A function computes it.", passed=False)
    play.page.keyboard.press("ArrowDown")
    play.page.keyboard.press("Control+Shift+Enter")
    step.expect_feedback("Each function is a node.", passed=True)
    expect(step.root.get_by_role("button", name="Next step: Write")).to_be_focused()
    play.page.keyboard.press("Enter")
    expect(play.page.get_by_role("heading", name="write")).to_be_focused()
    expect(steps["write"].root).to_be_in_viewport()


@pytest.mark.fresh
def test_code_of_a_step_opens_in_the_playground_and_runs_there(play: Playground) -> None:
    step = add_steps(play, write=WRITE)["write"]
    expect(step.play.summary).not_to_be_empty()
    step.press("Use the solution")
    step.press("Check")
    step.expect_feedback("Correct.", passed=True)
    step.press("Open in the playground")
    full = Playground(play.page, play.address)
    expect(full.root).to_have_attribute("layout", "full")
    full.settle()
    expect(full.panel).to_contain_text("80")


def test_only_steps_near_the_window_are_opened(play: Playground) -> None:
    tasks = {f"step-{number}": WRITE for number in range(6)}
    steps = add_steps(play, **tasks)
    expect(steps["step-0"].play.summary).not_to_be_empty()
    last = steps["step-5"]
    assert last.play.root.evaluate("play => play.isOpen") is False
    last.root.get_by_role("button", name="Check").scroll_into_view_if_needed()
    last.press("Check")
    last.expect_feedback("2 of 3 criteria met.", passed=False)
    assert sum(play.page.locator("hw-play").evaluate_all("all => all.map(play => play.isOpen)")) < len(steps)


def test_the_page_shows_the_node_that_arrow_keys_reach(play: Playground) -> None:
    step = add_steps(play, select=SELECT)["select"]
    step.node("total").focus()
    step.node("total").evaluate("node => scrollBy(0, node.getBoundingClientRect().top - 70)")
    header = play.page.locator(".md-header").bounding_box()
    assert header is not None
    play.page.keyboard.press("ArrowUp")
    reached = step.play.root.locator(".graph-pane [data-node]:focus")
    expect(reached).to_have_attribute("data-node", "quantity")

    def is_below_header() -> bool:
        place = reached.bounding_box()
        return place is not None and place["y"] >= header["y"] + header["height"]

    until(is_below_header, lambda: f"the node is at {reached.bounding_box()}")
