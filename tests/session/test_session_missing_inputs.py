"""A node waits for a missing input, and downstream nodes report which input is missing."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session

CHAIN = """
def subtotal(price: float, count: int = 2) -> float:
    return price * count

def total(subtotal: float, rate: float) -> float:
    return subtotal * (1 + rate)

def report(total: float) -> str:
    return f"{total:.2f}"

def apart(count: int = 2) -> int:
    return count
"""


def run(session: Session, source: str, outputs: list[str] | None = None, **given: Any) -> Any:
    session.update({"flow.py": dedent(source).lstrip()}, **given)
    return session.run(outputs)


def ended(result: Any) -> dict[str, tuple[str, list[str]]]:
    return {name: (node["state"], node.get("needs", [])) for name, node in result["nodes"].items()}


def test_nodes_wait_for_their_inputs_and_nodes_downstream_are_skipped(session: Session) -> None:
    result = run(session, CHAIN)
    assert ended(result) == {
        "subtotal": ("waiting", ["price"]),
        "apart": ("succeeded", []),
        "total": ("waiting", ["rate"]),
        "report": ("skipped", ["rate"]),
    }
    assert (result["ran"], result["total"], result["ok"]) == (1, 4, False)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"price": 1.0}, {"subtotal": "succeeded", "total": "waiting", "report": "skipped", "apart": "succeeded"}),
        ({"rate": 1.0}, {"subtotal": "waiting", "total": "skipped", "report": "skipped", "apart": "succeeded"}),
        (
            {"price": 1.0, "rate": 1.0},
            {"subtotal": "succeeded", "total": "succeeded", "report": "succeeded", "apart": "succeeded"},
        ),
    ],
)
def test_a_node_stops_waiting_for_a_provided_input(session: Session, inputs: dict[str, Any], expected: dict[str, str]) -> None:
    result = run(session, CHAIN, inputs=inputs)
    assert {name: node["state"] for name, node in result["nodes"].items()} == expected


def test_a_node_downstream_of_two_waiting_nodes_names_the_inputs_of_both(session: Session) -> None:
    result = run(
        session,
        """
        def left(a: int) -> int: return a
        def right(b: int) -> int: return b
        def both(left: int, right: int) -> int: return left + right
        """,
    )
    assert ended(result)["both"] == ("skipped", ["a", "b"])


def test_a_node_names_its_first_ten_missing_inputs(session: Session) -> None:
    parameters = ", ".join(f"x{number}: int" for number in range(15))
    result = run(session, f"def total({parameters}) -> int: return 0")
    assert ended(result)["total"] == ("waiting", [f"x{number}" for number in range(10)])
    assert len(result["problems"]) == 15


def test_a_failure_upstream_is_not_a_missing_input(session: Session) -> None:
    result = run(session, "def a() -> int: return 1 // 0\ndef b(a: int) -> int: return a")
    assert ended(result) == {"a": ("failed", []), "b": ("skipped", [])}


def test_states_are_reported_during_the_run(session: Session) -> None:
    session.update({"flow.py": "def a(x: int) -> int: return x\ndef b(a: int) -> int: return a"})
    states: list[tuple[str, str]] = []
    session.run(on_state=lambda node, state, _: states.append((node, state)))
    assert states[-2:] == [("a", "waiting"), ("b", "skipped")]


def test_the_remedy_is_to_fill_in_the_field(session: Session) -> None:
    (problem,) = run(session, "def total(price: float) -> float: return price")["problems"]
    assert problem["message"] == (
        "`total` needs `price`, but no function computes it and no input provides it.\n"
        "  needed for  total -> price\n"
        "  total       flow.py:1   total(price: float)\n"
        "  Enter a value for `price` under Inputs, or write a function named `price`."
    )
    assert problem["fields"] == [{"role": "inputs", "name": "price"}]


@pytest.mark.parametrize(
    ("source", "given", "fields"),
    [
        ("def total(price: float) -> float: return price", {"inputs": {"price": "x"}}, [("inputs", "price")]),
        ("def total() -> float: return 1.0", {"overrides": {"total": "x"}}, [("overrides", "total")]),
        ("def total(rate: float) -> float: return rate", {"config": {"rate": "x"}}, [("config", "rate")]),
    ],
)
def test_a_value_that_does_not_fit_names_its_field(
    session: Session, source: str, given: dict[str, Any], fields: list[tuple[str, str]]
) -> None:
    (problem,) = run(session, source, **given)["problems"]
    assert [(field["role"], field["name"]) for field in problem["fields"]] == fields


BOUND = """
from headwater import parameterize, configuration, value
@parameterize(total={"rate": configuration("tax")})
def made(rate: float) -> float: return rate
"""
COLUMNS = """
import pandas as pd
from headwater import resolve_from_config, tag
@resolve_from_config(decorate_with=lambda owner: tag(owner=owner))
def total() -> int: return 1
"""


@pytest.mark.parametrize(
    ("source", "key", "message"),
    [
        (
            BOUND,
            "tax",
            ("@parameterize on `made` (flow.py:2): it needs config value `tax`, which is not set. Set it under Inputs."),
        ),
        (
            COLUMNS,
            "owner",
            ("@resolve on `total` (flow.py:3): it needs config value `owner`, which is not set. Set it under Inputs."),
        ),
    ],
)
def test_a_decorator_that_lacks_a_config_value_names_its_field(session: Session, source: str, key: str, message: str) -> None:
    (problem,) = run(session, source)["problems"]
    assert problem["message"] == message
    assert problem["fields"] == [{"role": "config", "name": key}]
    assert key in session.graph()["config"]


@pytest.mark.parametrize(
    ("files", "given"),
    [
        ({"flow.py": "def total(price: float) -> float: return price"}, {}),
        ({"flow.py": "def total() -> float: return 1.0"}, {"inputs": {"total": 2.0}}),
        ({"a.py": "def total() -> int: return 1", "b.py": "def total() -> int: return 2"}, {}),
        ({"a.py": "def total() -> int: return 1", "b.py": "def more() -> int: return 2"}, {"inputs": {"more": 1}}),
        ({"flow.py": BOUND}, {}),
        ({"flow.py": COLUMNS}, {}),
    ],
)
def test_no_message_mentions_the_driver_or_the_builder(session: Session, files: dict[str, str], given: dict[str, Any]) -> None:
    session.update(files, **given)
    result = session.run()
    assert result["problems"] != []
    for problem in result["problems"]:
        for call in ("inputs={", "overrides={", "with_config", "Builder", "allow_module_overrides"):
            assert call not in problem["message"]


@pytest.mark.parametrize(
    ("inputs", "node", "reason"),
    [
        ({"price": 1.0}, "total", "the input `rate` is missing"),
        ({"price": 1.0}, "report", "`total` needs the input `rate`, which is missing"),
        ({}, "subtotal", "the input `price` is missing"),
        ({}, "both", "`subtotal` needs the input `price` and `plain` needs the inputs `left` and `right`, which are missing"),
        ({}, "plain", "the inputs `left` and `right` are missing"),
    ],
)
def test_a_lesson_says_which_node_needs_which_missing_input(
    session: Session, inputs: dict[str, Any], node: str, reason: str
) -> None:
    wide = """
    def plain(left: int, right: int) -> int:
        return left + right

    def both(subtotal: float, plain: int) -> float:
        return subtotal + plain
    """
    session.update({"flow.py": CHAIN, "wide.py": dedent(wide)}, inputs=inputs)
    session.run()
    assert run_check(session, Exercise(f"value('{node}')"))["message"] == f"`{node}` has no value: {reason}."
