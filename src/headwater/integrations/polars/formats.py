"""The Parquet format for cached frames."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import polars as pl

from headwater.caching.formats import Format

if TYPE_CHECKING:
    from collections.abc import Mapping


def _dump(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _load(data: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(data))


FORMATS: Final[Mapping[type, Format]] = {pl.DataFrame: Format("parquet", _dump, _load)}
