"""Every kind of operation computes its value, and can be compared, copied and sent to another process."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import pytest

from headwater.graph.executable import executable
from headwater.graph.operation import (
    REQUIRED,
    Append,
    Await,
    Combine,
    Expand,
    Fill,
    FunctionCall,
    Gate,
    GateCheck,
    Gather,
    Load,
    Map,
    Operation,
    Origin,
    Pass,
    Pick,
    Save,
    Shape,
    TakeData,
    Validate,
)
from headwater.introspection.source_location import SourceLocation
from headwater.quality import ValidationResult

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ORIGIN = Origin("bounds", SourceLocation("flow.py", 3))
PASSED = ValidationResult(True, "It is fine.")


class Columns(dict[str, list[int]]):
    """A frame from a library defined in this test."""


def is_frame(type_: type) -> bool:
    return issubclass(type_, Columns)


def column_names(frame: Columns) -> Sequence[str]:
    return list(frame)


def column(frame: Columns, name: str) -> list[int]:
    return frame[name]


def column_at(frame: Columns, position: int, name: str) -> tuple[str, list[int]]:
    return name, list(frame.values())[position]


def with_constant_columns(frame: Columns, names: Sequence[str], value: int) -> Columns:
    return Columns({**frame, **{name: [value] for name in names}})


def constant_column(frame: Columns, name: str, value: int) -> list[int]:
    return [value]


def with_columns(frame: Columns, columns: dict[str, list[int]]) -> Columns:
    return Columns({**frame, **columns})


def column_type() -> type:
    return list


def expression_type() -> type:
    return str


def expression(name: str) -> str:
    return f"col({name})"


class Text:
    """A loader and saver."""

    def __init__(self, path: str) -> None:
        self.path = path

    def load_data(self, type_: type) -> tuple[Any, dict[str, Any]]:
        return type_(self.path), {}

    def save_data(self, data: Any) -> dict[str, Any]:
        return {"path": self.path, "data": data}


def bounds() -> dict[str, int]:
    return {"low": 1}


def frame() -> Columns:
    return Columns(a=[1])


def pair(first: object, second: object) -> tuple[object, object]:
    return first, second


def positive(value: int) -> ValidationResult:
    return ValidationResult(value > 0, f"{value} is compared with 0.")


@dataclass(frozen=True)
class Listed:
    """A result builder."""

    def build(self, outputs: Mapping[str, Any]) -> list[tuple[str, Any]]:
        return list(outputs.items())


class Row(NamedTuple):
    """An operation, its arguments and the result."""

    operation: Operation
    arguments: tuple[Any, ...]
    value: Any


TABLE = [
    Row(FunctionCall(divmod), (7, 2), (3, 1)),
    Row(FunctionCall(sorted, ("key", "reverse")), ([1, -3, 2], abs, True), [-3, 2, 1]),
    Row(Await(FunctionCall(abs), ORIGIN, is_wrapper=True), (-1,), 1),
    Row(Expand(FunctionCall(range), ORIGIN), (3,), [0, 1, 2]),
    Row(Map(FunctionCall(pow), (1, 0), ("base",), ("base", "exp"), ORIGIN), ([1, 2, 3], 2), [1, 4, 9]),
    Row(Map(FunctionCall(sum), (2,), ("row", "cell"), ("cell",), ORIGIN), ([[[1, 2]], []],), [[3], []]),
    Row(Gather(FunctionCall(pair), (Shape(2, is_list=True), Shape(1))), (1, 2, 3), ([1, 2], 3)),
    Row(Gather(FunctionCall(dict), (Shape(2, ("a", "b")),)), (1, 2), {"a": 1, "b": 2}),
    Row(Fill(FunctionCall(bounds), ("low", "high"), 9, "field"), (), {"low": 1, "high": 9}),
    Row(Fill(FunctionCall(frame), ("a", "b"), 9, "column", __name__), (), Columns(a=[1], b=[9])),
    Row(Fill(FunctionCall(bounds), ("a",), 9, "column", __name__), (), {"low": 1}),  # not a frame: `Pick` reports this
    Row(Pick("field", "low", ORIGIN), ({"low": 1},), 1),
    Row(Pick("field", "high", ORIGIN, fill=9), ({"low": 1},), 9),
    Row(Pick("field", "high", ORIGIN, fill=None), ({"low": 1},), None),
    Row(Pick("item", "second", ORIGIN, 1), ((1, 2),), 2),
    Row(Pick("column", "a", ORIGIN, library=__name__), (Columns(a=[1]),), [1]),
    Row(Pick("column", "b", ORIGIN, library=__name__, fill=9), (Columns(a=[1]),), [9]),
    Row(Pick("column", "first", ORIGIN, 0, __name__), (Columns(a=[1]),), ("first", [1])),
    Row(Pick("expression", "a", ORIGIN, library=__name__), (Columns(a=[1]),), "col(a)"),
    Row(Append(("b",), __name__), (Columns(a=[1]), [2]), Columns(a=[1], b=[2])),
    Row(Validate(positive), (1,), ValidationResult(True, "1 is compared with 0.")),
    Row(Gate(ORIGIN, (GateCheck("positive", "fail"),)), (1, PASSED), 1),
    Row(Pass(), ("as it is",), "as it is"),
    Row(Load(Text, ("path",), str), ("a.txt",), ("a.txt", {})),
    Row(TakeData(ORIGIN), (("data", {}),), "data"),
    Row(Save(Text, ("path",)), (42, "a.txt"), {"path": "a.txt", "data": 42}),
    Row(Combine(Listed(), ("a", "b")), (1, 2), [("a", 1), ("b", 2)]),
]


def sent(value: Any) -> Any:
    """Return the value as another process receives it."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - the test's own data


def row_id(row: Row) -> str:
    return type(row.operation).__name__


def test_the_table_has_every_kind_of_operation() -> None:
    assert {type(row.operation) for row in TABLE} == set(get_args(Operation))


@pytest.mark.parametrize("row", TABLE, ids=row_id)
def test_an_operation_computes_its_value_here_and_after_a_way_to_another_process(row: Row) -> None:
    assert sent(row.operation) == row.operation
    assert copy.deepcopy(row.operation) == row.operation
    for call in (executable(row.operation), executable(sent(row.operation)), sent(executable(row.operation))):
        value = call(*row.arguments)
        assert value == row.value
        assert type(value) is type(row.value)


def test_operations_of_different_kinds_are_never_equal() -> None:
    assert Load(Text, ("path",), str) != Save(Text, ("path",))
    assert Pick("field", "a", ORIGIN) != Pick("column", "a", ORIGIN)
    assert FunctionCall(divmod) != Validate(divmod)


def test_an_operation_known_only_from_source_text_cannot_run() -> None:
    for operation in (Load(None, (), str), Save(None, ()), Pick("column", "a", ORIGIN), Append(("a",), None)):
        with pytest.raises(NotImplementedError, match="was read from source text, not imported"):
            executable(operation)({"a": 1})


def test_required_stays_the_same_in_a_copy() -> None:
    assert sent(REQUIRED) is REQUIRED
    assert copy.deepcopy(Pick("field", "a", ORIGIN)).fill is REQUIRED
