"""The order of items within their ranks: sweeps that put each item at the mean of its neighbours, to cross few arrows.

The barycentre heuristic of Sugiyama, Tagawa and Toda (1981); crossings are counted as inversions, in n log n.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from headwater.drawing.layers import Layers

_SWEEPS: Final = 24
_ENOUGH: Final = 6
"""Sweeps without a gain after which nothing more is to be expected."""


def order_items(layers: Layers) -> Layers:
    """The layers with their rows in the best order that was found."""
    rows = [list(row) for row in layers.rows]
    positions = [0.0] * len(layers.ranks)
    for row in rows:
        _number(row, positions)
    best, fewest, fruitless = layers, crossings(layers), 0
    for sweep in range(_SWEEPS):
        if not fewest or fruitless >= _ENOUGH:
            break
        down = sweep % 2 == 0
        neighbours = layers.above if down else layers.below
        for row in rows if down else reversed(rows):
            means = {item: _mean(item, neighbours[item], positions) for item in row}
            row.sort(key=means.__getitem__)
            _number(row, positions)
        _swap_neighbours(rows, layers, positions)
        candidate = layers.reordered(rows)
        found = crossings(candidate)
        fruitless += 1
        if found < fewest:
            best, fewest, fruitless = candidate, found, 0
    return best


def crossings(layers: Layers) -> int:
    """How many pairs of links cross."""
    positions = [0.0] * len(layers.ranks)
    for row in layers.rows:
        _number(row, positions)
    count = 0
    for row in layers.rows:
        ends: list[float] = []  # of the links so far, sorted
        for item in row:
            own = sorted(positions[target] for target in layers.below[item])
            count += sum(len(ends) - _first_after(ends, end) for end in own)
            for end in own:
                ends.insert(_first_after(ends, end), end)
    return count


def _first_after(ends: Sequence[float], end: float) -> int:
    return bisect_left(ends, end + 0.5)


def _number(row: Sequence[int], positions: list[float]) -> None:
    for position, item in enumerate(row):
        positions[item] = position


def _mean(item: int, neighbours: Sequence[int], positions: Sequence[float]) -> float:
    return sum([positions[one] for one in neighbours]) / len(neighbours) if neighbours else positions[item]


def _swap_neighbours(rows: Sequence[list[int]], layers: Layers, positions: list[float]) -> None:
    """Swaps two items next to each other wherever that saves crossings; means alone get stuck on ties."""
    for row in rows:
        for left in range(len(row) - 1):
            one, other = row[left], row[left + 1]
            saved = sum(
                _inversions(side[one], side[other], positions) - _inversions(side[other], side[one], positions)
                for side in (layers.above, layers.below)
            )
            if saved > 0:
                row[left], row[left + 1] = other, one
                positions[one], positions[other] = left + 1, left


def _inversions(left: Sequence[int], right: Sequence[int], positions: Sequence[float]) -> int:
    """Crossings between the links of two items that stand next to each other."""
    if len(left) * len(right) > 4096:  # two hubs: not worth the time
        return 0
    return sum([positions[one] > positions[other] for one in left for other in right])
