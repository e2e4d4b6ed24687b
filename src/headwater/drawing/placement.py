"""Positions of items within their rows: each item is as close to the mean of its neighbors as its row allows.

Each row is a least-squares problem: items move as little as possible from their ideal positions but keep their order and their
minimum distances. This is isotonic regression, solved in one pass by pooling neighbors that would overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headwater.drawing.layers import Layers

_ROUNDS: Final = 8
_STRAIGHT: Final = 8.0
"""The weight of a segment of a long arrow, relative to a short arrow. It keeps long arrows straight."""
_LOOSE: Final = 0.1
"""The weight of an item without neighbors: small, so that other items can push it aside."""


def place_items(layers: Layers, extents: Sequence[float], gap: float) -> list[float]:
    """Return the position of each item's middle within its row.

    `extents` are the items' sizes, and `gap` is the minimum space between two items.
    """
    rows = [_Row(row, layers, extents, gap) for row in layers.rows]
    middles = [0.0] * len(layers.ranks)
    for row in rows:
        row.center(middles)
    for turn in range(_ROUNDS):
        for row in rows[1:]:
            row.place(middles, layers.above)
        for row in rows[-2::-1]:
            row.place(middles, layers.below)
        if turn >= _ROUNDS - 2:
            for row in rows:
                row.place(middles, layers.above, layers.below)
    leftmost = min((middle - extent / 2 for middle, extent in zip(middles, extents, strict=True)), default=0.0)
    return [middle - leftmost for middle in middles]


class _Row:
    """A rank: its items in order, and their minimum distances from the first item."""

    def __init__(self, items: Sequence[int], layers: Layers, extents: Sequence[float], gap: float) -> None:
        self.items = items
        self.boxes = layers.boxes
        self.offsets = [0.0]
        for left, right in pairwise(items):
            self.offsets.append(self.offsets[-1] + (extents[left] + extents[right]) / 2 + gap)

    def center(self, middles: list[float]) -> None:
        """Place the items side by side, around zero."""
        for item, offset in zip(self.items, self.offsets, strict=True):
            middles[item] = offset - self.offsets[-1] / 2

    def place(self, middles: list[float], *sides: Sequence[Sequence[int]]) -> None:
        """Move each item toward its neighbors in `sides`: those in the previous rank, the next rank, or both."""
        ideal: list[float] = []
        weights: list[float] = []
        for item, offset in zip(self.items, self.offsets, strict=True):
            total, weight = 0.0, 0.0
            for side in sides:
                for neighbor in side[item]:
                    pull = _STRAIGHT if item >= self.boxes and neighbor >= self.boxes else 1.0
                    total += pull * middles[neighbor]
                    weight += pull
            ideal.append((total / weight if weight else middles[item]) - offset)
            weights.append(weight or _LOOSE)
        for item, offset, position in zip(self.items, self.offsets, _nondecreasing(ideal, weights), strict=True):
            middles[item] = offset + position


def _nondecreasing(ideal: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the nondecreasing values with the least weighted squared distance from the ideal values."""
    pools: list[tuple[float, float, int]] = []  # the mean, weight and number of members of each block
    for value, weight in zip(ideal, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, mass, members = pools.pop()
            together = mass + pool[1]
            pool = ((mean * mass + pool[0] * pool[1]) / together, together, members + pool[2])
        pools.append(pool)
    return [mean for mean, _, members in pools for _ in range(members)]
