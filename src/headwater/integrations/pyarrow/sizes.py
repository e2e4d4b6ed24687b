"""Sizes of pyarrow values in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def buffers_size(value: Any) -> int:
    """Return the size of the buffers, without reading their content."""
    return int(value.nbytes)


SIZES: Final[Mapping[type, Callable[[Any], int]]] = {
    pa.Array: buffers_size,
    pa.ChunkedArray: buffers_size,
    pa.RecordBatch: buffers_size,
    pa.Table: buffers_size,
}
