"""`with_columns` and `extract_columns` over pandas, polars and lazy polars."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, extract_columns, with_columns
from headwater.errors import DuplicateColumn, IncompatibleTypes, MissingPart
from headwater.outline import outline

pl = pytest.importorskip("polars")

FRAMES = {
    "pandas": pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "polars": pl.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "polars, lazy": pl.LazyFrame({"a": [1, 2], "b": [3, 4]}),
}
POLARS = {name: frame for name, frame in FRAMES.items() if name != "pandas"}


def annotated(function, type_):
    function = type(function)(function.__code__, function.__globals__, function.__name__)
    function.__annotations__ = dict.fromkeys([*function.__code__.co_varnames[: function.__code__.co_argcount], "return"], type_)
    return function


def appended(frame, *functions, **options):
    """Return the frame with the columns that these functions compute."""

    def table(data):
        return data

    decorate = with_columns(*functions, **(options or {"columns_to_pass": ["a"]}))
    driver = Builder().with_functions(decorate(annotated(table, type(frame)))).build()
    computed = driver.execute(["table"], inputs={"data": frame})["table"]
    assert type(computed) is type(frame)
    return computed.collect() if isinstance(computed, pl.LazyFrame) else computed


VALUES = {
    "a number": 2026,
    "a string": "x",
    "None": None,
    "a date": dt.date(2020, 1, 1),
    "a decimal": Decimal("1.5"),
    "a numpy number": np.int64(3),
    "a dictionary": {"k": 1},
    "true": True,
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_single_value_fills_every_row(frame, value):
    def new() -> Any:
        return value

    assert appended(frame, new)["new"].to_list() == [value, value]


@pytest.mark.parametrize("frame", [pd.DataFrame({"a": []}), pl.DataFrame({"a": []}), pl.LazyFrame({"a": []})])
def test_a_single_value_fills_no_row_of_an_empty_frame(frame):
    def new() -> int:
        return 3

    assert appended(frame, new)["new"].to_list() == []


LISTS = {"a list": [7, 8], "a tuple": (7, 8), "a range": range(7, 9), "an array": np.array([7, 8])}


@pytest.mark.parametrize("values", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_sequence_becomes_a_column(frame, values):
    def new() -> Any:
        return values

    assert appended(frame, new)["new"].to_list() == [7, 8]


@pytest.mark.parametrize("frame", [FRAMES["pandas"], FRAMES["polars"]], ids=["pandas", "polars"])
def test_a_column_that_does_not_fit_is_reported(frame):
    def fitting() -> Any:
        return [1, 2]

    def longer() -> Any:
        return [1, 2, 3]

    with pytest.raises(Exception, match=r".") as caught:
        appended(frame, fitting, longer)
    assert "The column `longer` cannot be appended to the frame." in caught.value.__notes__


# --- expressions --------------------------------------------------------------------------------------------------------


def double(a):
    return a * 2


def quadruple(double):
    return double * 2


def both(a, b):
    return a + b


@pytest.mark.parametrize("frame", POLARS.values(), ids=POLARS)
def test_functions_of_expressions_get_expressions(frame):
    functions = [annotated(function, pl.Expr) for function in (double, quadruple, both)]
    computed = appended(frame, *functions, columns_to_pass=["a", "b"])
    assert computed.to_dict(as_series=False) == {
        "a": [1, 2],
        "b": [3, 4],
        "double": [2, 4],
        "quadruple": [4, 8],
        "both": [4, 6],
    }


@pytest.mark.parametrize("frame", POLARS.values(), ids=POLARS)
def test_functions_of_columns_get_columns(frame):
    assert appended(frame, annotated(double, pl.Series))["double"].to_list() == [2, 4]


@pytest.mark.parametrize("frame", POLARS.values(), ids=POLARS)
def test_an_expression_may_depend_on_a_column(frame):
    def largest(a):
        return pl.lit(a.max())

    largest = annotated(largest, pl.Series)
    largest.__annotations__["return"] = pl.Expr
    assert appended(frame, largest)["largest"].to_list() == [2, 2]


def test_an_expression_of_a_missing_column_names_frame_and_columns():
    def tripled(x: pl.Expr) -> pl.Expr: ...

    with pytest.raises(MissingPart, match=r"`data` \(.*\) returned no column `x`\. Its columns are: `a`, `b`\."):
        appended(FRAMES["polars, lazy"], tripled, columns_to_pass=["x"])


def test_a_lazy_frame_is_not_computed_for_expressions():
    def fail(_):
        raise AssertionError("computed")

    lazy = FRAMES["polars, lazy"].map_batches(fail, schema={"a": pl.Int64, "b": pl.Int64})

    def table(data: pl.LazyFrame) -> pl.LazyFrame:
        return data

    def new() -> int:
        return 1

    decorated = with_columns(annotated(double, pl.Expr), new, columns_to_pass=["a"])(table)
    computed = Builder().with_functions(decorated).build().execute(["table"], inputs={"data": lazy})["table"]
    assert computed.collect_schema().names() == ["a", "b", "double", "new"]


def test_a_column_cannot_be_read_as_an_expression_and_as_a_column():
    def table(data: pl.DataFrame) -> pl.DataFrame: ...

    expression, column = annotated(double, pl.Expr), annotated(lambda a: a, pl.Series)
    column.__name__ = "column"
    with pytest.raises(IncompatibleTypes, match=r"`table.double` .* takes `a: Expr` .* but `table.a` .* returns Series"):
        Builder().with_functions(with_columns(expression, column, columns_to_pass=["a"])(table)).build()


EXPRESSIONS = """\
import polars as pl
from headwater import exclude, with_columns


