"""Sizes of pandas values in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from headwater.integrations.numpy.sizes import objects_size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def frame_size(frame: pd.DataFrame) -> int:
    """Return the size of the columns and the index."""
    size = index_size(frame.index)
    for position, dtype in enumerate(frame.dtypes.array):
        if isinstance(dtype, np.dtype) and not dtype.hasobject:  # a fast path for wide frames
            size += dtype.itemsize * len(frame)
        else:
            size += _values_size(frame.iloc[:, position].array)
    return size


def series_size(series: pd.Series[Any]) -> int:
    """Return the size of the values and the index."""
    return _values_size(series.array) + index_size(series.index)


def index_size(index: pd.Index[Any]) -> int:
    """Return the size of the labels."""
    return int(index.memory_usage()) if isinstance(index, (pd.MultiIndex, pd.RangeIndex)) else _values_size(index.array)


def _values_size(values: Any) -> int:
    has_objects = pd.api.types.is_object_dtype(values.dtype) or getattr(values.dtype, "storage", None) == "python"
    return int(values.nbytes) + (objects_size(values, len(values)) if has_objects else 0)


SIZES: Final[Mapping[type, Callable[[Any], int]]] = {
    pd.DataFrame: frame_size,
    pd.Series: series_size,
    pd.Index: index_size,
}
