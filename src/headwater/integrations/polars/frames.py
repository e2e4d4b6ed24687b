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


def constant_column(frame: Any, name: str, value: Any) -> Any:
    """The same value in every row of the frame."""
    rows = frame.select(pl.len()).collect().item() if isinstance(frame, pl.LazyFrame) else frame.height
    return pl.Series(name, [value]).new_from_index(0, rows)


def with_constant_columns(frame: Any, names: Sequence[str], value: Any) -> Any:
    """A new frame that has these columns as well, with the same value in every row; a lazy one stays lazy."""
    return frame.with_columns(*(_repeated(value).alias(name) for name in names))


def expression_type() -> type:
    """An expression is an `Expr`."""
    return pl.Expr


def expression(name: str) -> pl.Expr:
    """The expression for a column of a frame."""
    return pl.col(name)


def with_columns(frame: Any, columns: Mapping[str, Any]) -> Any:
    """A new frame that has these columns as well, each in the place of one of the same name; a lazy one stays lazy."""
    return frame.with_columns(*(_column(name, value) for name, value in columns.items()))


def _column(name: str, value: Any) -> Any:
    """A column or an expression under a name; values in a list or an array become a column, a single value is repeated."""
    if isinstance(value, pl.Series | pl.Expr):
        return value.alias(name)
    if isinstance(value, list | tuple | range) or len(getattr(value, "shape", ())) == 1:
        return pl.Series(name, value)
    return _repeated(value).alias(name)


def _repeated(value: Any) -> pl.Expr:
    return pl.lit(pl.Series([value])).first()
