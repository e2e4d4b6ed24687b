"""The checks for columns, over what every library of columns can say of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from headwater.libraries.columns import Column, FoundValues
from headwater.quality.validator import ValidationResult

ColumnValidate = Callable[[Column], ValidationResult]


def _in_range(bounds: tuple[Any, Any]) -> ColumnValidate:
    low, high = bounds
    return lambda column: _verdict(column, column.outside(low, high), f"between {low} and {high}")


def _not_missing(_: Any) -> ColumnValidate:
    return lambda column: _verdict(column, column.missing(), "there", "missing")


def _one_of(values: Collection[Any]) -> ColumnValidate:
    return lambda column: _verdict(column, column.not_in(values), f"one of {list(values)}")


def _containing(wanted: str | Sequence[str]) -> ColumnValidate:
    return lambda column: _each(column, [(column.not_containing(text), f"with {text!r} in it") for text in texts_of(wanted)])


def _not_containing(unwanted: str | Sequence[str]) -> ColumnValidate:
    return lambda column: _each(column, [(column.containing(text), f"without {text!r} in it") for text in texts_of(unwanted)])


def _of_type(wanted: Any) -> ColumnValidate:
    def check(column: Column) -> ValidationResult:
        message = f"The dtype is {column.dtype}; {named(wanted)} is wanted."
        return ValidationResult(column.is_of(wanted), message, {"dtype": str(column.dtype)})

    return check


def _few_missing(most: float) -> ColumnValidate:
    def check(column: Column) -> ValidationResult:
        missing = column.missing().number
        fraction = missing / column.size if column.size else 0.0
        message = f"{missing} of {column.size} values are missing, a fraction of {fraction:.3g}; at most {most} is wanted."
        return ValidationResult(fraction <= most, message, {"rows": column.size, "missing": missing, "fraction": fraction})

    return check


def _small_deviation(most: float) -> ColumnValidate:
    def check(column: Column) -> ValidationResult:
        deviation = column.standard_deviation()
        if deviation is None:
            return ValidationResult(False, "Fewer than two values have no standard deviation.", {"rows": column.size})
        message = f"The standard deviation is {deviation:.6g}; at most {most} is wanted."
        return ValidationResult(deviation <= most, message, {"standard_dev": deviation})

    return check


def _mean_between(bounds: tuple[float, float]) -> ColumnValidate:
    low, high = bounds

    def check(column: Column) -> ValidationResult:
        mean = column.mean()
        if mean is None:
            return ValidationResult(False, "No value is there, so that there is no mean.", {"rows": column.size})
        message = f"The mean is {mean:.6g}; one between {low} and {high} is wanted."
        return ValidationResult(low <= mean <= high, message, {"mean": mean})

    return check


def texts_of(argument: str | Sequence[str]) -> Sequence[str]:
    """The texts that `contains` and `does_not_contain` are given: one, or a list."""
    return [argument] if isinstance(argument, str) else argument


def named(wanted: Any) -> str:
    """A class by its name, a dtype as its library prints it."""
    return wanted.__name__ if isinstance(wanted, type) else str(wanted)


def _verdict(column: Column, wrong: FoundValues, wanted: str, unwanted: str = "") -> ValidationResult:
    """A result that counts the wrong values and shows the first few."""
    if not wrong.number:
        return ValidationResult(True, f"All {column.size} values are {wanted}.", {"rows": column.size})
    examples = [str(value) for value in wrong.first]
    said = f"{wrong.number} of {column.size} values are {unwanted or f'not {wanted}'}"
    message = f"{said}." if unwanted else f"{said}, the first of them {', '.join(examples)}."
    return ValidationResult(False, message, {"rows": column.size, "wrong": wrong.number, "examples": examples})


def _each(column: Column, found: Sequence[tuple[FoundValues, str]]) -> ValidationResult:
    """The first of several verdicts that does not pass, or the last."""
    verdicts = [_verdict(column, wrong, wanted) for wrong, wanted in found]
    return next((verdict for verdict in verdicts if not verdict.passes), verdicts[-1])


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
"""For each check, what makes it from its argument."""
