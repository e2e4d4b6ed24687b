"""The checks for columns, based on the `Column` protocol that every column library implements."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from headwater.libraries.columns import Column, FoundValues
from headwater.quality.validator import ValidationResult

ColumnValidate = Callable[[Column], ValidationResult]


def _in_range(bounds: tuple[Any, Any]) -> ColumnValidate:
    low, high = bounds
    bounds_label = f"between {low} and {high}"
    return lambda column: _verdict(column, column.outside(low, high), f"are {bounds_label}", f"are not {bounds_label}")


def _not_missing(_: Any) -> ColumnValidate:
    return lambda column: _verdict(column, column.missing(), "are present", "are missing", with_examples=False)


def _one_of(values: Collection[Any]) -> ColumnValidate:
    return lambda column: _verdict(column, column.not_in(values), f"are in {list(values)}", f"are not in {list(values)}")


def _containing(required: str | Sequence[str]) -> ColumnValidate:
    return lambda column: _first_failure(
        [
            _verdict(column, column.not_containing(text), f"contain {text!r}", f"do not contain {text!r}")
            for text in as_strings(required)
        ]
    )


def _not_containing(forbidden: str | Sequence[str]) -> ColumnValidate:
    return lambda column: _first_failure(
        [
            _verdict(column, column.containing(text), f"do not contain {text!r}", f"contain {text!r}")
            for text in as_strings(forbidden)
        ]
    )


def _of_type(expected: Any) -> ColumnValidate:
    def check(column: Column) -> ValidationResult:
        message = f"The dtype is {column.dtype}; expected {type_label(expected)}."
        return ValidationResult(column.is_of(expected), message, {"dtype": str(column.dtype)})

    return check


def _few_missing(limit: float) -> ColumnValidate:
    def check(column: Column) -> ValidationResult:
        missing = column.missing().number
        fraction = missing / column.size if column.size else 0.0
        are_missing = _conjugated("are missing", missing)
        message = f"{missing} of {column.size} values {are_missing}, a fraction of {fraction:.3g}; at most {limit} is allowed."
        return ValidationResult(fraction <= limit, message, {"rows": column.size, "missing": missing, "fraction": fraction})

    return check


def _small_deviation(limit: float) -> ColumnValidate:
    def check(column: Column) -> ValidationResult:
        deviation = column.standard_deviation()
        if deviation is None:
            return ValidationResult(False, "The standard deviation needs at least two values.", {"rows": column.size})
        message = f"The standard deviation is {deviation:.6g}; at most {limit} is allowed."
        return ValidationResult(deviation <= limit, message, {"standard_dev": deviation})

    return check


def _mean_between(bounds: tuple[float, float]) -> ColumnValidate:
    low, high = bounds

    def check(column: Column) -> ValidationResult:
        mean = column.mean()
        if mean is None:
            return ValidationResult(False, "There are no values from which to compute a mean.", {"rows": column.size})
        message = f"The mean is {mean:.6g}; expected between {low} and {high}."
        return ValidationResult(low <= mean <= high, message, {"mean": mean})

    return check


def as_strings(argument: str | Sequence[str]) -> Sequence[str]:
    """Return the argument of `contains` or `does_not_contain` as a list of strings."""
    return [argument] if isinstance(argument, str) else argument


def type_label(expected: Any) -> str:
    """Return the name of a class, or a dtype as its library prints it."""
    return expected.__name__ if isinstance(expected, type) else str(expected)


def _verdict(column: Column, wrong: FoundValues, passing: str, failing: str, *, with_examples: bool = True) -> ValidationResult:
    """Return a result with the number of wrong values and the first few of them.

    `passing` and `failing` complete the messages "All 3 values ..." and "2 of 3 values ...".
    """
    if not wrong.number:
        return ValidationResult(True, f"All {column.size} values {passing}.", {"rows": column.size})
    examples = [str(value) for value in wrong.first]
    count = f"{wrong.number} of {column.size} values {_conjugated(failing, wrong.number)}"
    message = f"{count}, starting with {', '.join(examples)}." if with_examples else f"{count}."
    return ValidationResult(False, message, {"rows": column.size, "wrong": wrong.number, "examples": examples})


def _first_failure(results: Sequence[ValidationResult]) -> ValidationResult:
    """Return the first result that does not pass, or the last result if all pass."""
    return next((result for result in results if not result.passes), results[-1])


COLUMN_CHECKS: Final[Mapping[str, Callable[[Any], ColumnValidate]]] = {
    "range": _in_range,
    "values_in": _one_of,
    "data_type": _of_type,
    "max_fraction_nans": _few_missing,
    "allow_nans": _not_missing,
    "max_standard_dev": _small_deviation,
    "mean_in_range": _mean_between,
    "contains": _containing,
    "does_not_contain": _not_containing,
}
"""For each check, the function that creates it from its argument."""


_SINGULAR: Final = {"are": "is", "do": "does", "contain": "contains"}


def _conjugated(predicate: str, number: int) -> str:
    """Return a predicate in the plural, or in the singular if the number is 1."""
    verb, _, rest = predicate.partition(" ")
    return f"{_SINGULAR[verb]} {rest}" if number == 1 else predicate
