"""A curve through all values of a column, reduced to a few points that include its extremes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from headwater.wire.bounds import MAX_POINTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.wire.views import CurveView

MIN_VALUES: Final = 8
"""The minimum number of finite values. With fewer values, a curve would not show more than the table."""
BLOCK: Final = 1 << 18
"""The number of values to convert at a time. A whole converted column might not fit into memory."""


def curve_of(count: int, read: Callable[[slice], np.ndarray[Any, Any]], text: Callable[[int], str]) -> CurveView | None:
    """Return a curve through a column, or None if the column has too few finite values.

    Args:
        count: the number of values.
        read: returns a slice of the values as numbers, with NaN for missing values.
        text: returns the printed form of the value at a position.
    """
    if count < MIN_VALUES:
        return None
    width = -(-count // MAX_POINTS)
    step = width * max(1, BLOCK // width)
    parts: list[list[tuple[int, float]]] = []
    finite = 0
    for start in range(0, count, step):
        values = read(slice(start, start + step))
        is_finite = np.isfinite(values)
        finite += int(is_finite.sum())
        parts += _extremes(values, is_finite, width, start)
    if finite < MIN_VALUES:
        return None
    points = [point for part in parts for point in part]
    (low, bottom), (high, top) = min(points, key=_value), max(points, key=_value)
    return {
        "count": count,
        "gaps": count - finite,
        "low": text(low),
        "high": text(high),
        "points": [[_height(value, bottom, top) for _, value in part] for part in parts],
    }


def as_floats(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Convert numbers, booleans, dates or durations to floats. Missing dates become NaN."""
    if values.dtype.kind in "mM":
        return np.where(np.isnat(values), np.nan, values.astype("i8").astype(float))
    return values.astype(float)


def _extremes(
    values: np.ndarray[Any, Any], is_finite: np.ndarray[Any, Any], width: int, start: int
) -> list[list[tuple[int, float]]]:
    """Return the minimum and maximum of each block of `width` values, with their positions, in order of position."""
    padding = -len(values) % width
    shape = (-1, width)
    lows = np.pad(np.where(is_finite, values, np.inf), (0, padding), constant_values=np.inf).reshape(shape).argmin(axis=1)
    highs = np.pad(np.where(is_finite, values, -np.inf), (0, padding), constant_values=-np.inf).reshape(shape).argmax(axis=1)
    return [
        [(start + at, float(values[at])) for at in sorted({part * width + int(low), part * width + int(high)}) if is_finite[at]]
        for part, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def _value(point: tuple[int, float]) -> float:
    return point[1]


def _height(value: float, bottom: float, top: float) -> float:
    if top == bottom:
        return 0.5
    if math.isinf(top - bottom):
        value, bottom, top = value / 2, bottom / 2, top / 2
    return round((value - bottom) / (top - bottom), 4)
