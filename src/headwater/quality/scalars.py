"""The checks for single values: numbers, texts and other plain Python values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from headwater.errors import short_repr
from headwater.quality.columns import named, texts_of
from headwater.quality.validator import Validate, ValidationResult


def _in_range(bounds: tuple[Any, Any]) -> Validate:
    low, high = bounds

    def check(value: Any) -> ValidationResult:
        inside = value is not None and bool(low <= value <= high)
        return ValidationResult(inside, f"{short_repr(value)} is {'' if inside else 'not '}between {low} and {high}.")

    return check


def _not_nan(_: Any) -> Validate:
    def check(value: Any) -> ValidationResult:
        is_nan = value is None or bool(value != value)  # noqa: PLR0124 - what NaN alone does, of whatever library
        return ValidationResult(not is_nan, f"{short_repr(value)} is {'no' if is_nan else 'a'} number.")

    return check


def _not_none(_: Any) -> Validate:
    def check(value: Any) -> ValidationResult:
        return ValidationResult(value is not None, f"The value is {'None' if value is None else 'there'}.")

    return check


def _of_type(wanted: Any) -> Validate:
    def check(value: Any) -> ValidationResult:
        found = type(value).__name__
        is_wanted = isinstance(wanted, type) and isinstance(value, wanted)
        return ValidationResult(is_wanted, f"The value is of type {found}; {named(wanted)} is wanted.")

    return check


def _one_of(values: Collection[Any]) -> Validate:
    def check(value: Any) -> ValidationResult:
        known = value in values
        return ValidationResult(known, f"{short_repr(value)} is {'' if known else 'not '}one of {short_repr(list(values))}.")

    return check


def _containing(wanted: str | Sequence[str]) -> Validate:
    def check(value: Any) -> ValidationResult:
        lacking = [text for text in texts_of(wanted) if text not in value]
        said = f"does not contain {_listed(lacking)}" if lacking else f"contains {_listed(texts_of(wanted))}"
        return ValidationResult(not lacking, f"{short_repr(value)} {said}.")

    return check


def _not_containing(unwanted: str | Sequence[str]) -> Validate:
    def check(value: Any) -> ValidationResult:
        there = [text for text in texts_of(unwanted) if text in value]
        said = f"contains {_listed(there)}" if there else f"does not contain {_listed(texts_of(unwanted))}"
        return ValidationResult(not there, f"{short_repr(value)} {said}.")

    return check


def _listed(texts: Sequence[str]) -> str:
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
    """True if instances have a method that `object` does not give them."""
    return any(method in vars(base) for base in class_.__mro__ if base is not object)


def _is_text(class_: type) -> bool:
    return issubclass(class_, str)


class ScalarCheck(NamedTuple):
    """A check for single values: what makes it from its argument, and whether it can look at values of a class."""

    make: Callable[[Any], Validate]
    takes: Callable[[type], bool]


SCALAR_CHECKS: Final[Mapping[str, ScalarCheck]] = {
    "range": ScalarCheck(_in_range, _is_ordered),
    "values_in": ScalarCheck(_one_of, _is_single),
    "data_type": ScalarCheck(_of_type, _is_any),
    "allow_nans": ScalarCheck(_not_nan, _is_number),
    "allow_none": ScalarCheck(_not_none, _is_any),
    "contains": ScalarCheck(_containing, _is_text),
    "does_not_contain": ScalarCheck(_not_containing, _is_text),
}
