"""Operations on polars frames: extracting columns as nodes, and appending columns.

Extracting a column of a `LazyFrame` computes that column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from polars.selectors import by_name


def is_frame(type_: type) -> bool:
    """Return True for `DataFrame`, `LazyFrame` and their subclasses."""
    return issubclass(type_, pl.DataFrame | pl.LazyFrame)


def column_type() -> type:
    """Return `Series`, the class of a column."""
    return pl.Series


def column_names(frame: Any) -> Sequence[object]:
    """Return the column names of a frame."""
    return list(frame.collect_schema().names())


def column(frame: Any, name: str) -> Any:
    """Return a column of a frame. For a lazy frame, only this column is computed."""
    computed = frame.select(by_name(name)).collect() if isinstance(frame, pl.LazyFrame) else frame
    return computed.get_column(name)


def column_at(frame: Any, position: int, name: str) -> Any:
    """Return the column at a position, renamed to `name`."""
    return column(frame, str(column_names(frame)[position])).alias(name)


def constant_column(frame: Any, name: str, value: Any) -> Any:
    """Return a column with the same value in every row."""
    rows = frame.select(pl.len()).collect().item() if isinstance(frame, pl.LazyFrame) else frame.height
    return pl.Series(name, [value]).new_from_index(0, rows)


def with_constant_columns(frame: Any, names: Sequence[str], value: Any) -> Any:
    """Return a frame with added columns that have the same value in every row. A lazy frame stays lazy."""
    return frame.with_columns(*(_repeated(value).alias(name) for name in names))


def expression_type() -> type:
    """Return `Expr`, the class of an expression."""
    return pl.Expr


def expression(name: str) -> pl.Expr:
    """Return the expression for a column of a frame."""
    return pl.col(name)


def with_columns(frame: Any, columns: Mapping[str, Any]) -> Any:
    """Return a frame with added columns, which replace columns of the same name. A lazy frame stays lazy."""
    return frame.with_columns(*(_column(name, value) for name, value in columns.items()))


def _column(name: str, value: Any) -> Any:
    """Name a column or expression. A list or array becomes a column; a single value is repeated."""
    if isinstance(value, pl.Series | pl.Expr):
        return value.alias(name)
    if isinstance(value, list | tuple | range) or len(getattr(value, "shape", ())) == 1:
        return pl.Series(name, value)
    return _repeated(value).alias(name)


def _repeated(value: Any) -> pl.Expr:
    return pl.lit(pl.Series([value])).first()
