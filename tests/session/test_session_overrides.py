"""Overrides: the nodes that run, the nodes that are reused, and the values that are rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from headwater.session import Session
    from headwater.wire.views import RunView

FLOW = """
def price(region: str) -> float:
    return 20.0


def quantity() -> int:
    return 3


def total(price: float, quantity: int) -> float:
    return price * quantity


def report(total: float) -> str:
    return f"{total:.0f} in all"


def half(quantity: int) -> float:
    return quantity / 2
"""


def run(session: Session, *, source: str = FLOW, **given: Any) -> RunView:
    session.update({"flow.py": source}, **given)
    return session.run()


def states(result: RunView) -> dict[str, str]:
    return {name: node["state"] for name, node in result["nodes"].items()}


def test_an_override_replaces_a_node_and_its_exclusive_dependencies(session: Session) -> None:
    result = run(session, overrides={"price": 5.0})
    assert result["ok"], "`region` is neither provided nor needed"
    assert states(result) == {
        "price": "overridden",
        "quantity": "succeeded",
        "total": "succeeded",
        "report": "succeeded",
        "half": "succeeded",
    }
    assert (result["ran"], result["total"]) == (4, 4)
    assert result["outputs"]["report"] == {"kind": "scalar", "type": "str", "text": "15 in all"}
    assert session.preview("price") == {"kind": "scalar", "type": "float", "text": "5.0"}


def test_another_override_reruns_only_the_nodes_downstream(session: Session) -> None:
    run(session, inputs={"region": "eu"})
    result = run(session, inputs={"region": "eu"}, overrides={"total": 7.0})
    assert states(result) == {"total": "overridden", "report": "succeeded", "quantity": "reused", "half": "reused"}
    result = run(session, inputs={"region": "eu"}, overrides={"total": 8.0})
    assert states(result) == {"total": "overridden", "report": "succeeded", "quantity": "reused", "half": "reused"}


def test_an_override_equal_to_the_computed_value_reruns_nothing(session: Session) -> None:
    run(session, inputs={"region": "eu"})
    assert run(session, inputs={"region": "eu"}, overrides={"total": 60.0})["ran"] == 0
    assert run(session, inputs={"region": "eu"})["ran"] == 0


def test_a_node_keeps_its_computed_value_after_its_override_is_removed(session: Session) -> None:
    run(session, inputs={"region": "eu"})
    run(session, inputs={"region": "eu"}, overrides={"total": 7.0})
    result = run(session, inputs={"region": "eu"})
    assert states(result) == {
        "price": "reused",
        "quantity": "reused",
        "total": "reused",
        "report": "succeeded",
        "half": "reused",
    }


def test_the_graph_shows_the_values_of_overrides_and_inputs(session: Session) -> None:
    given: dict[str, Any] = {"inputs": {"region": "eu"}, "overrides": {"total": 7.0}}
    session.update({"flow.py": FLOW}, **given)
    shown = {
        "price": "float",
        "quantity": "int",
        "total": "float = 7.0",
        "report": "str",
        "half": "float",
        "region": "str = 'eu'",
    }
    assert {node["name"]: node["type"] for node in session.graph()["nodes"]} == shown
    assert {node["name"]: node["type"] for node in session.run()["graph"]["nodes"]} == shown
    session.update({"flow.py": FLOW})
    assert {node["name"]: node["type"] for node in session.graph()["nodes"]} == {**shown, "total": "float", "region": "str"}


def test_an_override_of_the_wrong_type_fails_its_node_and_names_the_type(session: Session) -> None:
    result = run(session, inputs={"region": "eu"}, overrides={"total": "much"})
    assert not result["ok"]
    assert states(result) == {"total": "failed", "report": "skipped", "quantity": "succeeded", "half": "succeeded"}
    (problem,) = result["problems"]
    assert (problem["kind"], problem["node"], problem["file"], problem["line"]) == ("WrongOverrideType", "total", "flow.py", 10)
    assert problem["message"] == (
        "`total` is overridden with a value of type str ('much'), but its function (flow.py:10) returns float. "
        "Use a value of that type, or remove the override."
    )


@pytest.mark.parametrize(
    ("annotation", "value"), [("float", 2), ("'list[int] | None'", [1]), ("object", {"a": 1}), ("int", None)]
)
def test_an_override_may_have_any_type_that_the_annotation_accepts(session: Session, annotation: str, value: object) -> None:
    source = f"def made() -> {annotation}:\n    return 1\ndef shown(made: object) -> str:\n    return repr(made)\n"
    assert run(session, source=source, overrides={"made": value})["outputs"]["shown"]["text"] == repr(value)


def test_an_override_of_an_unknown_node_is_a_warning(session: Session) -> None:
    result = run(session, inputs={"region": "eu"}, overrides={"totel": 1.0})
    assert result["ok"]
    assert [(problem["kind"], problem["severity"]) for problem in result["problems"]] == [("UnusedNameWarning", "warning")]
    assert "Did you mean `total`?" in result["problems"][0]["message"]


def test_a_name_with_an_input_and_an_override_is_a_problem(session: Session) -> None:
    result = run(session, inputs={"region": "eu"}, overrides={"region": "us"})
    assert [problem["kind"] for problem in result["problems"]] == ["ConflictingNames"]


def test_an_override_that_no_output_needs_is_shown(session: Session) -> None:
    session.update({"flow.py": FLOW}, overrides={"quantity": 9, "half": 1.0})
    result = session.run(["half"])
    assert states(result) == {"quantity": "overridden", "half": "overridden"}
    assert (result["ran"], result["total"]) == (0, 0)
    assert session.preview("quantity") == {"kind": "scalar", "type": "int", "text": "9"}


def test_an_override_differs_from_an_equal_value_computed_from_other_data(session: Session) -> None:
    source = """
import pathlib
def name() -> str:
    pathlib.Path("a.txt").read_text()
    return "a.txt"
def text(name: str) -> str:
    return _opened(name)
def _opened(name):
    return [*map(open, [name])][0].read()
"""
    session.update({"flow.py": source, "a.txt": "one"})
    assert session.run()["outputs"]["text"]["text"] == "one"
    session.update({"flow.py": source, "a.txt": "two"}, overrides={"name": "a.txt"})
    assert session.run()["outputs"]["text"]["text"] == "two"
