"""Each check gives the same result in pandas, polars and numpy for dates, arrays of objects and columns without values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.quality.dispatch import validate_for
from headwater.quality.objects import is_missing

pl = pytest.importorskip("polars")

NEW_YEAR, NEXT_YEAR = dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1)  # noqa: DTZ001 - naive, like most columns
UTC = dt.UTC
DAY = dt.timedelta(days=1)


def objects(*values: Any) -> Any:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def everywhere(*values: Any, numpy: str | None = None) -> dict[str, Any]:
    """Return these values as a column of each library, and as columns of objects."""
    columns = {
        "pandas": pd.Series(list(values)),
        "pandas, objects": pd.Series(list(values), dtype=object),
        "polars": pl.Series(list(values)),
        "numpy, objects": objects(*values),
    }
    return {**columns, "numpy": np.array(list(values), dtype=numpy)} if numpy else columns


COLUMNS = {
    "timestamps": everywhere(NEW_YEAR, NEXT_YEAR, numpy="M8[us]"),
    "timestamps in nanoseconds": {
        "numpy": np.array([NEW_YEAR, NEXT_YEAR], dtype="M8[ns]"),
        "pandas": pd.Series(np.array([NEW_YEAR, NEXT_YEAR], dtype="M8[ns]")),
    },
    "timestamps with a gap": everywhere(NEW_YEAR, None, numpy="M8[us]"),
    "timestamps in a time zone": everywhere(NEW_YEAR.replace(tzinfo=UTC), NEXT_YEAR.replace(tzinfo=UTC)),
    "dates": everywhere(NEW_YEAR.date(), NEXT_YEAR.date(), numpy="M8[D]"),
    "dates with a gap": everywhere(NEW_YEAR.date(), None, numpy="M8[D]"),
    "durations": everywhere(DAY, 2 * DAY, numpy="m8[us]"),
    "times": everywhere(dt.time(1), dt.time(2)),
    "strings": everywhere("ab", "b", numpy="U2"),
    "strings with a gap": everywhere("ab", None),
    "numbers": everywhere(1, 2, numpy="i8"),
    "numbers with a gap": everywhere(1.5, None, numpy="f8"),
    "booleans": everywhere(True, False, numpy="?"),
    "decimals": everywhere(Decimal("1.5"), Decimal("2.5")),
    "nothing": everywhere(None, None),
    "bytes": everywhere(b"a", b"b", numpy="S1"),
}
PASS, FAIL, UNCHECKABLE = "passes", "fails", "cannot be evaluated"
EXPECTED: dict[tuple[str, str, Any], str] = {
    ("timestamps", "data_type", dt.datetime): PASS,
    ("timestamps", "data_type", dt.date): FAIL,
    ("timestamps", "data_type", int): FAIL,
    ("timestamps", "range", (NEW_YEAR, NEXT_YEAR)): PASS,
    ("timestamps", "range", (NEW_YEAR.date(), NEXT_YEAR.date())): PASS,
    ("timestamps", "range", ("2020-01-01", "2021-01-01T00:00")): PASS,
    ("timestamps", "range", (NEW_YEAR, NEW_YEAR)): FAIL,
    ("timestamps", "range", (0, 5)): UNCHECKABLE,
    ("timestamps", "values_in", (NEW_YEAR, NEXT_YEAR)): PASS,
    ("timestamps", "values_in", (NEW_YEAR,)): FAIL,
    ("timestamps", "contains", "a"): UNCHECKABLE,
    ("timestamps", "mean_in_range", (0, 5)): UNCHECKABLE,
    ("timestamps in nanoseconds", "data_type", dt.datetime): PASS,
    ("timestamps in nanoseconds", "values_in", (NEW_YEAR, NEXT_YEAR)): PASS,
    ("timestamps in nanoseconds", "range", (NEW_YEAR, NEXT_YEAR)): PASS,
    ("timestamps with a gap", "data_type", dt.datetime): PASS,
    ("timestamps with a gap", "range", (NEW_YEAR, NEXT_YEAR)): FAIL,
    ("timestamps with a gap", "values_in", (NEW_YEAR,)): PASS,
    ("timestamps with a gap", "allow_nans", False): FAIL,
    ("timestamps with a gap", "max_fraction_nans", 0.5): PASS,
    ("timestamps in a time zone", "data_type", dt.datetime): PASS,
    ("timestamps in a time zone", "range", (NEW_YEAR.replace(tzinfo=UTC), NEXT_YEAR.replace(tzinfo=UTC))): PASS,
    ("timestamps in a time zone", "range", ("2020-01-01", "2021-01-01")): PASS,
    ("timestamps in a time zone", "range", (NEW_YEAR, NEXT_YEAR)): UNCHECKABLE,
    ("dates", "data_type", dt.date): PASS,
    ("dates", "data_type", dt.datetime): FAIL,
    ("dates", "range", (NEW_YEAR.date(), NEXT_YEAR.date())): PASS,
    ("dates", "range", (NEW_YEAR, NEXT_YEAR)): PASS,
    ("dates", "range", ("2020-01-01", "2020-06-01")): FAIL,
    ("dates", "range", (NEW_YEAR.replace(tzinfo=UTC), NEXT_YEAR.replace(tzinfo=UTC))): UNCHECKABLE,
    ("dates", "values_in", (NEW_YEAR.date(), NEXT_YEAR.date())): PASS,
    ("dates with a gap", "data_type", dt.date): PASS,
    ("dates with a gap", "range", (NEW_YEAR.date(), NEXT_YEAR.date())): FAIL,
    ("dates with a gap", "allow_nans", False): FAIL,
    ("durations", "data_type", dt.timedelta): PASS,
    ("durations", "data_type", int): FAIL,
    ("durations", "range", (DAY, 2 * DAY)): PASS,
    ("durations", "range", (0, 5)): UNCHECKABLE,
    ("durations", "values_in", (DAY, 2 * DAY)): PASS,
    ("times", "data_type", dt.time): PASS,
    ("times", "range", (dt.time(0), dt.time(3))): PASS,
    ("times", "values_in", (dt.time(1),)): FAIL,
    ("strings", "data_type", str): PASS,
    ("strings", "contains", "b"): PASS,
    ("strings", "contains", ("a", "b")): FAIL,
    ("strings", "does_not_contain", "z"): PASS,
    ("strings", "does_not_contain", "a"): FAIL,
    ("strings", "range", ("a", "b")): PASS,
    ("strings", "range", (0, 5)): UNCHECKABLE,
    ("strings", "values_in", ("ab", "b")): PASS,
    ("strings", "mean_in_range", (0, 5)): UNCHECKABLE,
    ("strings with a gap", "data_type", str): PASS,
    ("strings with a gap", "contains", "b"): PASS,
    ("strings with a gap", "does_not_contain", "z"): PASS,
    ("strings with a gap", "allow_nans", False): FAIL,
    ("strings with a gap", "values_in", ("ab",)): PASS,
    ("numbers", "data_type", int): PASS,
    ("numbers", "data_type", float): FAIL,
    ("numbers", "data_type", bool): FAIL,
    ("numbers", "range", (1, 2)): PASS,
    ("numbers", "range", (DAY, 2 * DAY)): UNCHECKABLE,
    ("numbers", "mean_in_range", (1.5, 1.5)): PASS,
    ("numbers", "max_standard_dev", 0.8): PASS,
    ("numbers", "max_standard_dev", 0.7): FAIL,
    ("numbers", "contains", "1"): UNCHECKABLE,
    ("numbers with a gap", "data_type", float): PASS,
    ("numbers with a gap", "range", (0, 5)): FAIL,
    ("numbers with a gap", "mean_in_range", (1.5, 1.5)): PASS,
    ("numbers with a gap", "max_standard_dev", 5): FAIL,
    ("numbers with a gap", "values_in", (1.5,)): PASS,
    ("booleans", "data_type", bool): PASS,
    ("booleans", "data_type", int): FAIL,
    ("booleans", "allow_nans", False): PASS,
    ("booleans", "range", (0, 1)): PASS,
    ("booleans", "mean_in_range", (0.5, 0.5)): PASS,
    ("booleans", "max_standard_dev", 0.8): PASS,
    ("decimals", "data_type", Decimal): PASS,
    ("decimals", "range", (1, 3)): PASS,
    ("decimals", "mean_in_range", (2, 2)): PASS,
    ("decimals", "range", (DAY, DAY)): UNCHECKABLE,
    ("nothing", "data_type", int): PASS,
    ("nothing", "data_type", dt.date): PASS,
    ("nothing", "range", (0, 5)): FAIL,
    ("nothing", "range", ("a", "b")): FAIL,
    ("nothing", "values_in", (1,)): PASS,
    ("nothing", "allow_nans", False): FAIL,
    ("nothing", "max_fraction_nans", 1.0): PASS,
    ("nothing", "max_fraction_nans", 0.9): FAIL,
    ("nothing", "mean_in_range", (0, 5)): FAIL,
    ("nothing", "max_standard_dev", 5): FAIL,
    ("nothing", "contains", "a"): PASS,
    ("nothing", "does_not_contain", "a"): PASS,
    ("bytes", "data_type", bytes): PASS,
    ("bytes", "data_type", str): FAIL,
    ("bytes", "contains", "a"): UNCHECKABLE,
}


def verdict(column: Any, check: str, argument: Any) -> str:
    result = validate_for(check, list(argument) if isinstance(argument, tuple) else argument, type(column))(column)
    if result.message.startswith("The check cannot be evaluated: "):
        assert not result.passes
        return UNCHECKABLE
    return PASS if result.passes else FAIL


@pytest.mark.parametrize(
    ("column", "check", "argument", "expected"),
    [(*case, expected) for case, expected in EXPECTED.items()],
    ids=[f"{column}-{check}-{argument}" for column, check, argument in EXPECTED],
)
def test_every_library_has_the_same_verdict(column, check, argument, expected):
    found = {library: verdict(values, check, argument) for library, values in COLUMNS[column].items()}
    assert found == dict.fromkeys(found, expected)


MISSING = [None, float("nan"), np.nan, np.datetime64("NaT", "ns"), pd.NaT, pd.NA, Decimal("NaN")]
PRESENT = [0, 0.0, False, np.False_, "", b"", Decimal(0), dt.date(2020, 1, 1), [], np.array([1, 2]), pd.Timestamp(0)]


@pytest.mark.parametrize("value", MISSING, ids=repr)
def test_missing_values_of_each_library_are_missing(value):
    assert is_missing(value)


@pytest.mark.parametrize("value", PRESENT, ids=repr)
def test_empty_and_false_values_are_not_missing(value):
    assert not is_missing(value)


def test_na_in_an_array_of_objects_is_missing_everywhere():
    for column in (objects(pd.NA, 1), pd.Series([pd.NA, 1], dtype=object), pd.Series([pd.NA, 1], dtype="Int64")):
        assert verdict(column, "max_fraction_nans", 0.5) == PASS
        assert verdict(column, "allow_nans", False) == FAIL
        assert verdict(column, "range", (0, 5)) == FAIL


def test_strings_among_other_objects_are_compared_and_the_others_contain_none():
    column = objects("ab", 3, None)
    assert verdict(column, "contains", "a") == FAIL
    assert verdict(column, "does_not_contain", "z") == PASS
    assert verdict(column, "values_in", ("ab", 3)) == PASS
    assert verdict(column, "data_type", str) == FAIL


@pytest.mark.parametrize(
    "column",
    [pd.Series(["ab", "b"], dtype="category"), pl.Series(["ab", "b"], dtype=pl.Categorical)],
    ids=["pandas", "polars"],
)
def test_categories_are_checked_as_their_values(column):
    assert verdict(column, "data_type", str) == PASS
    assert verdict(column, "range", ("a", "b")) == PASS
    assert verdict(column, "contains", "b") == PASS
    assert verdict(column, "values_in", ("ab", "b")) == PASS


def test_a_message_formats_datetimes_as_python_does():
    column = COLUMNS["timestamps in nanoseconds"]["numpy"]
    result = validate_for("range", (NEW_YEAR, NEW_YEAR), np.ndarray)(column)
    assert result.message.endswith("starting with 2021-01-01 00:00:00.")


numbers = st.lists(st.none() | st.integers(-9, 9), min_size=1, max_size=6)


@given(numbers, st.integers(-9, 0), st.integers(0, 9))
def test_numbers_with_missing_values_have_one_verdict(values, low, high):
    columns = [
        pd.Series(values, dtype="Int64"),
        pd.Series(values, dtype="float64"),
        pd.Series(values, dtype=object),
        pl.Series(values, dtype=pl.Int64),
        objects(*values),
        np.array([np.nan if value is None else value for value in values], dtype=float),
    ]
    for check, argument in {
        "range": (low, high),
        "values_in": (low, high, 1),
        "allow_nans": False,
        "max_fraction_nans": 0.5,
        "mean_in_range": (low, high),
        "max_standard_dev": 3,
    }.items():
        assert len({verdict(column, check, argument) for column in columns}) == 1, check
