"""The npy format for cached arrays."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from headwater.caching.formats import Format

if TYPE_CHECKING:
    from collections.abc import Mapping


def _dump(array: np.ndarray[Any, Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _load(data: bytes) -> Any:
    return np.load(io.BytesIO(data), allow_pickle=False)


FORMATS: Final[Mapping[type, Format]] = {np.ndarray: Format("npy", _dump, _load)}
