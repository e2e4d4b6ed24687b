"""Frames of pandas: columns as nodes, and columns appended to frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def is_frame(type_: type) -> bool:
    """True for `DataFrame` and what is made from it."""
    return issubclass(type_, pd.DataFrame)


def column_type() -> type:
    """A column is a `Series`."""
    return pd.Series


def column_names(frame: pd.DataFrame) -> Sequence[object]:
    """The names of a frame's columns."""
    return list(frame.columns)


def column(frame: pd.DataFrame, name: str) -> Any:
    """One column of a frame."""
    return frame[name]


def column_at(frame: pd.DataFrame, place: int, name: str) -> Any:
    """The column at a place, under another name."""
    return frame.iloc[:, place].rename(name)


def constant_column(frame: pd.DataFrame, name: str, value: Any) -> Any:
    """The same value in every row of a frame."""
    if pd.api.types.is_list_like(value):  # a Series would take its members for the rows
        return pd.Series([value] * len(frame), index=frame.index, name=name, dtype=object)
    return pd.Series(value, index=frame.index, name=name)


def with_constant_columns(frame: pd.DataFrame, names: Sequence[str], value: Any) -> pd.DataFrame:
    """A new frame that has these columns as well, with the same value in every row."""
    return frame.assign(**{name: constant_column(frame, name, value) for name in names})


def with_columns(frame: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A new frame that has these columns as well; a single value, a dictionary among them, fills every row."""
    return frame.assign(
        **{name: constant_column(frame, name, one) if isinstance(one, Mapping) else one for name, one in columns.items()}
    )
