"""Hashes of polars values by content."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from headwater.caching.hashing import UnhashableError, combine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.caching.hashing import ContentHasher, LibraryHasher

_PACKED: Final[Mapping[Any, str]] = {
    pl.Int8: "b",
    pl.Int16: "h",
    pl.Int32: "i",
    pl.Int64: "q",
    pl.UInt8: "B",
    pl.UInt16: "H",
    pl.UInt32: "I",
    pl.UInt64: "Q",
    pl.Float32: "f",
    pl.Float64: "d",
    pl.Boolean: "b",
}
"""The `array` type code for each numeric type."""
_PHYSICAL: Final = (pl.Date, pl.Datetime, pl.Duration, pl.Time)


def hash_frame(frame: pl.DataFrame, hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of the columns, with their names and types."""
    yield hasher.digest(frame.height)
    for series in frame.get_columns():
        yield from hash_series(series, hasher)


def hash_series(series: pl.Series, hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of the parts of a series."""
    yield hasher.digest((series.name, repr(series.dtype)))
    yield _hash_elements(series, hasher)


def _hash_elements(series: pl.Series, hasher: ContentHasher) -> bytes:
    dtype = series.dtype
    if dtype == pl.Object:
        raise UnhashableError("a polars column of type `Object` cannot be hashed")
    if isinstance(dtype, _PHYSICAL):
        series = series.to_physical()
    missing = bytes(series.is_null().to_list())
    code = _PACKED.get(type(series.dtype))
    if code is not None:
        filled = series.fill_null(False if series.dtype == pl.Boolean else 0)
        return combine("numbers", missing, array(code, filled.to_list()).tobytes())
    if isinstance(dtype, pl.String | pl.Categorical | pl.Enum):
        values = series.cast(pl.String).fill_null("").to_list()
        lengths = array("q", map(len, values)).tobytes()
        return combine("texts", missing, lengths, "".join(values).encode("utf-8", "surrogatepass"))
    if isinstance(dtype, pl.List | pl.Array):
        return combine("lists", missing, *(combine("list", *hash_series(item, hasher)) for item in series.drop_nulls()))
    if isinstance(dtype, pl.Struct):
        return combine(
            "struct", missing, *(combine("field", *hash_series(part, hasher)) for part in series.struct.unnest().get_columns())
        )
    return combine("objects", missing, *hasher.digests(series.to_list()))


HASHERS: Final[Mapping[type, LibraryHasher]] = {pl.DataFrame: hash_frame, pl.Series: hash_series}
SCALARS: Final[Mapping[type, LibraryHasher]] = {}
