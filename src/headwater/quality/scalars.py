"""The checks for single values: numbers, texts and other plain Python values."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from headwater.errors import shortened
from headwater.quality.validator import ValidationResult, Validator


def _in_range(bounds: tuple[Any, Any]) -> Validator:
    low, high = bounds

    def check(value: Any) -> ValidationResult:
        inside = low <= value <= high
        return ValidationResult(inside, f"{shortened(value)} is {'' if inside else 'not '}between {low} and {high}.")

    return check


def _not_nan(_: Any) -> Validator:
    def check(value: Any) -> ValidationResult:
        is_nan = value is None or math.isnan(value)
        return ValidationResult(not is_nan, f"{shortened(value)} is {'no' if is_nan else 'a'} number.")

    return check


def _of_type(wanted: type) -> Validator:
    def check(value: Any) -> ValidationResult:
        found = type(value).__name__
        return ValidationResult(isinstance(value, wanted), f"The value is of type {found}; {wanted.__name__} is wanted.")

    return check


def _one_of(values: Collection[Any]) -> Validator:
    def check(value: Any) -> ValidationResult:
        known = value in values
        return ValidationResult(known, f"{shortened(value)} is {'' if known else 'not '}one of {shortened(list(values))}.")

    return check


SCALAR_CHECKS: Final[Mapping[str, tuple[Callable[[Any], Validator], tuple[type, ...]]]] = {
    "range": (_in_range, (int, float, str)),
    "allow_nans": (_not_nan, (float,)),
    "data_type": (_of_type, (object,)),
    "values_in": (_one_of, (int, float, str)),
}
"""For each check, what makes it from its argument, and the types that it can look at."""
