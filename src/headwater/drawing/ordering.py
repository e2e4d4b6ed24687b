"""The order of items within ranks, with few crossings: sweeps move each item to the mean position of its neighbors.

This is the barycenter heuristic of Sugiyama, Tagawa and Toda (1981). Crossings are counted as inversions, in O(n log n) time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from headwater.drawing.layers import Layers

_MAX_SWEEPS: Final = 24
_MAX_FRUITLESS_SWEEPS: Final = 6
"""The maximum number of consecutive sweeps without an improvement."""


def order_items(layers: Layers) -> Layers:
    """Return the layers with the items of each rank in the best order found."""
    rows = [list(row) for row in layers.rows]
    positions = [0.0] * len(layers.ranks)
    for row in rows:
        _number(row, positions)
    best, fewest, fruitless = layers, crossings(layers), 0
    for sweep in range(_MAX_SWEEPS):
        if not fewest or fruitless >= _MAX_FRUITLESS_SWEEPS:
            break
        down = sweep % 2 == 0
        neighbors = layers.above if down else layers.below
        for row in rows if down else reversed(rows):
            means = {item: _mean(item, neighbors[item], positions) for item in row}
            row.sort(key=means.__getitem__)
            _number(row, positions)
        _swap_neighbors(rows, layers, positions)
        candidate = layers.reordered(rows)
        count = crossings(candidate)
        fruitless += 1
        if count < fewest:
            best, fewest, fruitless = candidate, count, 0
    return best


def crossings(layers: Layers) -> int:
    """Return the number of pairs of links that cross."""
    positions = [0.0] * len(layers.ranks)
    for row in layers.rows:
        _number(row, positions)
    count = 0
    for row in layers.rows:
        ends: list[float] = []  # the ends of earlier links, sorted
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


def _mean(item: int, neighbors: Sequence[int], positions: Sequence[float]) -> float:
    return sum([positions[neighbor] for neighbor in neighbors]) / len(neighbors) if neighbors else positions[item]


def _swap_neighbors(rows: Sequence[list[int]], layers: Layers, positions: list[float]) -> None:
    """Swap adjacent items if that reduces crossings. Moving items to mean positions cannot resolve ties."""
    for row in rows:
        for left in range(len(row) - 1):
            first, second = row[left], row[left + 1]
            saved = sum(
                _inversions(side[first], side[second], positions) - _inversions(side[second], side[first], positions)
                for side in (layers.above, layers.below)
            )
            if saved > 0:
                row[left], row[left + 1] = second, first
                positions[first], positions[second] = left + 1, left


def _inversions(left: Sequence[int], right: Sequence[int], positions: Sequence[float]) -> int:
    """Return the number of crossings between the links of two adjacent items."""
    if len(left) * len(right) > 4096:  # do not swap: counting would take too long
        return 0
    return sum([positions[left_end] > positions[right_end] for left_end in left for right_end in right])
