"""Previews of pandas values: parts of tables, with cells as pandas prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd

from headwater.integrations.numpy.curves import as_floats, curve_of
from headwater.previews.pages import FIRST, Page
from headwater.previews.texts import plain_text_of, truncate, type_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.previews.values import Previewer
    from headwater.wire.views import ColumnView, CurveView, Preview, TablePreview

MAX_CELL_LENGTH = 120
"""The maximum number of characters shown per cell."""
MAX_LEVELS = 30
"""The maximum number of index levels shown next to the columns."""


def frame_preview(frame: pd.DataFrame, page: Page = FIRST) -> TablePreview:
    """Return some rows and columns of a frame, preceded by its index."""
    part = frame.iloc[page.rows(len(frame)), page.columns(frame.shape[1])]
    columns = [part.iloc[:, position] for position in range(part.shape[1])]
    curve = _curve(frame.iloc[:, 0]) if frame.shape[1] == 1 else None
    return page.with_position(_table(frame, part.index, columns, frame.shape, curve))


def series_preview(series: pd.Series[Any], page: Page = FIRST) -> TablePreview:
    """Return some values of a series, preceded by its index."""
    part = series.iloc[page.rows(len(series))]
    return page.with_position(_table(series, part.index, [part], (len(series), 1), _curve(series)))


def index_preview(index: pd.Index[Any], page: Page = FIRST) -> TablePreview:
    """Return some labels of an index, with one column per level."""
    part = _levels(index[page.rows(len(index))])[page.columns(index.nlevels)]
    return page.with_position(_table(index, None, [level.to_series() for level in part], (len(index), index.nlevels)))


def scalar_preview(value: Any, _: Page = FIRST) -> Preview:
    """Return a scalar, such as a timestamp, a period or a missing value, as text."""
    return {"kind": "scalar", "type": type_name(value), "text": truncate(plain_text_of(value), MAX_CELL_LENGTH)}


PREVIEWERS: Final[Mapping[str, Previewer]] = {
    "DataFrame": frame_preview,
    "Index": index_preview,
    "Interval": scalar_preview,
    "NAType": scalar_preview,
    "NaTType": scalar_preview,
    "Period": scalar_preview,
    "Series": series_preview,
    "Timedelta": scalar_preview,
    "Timestamp": scalar_preview,
}


def _table(
    value: object, index: pd.Index[Any] | None, data: list[Any], shape: tuple[int, ...], curve: CurveView | None = None
) -> TablePreview:
    levels = [] if index is None else _levels(index)[:MAX_LEVELS]
    columns: list[Any] = [*levels, *data]
    texts = [*(_texts(level.to_series()) for level in levels), *(_texts(column) for column in data)]
    table: TablePreview = {
        "kind": "table",
        "type": type_name(value),
        "columns": [_column(column) for column in columns],
        "indexes": len(levels),
        "rows": [list(row) for row in zip(*texts, strict=True)],
        "shape": [int(length) for length in shape],
    }
    if curve is not None:
        table["curve"] = curve
    return table


def _curve(series: pd.Series[Any]) -> CurveView | None:
    """Return a curve through numbers, booleans, dates or durations."""
    kind: str = getattr(series.dtype, "kind", "O")
    if kind not in "biufmM":
        return None

    def read(part: slice) -> Any:
        values = series.iloc[part]
        if kind in "mM":
            return as_floats(values.to_numpy(dtype=f"{kind}8[us]"))
        return values.to_numpy(dtype=float, na_value=np.nan)

    return curve_of(len(series), read, lambda position: _texts(series.iloc[position : position + 1])[0])


def _levels(index: pd.Index[Any]) -> list[pd.Index[Any]]:
    return [index.get_level_values(level) for level in range(index.nlevels)]


def _column(column: pd.Series[Any] | pd.Index[Any]) -> ColumnView:
    name: Any = column.name
    parts = cast("Iterable[Any]", [] if name is None else name if isinstance(name, tuple) else [name])
    text = " / ".join(plain_text_of(part) for part in parts)
    return {"name": truncate(text, MAX_CELL_LENGTH), "dtype": truncate(plain_text_of(column.dtype), MAX_CELL_LENGTH)}


def _texts(column: pd.Series[Any]) -> list[str]:
    """Return a column's cells as pandas prints them. All cells are printed together, to align the digits."""
    if column.empty:
        return []
    try:
        with pd.option_context("display.max_colwidth", MAX_CELL_LENGTH):
            lines = column.to_string(index=False, header=False).split("\n")
    except Exception:  # noqa: BLE001 - a cell may contain any object, and its `repr` may raise anything
        lines = []
    if len(lines) != len(column):
        lines = [plain_text_of(cell) for cell in column]
    return [truncate(line.strip(), MAX_CELL_LENGTH) for line in lines]
