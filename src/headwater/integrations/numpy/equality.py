"""Exact equality of numpy values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.caching.equality import Comparison, EqualityTest

_BITS: Final = frozenset("biuSUmM?")
"""Kinds of dtypes whose values are equal if and only if their bits are equal. In this comparison, NaT equals itself."""
_NAN: Final = np.nan


def same_array(before: np.ndarray[Any, Any], value: np.ndarray[Any, Any], comparison: Comparison) -> bool:
    """Return True if two arrays have the same values in the same layout. The layout affects the rounding of sums.

    Arrays that share memory are treated as different, because a change in place affects both of them.
    """
    return not np.may_share_memory(before, value) and same_content(before, value, comparison)


def same_content(before: np.ndarray[Any, Any], value: np.ndarray[Any, Any], comparison: Comparison) -> bool:
    """Return True if two arrays, which may share memory, have the same values in the same layout."""
    dtype = before.dtype
    if dtype != value.dtype or before.shape != value.shape or before.strides != value.strides:
        return False
    if before.flags.writeable != value.flags.writeable:
        return False
    comparison.spend(before.nbytes)
    if dtype.names is not None:
        return all(same_content(before[name], value[name], comparison) for name in dtype.names)
    if dtype.kind == "O":
        return _same_objects(before.ravel().tolist(), value.ravel().tolist(), comparison)
    if dtype.kind == "c":
        return _same_floats(before.real, value.real) and _same_floats(before.imag, value.imag)
    if dtype.kind == "f":
        return _same_floats(before, value)
    if dtype.kind in "mM":
        before, value = before.view("i8"), value.view("i8")
    return dtype.kind in _BITS and bool(np.array_equal(before, value))


def _same_objects(before: list[Any], value: list[Any], comparison: Comparison) -> bool:
    """Return True if two lists contain equal objects.

    Lists of strings, such as columns of frames, are compared in one operation.
    """
    if _are_texts(before) and _are_texts(value):
        comparison.spend(sum(len(text) for text in before if type(text) is str))
        return before == value
    return all(map(comparison.same, before, value))


def _are_texts(objects: list[Any]) -> bool:
    """Return True if all objects are strings, None or the object `np.nan`, which equals itself in a list."""
    classes = set(map(type, objects))
    if not classes <= {str, type(None), float}:
        return False
    return float not in classes or all(item is _NAN for item in objects if type(item) is float)


def _same_floats(before: np.ndarray[Any, Any], value: np.ndarray[Any, Any]) -> bool:
    if not np.array_equal(before, value, equal_nan=True):
        return False
    # 0.0 equals -0.0, but a function can return different results for them.
    zero = before == 0
    return bool(np.array_equal(np.signbit(before[zero]), np.signbit(value[zero])))


def same_scalar(before: Any, value: Any, comparison: Comparison) -> bool:
    """Return True if two numpy scalars are equal."""
    return same_content(np.asarray(before), np.asarray(value), comparison)


SAME: Final[Mapping[type, EqualityTest]] = {
    np.ndarray: same_array,
    **{cls: same_scalar for cls in np.sctypeDict.values() if cls is not np.object_ and cls is not np.void},
}
