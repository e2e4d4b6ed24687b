"""How frames and series of pandas are passed on to functions: as shallow copies, which copy on write since pandas 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.session.passing import Isolate

_COPIES_ON_WRITE: Final = int(pd.__version__.partition(".")[0]) >= 3


def _series(value: pd.Series[Any]) -> tuple[Any, bool]:
    return value.copy(deep=False), not _COPIES_ON_WRITE or pd.api.types.is_object_dtype(value.dtype) or bool(value.attrs)


def _frame(value: pd.DataFrame) -> tuple[Any, bool]:
    # Cells that are objects are shared by all copies.
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
