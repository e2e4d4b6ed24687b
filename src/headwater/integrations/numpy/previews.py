"""Previews of numpy values: vectors and matrices as tables, other arrays as numpy prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from headwater.integrations.numpy.curves import as_floats, curve_of
from headwater.previews.pages import FIRST, Page
from headwater.previews.texts import MAX_TYPE_LENGTH, clip, plain_text_of, text_of, truncate, type_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.previews.values import Previewer
    from headwater.wire.views import CurveView, Preview, TablePreview

MAX_CELL_LENGTH = 120
"""The maximum number of characters shown per cell."""
MAX_TEXT_LENGTH = 20_000
"""The maximum number of characters shown for a printed array."""
MAX_PRINTED_ITEMS = 200
"""An array with three or more dimensions is printed in full if it has at most this many items."""


def array_preview(array: np.ndarray[Any, Any], page: Page = FIRST) -> Preview:
    """Return a vector or matrix as a table, and any other array as numpy prints it."""
    if array.ndim == 0:
        return scalar_preview(array)
    if array.ndim > 2 or array.dtype.names is not None:
        return _printed(array)
    matrix = np.asarray(array[:, np.newaxis] if array.ndim == 1 else array)
    columns = page.columns(matrix.shape[1])
    shown = matrix[page.rows(len(matrix)), columns]
    names = [""] if array.ndim == 1 else [str(columns.start + position) for position in range(shown.shape[1])]
    table: TablePreview = {
        "kind": "table",
        "type": type_name(array),
        "columns": [{"name": name, "dtype": truncate(str(array.dtype), MAX_CELL_LENGTH)} for name in names],
        "indexes": 0,
        "rows": [[truncate(plain_text_of(cell), MAX_CELL_LENGTH) for cell in row] for row in shown],
        "shape": [int(length) for length in matrix.shape],
    }
    if matrix.shape[1] == 1 and (curve := _curve(matrix[:, 0])) is not None:
        table["curve"] = curve
    return page.with_position(table)


def _curve(vector: np.ndarray[Any, Any]) -> CurveView | None:
    """Return a curve through numbers, booleans, dates or durations."""
    if vector.dtype.kind not in "biufmM":
        return None
    return curve_of(
        len(vector),
        lambda part: as_floats(vector[part]),
        lambda position: truncate(plain_text_of(vector[position]), MAX_CELL_LENGTH),
    )


def _printed(array: np.ndarray[Any, Any]) -> Preview:
    shape = " x ".join(str(length) for length in array.shape)
    text, cut = clip(np.array2string(array, threshold=MAX_PRINTED_ITEMS, edgeitems=3), MAX_TEXT_LENGTH)
    return {
        "kind": "text",
        "type": truncate(f"{type_name(array)} {shape} {array.dtype}", MAX_TYPE_LENGTH),
        "text": text,
        "truncated": cut or array.size > MAX_PRINTED_ITEMS,
    }


def scalar_preview(value: Any, _: Page = FIRST) -> Preview:
    """Return a numpy scalar as text."""
    return {
        "kind": "scalar",
        "type": truncate(str(value.dtype), MAX_TYPE_LENGTH),
        "text": truncate(_scalar_text(value), MAX_CELL_LENGTH),
    }


def _scalar_text(value: Any) -> str:
    return plain_text_of(value) if value.dtype.kind != "O" else text_of(value)


PREVIEWERS: Final[Mapping[str, Previewer]] = {"generic": scalar_preview, "ndarray": array_preview}
