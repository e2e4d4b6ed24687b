"""polars columns, as the checks look at them. Both null and NaN count as missing, as everywhere in Headwater's checks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl

from headwater.quality.columns import EXAMPLES, Found


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

    def missing(self) -> Found:
        """Null and NaN."""
        return self._found(self._is_missing())

    def outside(self, low: Any, high: Any) -> Found:
        """The values outside. For polars NaN is above all numbers, and null neither inside nor outside: both are here."""
        if self.is_of(str) != isinstance(low, str):  # polars would compare their texts
            raise TypeError(f"a column of {self.dtype} does not compare with {low!r}")
        return self._found(self._is_missing() | ~self._column.is_between(low, high).fill_null(value=False))

    def not_among(self, values: Collection[Any]) -> Found:
        """The values that are none of these."""
        # polars compares values of one type only; Python finds `1` among floats as well, and looks at each value once.
        others = [value for value in self._there().unique().to_list() if value not in values]
        return self._found(self._column.is_in(pl.Series(others, dtype=self._column.dtype).implode()).fill_null(value=False))

    def lacking(self, text: str) -> Found:
        """The texts without another in them."""
        return self._found(~self._is_missing() & ~self._contains(text))

    def containing(self, text: str) -> Found:
        """The texts with another in them."""
        return self._found(self._contains(text))

    def mean(self) -> float | None:
        """The mean."""
        mean = self._there().mean()
        return None if mean is None else float(mean)

    def deviation(self) -> float | None:
        """The standard deviation."""
        deviation = self._there().std()
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

    def _found(self, where: Any) -> Found:
        wrong = self._column.filter(where)
        return Found(len(wrong), wrong.head(EXAMPLES).to_list())


COLUMN_CLASS: type = pl.Series
column: type = PolarsColumn
