"""pandas columns, as the checks look at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from headwater.libraries.columns import EXAMPLES, Column, FoundValues
from headwater.quality.objects import ObjectColumn


class PandasColumn:
    """A `Series`, as checks look at it."""

    def __init__(self, column: Any) -> None:
        self._column = column

    @property
    def size(self) -> int:
        """The number of values."""
        return len(self._column)

    @property
    def dtype(self) -> object:
        """The dtype."""
        return self._column.dtype

    def is_of(self, wanted: Any) -> bool:
        """True for the dtypes that hold a Python class, and for numpy's own."""
        return dtype_is(self._column.dtype, wanted)

    def missing(self) -> FoundValues:
        """What `isna` says."""
        return self._found(self._column.isna())

    def outside(self, low: Any, high: Any) -> FoundValues:
        """The values outside; missing ones too, also in dtypes that say neither yes nor no of those."""
        if self._column.dtype.kind == "M":
            low, high = _as_moment(low), _as_moment(high)
        values = self._column
        if isinstance(values.dtype, pd.CategoricalDtype) and not values.dtype.ordered:  # these refuse to be compared
            values = values.astype(values.dtype.categories.dtype)
        inside = values.between(low, high)
        return self._found(~inside.fillna(False).astype(bool))

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """The values that `isin` does not find."""
        return self._found(self._column.notna() & ~self._column.isin(list(values)))

    def not_containing(self, text: str) -> FoundValues:
        """The texts without another in them."""
        return self._found(self._column.notna() & ~self._contains(text))

    def containing(self, text: str) -> FoundValues:
        """The texts with another in them."""
        return self._found(self._contains(text))

    def mean(self) -> float | None:
        """The mean."""
        there = self._column.dropna()
        return float(there.mean()) if len(there) else None

    def standard_deviation(self) -> float | None:
        """The standard deviation."""
        there = self._column.dropna()
        return float(there.astype(float).std()) if len(there) > 1 else None

    def _contains(self, text: str) -> Any:
        return self._column.str.contains(text, regex=False, na=False).astype(bool)

    def _found(self, where: Any) -> FoundValues:
        wrong = self._column[where]
        return FoundValues(len(wrong), list(wrong.head(EXAMPLES)))


def dtype_is(dtype: Any, wanted: Any) -> bool:
    """True if a dtype holds values of a Python class, or is one of numpy's or pandas' that is wanted."""
    if not isinstance(wanted, type):
        return bool(dtype == wanted)
    if isinstance(dtype, pd.CategoricalDtype) and not issubclass(wanted, pd.api.extensions.ExtensionDtype):
        return column(pd.Series(dtype.categories)).is_of(wanted)
    if wanted is str:
        return bool(pd.api.types.is_string_dtype(dtype))
    if wanted in (int, float, bool, complex):
        tests = {
            int: pd.api.types.is_integer_dtype,
            float: pd.api.types.is_float_dtype,
            bool: pd.api.types.is_bool_dtype,
            complex: pd.api.types.is_complex_dtype,
        }
        return bool(tests[wanted](dtype))
    if issubclass(wanted, pd.api.extensions.ExtensionDtype):
        return isinstance(dtype, wanted)
    if issubclass(wanted, dt.date | dt.timedelta):
        kind = "m" if issubclass(wanted, dt.timedelta) else "M" if issubclass(wanted, dt.datetime) else ""
        return dtype.kind == kind or getattr(dtype, "type", None) is wanted
    if not isinstance(dtype, np.dtype):
        return getattr(dtype, "type", None) is wanted
    return bool(np.issubdtype(dtype, wanted))


def column(series: Any) -> Column:
    """A column, as checks look at it."""
    return ObjectColumn(series.tolist(), series.dtype) if series.dtype == object else PandasColumn(series)


def _as_moment(bound: Any) -> Any:
    """A bound that pandas compares with its moments: it refuses dates."""
    return pd.Timestamp(bound) if isinstance(bound, dt.date) else bound


COLUMN_CLASS: type = pd.Series
