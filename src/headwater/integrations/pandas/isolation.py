"""Isolation of pandas values: functions receive shallow copies. In pandas 3, changing a copy leaves the original unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.hooks.isolation import Isolate

_COPIES_ON_WRITE: Final = int(pd.__version__.partition(".")[0]) >= 3


def _series(value: pd.Series[Any]) -> tuple[Any, bool]:
    return value.copy(deep=False), not _COPIES_ON_WRITE or pd.api.types.is_object_dtype(value.dtype) or bool(value.attrs)


def _frame(value: pd.DataFrame) -> tuple[Any, bool]:
    # A shallow copy shares the Python objects in its cells with the original.
    has_objects = any(pd.api.types.is_object_dtype(dtype) for dtype in value.dtypes.array)
    return value.copy(deep=False), not _COPIES_ON_WRITE or has_objects or bool(value.attrs)


def _index(value: pd.Index[Any]) -> tuple[Any, bool]:
    return value.copy(deep=False), pd.api.types.is_object_dtype(value.dtype)


ISOLATED: Final[Mapping[type, Isolate]] = {
    pd.DataFrame: _frame,
    pd.Series: _series,
    **dict.fromkeys((pd.Index, pd.RangeIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex), _index),
    **dict.fromkeys((pd.CategoricalIndex, pd.IntervalIndex, pd.MultiIndex), _index),
    **dict.fromkeys(
        (pd.Timestamp, pd.Timedelta, pd.Period, pd.Interval, type(pd.NaT), type(pd.NA)), lambda value: (value, False)
    ),
}

_MAX_COLUMNS: Final = 30
"""The maximum number of columns whose contents are compared. A comparison takes 20 microseconds per column."""


def _frame_differs(received: pd.DataFrame, original: pd.DataFrame) -> bool:
    if not (received.columns.identical(original.columns) and received.index.identical(original.index)):
        return True
    if len(original.columns) > _MAX_COLUMNS:
        return False
    columns = zip(received.items(), original.items(), strict=True)
    return any(_array_differs(changed.array, column.array) for (_, changed), (_, column) in columns)


def _series_differs(received: pd.Series[Any], original: pd.Series[Any]) -> bool:
    if received.name != original.name or not received.index.identical(original.index):
        return True
    return _array_differs(received.array, original.array)


def _array_differs(received: Any, original: Any) -> bool:
    """Return True if a copied column was changed. pandas copies an array before changing it, so a shared array is unchanged."""
    if received.dtype != original.dtype:
        return True
    if not (isinstance(received, pd.arrays.NumpyExtensionArray) and isinstance(original, pd.arrays.NumpyExtensionArray)):
        return False
    return len(original) > 0 and not np.shares_memory(received.to_numpy(copy=False), original.to_numpy(copy=False))


DIFFERS: Final[Mapping[type, Callable[[Any, Any], bool]]] = {pd.DataFrame: _frame_differs, pd.Series: _series_differs}
