"""The Parquet format for cached tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs]
import pyarrow.parquet as pq  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs]

from headwater.caching.formats import Format

if TYPE_CHECKING:
    from collections.abc import Mapping


def _dump(table: Any) -> bytes:
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer)
    return bytes(buffer.getvalue().to_pybytes())


def _load(data: bytes) -> Any:
    return pq.read_table(pa.BufferReader(data))


FORMATS: Final[Mapping[type, Format]] = {pa.Table: Format("parquet", _dump, _load)}
