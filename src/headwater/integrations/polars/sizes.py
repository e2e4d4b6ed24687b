"""Sizes of polars values in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def column_size(values: pl.DataFrame | pl.Series) -> int:
    """Return the size of the buffers."""
    return int(values.estimated_size())


SIZES: Final[Mapping[type, Callable[[Any], int]]] = {pl.DataFrame: column_size, pl.Series: column_size}
