"""Exact equality of pandas values: data, types, labels, names and flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from headwater.integrations.numpy.equality import same_array, same_content

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.caching.equality import Comparison, EqualityTest


_CHANGES: Final = int(pd.__version__.partition(".")[0]) < 3
"""True if an in-place change affects other values that share the data. Since pandas 3, shared data is copied on write."""


def same_frame(before: pd.DataFrame, value: pd.DataFrame, comparison: Comparison) -> bool:
    """Return True if two separate frames have the same content. Columns are compared one at a time to support every dtype."""
    return (
        before is not value
        and before.shape == value.shape
        and _same_labels(before.columns, value.columns, comparison)
        and _same_labels(before.index, value.index, comparison)
        and _same_attributes(before, value, comparison)
        and all(
            _same_data(old.array, new.array, comparison)
            for (_, old), (_, new) in zip(before.items(), value.items(), strict=True)
        )
    )


def same_series(before: pd.Series[Any], value: pd.Series[Any], comparison: Comparison) -> bool:
    """Return True if two separate series have the same content."""
    return (
        before is not value
        and comparison.same(before.name, value.name)
        and _same_labels(before.index, value.index, comparison)
        and _same_attributes(before, value, comparison)
        and _same_data(before.array, value.array, comparison)
    )


def same_index(before: pd.Index[Any], value: pd.Index[Any], comparison: Comparison) -> bool:
    """Return True if two indexes are equal. An index is immutable, so it always equals itself."""
    if before is value:
        return True
    if len(before) != len(value) or before.nlevels != value.nlevels:
        return False
    if not all(map(comparison.same, before.names, value.names)):
        return False
    if isinstance(before, pd.RangeIndex):
        return (before.start, before.stop, before.step) == (value.start, value.stop, value.step)  # type: ignore[attr-defined]
    if isinstance(before, pd.MultiIndex):
        return _same_levels(before, value, comparison)
    return _same_data(before.array, value.array, comparison, changes=False) and _same_freq(before, value)


def same_moment(before: Any, value: Any, _: Comparison) -> bool:
    """Return True if two timestamps or timedeltas have the same value, unit and time zone."""
    return (before.unit, before.value, str(getattr(before, "tz", ""))) == (
        value.unit,
        value.value,
        str(getattr(value, "tz", "")),
    ) and type(getattr(before, "tz", None)) is type(getattr(value, "tz", None))


def same_by_identity(before: Any, value: Any, _: Comparison) -> bool:
    """Return True if two values of a singleton class are the same object."""
    return before is value


def _same_labels(before: pd.Index[Any], value: pd.Index[Any], comparison: Comparison) -> bool:
    return type(before) is type(value) and type(before) in SAME and same_index(before, value, comparison)


def _same_levels(before: pd.MultiIndex, value: Any, comparison: Comparison) -> bool:
    return all(_same_labels(old, new, comparison) for old, new in zip(before.levels, value.levels, strict=True)) and all(
        same_content(old, new, comparison) for old, new in zip(before.codes, value.codes, strict=True)
    )


def _same_freq(before: Any, value: Any) -> bool:
    """Return True if two date frequencies are equal.

    User-defined frequencies count as different, because their `__eq__` may run any code.
    """
    old, new = getattr(before, "freq", None), getattr(value, "freq", None)
    if old is None or new is None:
        return old is new
    return type(old) is type(new) and is_of_pandas(old) and bool(old == new)


def _same_attributes(before: Any, value: Any, comparison: Comparison) -> bool:
    allows = before.flags.allows_duplicate_labels == value.flags.allows_duplicate_labels
    return allows and (not (before.attrs or value.attrs) or comparison.same(before.attrs, value.attrs))


def _same_data(before: Any, value: Any, comparison: Comparison, *, changes: bool = _CHANGES) -> bool:
    """Return True if two pandas arrays have the same content.

    If `changes` is set, arrays that share memory are treated as different.
    """
    if type(before) is not type(value) or type(before).__name__ not in _ARRAYS or before.dtype != value.dtype:
        return False
    if not is_of_pandas(before):
        return False
    same = same_array if changes else same_content
    old_parts, new_parts = (_ARRAYS[type(before).__name__](array) for array in (before, value))
    return _same_freq(before, value) and all(
        _same_labels(old, new, comparison) if isinstance(old, pd.Index) else same(old, new, comparison)
        for old, new in zip(old_parts, new_parts, strict=True)
    )


def is_of_pandas(value: object) -> bool:
    """Return True if a value's class is from pandas."""
    return type(value).__module__.partition(".")[0] == "pandas"


def _of_numpy(array: Any) -> list[Any]:
    return [array.to_numpy(copy=False)]


def _of_categories(array: Any) -> list[Any]:
    return [array.categories, array.codes]


def _of_times(array: Any) -> list[Any]:
    return [array.asi8]


def _of_masked(array: Any) -> list[Any]:
    return [array.isna(), array.to_numpy(dtype=array.dtype.numpy_dtype, na_value=False, copy=False)]


def _of_texts(array: Any) -> list[Any]:
    return [array.to_numpy(dtype=object)]


def _of_intervals(array: Any) -> list[Any]:
    return [array.left, array.right]


_ARRAYS: Final[Mapping[str, Callable[[Any], list[Any]]]] = {
    "ArrowStringArray": _of_texts,
    "ArrowStringArrayNumpySemantics": _of_texts,
    "BooleanArray": _of_masked,
    "Categorical": _of_categories,
    "DatetimeArray": _of_times,
    "FloatingArray": _of_masked,
    "IntegerArray": _of_masked,
    "IntervalArray": _of_intervals,
    "NumpyExtensionArray": _of_numpy,
    "PeriodArray": _of_times,
    "StringArray": _of_texts,
    "StringArrayNumpySemantics": _of_texts,
    "TimedeltaArray": _of_times,
}
"""For each array class, a function that returns an array's content as numpy arrays and indexes."""

INDEXES: Final = (
    *(pd.Index, pd.RangeIndex, pd.MultiIndex, pd.CategoricalIndex),
    *(pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex, pd.IntervalIndex),
)

SAME: Final[Mapping[type, EqualityTest]] = {
    pd.DataFrame: same_frame,
    pd.Series: same_series,
    pd.Timestamp: same_moment,
    pd.Timedelta: same_moment,
    type(pd.NA): same_by_identity,
    type(pd.NaT): same_by_identity,
    **dict.fromkeys(INDEXES, same_index),
}
