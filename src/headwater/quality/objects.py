"""Columns of Python objects, checked value by value: arrays of dtype `object`, and columns without any value."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from headwater.libraries.columns import EXAMPLES, FoundValues
from headwater.libraries.support import package_of

_NUMPY_KINDS: Final[Mapping[type, str]] = {int: "integer", float: "floating", bool: "bool", complex: "complexfloating"}
"""The abstract class of numpy's scalars that goes with a Python class."""


class ObjectColumn:
    """Python values in a row, as checks look at them, whatever library holds them."""

    def __init__(self, values: Sequence[Any], dtype: object) -> None:
        self._values = values
        self._dtype = dtype

    @property
    def size(self) -> int:
        """The number of values."""
        return len(self._values)

    @property
    def dtype(self) -> object:
        """The dtype, as the library prints it."""
        return self._dtype

    def is_of(self, wanted: Any) -> bool:
        """True for the dtype itself, and for a class that every value is of; missing ones may be of any."""
        if not isinstance(wanted, type) or package_of(wanted) == "polars":
            return bool(self._dtype == wanted) or (isinstance(wanted, type) and isinstance(self._dtype, wanted))
        return all(_is_of(value, wanted) for value in self._there())

    def missing(self) -> FoundValues:
        """None, NaN, NaT and NA."""
        return self._found(is_missing)

    def outside(self, low: Any, high: Any) -> FoundValues:
        """The values outside, missing ones among them."""
        return self._found(lambda value: is_missing(value) or not _lies_between(value, low, high))

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """The values that are none of these."""
        known = _lookup(values)
        return self._found(lambda value: not is_missing(value) and not known(value))

    def not_containing(self, text: str) -> FoundValues:
        """The values without a text in them; what is no text has none."""
        self._require_texts()
        return self._found(lambda value: not is_missing(value) and not (isinstance(value, str) and text in value))

    def containing(self, text: str) -> FoundValues:
        """The texts with another in them."""
        self._require_texts()
        return self._found(lambda value: isinstance(value, str) and text in value)

    def mean(self) -> float | None:
        """The mean."""
        numbers = self._numbers()
        return math.fsum(numbers) / len(numbers) if numbers else None

    def standard_deviation(self) -> float | None:
        """The standard deviation."""
        numbers, mean = self._numbers(), self.mean()
        if mean is None or len(numbers) < 2:
            return None
        return math.sqrt(math.fsum((number - mean) ** 2 for number in numbers) / (len(numbers) - 1))

    def _there(self) -> list[Any]:
        return [value for value in self._values if not is_missing(value)]

    def _require_texts(self) -> None:
        there = self._there()
        if there and not any(isinstance(value, str) for value in there):
            raise TypeError(f"a column of {type(there[0]).__name__} holds no texts")

    def _numbers(self) -> list[float]:
        there = self._there()
        if any(isinstance(value, str | bytes) for value in there):  # `float` would read them
            raise TypeError("texts have no mean")
        return [float(value) for value in there]

    def _found(self, is_wrong: Callable[[Any], bool]) -> FoundValues:
        wrong = [value for value in self._values if is_wrong(value)]
        return FoundValues(len(wrong), wrong[:EXAMPLES])


def is_missing(value: Any) -> bool:
    """True for None and for what differs from itself: NaN, NaT; also for pandas' NA, which answers with itself."""
    if value is None:
        return True
    different = value != value  # noqa: PLR0124
    try:
        return bool(different)
    except (TypeError, ValueError):  # NA is neither true nor false, nor is an array of several members
        return different is value


def as_moment(bound: Any, zone: dt.tzinfo | None = None) -> Any:
    """A bound for a column of moments: a date is its midnight, a text is read as ISO 8601, in the column's time zone."""
    if isinstance(bound, str):
        moment = dt.datetime.fromisoformat(bound)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    if isinstance(bound, dt.date) and not isinstance(bound, dt.datetime):
        return dt.datetime.combine(bound, dt.time())
    return bound


def _is_of(value: Any, wanted: type) -> bool:
    if wanted is int and isinstance(value, bool):
        return False
    if wanted is dt.date and isinstance(value, dt.datetime):
        return False
    if isinstance(value, wanted):
        return True
    kind = _NUMPY_KINDS.get(wanted)
    numpy_bases = {base.__name__ for base in type(value).__mro__ if package_of(base) == "numpy"}
    return kind is not None and not numpy_bases.isdisjoint({kind, f"{kind}_"})


def _lies_between(value: Any, low: Any, high: Any) -> bool:
    if isinstance(value, dt.date):
        zone = value.tzinfo if isinstance(value, dt.datetime) else None
        value, low, high = as_moment(value), as_moment(low, zone), as_moment(high, zone)
    return bool(low <= value <= high)


def _lookup(values: Collection[Any]) -> Callable[[Any], bool]:
    """What tells whether a value is one of these: by hash where it can."""
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
