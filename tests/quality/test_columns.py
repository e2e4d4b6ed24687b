"""The results of each check for columns of every library."""

import datetime as dt
import importlib.util
import math
import statistics
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder, check_output, extract_columns
from headwater.errors import ChecksFailed
from headwater.quality import ValidationResult

pytestmark = pytest.mark.interpreter  # Pyodide has different builds of numpy and pandas


def driver_of(returned, type_, **arguments):
    def value() -> type_:
        return returned

    return Builder().with_functions(check_output(**arguments)(value)).build()


def result_of(returned, type_, **arguments) -> ValidationResult:
    """Return the result of a single check for a value."""
    name = f"value_{next(iter(arguments))}_validator"
    result = driver_of(returned, type_, **arguments).execute([name])[name]
    assert isinstance(result, ValidationResult)
    return result


DAY = dt.date(2024, 5, 1)


# --- columns ----------------------------------------------------------------------------------------------------------
def pandas_column(values) -> Any:
    return pd.Series(values)


def masked_pandas_column(values) -> Any:
    return pd.Series(values).convert_dtypes()


def numpy_column(values) -> Any:
    return np.array(values)


def polars_column(values) -> Any:
    return pytest.importorskip("polars").Series(values, strict=False)


COLUMNS = [pandas_column, masked_pandas_column, numpy_column, polars_column]


OF_NUMBERS = [
    ([0.5, 1.0], [0.5, 2.0, 3.5], {"range": (0, 1)}, "2 of 3 values are not between 0 and 1, starting with 2.0, 3.5."),
    ([1.0, 2.0], [1.0, 3.0], {"values_in": [1.0, 2.0]}, "1 of 2 values is not in [1.0, 2.0], starting with 3.0."),
    ([1.0, math.nan], [3.0], {"values_in": [1.0]}, "1 of 1 values is not in [1.0], starting with 3.0."),
    ([1.0], [1.0, math.nan], {"allow_nans": False}, "1 of 2 values is missing."),
    (
        [1.0, 2.0, 3.0, math.nan],
        [1.0, math.nan],
        {"max_fraction_nans": 0.25},
        "1 of 2 values is missing, a fraction of 0.5; at most 0.25 is allowed.",
    ),
    ([], [math.nan], {"max_fraction_nans": 0}, "1 of 1 values is missing, a fraction of 1; at most 0 is allowed."),
    ([1.0, 2.0, math.nan], [1.0, 5.0], {"max_standard_dev": 1}, "The standard deviation is 2.82843; at most 1 is allowed."),
    ([1.0, 1.0], [1.0], {"max_standard_dev": 1}, "The standard deviation needs at least two values."),
    ([1.0, 3.0, math.nan], [1.0, 4.0], {"mean_in_range": (1, 2)}, "The mean is 2.5; expected between 1 and 2."),
    ([1.0], [math.nan], {"mean_in_range": (1, 2)}, "There are no values from which to compute a mean."),
]


OF_TEXTS = [
    (["a", "b"], ["a", "c"], {"values_in": ["a", "b"]}, "1 of 2 values is not in ['a', 'b'], starting with c."),
    (["a.b", "a"], ["a", "b"], {"contains": "a"}, "1 of 2 values does not contain 'a', starting with b."),
    (["a.b"], ["axb"], {"contains": ["b", "."]}, "1 of 1 values does not contain '.', starting with axb."),
    (["a"], ["a", "b."], {"does_not_contain": ["."]}, "1 of 2 values contains '.', starting with b.."),
]


