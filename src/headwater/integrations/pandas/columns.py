"""pandas series as columns for checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from headwater.libraries.columns import EXAMPLES, Column, FoundValues
from headwater.quality.objects import ObjectColumn


class PandasColumn:
    """A `Series` as a column."""

    def __init__(self, column: Any) -> None:
        self._column = column

    @property
    def size(self) -> int:
        """Return the number of values."""
        return len(self._column)

    @property
    def dtype(self) -> object:
        """Return the dtype."""
        return self._column.dtype

    def is_of(self, expected: Any) -> bool:
        """Return True if the dtype holds values of a Python class, or is a given dtype."""
        return dtype_is(self._column.dtype, expected)

    def missing(self) -> FoundValues:
        """Return the values for which `isna` is true."""
        return self._found(self._column.isna())

    def outside(self, low: Any, high: Any) -> FoundValues:
        """Return the values outside the bounds, including missing values, whatever the dtype."""
        if self._column.dtype.kind == "M":
            low, high = _as_moment(low), _as_moment(high)
        values = self._column
        if isinstance(values.dtype, pd.CategoricalDtype) and not values.dtype.ordered:  # unordered categories
            values = values.astype(values.dtype.categories.dtype)
        inside = values.between(low, high)
        return self._found(~inside.fillna(False).astype(bool))

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """Return the values that are not in a collection, according to `isin`."""
        return self._found(self._column.notna() & ~self._column.isin(list(values)))

    def not_containing(self, text: str) -> FoundValues:
        """Return the strings that do not contain a substring."""
        return self._found(self._column.notna() & ~self._contains(text))

    def containing(self, text: str) -> FoundValues:
        """Return the strings that contain a substring."""
        return self._found(self._contains(text))

    def mean(self) -> float | None:
        """Return the mean."""
        present = self._column.dropna()
        return float(present.mean()) if len(present) else None

    def standard_deviation(self) -> float | None:
        """Return the standard deviation."""
        present = self._column.dropna()
        return float(present.astype(float).std()) if len(present) > 1 else None

    def _contains(self, text: str) -> Any:
        return self._column.str.contains(text, regex=False, na=False).astype(bool)

    def _found(self, where: Any) -> FoundValues:
        values = self._column[where]
        return FoundValues(len(values), list(values.head(EXAMPLES)))


def dtype_is(dtype: Any, expected: Any) -> bool:
    """Return True if a dtype holds values of a Python class, or is the given numpy or pandas dtype."""
    if not isinstance(expected, type):
        return bool(dtype == expected)
    if isinstance(dtype, pd.CategoricalDtype) and not issubclass(expected, pd.api.extensions.ExtensionDtype):
        return column(pd.Series(dtype.categories)).is_of(expected)
    if expected is str:
        return bool(pd.api.types.is_string_dtype(dtype))
    if expected in (int, float, bool, complex):
        tests = {
            int: pd.api.types.is_integer_dtype,
            float: pd.api.types.is_float_dtype,
            bool: pd.api.types.is_bool_dtype,
            complex: pd.api.types.is_complex_dtype,
        }
        return bool(tests[expected](dtype))
    if issubclass(expected, pd.api.extensions.ExtensionDtype):
        return isinstance(dtype, expected)
    if issubclass(expected, dt.date | dt.timedelta):
        kind = "m" if issubclass(expected, dt.timedelta) else "M" if issubclass(expected, dt.datetime) else ""
        return dtype.kind == kind or getattr(dtype, "type", None) is expected
    if not isinstance(dtype, np.dtype):
        return getattr(dtype, "type", None) is expected
    return bool(np.issubdtype(dtype, expected))


def column(series: Any) -> Column:
    """Return a series as a column for checks."""
    return ObjectColumn(series.tolist(), series.dtype) if series.dtype == object else PandasColumn(series)


def _as_moment(bound: Any) -> Any:
    """Convert a date to a timestamp, because pandas does not compare timestamps with dates."""
    return pd.Timestamp(bound) if isinstance(bound, dt.date) else bound


COLUMN_CLASS: type = pd.Series
