"""pandas-on-Spark (`pyspark.pandas`). It cannot be imported with pandas 3: `make test-engines` runs this file with pandas 2."""

from __future__ import annotations

import pandas as pd
import pytest

from headwater import Builder, extract_columns, with_columns
from headwater.errors import IncompatibleTypes, MissingPart, WrongInputType

ps = pytest.importorskip(
    "pyspark.pandas",
    reason="pyspark.pandas needs PySpark and pandas 2. `make test-engines` installs both.",
    exc_type=ImportError,
)

DATA = {"a": [1, 2], "b": [3, 4]}


@pytest.fixture(scope="module")
def frame(spark):
    return ps.from_pandas(pd.DataFrame(DATA))


def double(a: pd.Series) -> pd.Series:
    return a * 2


def total(double: pd.Series, b: pd.Series) -> pd.Series:
    return double + b


def double_on_spark(a: ps.Series) -> ps.Series:
    return a * 2


def appended(type_, frame, *columns):
    def table(data):
        return data

    table.__annotations__ = {"data": type_, "return": type_}
    driver = Builder().with_functions(with_columns(*columns, columns_to_pass=["a", "b"])(table)).build()
    computed = driver.execute(["table"], inputs={"data": frame})["table"]
    assert isinstance(computed, ps.DataFrame)
    return computed.to_pandas().to_dict("list")


@pytest.mark.parametrize("type_", [pd.DataFrame, ps.DataFrame], ids=["pandas", "pandas-on-Spark"])
def test_columns_of_functions_of_pandas_series_are_appended(frame, type_):
    assert appended(type_, frame, double, total) == {**DATA, "double": [2, 4], "total": [5, 8]}


def test_columns_of_functions_of_its_own_series_are_appended(frame):
    def year() -> int:
        return 2026

    assert appended(ps.DataFrame, frame, double_on_spark, year) == {**DATA, "double_on_spark": [2, 4], "year": [2026, 2026]}


FITTING = {
    "a series": (lambda frame: frame["a"], pd.Series),
    "a frame": (lambda frame: frame, pd.DataFrame),
    "an index": (lambda frame: frame.index, pd.Index),
    "a subclass of an index": (lambda _: ps.DatetimeIndex(["2024-01-01"]), pd.DatetimeIndex),
    "the base of that subclass": (lambda _: ps.DatetimeIndex(["2024-01-01"]), pd.Index),
    "a union": (lambda frame: frame["a"], pd.Series | None),
}


@pytest.mark.parametrize(("value", "type_"), FITTING.values(), ids=FITTING)
def test_values_fit_pandas_annotations(frame, value, type_):
    def same(x):
        return x

    same.__annotations__ = {"x": type_, "return": type_}
    given = value(frame)
    assert Builder().with_functions(same).build().execute(["same"], inputs={"x": given})["same"] is given


@pytest.mark.parametrize("type_", [pd.DataFrame, pd.Index, int])
def test_a_series_does_not_fit_other_annotations(frame, type_):
    def same(x): ...

    same.__annotations__ = {"x": type_, "return": type_}
    with pytest.raises(WrongInputType):
        Builder().with_functions(same).build().execute(["same"], inputs={"x": frame["a"]})


def test_a_function_that_returns_a_series_connects_to_a_pandas_parameter(frame):
    def a() -> ps.Series:
        return frame["a"]

    computed = Builder().with_functions(a, double).build().execute(["double"])["double"]
    assert computed.to_pandas().tolist() == [2, 4]


def test_a_pandas_series_does_not_fit_a_parameter_of_pandas_on_spark():
    def a() -> pd.Series: ...

    with pytest.raises(IncompatibleTypes):
        Builder().with_functions(a, double_on_spark).build()


def test_columns_can_be_extracted_and_filled(frame):
    @extract_columns("a", "c", fill_with=7)
    def data() -> ps.DataFrame:
        return frame

    computed = Builder().with_functions(data).build().execute(["a", "c", "data"])
    assert computed["data"].to_pandas().to_dict("list") == {**DATA, "c": [7, 7]}
    assert {name: computed[name].to_pandas().tolist() for name in ("a", "c")} == {"a": [1, 2], "c": [7, 7]}


def test_a_missing_column_is_reported(frame):
    @extract_columns("aa")
    def data() -> ps.DataFrame:
        return frame

    with pytest.raises(MissingPart, match=r"returned no column `aa`. Did you mean `a`\? Its columns are: `a`, `b`"):
        Builder().with_functions(data).build().execute(["aa"])
