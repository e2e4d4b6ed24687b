"""Tokens change with everything that a value depends on, and with nothing else."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import types
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import pytest

from headwater import Builder
from headwater.caching.constants import constant_digest
from headwater.caching.key import node_token, token
from headwater.caching.memory import MemoryStore
from headwater.caching.traces import Traces
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
from headwater.hooks import Policy
from headwater.introspection.source_location import SourceLocation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.graph.node import Node

ORIGIN = Origin("bounds", SourceLocation("flow.py", 3))
MOVED = Origin("limits", SourceLocation("other.py", 99))
EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "decorators").glob("*.py"))


class Text:
    """A loader and saver."""


class OtherText:
    """Another loader and saver."""


@dataclass(frozen=True)
class Listed:
    """A result builder."""

    sort: bool

    def build(self, outputs: Mapping[str, Any]) -> list[tuple[str, Any]]:
        return list(outputs.items())


class Row(NamedTuple):
    """An operation, and operations whose results differ from its result."""

    operation: Operation
    different: tuple[Operation, ...]


CALL = FunctionCall(divmod)
MAP = Map(CALL, (1, 0), ("item",), ("x", "y"), ORIGIN)
GATHER = Gather(CALL, (Shape(1), Shape(2)))
FILL = Fill(CALL, ("a",), 9, "column", "pandas")
PICK = Pick("column", "a", ORIGIN, 0, "pandas", 9)
APPEND = Append(("a",), "pandas")
GATE = Gate(ORIGIN, (GateCheck("range", "warn"),))
LOAD = Load(Text, ("path",), str)
SAVE = Save(Text, ("path",))
COMBINE = Combine(Listed(sort=True), ("a", "b"))

TABLE = [
    Row(CALL, (FunctionCall(pow), FunctionCall(divmod, ("y",)))),
    Row(Await(CALL, ORIGIN), (Await(FunctionCall(pow), ORIGIN),)),
    Row(Expand(CALL, ORIGIN), (Expand(FunctionCall(pow), ORIGIN),)),
    Row(
        MAP,
        (
            replace(MAP, inner=FunctionCall(pow)),
            replace(MAP, depths=(0, 1)),
            replace(MAP, depths=(2, 0), over=("row", "item")),
        ),
    ),
    Row(
        Gather(CALL, (Shape(1), Shape(2))),
        (Gather(CALL, (Shape(2), Shape(1))), Gather(FunctionCall(pow), (Shape(1), Shape(2)))),
    ),
    Row(
        FILL,
        (
            replace(FILL, names=("b",)),
            replace(FILL, value=9.0),
            replace(FILL, part="field"),
            replace(FILL, library="polars"),
            replace(FILL, inner=FunctionCall(pow)),
        ),
    ),
    Row(
        PICK,
        (
            replace(PICK, part="field"),
            replace(PICK, name="b"),
            replace(PICK, position=1),
            replace(PICK, position=None),
            replace(PICK, library="polars"),
            replace(PICK, fill=8),
            replace(PICK, fill=REQUIRED),
            replace(PICK, fill=None),
        ),
    ),
    Row(APPEND, (Append(("b",), "pandas"), Append(("a",), "polars"), Append(("a", "b"), "pandas"))),
    Row(Validate(abs), (Validate(len),)),
    Row(GATE, (replace(GATE, checks=(GateCheck("range", "fail"),)), replace(GATE, checks=()))),
    Row(Pass(), ()),
    Row(LOAD, (Load(OtherText, ("path",), str), Load(Text, ("file",), str), Load(Text, ("path",), bytes))),
    Row(TakeData(ORIGIN), ()),
    Row(SAVE, (Save(OtherText, ("path",)), Save(Text, ("path", "mode")))),
    Row(COMBINE, (Combine(Listed(sort=False), ("a", "b")), Combine(Listed(sort=True), ("b", "a")))),
]


def code(function: Any) -> str | None:
    return None if function is None else f"{function.__module__}.{function.__qualname__}"


def constant(value: object) -> str | None:
    return constant_digest(value, code)


def row_id(row: Row) -> str:
    return kind(row.operation)


def kind(operation: Operation) -> str:
    return type(operation).__name__


def test_the_table_has_every_kind_of_operation() -> None:
    assert {type(row.operation) for row in TABLE} == set(get_args(Operation))


@pytest.mark.parametrize("row", TABLE, ids=row_id)
def test_a_token_changes_with_each_part_of_the_operation(row: Row) -> None:
    tokens = [token(operation, code, constant) for operation in (row.operation, *row.different)]
    assert None not in tokens
    assert len(set(tokens)) == len(tokens)


def test_different_kinds_of_operations_have_different_tokens() -> None:
    assert len({token(row.operation, code, constant) for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("operation", "moved"),
    [
        (PICK, replace(PICK, origin=MOVED)),
        (GATE, replace(GATE, node=MOVED)),
        (TakeData(ORIGIN), TakeData(MOVED)),
        (Await(CALL, ORIGIN), Await(CALL, MOVED)),
    ],
    ids=kind,
)
def test_names_and_lines_that_only_messages_use_do_not_count(operation: Operation, moved: Operation) -> None:
    assert token(operation, code, constant) == token(moved, code, constant)


@pytest.mark.parametrize("wrap", [lambda call: call, lambda call: Await(call, ORIGIN), lambda call: Gather(call, ())])
def test_there_is_no_token_where_code_is_unknown(wrap: Callable[[Operation], Operation]) -> None:
    assert token(wrap(CALL), lambda _: None, constant) is None


@pytest.mark.parametrize(
    "operation", [FILL, PICK, Validate(abs), LOAD, COMBINE], ids=lambda operation: type(operation).__name__
)
def test_there_is_no_token_where_a_constant_is_unknown(operation: Operation) -> None:
    assert token(operation, code, lambda _: None) is None


def test_an_adapter_that_is_known_from_source_text_only_has_no_token() -> None:
    assert token(Load(None, ("path",), str), code, constant) is None
    assert token(Save(None, ("path",)), code, constant) is None


# --- nodes ---------------------------------------------------------------------------------------------------------------


def token_of(node: Node) -> str | None:
    return node_token(node, code, constant, lambda values: constant(dict(values)))


def tokens_of_example(path: Path) -> dict[str, str | None]:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[path.stem] = module
    specification.loader.exec_module(module)
    graph = Builder().with_modules(module).with_config(getattr(module, "CONFIG", {})).build().graph
    return {node.name: token_of(node) for node in graph if node.kind == "function"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_node_of_every_decorator_has_a_token(path: Path) -> None:
    tokens = tokens_of_example(path)
    assert tokens
    assert [name for name, token in tokens.items() if token is None] == []


@pytest.mark.native  # starts another Python process
def test_tokens_are_the_same_in_another_process() -> None:
    program = f"""
