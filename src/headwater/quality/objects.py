"""Columns of Python objects, checked value by value: arrays of dtype `object`, and columns with no values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from headwater.libraries.columns import EXAMPLES, FoundValues
from headwater.libraries.support import package_of

_NUMPY_KINDS: Final[Mapping[type, str]] = {int: "integer", float: "floating", bool: "bool", complex: "complexfloating"}
"""numpy's abstract scalar class for each Python class."""


class ObjectColumn:
    """A column of Python objects from any library."""

    def __init__(self, values: Sequence[Any], dtype: object) -> None:
        self._values = values
        self._dtype = dtype

    @property
    def size(self) -> int:
        """Return the number of values."""
        return len(self._values)

    @property
    def dtype(self) -> object:
        """Return the dtype, as the library prints it."""
        return self._dtype

    def is_of(self, expected: Any) -> bool:
        """Return True if `expected` is the dtype, or a class of which every value is an instance.

        Missing values are ignored.
        """
        if not isinstance(expected, type) or package_of(expected) == "polars":
            return bool(self._dtype == expected) or (isinstance(expected, type) and isinstance(self._dtype, expected))
        return all(_is_of(value, expected) for value in self._present())

    def missing(self) -> FoundValues:
        """Return the missing values: None, NaN, NaT and NA."""
        return self._found(is_missing)

    def outside(self, low: Any, high: Any) -> FoundValues:
        """Return the values outside the bounds, including missing values."""
        return self._found(lambda value: is_missing(value) or not _lies_between(value, low, high))

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """Return the values that are not in a collection."""
        is_known = _lookup(values)
        return self._found(lambda value: not is_missing(value) and not is_known(value))

    def not_containing(self, text: str) -> FoundValues:
        """Return the values that do not contain a substring, including values that are not strings."""
        self._require_strings()
        return self._found(lambda value: not is_missing(value) and not (isinstance(value, str) and text in value))

    def containing(self, text: str) -> FoundValues:
        """Return the strings that contain a substring."""
        self._require_strings()
        return self._found(lambda value: isinstance(value, str) and text in value)

    def mean(self) -> float | None:
        """Return the mean."""
        numbers = self._numbers()
        return math.fsum(numbers) / len(numbers) if numbers else None

    def standard_deviation(self) -> float | None:
        """Return the standard deviation."""
        numbers, mean = self._numbers(), self.mean()
        if mean is None or len(numbers) < 2:
            return None
        return math.sqrt(math.fsum((number - mean) ** 2 for number in numbers) / (len(numbers) - 1))

    def _present(self) -> list[Any]:
        return [value for value in self._values if not is_missing(value)]

    def _require_strings(self) -> None:
        present = self._present()
        if present and not any(isinstance(value, str) for value in present):
            raise TypeError(f"a column of {type(present[0]).__name__} has no strings")

    def _numbers(self) -> list[float]:
        present = self._present()
        if any(isinstance(value, str | bytes) for value in present):  # `float` would parse strings
            raise TypeError("strings have no mean")
        return [float(value) for value in present]

    def _found(self, is_wrong: Callable[[Any], bool]) -> FoundValues:
        wrong = [value for value in self._values if is_wrong(value)]
        return FoundValues(len(wrong), wrong[:EXAMPLES])


def is_missing(value: Any) -> bool:
    """Return True for None, NaN, NaT and pandas' NA. NaN and NaT differ from themselves, and comparing NA returns NA."""
    if value is None:
        return True
    different = value != value  # noqa: PLR0124
    try:
        return bool(different)
    except (TypeError, ValueError):  # NA and arrays of several elements have no truth value
        return different is value


def as_moment(bound: Any, zone: dt.tzinfo | None = None) -> Any:
    """Return a bound as a datetime.

    A date becomes midnight on that date. A string is parsed as ISO 8601 in the column's time zone.
    """
    if isinstance(bound, str):
        moment = dt.datetime.fromisoformat(bound)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    if isinstance(bound, dt.date) and not isinstance(bound, dt.datetime):
        return dt.datetime.combine(bound, dt.time())
    return bound


def _is_of(value: Any, class_: type) -> bool:
    if class_ is int and isinstance(value, bool):
        return False
    if class_ is dt.date and isinstance(value, dt.datetime):
        return False
    if isinstance(value, class_):
        return True
    kind = _NUMPY_KINDS.get(class_)
    numpy_bases = {base.__name__ for base in type(value).__mro__ if package_of(base) == "numpy"}
    return kind is not None and not numpy_bases.isdisjoint({kind, f"{kind}_"})


def _lies_between(value: Any, low: Any, high: Any) -> bool:
    if isinstance(value, dt.date):
        zone = value.tzinfo if isinstance(value, dt.datetime) else None
        value, low, high = as_moment(value), as_moment(low, zone), as_moment(high, zone)
    return bool(low <= value <= high)


def _lookup(values: Collection[Any]) -> Callable[[Any], bool]:
    """Return a function that tests whether a value is in a collection, using hashes if possible."""
    try:
        hashed = frozenset(values)
    except TypeError:
        return lambda value: value in values

    def is_known(value: Any) -> bool:
        try:
            return value in hashed
        except TypeError:
            return value in values

    return is_known
