"""`Parallelizable` and `Collect` in source text: the outline reports the same problems as the built graph."""

from __future__ import annotations

import pytest

from headwater.outline import outline
from headwater.session import Session

pytestmark = pytest.mark.interpreter

HEAD = """\
import headwater as hw
from headwater import Collect as All, Parallelizable
def number() -> Parallelizable[int]: return [1, 2]
def letter() -> hw.Parallelizable[str]: return "ab"
def single() -> int: return 1
"""


@pytest.mark.parametrize(
    "code",
    [
        "def total(number: All[int]) -> int: return sum(number)",
        "def total(number: 'hw.Collect[int]') -> int: return sum(number)",
        "def total(number: hw.Collect) -> int: return sum(number)",
        "def doubled(number: int, letter: All[str]) -> int: return number\ndef total(doubled: All[int]) -> int: return 1",
        "def part(number: int) -> Parallelizable[int]: yield number\ndef total(part: All[int], number: int) -> int: return 1",
    ],
)
def test_a_dataflow_with_elements_has_no_problems(code: str) -> None:
    assert outline({"a.py": HEAD + code})["problems"] == []


@pytest.mark.parametrize(
    ("name", "code", "kind", "start"),
    [
        (
            "total",
            "def total(single: All[int]) -> int: return 1",
            "MappingError",
            "`total` (a.py:6) collects `single` (a.py:5), ",
        ),
        ("both", "def both(number: int, letter: str) -> int: return 1", "MappingError", "`both` (a.py:6) reads `number`, "),
        ("total", "def total(number: int) -> All[int]: return 1", "MappingError", "`total` (a.py:6) returns `Collect`, "),
        (
            "total",
            "def total(number: Parallelizable[int]) -> int: return 1",
            "MappingError",
            "`total` (a.py:6) takes `number` as ",
        ),
        ("total", "def total(number: str) -> int: return 1", "IncompatibleTypes", "`total` (a.py:6) takes `number: str`, "),
        (
            "total",
            "def total(number: All[str]) -> int: return 1",
            "IncompatibleTypes",
            "`total` (a.py:6) takes `number: Collect[str]`, ",
        ),
    ],
)
def test_the_outline_and_the_session_report_the_same_mistake(name: str, code: str, kind: str, start: str) -> None:
    (problem,) = outline({"a.py": HEAD + code})["problems"]
    assert (problem["kind"], problem["line"], problem["node"]) == (kind, 6, name)
    assert problem["message"].startswith(start)
    with Session() as session:
        session.update({"a.py": HEAD + code})
        (built,) = session.graph()["problems"]
    assert (built["kind"], built["message"], built["line"]) == (kind, problem["message"], 6)
