"""The Parquet format for cached frames and series."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pandas as pd

from headwater.caching.formats import Format

if TYPE_CHECKING:
    from collections.abc import Mapping


def _dump(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def _load(data: bytes) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(data))


FORMATS: Final[Mapping[type, Format]] = {pd.DataFrame: Format("parquet", _dump, _load)}
