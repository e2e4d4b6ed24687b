"""`with_columns` over Spark frames, on a real Spark session with Python workers."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import textwrap
from decimal import Decimal
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, extract_columns, group, inject, source, with_columns
from headwater.errors import MissingPart, UnknownColumnType
from headwater.introspection.source_location import source_location

pl = pytest.importorskip("polars")
pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed. `make engines` installs it.")

from pyspark.errors import AnalysisException, PythonException  # noqa: E402
from pyspark.sql import Column, DataFrame, functions, types  # noqa: E402

AnyColumn = pd.Series | pl.Series | Column

WHOLE = {"columns_to_pass": None, "pass_dataframe_as": "whole"}
DATA = {"a": [1, 2, 3], "b": [0.5, 1.5, 2.5]}


@pytest.fixture(scope="module")
def frame(spark):
    return spark.createDataFrame(pd.DataFrame(DATA))


def driver_of(type_, *columns, **options):
    """Return a driver whose `table` node is a frame with the columns that these functions compute."""

    def table(data):
        return data

    table.__annotations__ = {"data": type_, "return": type_}
    decorated = with_columns(*columns, **{"columns_to_pass": ["a", "b"], **options})(table)
    return Builder().with_functions(decorated).build()


def appended(frame, *columns, **options):
    """Return the Spark frame with the columns that these functions compute."""
    return driver_of(DataFrame, *columns, **options).execute(["table"], inputs={"data": frame})["table"]


def values(frame, *names):
    return [tuple(row[name] for name in names) for row in frame.collect()]


# --- the same functions on pandas, polars and Spark ---------------------------------------------------------------------


def double(a: AnyColumn) -> AnyColumn:
    return a * 2


def total(double: AnyColumn, b: AnyColumn) -> AnyColumn:
    return double + b


def share(total: AnyColumn, double: AnyColumn) -> AnyColumn:
    return double / total


def scaled(b: AnyColumn, factor: float = 10.0) -> AnyColumn:
    return b * factor


def is_high(total: AnyColumn, limit: float) -> AnyColumn:
    return total > limit


def year() -> int:
    return 2026


SAME = {
    "one column": ([double], ["double"]),
    "two levels": ([double, total], ["double", "total"]),
    "three levels": ([double, total, share], ["double", "total", "share"]),
    "only the last level": ([double, total, share], ["share"]),
    "an input": ([double, total, is_high], ["is_high"]),
    "a default": ([scaled], ["scaled"]),
    "a single value": ([year], ["year"]),
}


@pytest.mark.parametrize(("columns", "selected"), SAME.values(), ids=SAME)
def test_the_same_functions_run_on_pandas_polars_and_spark(frame, columns, selected):
    expected = None
    for data in (pd.DataFrame(DATA), pl.DataFrame(DATA), frame):
        type_ = DataFrame if data is frame else type(data)
        inputs = {"data": data, **({"limit": 4.0} if is_high in columns else {})}
        computed = driver_of(type_, *columns, select=selected).execute(["table"], inputs=inputs)["table"]
        assert list(computed.columns) == ["a", "b", *selected]
        pandas = computed if type_ is pd.DataFrame else pd.DataFrame(rows_of(computed))
        expected = pandas if expected is None else expected
        pd.testing.assert_frame_equal(pandas, expected, check_dtype=False)


def rows_of(frame):
    return frame.to_dicts() if isinstance(frame, pl.DataFrame) else [row.asDict() for row in frame.collect()]


def fahrenheit(celsius: pd.Series) -> pd.Series:
    return celsius * 1.8 + 32


def rounded(fahrenheit: pd.Series, digits: int = 0) -> pd.Series:
    return fahrenheit.round(digits)


def label(rounded: pd.Series, name: pd.Series) -> pd.Series:
    return name.str.upper() + ": " + rounded.astype(int).astype(str)


def warm(rounded: pd.Series, limit: float) -> pd.Series:
    return rounded > limit


def test_functions_of_pandas_series_run_on_pandas_and_as_pandas_udfs(spark, by_value):
    weather = pd.DataFrame({"celsius": [0.0, 10.3, None], "name": ["a", "b", "c"]}).dropna()
    columns = by_value(fahrenheit, rounded, label, warm)
    results = []
    for data, type_ in ((weather, pd.DataFrame), (spark.createDataFrame(weather), DataFrame)):
        driver = driver_of(type_, *columns, columns_to_pass=["celsius", "name"])
        results.append(driver.execute(["table"], inputs={"data": data, "limit": 40.0})["table"])
    pandas, computed = results
    pd.testing.assert_frame_equal(pandas, computed.toPandas(), check_dtype=False)
    assert dict(computed.dtypes)["label"] == "string"
    assert dict(computed.dtypes)["warm"] == "boolean"


@pytest.fixture
def by_value():
    """Return a function that copies functions, so that Spark sends them by value: workers cannot import the test module."""

    def copy(*columns):
        copies = [type(column)(column.__code__, column.__globals__, column.__name__) for column in columns]
        for new, column in zip(copies, columns, strict=True):
            new.__annotations__, new.__defaults__ = column.__annotations__, column.__defaults__
            new.__qualname__ = f"<locals>.{column.__name__}"
        return copies

    return copy


# --- queries ------------------------------------------------------------------------------------------------------------


def plan(frame):
    return frame._jdf.queryExecution().toString()


def logical(frame):
    return plan(frame).partition("== Analyzed Logical Plan ==")[0]


def test_all_columns_of_a_level_are_one_select(frame):
    def triple(a: Column) -> Column:
        return a * 3

    def half(b: Column) -> Column:
        return b / 2

    computed = appended(frame, triple, half)
    assert logical(computed).count("Project") == 1
    assert computed.columns == ["a", "b", "triple", "half"]


def test_spark_merges_the_selects_of_levels_of_native_columns(frame):
    computed = appended(frame, double, total, share)
    physical = plan(computed).partition("== Physical Plan ==")[2]
    assert "Python" not in physical
    assert values(computed, "total") == [(2.5,), (5.5,), (8.5,)]


def test_pandas_udfs_of_one_level_share_one_round_trip(frame):
    def one(a: pd.Series) -> pd.Series:
        return a + 1

    def two(b: pd.Series) -> pd.Series:
        return b + 2

    computed = appended(frame, one, two)
    assert plan(computed).partition("== Physical Plan ==")[2].count("ArrowEvalPython") == 1
    assert values(computed, "one", "two") == [(2, 2.5), (3, 3.5), (4, 4.5)]


def test_native_and_pandas_functions_read_one_another(frame):
    def one(a: pd.Series) -> pd.Series:
        return a + 1

    def root(one: Column) -> Column:
        return functions.sqrt(one + 2)

    def text(root: pd.Series) -> pd.Series:
        return root.astype(str)

    assert values(appended(frame, one, root, text), "one", "root", "text")[0] == (2, 2.0, "2.0")


def test_columns_with_dots_and_spaces_can_be_passed(spark):
    data = spark.createDataFrame([(1,)], ["a.b c"])

    def first(whole: DataFrame) -> Column:
        return functions.col("`a.b c`")

    @extract_columns("a.b c")
    def origin() -> DataFrame:
        return data

    assert values(appended(data, first, **WHOLE), "first") == [(1,)]
    column = Builder().with_functions(origin).build().execute(["a.b c"])["a.b c"]
    assert data.select(column).collect() == [(1,)]


def test_a_function_replaces_a_column_of_the_frame_in_its_position(frame):
    def b(a: Column) -> Column:
        return a * 10

    def after(b: Column) -> Column:
        return b + 1

    computed = appended(frame, b, after, columns_to_pass=["a"])
    assert computed.columns == ["a", "b", "after"]
    assert values(computed, "b", "after") == [(10, 11), (20, 21), (30, 31)]


def test_functions_may_take_the_whole_frame(frame):
    def ratio(whole: DataFrame) -> Column:
        return whole["b"] / whole["a"]

    def double_ratio(ratio: Column, whole: DataFrame) -> Column:
        return ratio * 2 * whole["a"]

    computed = appended(frame, ratio, double_ratio, **WHOLE)
    assert values(computed, "double_ratio") == [(1.0,), (3.0,), (5.0,)]


def test_columns_can_be_extracted_filled_and_appended(frame):
    @extract_columns("a", "c", fill_with=7)
    def data() -> DataFrame:
        return frame

    computed = Builder().with_functions(data).build().execute(["a", "c", "data"])
    assert computed["data"].select(computed["a"], computed["c"]).collect() == [(1, 7), (2, 7), (3, 7)]


def test_the_value_of_a_columns_node_can_be_overridden(frame):
    def one(a: pd.Series) -> pd.Series:
        return a + 1

    driver = driver_of(DataFrame, one)
    overrides = {"table.a": functions.col("b") * 2}
    computed = driver.execute(["table"], inputs={"data": frame}, overrides=overrides)["table"]
    assert values(computed, "one") == [(2.0,), (4.0,), (6.0,)]


def test_arguments_may_be_passed_by_keyword(frame):
    def scaled(a: pd.Series, *, factor: float, b: pd.Series) -> pd.Series:
        return a * factor + b

    computed = driver_of(DataFrame, scaled).execute(["table"], inputs={"data": frame, "factor": 2.0})["table"]
    assert values(computed, "scaled") == [(2.5,), (5.5,), (8.5,)]


def test_arguments_may_be_groups_of_columns(frame):
    @inject(parts=group(source("a"), source("b")))
    def summed(parts: list[Column]) -> Column:
        return parts[0] + parts[1]

    assert values(appended(frame, summed), "summed") == [(1.5,), (3.5,), (5.5,)]


@pytest.mark.filterwarnings("ignore::headwater.errors.CacheWarning")
def test_a_cache_never_stores_what_depends_on_a_spark_frame(frame, tmp_path):
    counted = []

    @with_columns(double, columns_to_pass=["a"])
    def table(data: DataFrame) -> DataFrame:
        return data

    def rows(table: DataFrame) -> int:
        counted.append(table)
        return table.count()

    for _ in range(2):
        driver = Builder().with_functions(table, rows).with_cache(tmp_path).build()
        assert driver.execute(["rows"], inputs={"data": frame}) == {"rows": 3}
    assert len(counted) == 2


def test_a_list_is_not_a_column(frame):
    def new() -> list[int]:
        return [1, 2, 3]

    with pytest.raises(TypeError, match="The rows of a Spark frame have no order, so a list cannot become a column"):
        appended(frame, new)


SINGLE = {
    "a number": 2026,
    "a string": "x",
    "None": None,
    "a date": dt.date(2020, 1, 1),
    "a decimal": Decimal("1.500000000000000000"),
    "a numpy number": np.int64(3),
    "true": True,
}


@pytest.mark.parametrize("value", SINGLE.values(), ids=SINGLE)
def test_a_single_value_fills_every_row(frame, value):
    def new() -> Any:
        return value

    assert values(appended(frame, new), "new") == [(value,)] * 3


# --- types of columns ---------------------------------------------------------------------------------------------------

TYPES = {
    "boolean": True,
    "tinyint": 1,
    "smallint": 1,
    "int": 1,
    "bigint": 1,
    "float": 1.5,
    "double": 1.5,
    "decimal(10,2)": Decimal("1.50"),
    "string": "text",
    "binary": b"bytes",
    "date": dt.date(2024, 5, 6),
    "timestamp": dt.datetime(2024, 5, 6, 7),  # noqa: DTZ001 - a PySpark row has local times
    "timestamp_ntz": dt.datetime(2024, 5, 6, 7),  # noqa: DTZ001
    "interval day to second": dt.timedelta(days=2),
}


@pytest.mark.parametrize("type_", TYPES)
def test_the_type_of_a_pandas_column_is_inferred(spark, type_):
    def same(a: pd.Series) -> pd.Series:
        return a.copy()

    data = spark.createDataFrame([(TYPES[type_],), (None,)], f"a {type_}")
    computed = appended(data, same, columns_to_pass=["a"])
    expected = {"timestamp_ntz": "timestamp", "decimal(10,2)": "decimal(38,18)"}.get(type_, type_)
    assert dict(computed.dtypes)["same"] == expected


DECLARED = {
    "a Python class": (float, "double"),
    "text": (str, "string"),
    "a decimal": (Decimal, "decimal(38,18)"),
    "a Spark type": (types.ArrayType(types.LongType()), "array<bigint>"),
}


@pytest.mark.parametrize(("declared", "expected"), DECLARED.values(), ids=DECLARED)
def test_the_type_of_a_pandas_column_can_be_declared(frame, declared, expected):
    def new(a: pd.Series) -> pd.Series:
        raise AssertionError("not called before the query runs")

    new.__annotations__["return"] = Annotated[pd.Series, "unit", declared]
    assert dict(appended(frame, new).dtypes)["new"] == expected


def fails(a: pd.Series) -> pd.Series:
    return a.str.upper()


def returns_number(a: pd.Series) -> pd.Series:
    return a.sum()


def drops_rows(a: pd.Series) -> pd.Series:
    return a[:1]


def returns_unsigned(a: pd.Series) -> pd.Series:
    return a.astype("uint8")


def returns_nothing(a: pd.Series) -> pd.Series:
    return a.map(lambda _: None)


UNKNOWN = {
    fails: "the function failed on a sample of 2 rows: AttributeError('Can only use .str accessor with string values",
    returns_number: "when called with a sample, the function returned int64 instead of a pandas Series",
    drops_rows: "when called with a sample of 2 rows, the function returned 1 row",
    returns_unsigned: "when called with a sample, the function returned values of dtype uint8",
    returns_nothing: "when called with a sample, the function returned only missing values",
}


@pytest.mark.parametrize("function", UNKNOWN, ids=lambda function: function.__name__)
def test_a_type_that_cannot_be_inferred_is_an_error(frame, function):
    with pytest.raises(UnknownColumnType) as caught:
        appended(frame, function)
    location = f"test_spark.py:{function.__code__.co_firstlineno}"
    message = str(caught.value)
    assert re.match(rf"The type of the column `table.{function.__name__}` \(.*{location}\) cannot be inferred: ", message)
    assert UNKNOWN[function] in message
    assert message.endswith("Declare the type of the values, for example `-> Annotated[pd.Series, float]`.")


def test_a_type_without_a_sample_is_an_error(spark):
    data = spark.createDataFrame([([1],)], "a array<int>")

    def first(a: pd.Series) -> pd.Series:
        return a.str[0]

    with pytest.raises(UnknownColumnType, match="there is no sample of the type array<int>"):
        appended(data, first, columns_to_pass=["a"])


# --- errors -------------------------------------------------------------------------------------------------------------


def test_a_failing_pandas_function_names_its_node_and_line(frame):
    def late(a: pd.Series) -> pd.Series:
        if list(a) == [1, 1]:  # the sample, from which the type of the result is inferred
            return a
        raise ValueError("too late")

    computed = appended(frame, late)
    with pytest.raises(PythonException) as caught:
        computed.collect()
    line = late.__code__.co_firstlineno
    assert "ValueError: too late" in str(caught.value)
    assert re.search(rf"Raised in node `table.late` \(.*test_spark.py:{line}\)", str(caught.value))
    assert re.search(rf'test_spark.py", line {line + 3}, in late', str(caught.value))


def test_a_column_that_does_not_exist_is_reported_with_the_existing_ones(frame):
    with pytest.raises(
        MissingPart, match=r"`data` \(.*\) returned no column `aa`. Did you mean `a`\? Its columns are: `a`, `b`"
    ):
        driver_of(DataFrame, double, columns_to_pass=["aa", "a"]).execute(["table.aa"], inputs={"data": frame})


@pytest.mark.parametrize("other", [[], [double, total]], ids=["one level", "three levels"])
def test_an_expression_of_a_missing_column_names_its_function(frame, other):
    def wrong(a: Column) -> Column:
        return functions.col("missing") + a

    with pytest.raises(AnalysisException, match="missing") as caught:
        appended(frame, *other, wrong)
    note = rf"The column `table.wrong` \(.*test_spark.py:{wrong.__code__.co_firstlineno}\) cannot be appended to the frame."
    assert re.fullmatch(note, caught.value.__notes__[0])


def test_another_column_in_a_pandas_function_must_be_annotated(frame):
    def outer() -> Any:
        return functions.lit(1)

    def summed(a: pd.Series, outer: Any) -> pd.Series: ...

    with pytest.raises(TypeError, match="An argument is a Column, but the function that returned it is not annotated"):
        appended(frame, outer, summed, select=["summed"])


# --- workers ------------------------------------------------------------------------------------------------------------


def test_workers_do_not_need_headwater():
    from pyspark import cloudpickle

    from headwater.integrations.pyspark.batches import _batch_call
    from headwater.libraries.queries import ColumnFunction

    def one(a: pd.Series, *, by: int) -> pd.Series:
        return a + by

    program = """
        import pickle, sys
        call = pickle.loads(sys.stdin.buffer.read())
        import pandas
        print(call(pandas.Series([1])).tolist(), "headwater" in sys.modules)
    """
    function = ColumnFunction("table.one", source_location(one), one, (0,), {}, pd.Series, ("by",))
    pickled = cloudpickle.dumps(_batch_call(function, [None, 1]))
    command = [sys.executable, "-c", textwrap.dedent(program)]
    assert subprocess.run(command, input=pickled, stdout=subprocess.PIPE, check=True).stdout.split() == [b"[2]", b"False"]


def test_importing_headwater_does_not_import_spark(imported_by):
    assert "pyspark" not in {name.partition(".")[0] for name in imported_by("import headwater")}
