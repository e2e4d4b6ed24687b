"""Coordinates across the ranks: each item as near to the middle of its neighbours as its row allows.

Each row is the least-squares problem of moving items as little as possible from where they want to be while they keep
their order and their distance: isotonic regression, solved in one pass by pooling neighbours that would overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headwater.drawing.layers import Layers

_ROUNDS: Final = 8
_STRAIGHT: Final = 8.0
"""How much more the straightness of a long arrow counts than that of a short one."""
_LOOSE: Final = 0.1
"""How much an item counts that has no neighbours: it makes way."""


def place_items(layers: Layers, extents: Sequence[float], gap: float) -> list[float]:
    """The middle of each item across the ranks; `extents` are the items' sizes, and `gap` is kept between two of them."""
    rows = [_Row(row, layers, extents, gap) for row in layers.rows]
    middles = [0.0] * len(layers.ranks)
    for row in rows:
        row.centre(middles)
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
    """One rank: its items in their order, and how far each has to stay from the first."""

    def __init__(self, items: Sequence[int], layers: Layers, extents: Sequence[float], gap: float) -> None:
        self.items = items
        self.boxes = layers.boxes
        self.offsets = [0.0]
        for left, right in pairwise(items):
            self.offsets.append(self.offsets[-1] + (extents[left] + extents[right]) / 2 + gap)

    def centre(self, middles: list[float]) -> None:
        """Puts the items next to one another, around zero."""
        for item, offset in zip(self.items, self.offsets, strict=True):
            middles[item] = offset - self.offsets[-1] / 2

    def place(self, middles: list[float], *sides: Sequence[Sequence[int]]) -> None:
        """Moves each item towards its neighbours on the given sides."""
        wanted: list[float] = []
        weights: list[float] = []
        for item, offset in zip(self.items, self.offsets, strict=True):
            total, weight = 0.0, 0.0
            for side in sides:
                for neighbour in side[item]:
                    pull = _STRAIGHT if item >= self.boxes and neighbour >= self.boxes else 1.0
                    total += pull * middles[neighbour]
                    weight += pull
            wanted.append((total / weight if weight else middles[item]) - offset)
            weights.append(weight or _LOOSE)
        for item, offset, place in zip(self.items, self.offsets, _nondecreasing(wanted, weights), strict=True):
            middles[item] = offset + place


def _nondecreasing(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The values nearest to those wanted, by weighted squares, of which none is less than the one before."""
    pools: list[tuple[float, float, int]] = []  # mean, weight, members
    for value, weight in zip(wanted, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, mass, members = pools.pop()
            together = mass + pool[1]
            pool = ((mean * mass + pool[0] * pool[1]) / together, together, members + pool[2])
        pools.append(pool)
    return [mean for mean, _, members in pools for _ in range(members)]
