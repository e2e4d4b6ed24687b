"""`with_columns` over frames whose columns are expressions: levels, steps and errors. The library is a small fake."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest

from headwater import Builder, check_output_custom, pipe_output, step, with_columns
from headwater.errors import CycleError, DecoratorError, MissingPart
from headwater.integrations import register_frame_library
from headwater.planning.operation_words import operation_in_words
from headwater.types import typing_rules


@dataclass(frozen=True)
class Expression:
    """A column of a query, as text."""

    text: str


@dataclass(frozen=True)
class Batch:
    """The values of a column."""

    values: list[int]


@dataclass
class Query:
    """A frame that records the names of the columns that each step appended."""

    columns: dict[str, str]
    steps: list[list[str]] = field(default_factory=list)


def append(step_, frame, *columns):
    remaining = iter(columns)
    new = {column.name: f"{frame.columns[column.existing]}" if column.existing else next(remaining) for column in step_.columns}
    assert list(remaining) == []
    present = {**frame.columns, **{name: getattr(value, "text", str(value)) for name, value in new.items()}}
    return Query(
        {name: text for name, text in present.items() if name not in step_.removed},
        [*frame.steps, [column.name for column in step_.columns]],
    )


def read(function, values):
    return [
        Expression(value.columns[function.references[position]]) if position in function.references else value
        for position, value in enumerate(values)
    ]


def batches(function, frame, *values):
    assert isinstance(frame, Query)
    values = read(function, values)
    shown = [value.text if position in function.columns else str(value) for position, value in enumerate(values)]
    return Expression(f"{function.node}({', '.join(shown)})")


@pytest.fixture(autouse=True)
def library(monkeypatch):
    module: Any = ModuleType("queries_for_headwater")
    module.EXPRESSION, module.BATCH = "Expression", "Batch"
    module.is_frame = lambda type_: issubclass(type_, Query)
    module.column_type = lambda: Expression
    module.column_names = lambda frame: list(frame.columns)
    module.column = lambda frame, name: Expression(frame.columns[name])
    module.column_at = module.constant_column = module.with_constant_columns = module.with_columns = lambda *_: None
    module.accepts_expression = lambda annotation: typing_rules.fits(Expression, annotation)
    module.accepts_batch = lambda annotation: typing_rules.fits(Batch, annotation)
    module.apply_to_expressions = lambda function, *values: function.call(*read(function, values))
    module.apply_to_batches = batches
    module.append = append
    monkeypatch.setitem(sys.modules, "queries_for_headwater", module)
    for class_ in (Query, Expression, Batch):
        monkeypatch.setattr(class_, "__module__", "queries")
    register_frame_library("queries", "queries_for_headwater")


def double(a: Expression) -> Expression:
    return Expression(f"{a.text} * 2")


def total(double: Expression, b: Expression) -> Expression:
    return Expression(f"({double.text} + {b.text})")


def rounded(total: Batch, digits: int = 0) -> Batch:
    raise AssertionError("a batch function is not called when the query is built")


def largest(rounded: Expression, double: Expression) -> Expression:
    return Expression(f"max({rounded.text}, {double.text})")


WHOLE = {"pass_dataframe_as": "frame"}


def build(*functions, **options):
    @with_columns(*functions, **(options or {"columns_to_pass": ["a", "b"]}))
    def table(data: Query) -> Query:
        return data

    return Builder().with_functions(table).build()


def run(*functions, outputs=("table",), inputs=None, **options):
    driver = build(*functions, **options)
    return driver.execute(list(outputs), inputs={"data": Query({"a": "a", "b": "b"}), **(inputs or {})})


def test_columns_of_one_level_are_appended_in_one_step():
    def sum_(a: Expression, b: Expression) -> Expression:
        return Expression(f"{a.text} + {b.text}")

    table = run(double, sum_)["table"]
    assert table.columns == {"a": "a", "b": "b", "double": "a * 2", "sum_": "a + b"}
    assert table.steps == [["double", "sum_"]]


def test_each_level_of_columns_is_one_step():
    table = run(largest, double, rounded, total)["table"]
    assert table.steps == [
        ["table.double"],
        ["table.total"],
        ["table.rounded"],
        ["largest", "double", "rounded", "total"],
    ]
    assert table.columns == {
        "a": "a",
        "b": "b",
        "double": "a * 2",
        "total": "(a * 2 + b)",
        "rounded": "table.rounded((a * 2 + b), 0)",
        "largest": "max(table.rounded((a * 2 + b), 0), a * 2)",
    }


def test_the_nodes_are_those_of_other_libraries_and_a_frame_for_each_earlier_step():
    graph = build(double, total).graph
    columns = {"table.a", "table.b", "table.double", "table.total"}
    assert set(graph.nodes) == {"data", *columns, "table.data.level_1", "table.data", "table"}
    assert graph["table.data.level_1"].doc == "`data` with the columns of level 1, which other columns depend on."
    assert graph["table.data"].doc == "`data` with the columns double, total."


def test_explanations_name_the_functions():
    graph = build(double, total, rounded).graph
    words = {name: operation_in_words(graph[f"table.{name}"]) for name in ("double", "total", "rounded", "data")}
    assert words == {name: f"calls {'append' if name == 'data' else name}" for name in words}


def test_a_column_that_is_not_selected_is_removed_at_the_end():
    table = run(double, total, columns_to_pass=["a", "b"], select=["total"])["table"]
    assert table.columns == {"a": "a", "b": "b", "total": "(a * 2 + b)"}


def test_functions_that_no_selected_column_needs_are_left_out():
    def other(c: int) -> int:
        return c

    graph = build(double, total, other, columns_to_pass=["a", "b"], select=["double"]).graph
    assert not {"table.total", "table.other", "table.data.level_1", "c"} & set(graph.nodes)


def test_a_column_may_replace_one_of_the_frame_without_changing_the_others():
    def b(a: Expression) -> Expression:
        return Expression(f"new {a.text}")

    def last(b: Expression, frame_b: Expression) -> Expression:
        return Expression(f"{b.text}, {frame_b.text}")

    def frame_b(frame: Query) -> Expression:
        return Expression(frame.columns["b"])

    def a(frame: Query) -> Expression:
        return Expression("a")

    assert run(a, b, frame_b, last, **WHOLE)["table"].columns["last"] == "new a, b"


def test_a_single_value_is_an_argument_of_functions_and_a_column():
    def digits() -> int:
        return 3

    def scaled(a: Batch, digits: int, factor: float) -> Batch: ...

    table = run(digits, scaled, inputs={"factor": 1.5})["table"]
    assert table.columns == {"a": "a", "b": "b", "digits": "3", "scaled": "table.scaled(a, 3, 1.5)"}


def test_a_parameter_may_be_called_frame():
    def scaled(a: Batch, frame: int) -> Batch: ...

    assert run(scaled, inputs={"frame": 2})["table"].columns["scaled"] == "table.scaled(a, 2)"


def test_the_value_of_a_columns_node_is_its_expression():
    values = run(double, rounded, total, outputs=["table.double", "table.rounded"])
    assert values == {"table.double": Expression("a * 2"), "table.rounded": Expression("table.rounded((a * 2 + b), 0)")}


def test_an_overridden_column_replaces_its_expression():
    driver = build(double, total)
    inputs = {"data": Query({"a": "a", "b": "b"})}
    table = driver.execute(["table"], inputs=inputs, overrides={"table.double": Expression("7")})["table"]
    assert (table.columns["double"], table.columns["total"]) == ("7", "(7 + b)")


def test_annotations_that_allow_expressions_and_batches_get_expressions():
    def untyped(a: Any) -> Any:
        return Expression(f"any {a.text}")

    def either(untyped: Expression | Batch) -> Expression | Batch:
        return Expression(f"either {untyped.text}")

    assert run(untyped, either)["table"].columns["either"] == "either any a"


def test_pipes_of_columns_work():
    def plus(column: Batch, by: int) -> Batch: ...

    @pipe_output(step(plus, by=1))
    def piped(a: Batch) -> Batch: ...

    columns = run(piped, columns_to_pass=["a"], select=["piped"])["table"].columns
    assert columns["piped"] == "table.piped.with_plus(table.piped.raw(a), 1)"


def test_an_async_function_may_compute_an_expression():
    async def awaited(double: Expression) -> Expression:
        return Expression(f"awaited {double.text}")

    @with_columns(double, awaited, columns_to_pass=["a"])
    def table(data: Query) -> Query:
        return data

    driver = Builder().with_functions(table).build_async()
    computed = asyncio.run(driver.execute(["table"], inputs={"data": Query({"a": "a"})}))["table"]
    assert computed.columns["awaited"] == "awaited a * 2"


def test_a_missing_column_is_reported_with_the_existing_ones():
    with pytest.raises(MissingPart, match=r"`data` \(.*\) returned no column `c`\. Its columns are: `a`, `b`\."):
        run(double, columns_to_pass=["a", "c"], outputs=["table.c"])


def test_a_cycle_is_reported():
    def one(two: Expression) -> Expression: ...

    def two(one: Expression) -> Expression: ...

    with pytest.raises(CycleError):
        build(one, two)


# --- annotation errors --------------------------------------------------------------------------------------------------


def takes_number(a: int) -> Expression: ...


def returns_number(a: Expression) -> int: ...


def returns_batch_for_nothing() -> Batch: ...


def returns_expression_for_batch(a: Batch) -> Expression: ...


def mixes(a: Expression, b: Batch) -> Expression: ...


async def waits(a: Batch) -> Batch: ...


def is_positive(column: Any) -> bool: ...


@check_output_custom(is_positive)
def checked(a: Batch) -> Batch: ...


ERRORS = {
    takes_number: "takes `a: int`. Annotate a column as Expression or, to receive batches, as Batch.",
    returns_number: "returns int, but must return Expression to become a column.",
    returns_batch_for_nothing: "returns Batch but takes no column. Take a column, or return Expression.",
    returns_expression_for_batch: "returns Expression, but must return Batch to become a column.",
    mixes: "takes `a: Expression`, `b: Batch`. Use the same type for all columns.",
    waits: "is `async def`, but functions with Batch parameters are called without an event loop.",
}


@pytest.mark.parametrize("function", ERRORS, ids=lambda function: function.__name__)
def test_a_function_that_columns_do_not_fit_is_an_error(function):
    with pytest.raises(DecoratorError) as caught:
        build(function)
    location = f"test_query_columns.py:{function.__code__.co_firstlineno}"
    message = rf"@with_columns on `table` \(.*\): `{function.__name__}` \(.*{location}\) {re.escape(ERRORS[function])}"
    assert re.fullmatch(message, str(caught.value))


def test_a_batch_function_cannot_take_the_frame():
    def first(frame: Query) -> Expression | Batch: ...

    def second(first: Batch, frame: Query) -> Batch: ...

    reason = "takes the frame, but functions with Batch parameters receive batches of rows. "
    reason += "Use only columns and values as parameters."
    with pytest.raises(DecoratorError, match=re.escape(reason)):
        build(first, second, **WHOLE)


def test_a_check_of_a_column_is_an_error():
    with pytest.raises(DecoratorError, match=r"has a decorator that needs the column's values"):
        build(checked)
