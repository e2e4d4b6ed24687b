"""Isolation of polars values: functions receive clones, which share immutable data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.hooks.isolation import Isolate


def _frame(value: pl.DataFrame) -> tuple[Any, bool]:
    return value.clone(), pl.Object in value.dtypes


def _series(value: pl.Series) -> tuple[Any, bool]:
    return value.clone(), value.dtype == pl.Object


ISOLATED: Final[Mapping[type, Isolate]] = {
    pl.DataFrame: _frame,
    pl.Series: _series,
    pl.LazyFrame: lambda value: (value.clone(), False),
    pl.Expr: lambda value: (value, False),
}

DIFFERS: Final[Mapping[type, Callable[[Any, Any], bool]]] = {
    pl.DataFrame: lambda received, original: received.schema != original.schema or received.height != original.height,
    pl.Series: lambda received, original: received.name != original.name or len(received) != len(original),
}