@exclude
def double(a: pl.Expr) -> pl.Expr:
    return a * 2


@with_columns(double, columns_to_pass=["a"])
def table(data: pl.LazyFrame) -> pl.LazyFrame:
    return data
"""


def test_the_outline_draws_expressions():
    view = outline({"flow.py": EXPRESSIONS})
    assert view["problems"] == []
    assert {node["name"]: node["type"] for node in view["nodes"]} == {
        "data": "LazyFrame",
        "table.a": "Expr",
        "table.double": "Expr",
        "table.data": "LazyFrame",
        "table": "LazyFrame",
    }


SPARK = """\
import pandas as pd
from pyspark.sql import Column, DataFrame
from headwater import exclude, with_columns


@exclude
def double(a: pd.Series) -> pd.Series:
    return a * 2


@exclude
def root(double: Column) -> Column:
    return double ** 0.5


@with_columns(double, root, columns_to_pass=["a"])
def table(data: DataFrame) -> DataFrame:
    return data
"""


def test_the_outline_draws_columns_of_spark_without_importing_it():
    view = outline({"flow.py": SPARK})
    assert view["problems"] == []
    assert [node["name"] for node in view["nodes"]] == ["data", "table.a", "table.double", "table.root", "table.data", "table"]


# --- duplicate columns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"fill_with": 0}], ids=["", "filled"])
def test_a_duplicate_column_is_an_error(options):
    @extract_columns("a", **options)
    def joined() -> pd.DataFrame:
        return pd.concat([pd.DataFrame({"a": [1]})] * 2, axis=1)

    with pytest.raises(DuplicateColumn) as caught:
        Builder().with_functions(joined).build().execute(["a"])
    place = caught.value.locations[0]
    assert str(caught.value) == f"`joined` ({place}) returned 2 columns named `a`. Rename all but one of them."


def test_another_column_of_such_a_frame_can_be_extracted():
    @extract_columns("b")
    def joined() -> pd.DataFrame:
        return pd.DataFrame([[1, 2, 3]], columns=["a", "a", "b"])

    assert Builder().with_functions(joined).build().execute(["b"])["b"].tolist() == [3]
