"""The checks for single values: numbers, strings and other plain Python values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from headwater.errors import short_repr
from headwater.quality.columns import as_strings, type_label
from headwater.quality.validator import Validate, ValidationResult


def _in_range(bounds: tuple[Any, Any]) -> Validate:
    low, high = bounds

    def check(value: Any) -> ValidationResult:
        inside = value is not None and bool(low <= value <= high)
        return ValidationResult(inside, f"{short_repr(value)} is {'' if inside else 'not '}between {low} and {high}.")

    return check


def _not_nan(_: Any) -> Validate:
    def check(value: Any) -> ValidationResult:
        is_nan = value is None or bool(value != value)  # noqa: PLR0124 - only NaN differs from itself, in any library
        return ValidationResult(not is_nan, f"{short_repr(value)} is {'not ' if is_nan else ''}a number.")

    return check


def _not_none(_: Any) -> Validate:
    def check(value: Any) -> ValidationResult:
        return ValidationResult(value is not None, f"The value is {'' if value is None else 'not '}None.")

    return check


def _of_type(expected: Any) -> Validate:
    def check(value: Any) -> ValidationResult:
        passes = isinstance(expected, type) and isinstance(value, expected)
        return ValidationResult(passes, f"The value has type {type(value).__name__}; expected {type_label(expected)}.")

    return check


def _one_of(values: Collection[Any]) -> Validate:
    def check(value: Any) -> ValidationResult:
        known = value in values
        return ValidationResult(known, f"{short_repr(value)} is {'' if known else 'not '}in {short_repr(list(values))}.")

    return check


def _containing(required: str | Sequence[str]) -> Validate:
    def check(value: Any) -> ValidationResult:
        missing = [text for text in as_strings(required) if text not in value]
        outcome = f"does not contain {_joined(missing)}" if missing else f"contains {_joined(as_strings(required))}"
        return ValidationResult(not missing, f"{short_repr(value)} {outcome}.")

    return check


def _not_containing(forbidden: str | Sequence[str]) -> Validate:
    def check(value: Any) -> ValidationResult:
        contained = [text for text in as_strings(forbidden) if text in value]
        outcome = f"contains {_joined(contained)}" if contained else f"does not contain {_joined(as_strings(forbidden))}"
        return ValidationResult(not contained, f"{short_repr(value)} {outcome}.")

    return check


def _joined(texts: Sequence[str]) -> str:
    return ", ".join(repr(text) for text in texts)


def _is_any(_: type) -> bool:
    return True


def _is_single(class_: type) -> bool:
    return issubclass(class_, str | bytes) or not _defines(class_, "__iter__")


def _is_ordered(class_: type) -> bool:
    return _is_single(class_) and _defines(class_, "__lt__") and not issubclass(class_, complex)


def _is_number(class_: type) -> bool:
    return _is_single(class_) and _defines(class_, "__float__")


def _defines(class_: type, method: str) -> bool:
    """Return True if a class has a method that is not inherited from `object`."""
    return any(method in vars(base) for base in class_.__mro__ if base is not object)


def _is_text(class_: type) -> bool:
    return issubclass(class_, str)


class ScalarCheck(NamedTuple):
    """A check for single values."""

    make: Callable[[Any], Validate]
    """A function that creates the check from its argument."""
    accepts: Callable[[type], bool]
    """A function that returns True for a class whose values the check supports."""


SCALAR_CHECKS: Final[Mapping[str, ScalarCheck]] = {
    "range": ScalarCheck(_in_range, _is_ordered),
    "values_in": ScalarCheck(_one_of, _is_single),
    "data_type": ScalarCheck(_of_type, _is_any),
    "allow_nans": ScalarCheck(_not_nan, _is_number),
    "allow_none": ScalarCheck(_not_none, _is_any),
    "contains": ScalarCheck(_containing, _is_text),
    "does_not_contain": ScalarCheck(_not_containing, _is_text),
}
