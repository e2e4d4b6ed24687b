"""numpy arrays, as the checks look at them: all their values, in whatever shape."""

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
"""The units of `datetime64` that are dates; the others are moments."""

_NUMBERS: Final = frozenset("biufc")


class NumpyColumn:
    """An array, as checks look at it."""

    def __init__(self, array: Any) -> None:
        self._values = array.reshape(-1)

    @property
    def size(self) -> int:
        """The number of values."""
        return int(self._values.size)

    @property
    def dtype(self) -> object:
        """The dtype."""
        return self._values.dtype

    def is_of(self, wanted: Any) -> bool:
        """True for the dtypes below numpy's counterpart of a Python class, and for numpy's own."""
        dtype = self._values.dtype
        if isinstance(wanted, type) and issubclass(wanted, dt.date):
            is_date = not issubclass(wanted, dt.datetime)
            return bool(dtype.kind == "M") and (np.datetime_data(dtype)[0] in _DAYS) == is_date
        if isinstance(wanted, type) and issubclass(wanted, dt.timedelta):
            return bool(dtype.kind == "m")
        if dtype.kind == "m" and wanted in _KINDS:  # numpy counts a duration among the integers
            return False
        return bool(np.issubdtype(self._values.dtype, _KINDS.get(wanted, wanted)))

    def missing(self) -> FoundValues:
        """NaN, NaT, and None in arrays of objects."""
        return self._found(self._is_missing())

    def outside(self, low: Any, high: Any) -> FoundValues:
        """The values outside, NaN among them."""
        if self._values.dtype.kind == "M":
            low, high = _as_datetime(low), _as_datetime(high)
        if self._values.dtype.kind == "m" and not isinstance(low, dt.timedelta | np.timedelta64):
            raise TypeError(f"a duration does not compare with {low!r}")
        return self._found(~((self._values >= low) & (self._values <= high)))

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """The values that are none of these."""
        if self._values.dtype.kind in _NUMBERS and all(isinstance(value, Number) for value in values):
            there = np.isin(self._values, list(values))
        else:  # numpy would make texts of numbers that stand beside texts
            there = np.array([value in values for value in _python_values(self._values)], dtype=bool)
        return self._found(~self._is_missing() & ~there)

    def not_containing(self, text: str) -> FoundValues:
        """The texts without another in them."""
        return self._found(~self._is_missing() & (np.strings.find(self._values, text) < 0))

    def containing(self, text: str) -> FoundValues:
        """The texts with another in them."""
        return self._found(~self._is_missing() & (np.strings.find(self._values, text) >= 0))

    def mean(self) -> float | None:
        """The mean."""
        there = self._values[~self._is_missing()]
        return float(there.mean()) if there.size else None

    def standard_deviation(self) -> float | None:
        """The standard deviation."""
        there = self._values[~self._is_missing()]
        return float(there.std(ddof=1)) if there.size > 1 else None

    def _is_missing(self) -> Any:
        return self._values != self._values

    def _found(self, where: Any) -> FoundValues:
        wrong = self._values[where]
        return FoundValues(int(wrong.size), _python_values(wrong[:EXAMPLES]))


def column(array: Any) -> Column:
    """A column, as checks look at it."""
    return ObjectColumn(array.reshape(-1).tolist(), array.dtype) if array.dtype == object else NumpyColumn(array)


def _as_datetime(bound: Any) -> Any:
    """A bound that numpy compares with its moments."""
    moment = as_moment(bound)
    if getattr(moment, "tzinfo", None) is not None:
        raise TypeError(f"the moments of an array have no time zone, and {moment} has one")
    return np.datetime64(moment) if isinstance(moment, dt.datetime) else moment


def _python_values(array: Any) -> list[Any]:
    """The values; moments as Python has them, also those of nanoseconds, which numpy would give as numbers."""
    if array.dtype.kind in "mM" and np.datetime_data(array.dtype)[0] not in _DAYS:
        array = array.astype(f"{array.dtype.kind}8[us]")
    values: list[Any] = array.tolist()
    return values


COLUMN_CLASS: type = np.ndarray
