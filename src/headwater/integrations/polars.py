"""polars: columns of frames as nodes, and columns appended to frames. A `LazyFrame` is computed where a column is taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from polars.selectors import by_name


def is_frame(type_: type) -> bool:
    """True for `DataFrame`, `LazyFrame` and what is made from them."""
    return issubclass(type_, pl.DataFrame | pl.LazyFrame)


def column_type() -> type:
    """A column is a `Series`."""
    return pl.Series


def column_names(frame: Any) -> Sequence[object]:
    """The names of a frame's columns."""
    return list(frame.collect_schema().names())


def column(frame: Any, name: str) -> Any:
    """One column of a frame; of a lazy one, nothing else is computed."""
    computed = frame.select(by_name(name)).collect() if isinstance(frame, pl.LazyFrame) else frame
    return computed.get_column(name)


def column_at(frame: Any, place: int, name: str) -> Any:
    """The column at a place, under another name."""
    return column(frame, str(column_names(frame)[place])).alias(name)


def filled_column(frame: Any, name: str, value: Any) -> Any:
    """The same value in every row of the frame."""
    rows = frame.select(pl.len()).collect().item() if isinstance(frame, pl.LazyFrame) else frame.height
    return pl.Series(name, [value]).new_from_index(0, rows)


def with_columns(frame: Any, columns: Mapping[str, Any]) -> Any:
    """A new frame that has these columns as well, each in the place of one of the same name."""
    return frame.with_columns(*(column.alias(name) for name, column in columns.items()))
