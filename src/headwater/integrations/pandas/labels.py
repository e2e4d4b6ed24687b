"""Labels of pandas values: the columns of a frame and the labels of a series, with their dtypes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from headwater.previews.texts import class_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_STRING_INDEXES: Final = (pd.Index, pd.CategoricalIndex)
"""The classes of indexes whose labels may be strings. Subclasses could run the user's code."""
_OWN_DTYPES: Final = (
    *(pd.BooleanDtype, pd.CategoricalDtype, pd.DatetimeTZDtype, pd.Float32Dtype, pd.Float64Dtype, pd.IntervalDtype),
    *(pd.Int8Dtype, pd.Int16Dtype, pd.Int32Dtype, pd.Int64Dtype, pd.PeriodDtype, pd.SparseDtype, pd.StringDtype),
    *(pd.UInt8Dtype, pd.UInt16Dtype, pd.UInt32Dtype, pd.UInt64Dtype),
)


def frame_labels(frame: pd.DataFrame) -> Iterator[tuple[object, str]]:
    """Yield the columns with their dtypes. For columns with several levels, yield the labels of the first level."""
    if type(frame.columns) is pd.MultiIndex:
        yield from ((label, "columns") for label in frame.columns.unique(level=0))
    elif type(frame.columns) in _STRING_INDEXES:
        yield from ((column, _dtype_text(dtype)) for column, dtype in zip(frame.columns, frame.dtypes, strict=True))


def series_labels(series: pd.Series[Any]) -> Iterator[tuple[object, str]]:
    """Yield the labels, each with the dtype of the series."""
    if type(series.index) in _STRING_INDEXES:
        dtype = _dtype_text(series.dtype)
        yield from ((label, dtype) for label in series.index)


LABELS: Final[Mapping[type, Callable[[Any], Iterator[tuple[object, str]]]]] = {
    pd.DataFrame: frame_labels,
    pd.Series: series_labels,
}


def _dtype_text(dtype: object) -> str:
    """Return a dtype as pandas prints it. For a dtype from another library, return only its class name."""
    is_known = isinstance(dtype, np.dtype) or type(dtype) in _OWN_DTYPES
    return str(dtype) if is_known else class_name(type(dtype))
