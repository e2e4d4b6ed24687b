"""polars frames and series parsed from text that a user enters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def frame(text: str, separator: str | None) -> pl.DataFrame:
    """Parse a frame from CSV, or from JSON if `separator` is None."""
    data = io.BytesIO(text.encode())
    return pl.read_json(data) if separator is None else pl.read_csv(data, separator=separator)


def lazy_frame(text: str, separator: str | None) -> pl.LazyFrame:
    """Parse a lazy frame from CSV or JSON, like `frame`."""
    return frame(text, separator).lazy()


def series(text: str, separator: str | None) -> pl.Series:
    """Parse a series from one column.

    Raises:
        ValueError: if there is not exactly one column.
    """
    table = frame(text, separator)
    if table.width != 1:
        raise ValueError(f"a Series needs one column, but the table has {table.width} columns")
    return table.to_series()


READERS: Final[Mapping[type, Callable[[str, str | None], Any]]] = {
    pl.DataFrame: frame,
    pl.LazyFrame: lazy_frame,
    pl.Series: series,
}
