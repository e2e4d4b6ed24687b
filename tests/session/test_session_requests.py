"""Invalid requests: a session never shows a value that a driver would reject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from headwater.session import Session

FLOW = """
def price(region: str = "eu") -> int:
    return len(region)


def total(price: int, rate: float = 0.5) -> float:
    return price * rate


def other(units: int) -> int:
    return units
"""


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as made:
        yield made


def run(session: Session, outputs: list[str] | None = None, **given: Any) -> Any:
    session.update({"flow.py": FLOW}, **given)
    return session.run(outputs)


def states(result: Any) -> dict[str, str]:
    return {name: node["state"] for name, node in result["nodes"].items()}


def problems(result: Any) -> list[tuple[str, str, str | None]]:
    return [(problem["severity"], problem["kind"], problem["node"]) for problem in result["problems"]]


def test_a_default_does_not_replace_a_refused_input(session: Session) -> None:
    result = run(session, ["total"], inputs={"rate": "x"})
    assert states(result) == {"price": "succeeded", "total": "skipped"}
    assert problems(result) == [("error", "WrongInputType", "total")]
    assert result["outputs"] == {}


def test_a_config_value_of_a_wrong_type_fails_only_the_node_that_uses_it(session: Session) -> None:
    result = run(session, ["total", "other"], config={"region": 3, "units": 2})
    assert states(result) == {"price": "failed", "total": "skipped", "other": "succeeded"}
    assert problems(result) == [("error", "WrongConfigType", "price")]
    assert {name: shown["text"] for name, shown in result["outputs"].items()} == {"other": "2"}
    assert result["problems"][0]["line"] == 2


def test_an_unneeded_config_value_of_a_wrong_type_is_a_warning(session: Session) -> None:
    result = run(session, ["other"], config={"region": 3, "units": 2})
    assert result["ok"]
    assert problems(result) == [("warning", "WrongValueWarning", None)]
    assert states(result) == {"other": "succeeded"}


def test_invalid_values_that_are_not_needed_are_warnings(session: Session) -> None:
    result = run(session, ["other"], inputs={"units": 1, "region": 3}, overrides={"total": "x"})
    assert result["ok"]
    assert [problem["message"] for problem in result["problems"]] == [
        ("Input `region` must be of type str for `price` (flow.py:2), but got int: 3. No requested output needs this value."),
        (
            "`total` is overridden with a value of type str ('x'), but its function (flow.py:6) returns float. "
            "Use a value of that type, or remove the override. No requested output needs this value."
        ),
    ]
    assert states(result) == {"other": "succeeded"}


def test_a_value_is_not_reused_after_its_input_was_refused(session: Session) -> None:
    assert run(session, ["total"], inputs={"rate": 2.0})["outputs"]["total"]["text"] == "4.0"
    assert run(session, ["total"], inputs={"rate": "x"})["outputs"] == {}
    assert session.preview("total") is None
    again = run(session, ["total"], inputs={"rate": 2.0})
    assert (again["outputs"]["total"]["text"], states(again)) == ("4.0", {"price": "reused", "total": "reused"})


def test_provided_values_that_no_node_uses_are_shown_if_requested(session: Session) -> None:
    result = run(session, ["extra", "more", "price"], inputs={"extra": 3}, overrides={"more": [1]})
    assert result["problems"] == []
    assert {name: shown["text"] for name, shown in result["outputs"].items() if "text" in shown}["extra"] == "3"
    assert set(result["outputs"]) == {"extra", "more", "price"}
    assert session.preview("extra") == result["outputs"]["extra"]
    assert run(session, ["price"], inputs={})["ok"]
    assert session.preview("extra") is None


def test_config_values_are_shown_if_requested(session: Session) -> None:
    result = run(session, ["mode", "price"], config={"mode": "fast"})
    assert {name: shown["text"] for name, shown in result["outputs"].items()} == {"mode": "fast", "price": "2"}
    assert problems(result) == [("warning", "UnusedNameWarning", None)]
    assert [node["name"] for node in result["graph"]["nodes"]] == ["region", "price", "rate", "total", "units", "other"]
