"""Hashes of numpy values by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from headwater.caching.hashing import UnhashableError, combine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.caching.hashing import ContentHasher, LibraryHasher

_MAX_FLOAT: Final = 8
"""The size of the largest float type without padding, in bytes. The content of padding is arbitrary."""


def hash_array(array: np.ndarray[Any, Any], hasher: ContentHasher) -> Iterable[bytes]:
    """Return the digests of the dtype, the shape and the elements, regardless of the memory layout."""
    return [hasher.digest(_dtype_text(array.dtype)), hasher.digest(array.shape), content(array, hasher)]


def content(array: np.ndarray[Any, Any], hasher: ContentHasher) -> bytes:
    """Return the digest of an array's elements, in C order.

    Raises:
        UnhashableError: an element cannot be hashed.
    """
    dtype = array.dtype
    if dtype.names is not None:
        return combine("fields", *(content(array[name], hasher) for name in dtype.names))
    if dtype.kind == "O":
        return objects(array.ravel(order="C").tolist(), hasher)
    if dtype.kind in "fc" and dtype.itemsize > _MAX_FLOAT * (2 if dtype.kind == "c" else 1):
        raise UnhashableError(f"a numpy array of `{dtype}` cannot be hashed")
    if dtype.kind not in "?biufcmMSUV":
        raise UnhashableError(f"a numpy array of `{dtype}` cannot be hashed")
    return combine("bytes", np.ascontiguousarray(array).tobytes())


def objects(values: list[Any], hasher: ContentHasher) -> bytes:
    """Return the digest of a list of objects. Fast if all objects are strings."""
    if all(type(value) is str for value in values):
        lengths = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
        return combine("texts", lengths.tobytes(), "".join(values).encode("utf-8", "surrogatepass"))
    return combine("objects", *hasher.digests(values))


def _dtype_text(dtype: np.dtype[Any]) -> str:
    return repr(dtype.descr) if dtype.names is not None else f"{dtype.str} {dtype.metadata or ''}"


def _hash_scalar(value: Any, hasher: ContentHasher) -> Iterable[bytes]:
    return hash_array(np.asarray(value), hasher)


def _hash_dtype(value: np.dtype[Any], hasher: ContentHasher) -> Iterable[bytes]:
    return [hasher.digest(_dtype_text(value))]


HASHERS: Final[Mapping[type, LibraryHasher]] = {np.ndarray: hash_array}
SCALARS: Final[Mapping[type, LibraryHasher]] = {
    **{cls: _hash_scalar for cls in np.sctypeDict.values() if cls is not np.object_ and cls is not np.void},
    **{
        type(np.dtype(kind)): _hash_dtype
        for kind in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", "O", "M8[s]")
    },
}
