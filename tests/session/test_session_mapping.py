"""Mapped nodes in a live session: runs, reuse after edits, overrides and failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from headwater.session import Session
    from headwater.wire.views import RunView

FLOW = """\
from headwater import Collect, Parallelizable

def _twice(value):
    return 2 * value

def number(count: int = 3) -> Parallelizable[int]:
    print("numbers")
    yield from range(count)

def doubled(number: int) -> int:
    print(f"doubling {number}")
    return _twice(number)

def shifted(doubled: int, offset: int = 1) -> int:
    return doubled + offset

def total(shifted: Collect[int]) -> int:
    return sum(shifted)

def inverse(number: int) -> float:
    return 1 / (number - 1)

def inverse_sum(inverse: Collect[float]) -> float:
    return sum(inverse)
"""
NESTED = """\
from headwater import Collect, Parallelizable

def row() -> Parallelizable[list[int]]:
    return [[1, 2], [], [3]]

def cell(row: list[int]) -> Parallelizable[int]:
    yield from row

def square(cell: int) -> int:
    return cell * cell

def row_sum(square: Collect[int]) -> int:
    return sum(square)

def sums(row_sum: Collect[int]) -> list[int]:
    return list(row_sum)
"""


def run(session: Session, *outputs: str, source: str = FLOW, **provided: Any) -> RunView:
    session.update({"a.py": source}, **provided)
    assert session.graph()["problems"] == []
    return session.run(list(outputs))


def states(result: RunView) -> dict[str, str]:
    return {name: node["state"] for name, node in result["nodes"].items()}


def texts(result: RunView) -> dict[str, Any]:
    return {name: output.get("text") for name, output in result["outputs"].items()}


def test_inner_values_are_lists_and_all_prints_belong_to_the_node(session: Session) -> None:
    result = run(session, "doubled", "total")
    assert (result["ok"], result["problems"]) == (True, [])
    assert texts(result) == {"doubled": "[0, 2, 4]", "total": "9"}
    assert result["nodes"]["number"]["prints"] == "numbers\n"
    assert result["nodes"]["doubled"]["prints"] == "doubling 0\ndoubling 1\ndoubling 2\n"
    assert session.recording().values["shifted"] == [1, 3, 5]


def test_nested_elements_are_nested_lists(session: Session) -> None:
    assert texts(run(session, "square", "sums", source=NESTED)) == {"square": "[[1, 4], [], [9]]", "sums": "[5, 0, 9]"}


def test_there_may_be_no_elements(session: Session) -> None:
    assert texts(run(session, "doubled", "total", inputs={"count": 0})) == {"doubled": "[]", "total": "0"}


@pytest.mark.parametrize(
    ("old", "new", "total", "reused"),
    [
        ("2 * value", "3 * value", "12", {"number"}),
        ("2 * value", "value + value", "9", {"number", "shifted", "total"}),
        ("doubled + offset", "doubled - offset", "3", {"number", "doubled"}),
        ("sum(shifted)", "-sum(shifted)", "-9", {"number", "doubled", "shifted"}),
        ("range(count)", "range(count - 1, -1, -1)", "9", set()),
        ("range(count)", "range(count + 1)", "16", set()),
        ("range(count)", "[0, 1, 2]", "9", {"doubled", "shifted", "total"}),
    ],
)
def test_an_edit_reruns_the_nodes_that_it_affects(session: Session, old: str, new: str, total: str, reused: set[str]) -> None:
    run(session, "total")
    assert set(states(run(session, "total")).values()) == {"reused"}
    result = run(session, "total", source=FLOW.replace(old, new))
    assert texts(result) == {"total": total}
    assert {name for name, state in states(result).items() if state == "reused"} == reused


def test_a_changed_marker_reruns_the_readers_although_their_code_and_their_arguments_are_the_same(session: Session) -> None:
    flow = """\
from typing import Any
from headwater import Collect, Parallelizable

def number() -> Parallelizable[int]:
    return [1, 2]

def pair(number: Any) -> Any:
    return [number, number]

def after(pair: Any) -> Any:
    return {"pair": pair}
"""
    mapped = {"pair": "[[1, 1], [2, 2]]", "after": '[{"pair": [1, 1]}, {"pair": [2, 2]}]'}
    single = {"pair": "[[1, 2], [1, 2]]", "after": '{"pair": [[1, 2], [1, 2]]}'}
    without_elements = flow.replace("Parallelizable[int]:", "list[int]:")
    collecting = flow.replace("number: Any", "number: Collect[int]")
    for source, expected in ((flow, mapped), (without_elements, single), (flow, mapped), (collecting, single), (flow, mapped)):
        assert texts(run(session, "pair", "after", source=source)) == expected


def test_a_list_overrides_the_values_for_all_elements(session: Session) -> None:
    result = run(session, "total", overrides={"doubled": [1, 2]})
    assert (texts(result), states(result)["doubled"]) == ({"total": "5"}, "overridden")
    session.update({"a.py": FLOW}, overrides={"doubled": 3})
    (problem,) = session.run(["total"])["problems"]
    assert "`doubled` is overridden with a value of type int (3)" in problem["message"]
    assert "list[int]" in problem["message"]


def test_a_failure_names_the_element_and_other_nodes_are_computed(session: Session) -> None:
    result = run(session, "inverse_sum", "total")
    assert (result["ok"], texts(result)) == (False, {"total": "9"})
    assert (states(result)["inverse"], states(result)["inverse_sum"]) == ("failed", "skipped")
    (problem,) = result["problems"]
    assert (problem["kind"], problem["node"], problem["line"]) == ("ZeroDivisionError", "inverse", 21)
    assert problem["message"].splitlines()[1:] == [
        "Raised in node `inverse` (a.py:20), called with",
        "  number = 1",
        "This call was for the element `number[1]`.",
    ]
    fixed = run(session, "inverse_sum", "total", source=FLOW.replace("number - 1", "number - 5"))
    assert states(fixed) == {
        "number": "reused",
        "doubled": "reused",
        "shifted": "reused",
        "total": "reused",
        "inverse": "succeeded",
        "inverse_sum": "succeeded",
    }


def test_a_value_without_elements_is_a_problem_of_the_run(session: Session) -> None:
    result = run(session, "total", source=FLOW.replace("yield from range(count)", "return count"))
    (problem,) = result["problems"]
    assert problem["node"] == "number"
    assert "must return or yield elements, but returned int: 3." in problem["message"]


def test_async_functions_are_called_for_each_element(session: Session) -> None:
    source = (
        FLOW.replace("def number", "async def number")
        .replace("yield from range(count)", "for each in range(count):\n        yield each")
        .replace("def doubled", "async def doubled")
        .replace("def total", "async def total")
    )
    result = run(session, "total", source=source)
    assert (texts(result), result["problems"]) == ({"total": "9"}, [])
    assert result["nodes"]["doubled"]["prints"] == "doubling 0\ndoubling 1\ndoubling 2\n"
    assert set(states(run(session, "total", source=source)).values()) == {"reused"}
    edited = run(session, "total", source=source.replace("2 * value", "3 * value"))
    assert (texts(edited), states(edited)["number"]) == ({"total": "12"}, "reused")
