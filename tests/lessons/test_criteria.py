"""A check lists its criteria with a tick for each that is met."""

import pytest


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
    assert check("expect(False, 'The sum is right.')")["message"] == "Still missing: The sum is right."


def test_a_function_as_condition_may_need_a_missing_node(check) -> None:
    result = check("expect(lambda: value('los') == 1, 'A', hint='No.')\nexpect(True, 'B')")
    assert result["message"].startswith("There is no node `los` yet.")
    assert [view["passed"] for view in result["criteria"]] == [False, True]


@pytest.mark.parametrize("end", ["value('los')", "assert False, 'Stop.'", "1 / 0"])
def test_criteria_after_the_end_of_a_check_are_listed_as_not_met(check, end: str) -> None:
    result = check(f"expect(True, 'A')\n{end}\nexpect(True, 'B', hint='No.')\nif True: expect(True, 'C')")
    assert not result["passed"]
    assert result["criteria"] == [{"text": "A", "passed": True}, {"text": "B", "passed": False}]


def test_a_failed_criterion_takes_precedence_over_a_later_assertion(check) -> None:
    assert check("expect(False, 'A', hint='First.')\nassert False, 'Second.'")["message"] == "First."


def test_a_check_that_cannot_be_parsed_lists_nothing(check) -> None:
    assert check("expect(True, 'A'")["criteria"] == []
