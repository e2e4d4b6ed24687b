"""Hashes of Arrow values by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs]

from headwater.caching.hashing import UnhashableError, combine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.caching.hashing import ContentHasher, LibraryHasher


def hash_table(table: Any, hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of the schema and the columns of a table or record batch. The digests do not depend on the chunks."""
    yield hasher.digest((table.num_rows, _metadata(table.schema)))
    for field, column in zip(table.schema, table.columns, strict=True):
        yield hasher.digest((field.name, str(field.type), field.nullable, _metadata(field)))
        yield _hash_elements(column, hasher)


def hash_array(array: Any, hasher: ContentHasher) -> Iterable[bytes]:
    """Yield the digests of an array's type and elements."""
    yield hasher.digest(str(array.type))
    yield _hash_elements(array, hasher)


def _hash_elements(array: Any, hasher: ContentHasher) -> bytes:
    if pa.types.is_dictionary(array.type):
        chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
        parts = [_hash_elements(part, hasher) for chunk in chunks for part in (chunk.dictionary, chunk.indices)]
        return combine("dictionaries", *parts)
    if pa.types.is_time64(array.type):
        array = array.cast(pa.int64())
    width = _fixed_width(array.type)
    if width is None:
        if "time64[ns]" in str(array.type):
            raise UnhashableError(f"an Arrow array of `{array.type}` cannot be hashed")  # Python's `time` has no nanoseconds
        return combine("objects", *hasher.digests(array.to_pylist()))
    missing = bytes(array.is_null().to_pylist()) if array.null_count else b""
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    return combine("numbers", missing, b"".join(_bytes(chunk, width) for chunk in chunks))


def _bytes(chunk: Any, width: int) -> bytes:
    """Return the memory of an array's elements. Missing elements are treated as zero."""
    if chunk.null_count:
        zero = pa.scalar(0, pa.int64()).cast(chunk.type) if not pa.types.is_floating(chunk.type) else pa.scalar(0.0, chunk.type)
        chunk = chunk.fill_null(zero)
    data = chunk.buffers()[1]
    start = chunk.offset * width
    return b"" if data is None else memoryview(data)[start : start + len(chunk) * width].tobytes()


def _fixed_width(type_: Any) -> int | None:
    """Return the number of bytes per element of a numeric type, or None for other types."""
    if pa.types.is_integer(type_) or pa.types.is_float32(type_) or pa.types.is_float64(type_):
        return int(type_.bit_width // 8)
    return None


def _metadata(part: Any) -> Any:
    """Return the metadata of a schema or field, and of the fields inside it."""
    own = None if part.metadata is None else dict(part.metadata)
    if not isinstance(part, pa.Field) or not pa.types.is_nested(part.type):
        return own
    return own, [_metadata(part.type.field(number)) for number in range(part.type.num_fields)]


HASHERS: Final[Mapping[type, LibraryHasher]] = {pa.Table: hash_table, pa.RecordBatch: hash_table}
SCALARS: Final[Mapping[type, LibraryHasher]] = dict.fromkeys(
    [pa.ChunkedArray, *(cls for cls in vars(pa).values() if isinstance(cls, type) and issubclass(cls, pa.Array))], hash_array
)
