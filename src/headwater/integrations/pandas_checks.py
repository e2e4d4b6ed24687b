"""The checks of `check_output` for pandas columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from headwater.quality.validator import ValidationResult, Validator


def column_validator(check: str, argument: Any) -> Validator | None:
    """The validator of a check for a `Series`, or None if there is none."""
    make = _CHECKS.get(check)
    return make(argument) if make else None


def _in_range(bounds: tuple[Any, Any]) -> Validator:
    low, high = bounds

    def check(column: Any) -> ValidationResult:
        outside = column[~column.between(low, high)]
        return _verdict(column, outside, f"between {low} and {high}")

    return check


def _not_nan(_: Any) -> Validator:
    def check(column: Any) -> ValidationResult:
        return _verdict(column, column[column.isna()], "not missing")

    return check


def _one_of(values: Collection[Any]) -> Validator:
    def check(column: Any) -> ValidationResult:
        present = column.dropna()
        return _verdict(column, present[~present.isin(list(values))], f"one of {list(values)}")

    return check


def _of_type(wanted: type) -> Validator:
    def check(column: Any) -> ValidationResult:
        passes = _dtype_is(column.dtype, wanted)
        message = f"The dtype is {column.dtype}; {wanted.__name__} is wanted."
        return ValidationResult(passes, message, {"dtype": str(column.dtype)})

    return check


def _dtype_is(dtype: Any, wanted: type) -> bool:
    if wanted is str:
        return bool(pd.api.types.is_string_dtype(dtype))
    if wanted in (int, float, bool, complex):
        tests = {
            int: pd.api.types.is_integer_dtype,
            float: pd.api.types.is_float_dtype,
            bool: pd.api.types.is_bool_dtype,
            complex: pd.api.types.is_complex_dtype,
        }
        return bool(tests[wanted](dtype))
    return isinstance(dtype, np.dtype) and bool(np.issubdtype(dtype, wanted))


def _verdict(column: Any, wrong: Any, wanted: str) -> ValidationResult:
    """A result that counts the wrong values and shows the first few."""
    if wrong.empty:
        return ValidationResult(True, f"All {len(column)} values are {wanted}.", {"rows": len(column)})
    examples = [str(value) for value in wrong.head(3)]
    message = f"{len(wrong)} of {len(column)} values are not {wanted}, the first of them {', '.join(examples)}."
    return ValidationResult(False, message, {"rows": len(column), "wrong": len(wrong), "examples": examples})


_CHECKS: Final[Mapping[str, Callable[[Any], Validator]]] = {
    "range": _in_range,
    "allow_nans": _not_nan,
    "values_in": _one_of,
    "data_type": _of_type,
}
