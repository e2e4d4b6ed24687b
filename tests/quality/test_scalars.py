"""The results of each check for single values."""

import datetime as dt
import decimal
import enum
import math
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, check_output
from headwater.quality import ValidationResult


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


class Color(enum.Enum):
    RED = 1
    BLUE = 2


DAY = dt.date(2024, 5, 1)


SCALARS = [
    (decimal.Decimal("0.5"), decimal.Decimal(2), decimal.Decimal, {"range": (0, 1)}, "is not between 0 and 1."),
    (DAY, dt.date(2025, 1, 1), dt.date, {"range": (DAY, DAY)}, "is not between 2024-05-01 and 2024-05-01."),
    (np.int64(1), np.int64(2), np.int64, {"range": (0, 1)}, "is not between 0 and 1."),
    ("b", "d", str, {"range": ("a", "c")}, "'d' is not between a and c."),
    (1, None, int | None, {"range": (0, 1)}, "None is not between 0 and 1."),
    ("a", "z", Literal["a", "z"], {"values_in": ["a"]}, "'z' is not in ['a']."),
    (Color.RED, Color.BLUE, Color, {"values_in": [Color.RED]}, "<Color.BLUE: 2> is not in [<Color.RED: 1>]."),
    (1, "1", int | str, {"data_type": int}, "The value has type str; expected int."),
    ([1], None, list[int] | None, {"allow_none": False}, "The value is None."),
    (pd.Series([1]), None, pd.Series, {"allow_none": False}, "The value is None."),
    (1.0, math.nan, float, {"allow_nans": False}, "nan is not a number."),
    (10**400, None, int, {"allow_nans": False}, "None is not a number."),
    ("a and b", "a", str, {"contains": ["a", "b"]}, "'a' does not contain 'b'."),
    ("a", "b", str, {"contains": "a"}, "'b' does not contain 'a'."),
    ("c", "a and b", str, {"does_not_contain": ["a", "b"]}, "'a and b' contains 'a', 'b'."),
    (0.5, 2.0, Annotated[float, "share"], {"range": (0, 1)}, "2.0 is not between 0 and 1."),
    (pd.DataFrame(), 1, pd.DataFrame, {"data_type": pd.DataFrame}, "The value has type int; expected DataFrame."),
]


@pytest.mark.parametrize(("good", "bad", "type_", "check", "message"), SCALARS)
def test_single_values_are_checked(good, bad, type_, check, message):
    assert result_of(good, type_, **check).passes
    result = result_of(bad, type_, **check)
    assert not result.passes
    assert result.message.endswith(message)


def test_a_value_that_cannot_be_checked_fails_with_the_reason():
    assert result_of("1", int, range=(0, 1)).message.startswith("The check cannot be evaluated: TypeError: ")
    assert result_of(1, pd.Series, range=(0, 1)).message == "1 is not a Series."


@pytest.mark.parametrize("type_", [Any, int | pd.Series])
def test_for_unions_and_any_the_class_of_the_value_decides(type_):
    assert result_of(2, type_, range=(0, 1)).message == "2 is not between 0 and 1."
    assert result_of(pd.Series([2]), type_, range=(0, 1)).message.startswith("1 of 1 values is not between 0 and 1")


def test_a_value_of_an_unsupported_class_fails():
    assert result_of({}, Any, range=(0, 1)).message == "`range` cannot check a value of type dict."
