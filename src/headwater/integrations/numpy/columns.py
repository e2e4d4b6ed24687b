"""numpy arrays as columns for checks, regardless of their shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from numbers import Number
from typing import Any, Final

import numpy as np

from headwater.libraries.columns import EXAMPLES, Column, FoundValues
from headwater.quality.objects import ObjectColumn, as_moment

_KINDS: Final = {
    int: np.integer,
    float: np.floating,
    bool: np.bool_,
    complex: np.complexfloating,
    str: np.str_,
    bytes: np.bytes_,
}
_DAYS: Final = frozenset({"Y", "M", "W", "D"})
"""The units of `datetime64` that represent dates. Other units represent timestamps."""

_NUMBERS: Final = frozenset("biufc")


class NumpyColumn:
    """An array as a column."""

    def __init__(self, array: Any) -> None:
        self._values = array.reshape(-1)

    @property
    def size(self) -> int:
        """Return the number of values."""
        return int(self._values.size)

    @property
    def dtype(self) -> object:
        """Return the dtype."""
        return self._values.dtype

    def is_of(self, expected: Any) -> bool:
        """Return True if the dtype is a subtype of a numpy dtype, or of the numpy equivalent of a Python class."""
        dtype = self._values.dtype
        if isinstance(expected, type) and issubclass(expected, dt.date):
            is_date = not issubclass(expected, dt.datetime)
            return bool(dtype.kind == "M") and (np.datetime_data(dtype)[0] in _DAYS) == is_date
        if isinstance(expected, type) and issubclass(expected, dt.timedelta):
            return bool(dtype.kind == "m")
        if dtype.kind == "m" and expected in _KINDS:  # in numpy, durations are a subtype of integers
            return False
        return bool(np.issubdtype(self._values.dtype, _KINDS.get(expected, expected)))

    def missing(self) -> FoundValues:
        """Return NaN and NaT values."""
        return self._found(self._is_missing())

    def outside(self, low: Any, high: Any) -> FoundValues:
        """Return the values outside the bounds, including NaN."""
        if self._values.dtype.kind == "M":
            low, high = _as_datetime(low), _as_datetime(high)
        if self._values.dtype.kind == "m" and not isinstance(low, dt.timedelta | np.timedelta64):
            raise TypeError(f"a duration cannot be compared with {low!r}")
        return self._found(~((self._values >= low) & (self._values <= high)))

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """Return the values that are not in a collection."""
        if self._values.dtype.kind in _NUMBERS and all(isinstance(value, Number) for value in values):
            is_in = np.isin(self._values, list(values))
        else:  # in a list with strings, numpy would convert numbers to strings
            is_in = np.array([value in values for value in _python_values(self._values)], dtype=bool)
        return self._found(~self._is_missing() & ~is_in)

    def not_containing(self, text: str) -> FoundValues:
        """Return the strings that do not contain a substring."""
        return self._found(~self._is_missing() & (np.strings.find(self._values, text) < 0))

    def containing(self, text: str) -> FoundValues:
        """Return the strings that contain a substring."""
        return self._found(~self._is_missing() & (np.strings.find(self._values, text) >= 0))

    def mean(self) -> float | None:
        """Return the mean."""
        present = self._values[~self._is_missing()]
        return float(present.mean()) if present.size else None

    def standard_deviation(self) -> float | None:
        """Return the standard deviation."""
        present = self._values[~self._is_missing()]
        return float(present.std(ddof=1)) if present.size > 1 else None

    def _is_missing(self) -> Any:
        return self._values != self._values

    def _found(self, where: Any) -> FoundValues:
        values = self._values[where]
        return FoundValues(int(values.size), _python_values(values[:EXAMPLES]))


def column(array: Any) -> Column:
    """Return an array as a column for checks."""
    return ObjectColumn(array.reshape(-1).tolist(), array.dtype) if array.dtype == object else NumpyColumn(array)


def _as_datetime(bound: Any) -> Any:
    """Convert a bound so that numpy can compare it with `datetime64`."""
    moment = as_moment(bound)
    if getattr(moment, "tzinfo", None) is not None:
        raise TypeError(f"an array of timestamps has no time zone, but {moment} has one")
    return np.datetime64(moment) if isinstance(moment, dt.datetime) else moment


def _python_values(array: Any) -> list[Any]:
    """Return Python values. Times are converted to microseconds, because numpy would convert nanoseconds to integers."""
    if array.dtype.kind in "mM" and np.datetime_data(array.dtype)[0] not in _DAYS:
        array = array.astype(f"{array.dtype.kind}8[us]")
    values: list[Any] = array.tolist()
    return values


COLUMN_CLASS: type = np.ndarray
