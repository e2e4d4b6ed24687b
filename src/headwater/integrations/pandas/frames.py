"""pandas frames: columns as nodes, and columns appended to frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def is_frame(type_: type) -> bool:
    """Return True for `DataFrame` and its subclasses."""
    return issubclass(type_, pd.DataFrame)


def column_type() -> type:
    """Return `Series`, the class of a column."""
    return pd.Series


def column_names(frame: pd.DataFrame) -> Sequence[object]:
    """Return the column names of a frame."""
    return list(frame.columns)


def column(frame: pd.DataFrame, name: str) -> Any:
    """Return a column of a frame."""
    return frame[name]


def column_at(frame: pd.DataFrame, position: int, name: str) -> Any:
    """Return the column at a position, renamed to `name`."""
    return frame.iloc[:, position].rename(name)


def constant_column(frame: pd.DataFrame, name: str, value: Any) -> Any:
    """Return a column with the same value in every row."""
    if pd.api.types.is_list_like(value):  # pandas would put each element of the value in its own row
        return pd.Series([value] * len(frame), index=frame.index, name=name, dtype=object)
    return pd.Series(value, index=frame.index, name=name)


def with_constant_columns(frame: pd.DataFrame, names: Sequence[str], value: Any) -> pd.DataFrame:
    """Return a frame with added columns that have the same value in every row."""
    return frame.assign(**{name: constant_column(frame, name, value) for name in names})


def with_columns(frame: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame with added columns. A single value, such as a dictionary, fills every row."""
    return frame.assign(
        **{
            name: constant_column(frame, name, value) if isinstance(value, Mapping) else value
            for name, value in columns.items()
        }
    )
