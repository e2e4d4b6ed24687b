"""polars columns, as the checks look at them. Both null and NaN count as missing, as everywhere in Headwater's checks."""

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
"""Data types that are not numbers, and the class of what their values compare with."""


class PolarsColumn:
    """A `Series`, as checks look at it."""

    def __init__(self, column: Any) -> None:
        self._column = column

    @property
    def size(self) -> int:
        """The number of values."""
        return len(self._column)

    @property
    def dtype(self) -> object:
        """The data type."""
        return self._column.dtype

    def is_of(self, wanted: Any) -> bool:
        """True for the data types that hold a Python class, and for polars' own."""
        dtype = self._column.dtype
        if wanted is int:
            return bool(dtype.is_integer())
        if wanted is float:
            return bool(dtype.is_float())
        if wanted is str:
            return bool(dtype in (pl.String, pl.Categorical, pl.Enum))
        if wanted is bool:
            return bool(dtype == pl.Boolean)
        if isinstance(wanted, pl.DataType) or (isinstance(wanted, type) and issubclass(wanted, pl.DataType)):
            return bool(dtype == wanted) or (isinstance(wanted, type) and isinstance(dtype, wanted))
        return bool(isinstance(wanted, type) and dtype.to_python() is wanted)

    def missing(self) -> FoundValues:
        """Null and NaN."""
        return self._found(self._is_missing())

    def outside(self, low: Any, high: Any) -> FoundValues:
        """The values outside. For polars NaN is above all numbers, and null neither inside nor outside: both are here."""
        low, high = self._bound(low), self._bound(high)
        values = self._column.cast(pl.Int8) if self._column.dtype == pl.Boolean else self._column
        return self._found(self._is_missing() | ~values.is_between(low, high).fill_null(value=False))

    def _bound(self, bound: Any) -> Any:
        """A bound that compares with the values: polars also compares others, by their texts or their microseconds."""
        dtype = self._column.dtype
        if isinstance(dtype, pl.Date | pl.Datetime) and isinstance(bound, str | dt.date):
            zone = ZoneInfo(dtype.time_zone) if isinstance(dtype, pl.Datetime) and dtype.time_zone else None
            moment = as_moment(bound, zone)
            if isinstance(dtype, pl.Date) and moment.tzinfo is not None:
                raise TypeError(f"a date does not compare with {bound!r}, which has a time zone")
            return moment
        wanted = next((class_ for kinds, class_ in _BOUNDS if isinstance(dtype, kinds)), Number if dtype.is_numeric() else None)
        if wanted is not None and not isinstance(bound, wanted):
            raise TypeError(f"a column of {dtype} does not compare with {bound!r}")
        return bound

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """The values that are none of these."""
        # polars compares values of one type only; Python finds `1` among floats as well, and looks at each value once.
        others = [value for value in self._there().unique().to_list() if value not in values]
        return self._found(self._column.is_in(pl.Series(others, dtype=self._column.dtype).implode()).fill_null(value=False))

    def not_containing(self, text: str) -> FoundValues:
        """The texts without another in them."""
        return self._found(~self._is_missing() & ~self._contains(text))

    def containing(self, text: str) -> FoundValues:
        """The texts with another in them."""
        return self._found(self._contains(text))

    def mean(self) -> float | None:
        """The mean."""
        mean = self._numbers().mean()
        return None if mean is None else float(mean)

    def standard_deviation(self) -> float | None:
        """The standard deviation."""
        deviation = self._numbers().std()
        return None if deviation is None else float(deviation)

    def _contains(self, text: str) -> Any:
        if not self.is_of(str):
            raise TypeError(f"a column of {self.dtype} holds no texts")
        return self._column.cast(pl.String).str.contains(text, literal=True).fill_null(value=False)

    def _is_missing(self) -> Any:
        missing = self._column.is_null()
        return missing | self._column.is_nan().fill_null(value=False) if self._column.dtype.is_float() else missing

    def _there(self) -> Any:
        return self._column.filter(~self._is_missing())

    def _numbers(self) -> Any:
        dtype = self._column.dtype
        if not dtype.is_numeric() and dtype != pl.Boolean:  # polars answers with null
            raise TypeError(f"a column of {dtype} has no mean")
        return self._there().cast(pl.Float64)

    def _found(self, where: Any) -> FoundValues:
        wrong = self._column.filter(where)
        return FoundValues(len(wrong), wrong.head(EXAMPLES).to_list())


def column(series: Any) -> Column:
    """A column, as checks look at it."""
    return ObjectColumn(series.to_list(), series.dtype) if series.dtype in (pl.Null, pl.Object) else PolarsColumn(series)


COLUMN_CLASS: type = pl.Series
