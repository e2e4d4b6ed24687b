"""Frames and series of polars from text that a user gives."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def frame(text: str, separator: str | None) -> pl.DataFrame:
    """A frame from CSV, or from JSON where there is no separator."""
    data = io.BytesIO(text.encode())
    return pl.read_json(data) if separator is None else pl.read_csv(data, separator=separator)


def lazy_frame(text: str, separator: str | None) -> pl.LazyFrame:
    """The same as a lazy frame."""
    return frame(text, separator).lazy()


def series(text: str, separator: str | None) -> pl.Series:
    """A series from one column.

    Raises:
        ValueError: there are more columns.
    """
    table = frame(text, separator)
    if table.width != 1:
        raise ValueError(f"a Series has one column, and the table has {table.width} columns")
    return table.to_series()


READERS: Final[Mapping[type, Callable[[str, str | None], Any]]] = {
    pl.DataFrame: frame,
    pl.LazyFrame: lazy_frame,
    pl.Series: series,
}
