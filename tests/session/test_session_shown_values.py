"""The values that a session shows after a run: no outdated values and no unused inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from headwater.session import Session
from headwater.session.text_values import parse_text_value

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = "def a(x: int = 1) -> int: return x * 10\n"
TWO = "def a(x: int = 1) -> int: return x * 10\ndef b(y: int = 2) -> int: return y + 1\n"
REQUIRED = "def a(x: int) -> int: return x * 10\n"
TABLE = "import pandas as pd\ndef t(f: pd.DataFrame) -> int: return int(f['n'].sum())\n"
MOVED = "def a(x: int = 1) -> int: return x * 10\ndef b() -> int: return 1\ndef c(y: int) -> int: return y\n"
BROKEN = "raise ValueError(1)\n"


@dataclass(frozen=True, slots=True)
class Step:
    """A run, and the text of each value that the session shows after it, or None for a node without a value."""

    code: str
    shown: dict[str, str | None]
    inputs: dict[str, str] = field(default_factory=dict[str, str])
    config: dict[str, Any] = field(default_factory=dict[str, Any])
    overrides: dict[str, str] = field(default_factory=dict[str, str])
    outputs: list[str] | None = None
    data: str = "n\n1\n2\n"


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as session:
        yield session


def shown(session: Session, name: str) -> str | None:
    preview = session.preview(name)
    if preview is None:
        return None
    return str(preview["rows"]) if preview["kind"] == "table" else str(preview.get("text"))


STEPS: dict[str, list[Step]] = {
    "an input that goes back to its default": [
        Step(ONE, {"x": "5", "a": "50"}, {"x": "5"}),
        Step(ONE, {"x": None, "a": "10"}),
        Step(ONE, {"x": "6", "a": "60"}, {"x": "6"}),
    ],
    "a required input that is no longer provided": [
        Step(REQUIRED, {"x": "5", "a": "50"}, {"x": "5"}),
        Step(REQUIRED, {"x": None, "a": None}),
    ],
    "an input that cannot be parsed": [
        Step(ONE, {"x": "5", "a": "50"}, {"x": "5"}),
        Step(ONE, {"x": None, "a": None}, {"x": "five"}),
    ],
    "an input of the wrong type": [
        Step(ONE, {"x": "5", "a": "50"}, {"x": "5"}),
        Step(ONE, {"x": None, "a": None}, {"x": '"five"'}),
    ],
    "an input that the chosen outputs do not need": [
        Step(TWO, {"x": "5", "a": "50", "b": "3"}, {"x": "5"}),
        Step(TWO, {"x": None, "a": "50", "b": "3"}, {"x": "5"}, outputs=["b"]),
        Step(TWO, {"x": None, "a": "50", "b": "3"}, {"x": "6"}, outputs=["b"]),
        Step(TWO, {"x": "6", "a": "60", "b": "3"}, {"x": "6"}),
    ],
    "an input that is itself the chosen output": [
        Step(TWO, {"x": "5", "y": "7"}, {"x": "5", "y": "7"}),
        Step(TWO, {"x": "6", "y": None}, {"x": "6", "y": "8"}, outputs=["x"]),
    ],
    "an input upstream of an overridden node": [
        Step(ONE, {"x": "5", "a": "50"}, {"x": "5"}),
        Step(ONE, {"x": None, "a": "7"}, {"x": "6"}, overrides={"a": "7"}),
    ],
    "an overridden input": [
        Step(ONE, {"x": "8", "a": "80"}, overrides={"x": "8"}),
        Step(ONE, {"x": None, "a": "10"}),
    ],
    "an input that the chosen output needed before an edit": [
        Step(TWO, {"y": "7", "b": "8"}, {"y": "7"}),
        Step(MOVED, {"y": None, "b": "1"}, {"y": "7"}, outputs=["b"]),
    ],
    "a function that became an input": [
        Step("def x() -> int: return 4\n" + ONE, {"x": "4", "a": "40"}),
        Step(ONE, {"x": None, "a": "10"}),
    ],
    "a config value that nothing needs anymore": [
        Step(TWO, {"x": "5", "a": "50", "b": "3"}, config={"x": 5}),
        Step(TWO, {"x": None, "a": "50", "b": "3"}, config={"x": 6}, outputs=["b"]),
    ],
    "a config value that became an input without a value": [
        Step(ONE, {"x": "5", "a": "50"}, config={"x": 5}),
        Step(ONE, {"x": None, "a": "10"}),
    ],
    "an input from a data file that changes": [
        Step(TABLE, {"f": "[['0', '1'], ['1', '2']]", "t": "3"}, {"f": "file:d.csv"}),
        Step(TABLE, {"f": "[['0', '4']]", "t": "4"}, {"f": "file:d.csv"}, data="n\n4\n"),
        Step(TABLE, {"f": None, "t": None}, {"f": "file:e.csv"}, data="n\n4\n"),
    ],
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_a_session_shows_only_the_inputs_and_config_values_of_its_latest_run(session: Session, steps: list[Step]) -> None:
    for step in steps:
        files = {"flow.py": step.code, "d.csv": step.data}
        inputs = {name: parse_text_value(text) for name, text in step.inputs.items()}
        overrides = {name: parse_text_value(text) for name, text in step.overrides.items()}
        session.update(files, step.config, inputs, overrides)
        session.run(step.outputs)
        assert {name: shown(session, name) for name in step.shown} == step.shown


def test_modules_that_cannot_be_imported_keep_the_values_of_the_previous_run(session: Session) -> None:
    session.update({"flow.py": ONE}, inputs={"x": 5})
    session.run()
    session.update({"flow.py": ONE + BROKEN}, inputs={"x": 6})
    result = session.run()
    assert (result["nodes"], result["ok"]) == ({}, False)  # so a page knows that these values are from an earlier run
    assert (shown(session, "x"), shown(session, "a")) == ("5", "50")
    session.update({"flow.py": ONE})
    session.run()
    assert (shown(session, "x"), shown(session, "a")) == (None, "10")


def test_a_function_waits_for_an_invalid_input_instead_of_using_its_default(session: Session) -> None:
    flow = TWO + "def c(a: int, b: int) -> int: return a + b\n"
    session.update({"flow.py": flow}, inputs={"x": parse_text_value("five")})
    result = session.run()
    assert [problem["message"] for problem in result["problems"]] == [
        "Invalid value for the input `x`. This is not valid JSON."
    ]
    assert result["nodes"]["a"] == {"state": "waiting", "needs": ["x"]}
    assert result["nodes"]["b"]["state"] == "succeeded"
    assert result["nodes"]["c"] == {"state": "skipped", "needs": ["x"]}
    session.update({"flow.py": flow}, inputs={"x": parse_text_value("5")})
    assert session.run()["outputs"]["c"] == {"kind": "scalar", "type": "int", "text": "53"}
    session.update({"flow.py": flow}, inputs={"x": parse_text_value("file:d.csv")}, overrides={"a": 1})
    assert session.run()["outputs"]["c"] == {"kind": "scalar", "type": "int", "text": "4"}
