"""Hashes of pandas values by content: labels, dtypes, column order, attributes and every element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from headwater.caching.hashing import UnhashableError, combine
from headwater.integrations.numpy.hashing import content, objects
from headwater.integrations.pandas.equality import INDEXES, is_of_pandas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from headwater.caching.hashing import ContentHasher, LibraryHasher


def hash_frame(frame: pd.DataFrame, hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of the parts of a frame."""
    yield from _hash_labels(frame.columns, hasher)
    yield from _hash_labels(frame.index, hasher)
    yield from _hash_attributes(frame, hasher)
    for position in range(frame.shape[1]):
        yield _hash_data(frame.iloc[:, position].array, hasher)


def hash_series(series: pd.Series[Any], hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of the parts of a series."""
    yield hasher.digest(series.name)
    yield from _hash_labels(series.index, hasher)
    yield from _hash_attributes(series, hasher)
    yield _hash_data(series.array, hasher)


def hash_index(index: pd.Index[Any], hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of the parts of an index."""
    yield hasher.digest(tuple(index.names))
    if isinstance(index, pd.RangeIndex):
        yield hasher.digest((index.start, index.stop, index.step))
    elif isinstance(index, pd.MultiIndex):
        for level, codes in zip(index.levels, index.codes, strict=True):
            yield from _hash_labels(level, hasher)
            yield content(np.asarray(codes), hasher)
    else:
        yield _hash_data(index.array, hasher)
        yield hasher.digest(_frequency(index))


def _hash_labels(index: pd.Index[Any], hasher: ContentHasher) -> Iterable[bytes]:
    if type(index) not in INDEXES:
        raise UnhashableError(f"a `{type(index).__name__}` cannot be hashed")
    yield hasher.digest(type(index).__name__)
    yield from hash_index(index, hasher)


def _hash_attributes(value: Any, hasher: ContentHasher) -> Iterable[bytes]:
    yield hasher.digest((value.attrs, value.flags.allows_duplicate_labels))


def _hash_data(array: Any, hasher: ContentHasher) -> bytes:
    name = type(array).__name__
    if name not in _PARTS or not is_of_pandas(array):
        raise UnhashableError(f"a pandas array of `{array.dtype}` cannot be hashed")
    head = hasher.digest((name, _dtype_text(array.dtype), _frequency(array)))
    return combine("array", head, *_PARTS[name](array, hasher))


def _dtype_text(dtype: Any) -> str:
    if isinstance(dtype, pd.CategoricalDtype):  # `repr` omits most categories, so the categories are hashed with the array
        return f"category {dtype.ordered}"
    return f"{dtype!r} {getattr(dtype, 'tz', '')!r}"


def _frequency(value: Any) -> str | None:
    frequency = getattr(value, "freq", None)
    if frequency is None:
        return None
    if not is_of_pandas(frequency):
        raise UnhashableError(f"the frequency `{type(frequency).__name__}` cannot be hashed")
    return repr(frequency)


def _numpy(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [content(array.to_numpy(copy=False), hasher)]


def _categories(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [*_hash_labels(array.categories, hasher), content(array.codes, hasher)]


def _times(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [content(array.asi8, hasher)]


def _masked(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    values = array.to_numpy(dtype=array.dtype.numpy_dtype, na_value=False, copy=False)
    return [content(array.isna(), hasher), content(values, hasher)]


def _texts(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    missing = np.asarray(array.isna())
    values = array.to_numpy(dtype=object)
    if missing.any():
        values = values.copy()
        values[missing] = ""
    return [content(missing, hasher), objects(values.tolist(), hasher)]


def _intervals(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [hasher.digest(array.closed), *_hash_labels(array.left, hasher), *_hash_labels(array.right, hasher)]


def _hash_moment(value: Any, hasher: ContentHasher) -> Iterable[bytes]:
    """Return the digests of a timestamp, or of a timedelta."""
    zone = getattr(value, "tz", None)
    return [hasher.digest((value.unit, int(value.value), getattr(value, "fold", 0))), hasher.digest(_zone(zone))]


def _zone(zone: Any) -> Any:
    return zone if zone is None or type(zone).__module__.partition(".")[0] in ("datetime", "zoneinfo") else repr(zone)


def _hash_period(value: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [hasher.digest((int(value.ordinal), repr(value.freq)))]


def _hash_interval(value: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [hasher.digest((value.closed, value.left, value.right))]


def _hash_single(_: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return [hasher.digest(None)]


_PARTS: Final[Mapping[str, Callable[[Any, ContentHasher], Iterable[bytes]]]] = {
    **dict.fromkeys(("ArrowStringArray", "ArrowStringArrayNumpySemantics", "StringArray"), _texts),
    "StringArrayNumpySemantics": _texts,
    **dict.fromkeys(("BooleanArray", "FloatingArray", "IntegerArray"), _masked),
    **dict.fromkeys(("DatetimeArray", "PeriodArray", "TimedeltaArray"), _times),
    **dict.fromkeys(("NumpyExtensionArray", "PandasArray"), _numpy),
    "Categorical": _categories,
    "IntervalArray": _intervals,
}
"""For each class of arrays, a function that returns the digests of the elements."""

HASHERS: Final[Mapping[type, LibraryHasher]] = {
    pd.DataFrame: hash_frame,
    pd.Series: hash_series,
    **dict.fromkeys(INDEXES, hash_index),
}
SCALARS: Final[Mapping[type, LibraryHasher]] = {
    **dict.fromkeys((pd.Timestamp, pd.Timedelta), _hash_moment),
    **dict.fromkeys((type(pd.NA), type(pd.NaT)), _hash_single),
    pd.Period: _hash_period,
    pd.Interval: _hash_interval,
}
