"""A check lists its criteria with a tick for each that is met."""

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session

FAILING = """
def cost() -> int:
    return 3

def price(cost: int) -> int:
    return cost // 0

def margin(price: int, tax: int) -> int:
    return price - tax
"""


def test_a_check_lists_all_criteria_and_shows_the_first_hint(check) -> None:
    result = check("expect(True, 'A')\nexpect(1 > 2, 'B', hint='Try B.')\nexpect(False, 'C', hint='Try C.')\nexpect(True, 'D')")
    assert result == {
        "passed": False,
        "message": "Try B.",
        "criteria": [{"text": text, "passed": passed} for text, passed in zip("ABCD", (True, False, False, True), strict=True)],
    }


def test_a_check_passes_if_all_criteria_are_met(check) -> None:
    result = check("expect(value('cost') == 3, 'A')\nexpect(lambda: depends('margin', 'cost'), 'B')")
    assert result["passed"]
    assert result["criteria"] == [{"text": "A", "passed": True}, {"text": "B", "passed": True}]


def test_a_criterion_without_a_hint_is_the_message(check) -> None:
    assert check("expect(False, 'The sum is right.')")["message"] == "Not met yet: The sum is right."


def test_a_function_as_condition_may_need_a_missing_node(check) -> None:
    result = check("expect(lambda: value('los') == 1, 'A', hint='No.')\nexpect(True, 'B')")
    assert result["message"].startswith("There is no node `los` yet.")
    assert [view["passed"] for view in result["criteria"]] == [False, True]


def passed(view) -> list[bool | None]:
    return [criterion["passed"] for criterion in view["criteria"]]


def check_failing(session: Session, source: str):
    session.update({"shop.py": FAILING}, inputs={"tax": 1})
    session.run()
    return run_check(session, Exercise(source))


def test_criteria_about_the_value_of_a_failed_node_are_not_evaluated(session) -> None:
    source = """
expect(lambda: value("cost") == 3, "A")
expect(lambda: value("price") == 5, "B", hint="No.")
expect(lambda: value("margin") == 4, "C", hint="No.")
expect(lambda: depends("margin", "cost"), "D")
expect(lambda: run(["price"])["price"] == 5, "E", hint="No.")
expect(lambda: call("price", 3) == 5, "F", hint="No.")
"""
    view = check_failing(session, source)
    assert passed(view) == [True, None, None, True, None, None]
    assert view["message"] == "`price` failed: integer division or modulo by zero"


def test_the_message_names_the_failed_node_after_an_earlier_hint(session) -> None:
    failed = "Some criteria were not checked: `margin` has no value, because `price` failed."
    criteria = "expect(value('cost') == 5, 'A', hint='It should be 5.')"
    view = check_failing(session, f"{criteria}\nexpect(lambda: value('margin') == 4, 'B')")
    assert (view["message"], passed(view)) == (f"It should be 5.\n{failed}", [False, None])
    view = check_failing(session, f"{criteria}\nexpect(value('margin') == 4, 'B')")
    assert (view["message"], passed(view)) == (f"It should be 5.\n{failed}", [False, None])


def test_the_message_does_not_mention_a_failed_node_that_no_criterion_needs(session) -> None:
    assert check_failing(session, "expect(False, 'A', hint='No.')")["message"] == "No."


def test_a_hint_may_be_a_function_that_is_called_only_if_the_condition_is_not_met(session) -> None:
    source = "expect(lambda: value('price') == 3, 'A', hint=lambda: 1 / 0)\nexpect(True, 'B', hint=lambda: 1 / 0)"
    assert passed(check_failing(session, source)) == [None, True]
    hint = "expect(lambda: value('cost') == 5, 'A', hint=lambda: f'It is {value(\"cost\")}.')"
    assert check_failing(session, hint)["message"] == "It is 3."


@pytest.mark.parametrize("end", ["value('los')", "assert False, 'Stop.'", "1 / 0"])
def test_criteria_after_the_end_of_a_check_are_listed_as_not_evaluated(check, end: str) -> None:
    result = check(f"expect(True, 'A')\n{end}\nexpect(True, 'B', hint='No.')\nif True: expect(True, 'C')")
    assert not result["passed"]
    assert result["criteria"] == [{"text": "A", "passed": True}, {"text": "B", "passed": None}]


def test_a_failed_criterion_takes_precedence_over_a_later_assertion(check) -> None:
    assert check("expect(False, 'A', hint='First.')\nassert False, 'Second.'")["message"] == "First."


def test_a_check_that_cannot_be_parsed_lists_nothing(check) -> None:
    assert check("expect(True, 'A'")["criteria"] == []


def test_a_node_without_a_selected_variant_is_not_reported_as_unwritten(session) -> None:
    variants = "".join(
        f"@config.when(mode={mode!r})\ndef hours__{mode}() -> int:\n    return 1\n\n" for mode in ("heating", "cooling")
    )
    session.update({"shop.py": f"from headwater import config\n\n{variants}def other() -> int:\n    return 2\n"})
    session.run()
    missing = "There is no node `hours`, because the config selects none of its variants."
    for check in ("value('hours')", "run(['hours'])", "reads('hours', 'other')"):
        assert run_check(session, Exercise(check))["message"].startswith(missing)
    assert run_check(session, Exercise("assert run(['hours'], config={'mode': 'cooling'})['hours'] == 1"))["passed"]
