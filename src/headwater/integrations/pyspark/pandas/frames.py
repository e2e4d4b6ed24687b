"""pandas-on-Spark frames: columns as nodes, and columns appended to frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyspark import pandas as ps


def is_frame(type_: type) -> bool:
    """Return True for `DataFrame` and its subclasses."""
    return issubclass(type_, ps.DataFrame)


def column_type() -> Any:
    """Return `Series`, the class of a column."""
    return ps.Series


def column_names(frame: Any) -> Sequence[object]:
    """Return the column names of a frame."""
    return list(frame.columns)


def column(frame: Any, name: str) -> Any:
    """Return a column of a frame."""
    return frame[name]


def column_at(frame: Any, position: int, name: str) -> Any:
    """Return the column at a position, renamed to `name`."""
    return frame.iloc[:, position].rename(name)


def constant_column(frame: Any, name: str, value: Any) -> Any:
    """Return a column with the same value in every row."""
    return frame.assign(**{name: value})[name]


def with_constant_columns(frame: Any, names: Sequence[str], value: Any) -> Any:
    """Return a frame with added columns that have the same value in every row."""
    return frame.assign(**dict.fromkeys(names, value))


def with_columns(frame: Any, columns: Mapping[str, Any]) -> Any:
    """Return a frame with added columns. A single value fills every row."""
    return frame.assign(**columns)
