"""A line through all values of a column, in few points that keep its extremes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from headwater.wire.bounds import MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.wire.views import CurveView

FEWEST: Final = 8
"""Finite values below which a line says no more than the table."""
BLOCK: Final = 1 << 18
"""Values that are converted at once: a column may be larger than the memory that is left."""


def curve_of(count: int, read: Callable[[slice], np.ndarray[Any, Any]], text: Callable[[int], str]) -> CurveView | None:
    """A line through a column; None where it has too few finite values.

    Args:
        count: the number of values.
        read: some of the values as numbers: missing ones are NaN.
        text: a value as it is printed, by its position.
    """
    if count < FEWEST:
        return None
    width = -(-count // MOST_POINTS)
    step = width * max(1, BLOCK // width)
    parts: list[list[tuple[int, float]]] = []
    finite = 0
    for start in range(0, count, step):
        values = read(slice(start, start + step))
        known = np.isfinite(values)
        finite += int(known.sum())
        parts += _extremes(values, known, width, start)
    if finite < FEWEST:
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
    """Numbers, booleans, dates or durations as floats: missing dates are NaN."""
    if values.dtype.kind in "mM":
        return np.where(np.isnat(values), np.nan, values.astype("i8").astype(float))
    return values.astype(float)


def _extremes(
    values: np.ndarray[Any, Any], known: np.ndarray[Any, Any], width: int, start: int
) -> list[list[tuple[int, float]]]:
    """The position and the value of the smallest and the largest of each so many values, in the order of the positions."""
    padding = -len(values) % width
    shape = (-1, width)
    lows = np.pad(np.where(known, values, np.inf), (0, padding), constant_values=np.inf).reshape(shape).argmin(axis=1)
    highs = np.pad(np.where(known, values, -np.inf), (0, padding), constant_values=-np.inf).reshape(shape).argmax(axis=1)
    return [
        [(start + at, float(values[at])) for at in sorted({part * width + int(low), part * width + int(high)}) if known[at]]
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
