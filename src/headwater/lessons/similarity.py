"""`is_similar`: compares values from different versions of the code. Their floats may differ due to rounding."""

from __future__ import annotations

import math
from typing import Any, Final

from headwater.caching.equality import is_equal

TOLERANCE: Final = 1e-9
"""The maximum relative difference between two similar floats."""


def is_similar(first: Any, second: Any) -> bool:
    """Return True if two values are equal, except for rounding. NaN equals NaN.

    Numbers, containers, and the frames, series and arrays of any library are compared by content.
    """
    if first is second or is_equal(first, second):
        return True
    match first, second:
        case bool() | str() | bytes() | None, _:
            return type(first) is type(second) and bool(first == second)
        case ((int() | float()), (int() | float())):
            return not isinstance(second, bool) and _is_close(float(first), float(second))
        case dict(), dict():
            return first.keys() == second.keys() and all(is_similar(value, second[key]) for key, value in first.items())
        case (list(), list()) | (tuple(), tuple()):
            return len(first) == len(second) and all(map(is_similar, first, second))
        case _:
            return _is_same_type(first, second) and _has_similar_content(first, second)


def _is_close(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=TOLERANCE, abs_tol=1e-12) or (math.isnan(first) and math.isnan(second))


def _is_same_type(first: Any, second: Any) -> bool:
    """Return whether two values have the same class. Classes are compared by name, because each session may define its own."""
    kinds = (type(first), type(second))
    return kinds[0].__module__ == kinds[1].__module__ and kinds[0].__qualname__ == kinds[1].__qualname__


def _has_similar_content(first: Any, second: Any) -> bool:
    if hasattr(first, "columns") and hasattr(first, "to_numpy"):
        return _has_similar_columns(first, second)
    if hasattr(first, "to_numpy"):
        return _has_same_index(first, second) and _is_similar_array(first.to_numpy(), second.to_numpy())
    if hasattr(first, "dtype") and hasattr(first, "shape"):
        return _is_similar_array(first, second)
    return bool(first == second)


def _has_similar_columns(first: Any, second: Any) -> bool:
    names = list(first.columns)
    # Compare a frame column by column. If its columns have different dtypes, one array for all columns would hold objects.
    return (
        names == list(second.columns)
        and len(set(names)) == len(names)
        and _has_same_index(first, second)
        and all(_is_similar_array(first[name].to_numpy(), second[name].to_numpy()) for name in names)
    )


def _has_same_index(first: Any, second: Any) -> bool:
    return not hasattr(first, "index") or not hasattr(first.index, "equals") or bool(first.index.equals(second.index))


def _is_similar_array(first: Any, second: Any) -> bool:
    if first.shape != second.shape:
        return False
    equal = (first == second) | ((first != first) & (second != second))  # noqa: PLR0124 - NaN differs from itself
    if first.dtype.kind in "fc" and second.dtype.kind in "fciu":
        equal |= abs(first - second) <= TOLERANCE * abs(second) + 1e-12
    return bool(equal.all())
