"""If a value that a check needs is missing, the message names the mistake that caused this."""

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session

NO_RETURN = "`rows` is None, but its annotation is int. Its function may be missing a `return`."


def message(session: Session, flow: str, check: str = "value('total')") -> str:
    session.update({"shop.py": flow})
    session.run()
    return run_check(session, Exercise(check))["message"]


@pytest.mark.parametrize(
    "flow",
    [
        "def rows() -> int:\n    2\ndef total(rows: int) -> int:\n    return rows + 1",
        "def rows() -> int:\n    2\ndef a(rows: int) -> int:\n    return rows + 1\ndef total(a: int) -> int:\n    return a",
    ],
)
def test_an_exception_due_to_a_missing_return_names_the_function(session: Session, flow: str) -> None:
    assert message(session, flow).endswith(f"unsupported operand type(s) for +: 'NoneType' and 'int'. {NO_RETURN}")


@pytest.mark.parametrize(("annotation", "note"), [("int", f" {NO_RETURN}"), ("int | None", ""), ("None", ""), ("object", "")])
def test_a_failed_check_mentions_a_missing_return(session: Session, annotation: str, note: str) -> None:
    flow = f"def rows() -> {annotation}:\n    2"
    assert message(session, flow, "assert value('rows') == 2, 'Count twice.'") == f"Count twice.{note}"


def test_a_message_about_none_stays_as_it_is(session: Session) -> None:
    flow = "def rows() -> int:\n    2"
    assert message(session, flow, "assert value('rows') == 2, '`rows` is None.'") == "`rows` is None."
    assert message(session, flow, "assert value('rows') is None") == ""


def test_an_exception_due_to_a_missing_parameter_names_the_parameter(session: Session) -> None:
    found = message(session, "def rows() -> int:\n    return 2\ndef total() -> int:\n    return rows + 1")
    assert found.endswith("`rows` is a function here. To use the value of the node `rows`, add a parameter named `rows`.")


def test_an_exception_with_another_cause_is_repeated(session: Session) -> None:
    assert message(session, "def rows() -> int:\n    return 2\ndef total(rows: int) -> int:\n    return rows()").endswith(
        "`total` failed: 'int' object is not callable"
    )


def test_an_input_of_the_wrong_type_is_described(session: Session) -> None:
    found = message(session, "def total(rate: int = 20) -> int:\n    return rate", "run(['total'], inputs={'rate': 2.5})")
    assert found.startswith("`total` has no value. Input `rate` must be of type int")


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        ("def total(rowz: int) -> int:\n    return rowz", "the input `rowz` is missing. Did you mean `rows`?"),
        ("def total(orders: int) -> int:\n    return orders", "the input `orders` is missing."),
        (
            "def a(rowz: int) -> int:\n    return rowz\ndef total(a: int) -> int:\n    return a",
            "`a` needs the input `rowz`, which is missing. Did you mean `rows`?",
        ),
        ("def total(totals: int) -> int:\n    return totals", "the input `totals` is missing."),
        ("def total(rowz: int, row: int) -> int:\n    return rowz", "the inputs `rowz` and `row` are missing."),
    ],
    ids=["a similar node", "no similar node", "in an upstream node", "only the node itself", "two inputs"],
)
def test_a_missing_input_is_described_with_a_similar_node(session: Session, flow: str, reason: str) -> None:
    assert message(session, f"def rows() -> int:\n    return 2\n{flow}") == f"`total` has no value: {reason}"