import json, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_key import EXAMPLES, tokens_of_example
print(json.dumps({{path.stem: tokens_of_example(path) for path in EXAMPLES}}))
"""
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert json.loads(ran.stdout) == {path.stem: tokens_of_example(path) for path in EXAMPLES}


def module_of(source: str) -> types.ModuleType:
    module = types.ModuleType("flow")
    exec(source, module.__dict__)  # noqa: S102 - the test's own code
    return module


def test_a_token_changes_with_what_the_config_binds() -> None:
    source = """
from headwater import configuration, inject

@inject(rate=configuration("rate"))
def cost(price: int, rate: object) -> object:
    return price, rate
"""

    def token_with(rate: object) -> str | None:
        graph = Builder().with_modules(module_of(source)).with_config({"rate": rate}).build().graph
        return token_of(graph["cost"])

    assert token_with(2) == token_with(2)
    assert token_with(2) != token_with(3)
    assert token_with(iter([2])) is None


def test_a_token_changes_with_the_nodes_that_parameters_read() -> None:
    source = """
from headwater import inject, source

@inject(price=source("{read}"))
def cost(price: int, old_price: int, new_price: int) -> int:
    return price
"""
    old, new = (
        token_of(Builder().with_modules(module_of(source.format(read=read))).build().graph["cost"])
        for read in ("old_price", "new_price")
    )
    assert old != new


def test_a_driver_reuses_values_by_tokens() -> None:
    calls: list[int] = []

    def cost(price: int) -> int:
        calls.append(price)
        return price * 2

    store = MemoryStore()
    policy = Policy(traces=lambda: Traces(store, token_of))
    driver = Builder().with_functions(cost).with_policy(policy).build()
    assert [driver.execute(["cost"], inputs={"price": price})["cost"] for price in (2, 2, 3)] == [4, 4, 6]
    assert calls == [2, 3]
