"""polars series as columns for checks. Null and NaN are both treated as missing, as in all checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from numbers import Number
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl

from headwater.libraries.columns import EXAMPLES, Column, FoundValues
from headwater.quality.objects import ObjectColumn, as_moment

_BOUNDS: Final[tuple[tuple[Any, type], ...]] = (
    (pl.String | pl.Categorical | pl.Enum, str),
    (pl.Date | pl.Datetime, dt.date),
    (pl.Duration, dt.timedelta),
    (pl.Time, dt.time),
    (pl.Boolean, Number),
)
"""Non-numeric data types, each with the Python class that a bound for its values must have."""


class PolarsColumn:
    """A `Series` as a column."""

    def __init__(self, column: Any) -> None:
        self._column = column

    @property
    def size(self) -> int:
        """Return the number of values."""
        return len(self._column)

    @property
    def dtype(self) -> object:
        """Return the data type."""
        return self._column.dtype

    def is_of(self, expected: Any) -> bool:
        """Return True if `expected` is the data type, or a Python class whose values the data type holds."""
        dtype = self._column.dtype
        if expected is int:
            return bool(dtype.is_integer())
        if expected is float:
            return bool(dtype.is_float())
        if expected is str:
            return bool(dtype in (pl.String, pl.Categorical, pl.Enum))
        if expected is bool:
            return bool(dtype == pl.Boolean)
        if isinstance(expected, pl.DataType) or (isinstance(expected, type) and issubclass(expected, pl.DataType)):
            return bool(dtype == expected) or (isinstance(expected, type) and isinstance(dtype, expected))
        return bool(isinstance(expected, type) and dtype.to_python() is expected)

    def missing(self) -> FoundValues:
        """Return null and NaN values."""
        return self._found(self._is_missing())

    def outside(self, low: Any, high: Any) -> FoundValues:
        """Return the values outside the bounds, including null and NaN."""
        low, high = self._bound(low), self._bound(high)
        values = self._column.cast(pl.Int8) if self._column.dtype == pl.Boolean else self._column
        return self._found(self._is_missing() | ~values.is_between(low, high).fill_null(value=False))

    def _bound(self, bound: Any) -> Any:
        """Convert a bound to a comparable type. polars would compare other types as text or microseconds."""
        dtype = self._column.dtype
        if isinstance(dtype, pl.Date | pl.Datetime) and isinstance(bound, str | dt.date):
            zone = ZoneInfo(dtype.time_zone) if isinstance(dtype, pl.Datetime) and dtype.time_zone else None
            moment = as_moment(bound, zone)
            if isinstance(dtype, pl.Date) and moment.tzinfo is not None:
                raise TypeError(f"a date cannot be compared with {bound!r}, which has a time zone")
            return moment
        comparable = next(
            (class_ for kinds, class_ in _BOUNDS if isinstance(dtype, kinds)), Number if dtype.is_numeric() else None
        )
        if comparable is not None and not isinstance(bound, comparable):
            raise TypeError(f"a column of {dtype} cannot be compared with {bound!r}")
        return bound

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """Return the values that are not in a collection."""
        # Compare in Python, where `1` equals `1.0`. polars compares only values of the same type.
        others = [value for value in self._present().unique().to_list() if value not in values]
        return self._found(self._column.is_in(pl.Series(others, dtype=self._column.dtype).implode()).fill_null(value=False))

    def not_containing(self, text: str) -> FoundValues:
        """Return the strings that do not contain a substring."""
        return self._found(~self._is_missing() & ~self._contains(text))

    def containing(self, text: str) -> FoundValues:
        """Return the strings that contain a substring."""
        return self._found(self._contains(text))

    def mean(self) -> float | None:
        """Return the mean."""
        mean = self._numbers().mean()
        return None if mean is None else float(mean)

    def standard_deviation(self) -> float | None:
        """Return the standard deviation."""
        deviation = self._numbers().std()
        return None if deviation is None else float(deviation)

    def _contains(self, text: str) -> Any:
        if not self.is_of(str):
            raise TypeError(f"a column of {self.dtype} has no strings")
        return self._column.cast(pl.String).str.contains(text, literal=True).fill_null(value=False)

    def _is_missing(self) -> Any:
        missing = self._column.is_null()
        return missing | self._column.is_nan().fill_null(value=False) if self._column.dtype.is_float() else missing

    def _present(self) -> Any:
        return self._column.filter(~self._is_missing())

    def _numbers(self) -> Any:
        dtype = self._column.dtype
        if not dtype.is_numeric() and dtype != pl.Boolean:  # polars would return null
            raise TypeError(f"a column of {dtype} has no mean")
        return self._present().cast(pl.Float64)

    def _found(self, where: Any) -> FoundValues:
        values = self._column.filter(where)
        return FoundValues(len(values), values.head(EXAMPLES).to_list())


def column(series: Any) -> Column:
    """Return a series as a column for checks."""
    return ObjectColumn(series.to_list(), series.dtype) if series.dtype in (pl.Null, pl.Object) else PolarsColumn(series)


COLUMN_CLASS: type = pl.Series