@pytest.mark.parametrize("make", COLUMNS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(("good", "bad", "check", "message"), OF_NUMBERS + OF_TEXTS)
def test_columns_of_every_library_are_checked(make, good, bad, check, message):
    type_ = type(make(good))
    assert result_of(make([float(x) for x in good] if not isinstance((good or [1])[0], str) else good), type_, **check).passes
    result = result_of(make(bad), type_, **check)
    assert not result.passes
    if make is masked_pandas_column:  # such a column stores and prints whole numbers as integers
        return
    assert result.message == message


@pytest.mark.parametrize("make", COLUMNS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    ("values", "expected", "unexpected"),
    [([1, 2], int, (float, str, bool)), ([1.5], float, (int, str)), (["a"], str, (int, float)), ([True], bool, (int, str))],
)
def test_a_column_has_the_type_of_its_values(make, values, expected, unexpected):
    column = make(values)
    assert result_of(column, type(column), data_type=expected).passes
    for other in unexpected:
        assert not result_of(column, type(column), data_type=other).passes


@pytest.mark.parametrize("make", COLUMNS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    ("values", "check"), [(["0.5"], {"range": (0, 1)}), ([0.5], {"range": ("0", "1")}), ([1.5], {"contains": "1"})]
)
def test_a_column_that_cannot_be_checked_fails_with_the_reason(make, values, check):
    column = make(values)
    result = result_of(column, type(column), **check)
    assert not result.passes
    assert result.message.startswith("The check cannot be evaluated: ")


def test_types_of_the_libraries_are_supported():
    assert result_of(pd.Series([1]), pd.Series, data_type=np.integer).passes
    assert result_of(pd.Series([1]), pd.Series, data_type=np.dtype("int64")).passes
    assert result_of(pd.Series(["a"], dtype="category"), pd.Series, data_type=pd.CategoricalDtype).passes
    assert result_of(np.array([1], dtype=np.int64), np.ndarray, data_type=np.int64).passes
    pl = pytest.importorskip("polars")
    column = pl.Series([1], dtype=pl.Int8)
    assert result_of(column, pl.Series, data_type=pl.Int8).passes
    assert not result_of(column, pl.Series, data_type=pl.Int64).passes
    assert result_of(pl.Series([DAY]), pl.Series, data_type=pl.Date()).passes
    assert result_of(pl.Series([DAY]), pl.Series, data_type=dt.date).passes


@pytest.mark.parametrize("missing", [None, math.nan])
def test_null_and_nan_are_both_missing_in_polars(missing):
    pl = pytest.importorskip("polars")
    column = pl.Series([1.0, missing], strict=False)
    assert not result_of(column, pl.Series, allow_nans=False).passes
    assert not result_of(column, pl.Series, range=(0, math.inf)).passes
    assert result_of(column, pl.Series, values_in=[1.0]).passes
    assert result_of(column, pl.Series, mean_in_range=(1, 1)).passes


def test_arrays_of_any_shape_and_of_objects_are_checked():
    assert result_of(np.array([[0.0, 1.0], [2.0, 9.0]]), np.ndarray, range=(0, 1)).diagnostics["wrong"] == 2
    assert not result_of(np.array([1, None], dtype=object), np.ndarray, allow_nans=False).passes


def test_columns_with_missing_values_in_the_dtypes_of_pandas_are_checked():
    column = pd.Series([1, None], dtype="Int64")
    assert result_of(column, pd.Series, range=(0, 1)).diagnostics["wrong"] == 1
    assert result_of(pd.Series(["a", None]), pd.Series, contains="a").passes
    assert result_of(pd.Series(["a", None]), pd.Series, does_not_contain="b").passes


LIBRARIES = [pandas_column, numpy_column, *([polars_column] if importlib.util.find_spec("polars") else [])]


NUMBERS = st.lists(st.floats(-5, 5, width=32) | st.just(math.nan), max_size=8)


BOUNDS = st.tuples(st.integers(-5, 5), st.integers(-5, 5)).map(lambda pair: tuple(sorted(pair)))


@given(values=NUMBERS, bounds=BOUNDS, share=st.floats(0, 1), most=st.floats(0, 4))
def test_all_libraries_agree_with_the_plain_definition_of_each_check(values, bounds, share, most):
    low, high = bounds
    there = [value for value in values if not math.isnan(value)]
    mean = statistics.fmean(there) if there else None
    deviation = statistics.stdev(there) if len(there) > 1 else None
    expected = {
        "range": (bounds, all(low <= value <= high for value in values)),
        "values_in": ([*range(-5, 6)], all(value in range(-5, 6) for value in there)),
        "allow_nans": (False, len(there) == len(values)),
        "max_fraction_nans": (share, (len(values) - len(there)) <= share * len(values) if values else True),
        "mean_in_range": (bounds, mean is not None and low <= mean <= high),
        "max_standard_dev": (most, deviation is not None and deviation <= most),
    }
    near = {"mean_in_range": (mean, bounds), "max_standard_dev": (deviation, (most,))}
    for make in LIBRARIES:
        column = make([float(value) for value in values]) if values else make(np.array([], dtype=float))
        for name, (argument, passes) in expected.items():
            figure, limits = near.get(name, (None, ()))
            if figure is not None and any(math.isclose(figure, limit, abs_tol=1e-9) for limit in limits):
                continue  # sums in a different order differ in the last digit
            assert result_of(column, type(column), **{name: argument}).passes == passes, (make, name)
    for value in values:
        assert result_of(value, float, range=bounds).passes == (low <= value <= high)
        assert result_of(value, float, allow_nans=False).passes == (not math.isnan(value))


def test_columns_of_a_polars_frame_are_nodes_and_can_be_checked():
    pl = pytest.importorskip("polars")

    @check_output(range=(0, 50), importance="fail")
    @extract_columns("age", "height")
    def people() -> pl.DataFrame:
        return pl.DataFrame({"age": [39, 41], "height": [1.7, 51.0]})

    driver = Builder().with_functions(people).build()
    assert driver.execute(["age"])["age"].to_list() == [39, 41]
    assert driver.graph["height"].type is pl.Series
    with pytest.raises(ChecksFailed, match=r"1 of 2 values is not between 0 and 50, starting with 51\.0"):
        driver.execute(["height"])


def column() -> pd.Series: ...
