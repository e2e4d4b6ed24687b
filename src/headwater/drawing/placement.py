"""Coordinates across the ranks: each item as near to the middle of its neighbours as its row allows.

Each row is the least-squares problem of moving items as little as possible from where they want to be while they keep
their order and their distance: isotonic regression, solved in one pass by pooling neighbours that would overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from headwater.drawing.layers import Layers

_ROUNDS: Final = 8
_STRAIGHT: Final = 8.0
"""How much more the straightness of a long arrow counts than that of a short one."""


def placed(layers: Layers, extents: Sequence[float], gap: float) -> list[float]:
    """The middle of each item across the ranks; `extents` are the items' sizes, and `gap` is kept between two of them."""
    middles = [0.0] * len(layers.ranks)
    for row in layers.rows:
        edge = 0.0
        for item in row:
            middles[item] = edge + extents[item] / 2
            edge += extents[item] + gap
        for item in row:
            middles[item] -= edge / 2
    for last_round in range(_ROUNDS):
        for row in layers.rows[1:]:
            _place(row, layers, (layers.above,), middles, extents, gap)
        for row in layers.rows[-2::-1]:
            _place(row, layers, (layers.below,), middles, extents, gap)
        if last_round >= _ROUNDS - 2:
            for row in layers.rows:
                _place(row, layers, (layers.above, layers.below), middles, extents, gap)
    leftmost = min((middle - extent / 2 for middle, extent in zip(middles, extents, strict=True)), default=0.0)
    return [middle - leftmost for middle in middles]


def _place(
    row: Sequence[int],
    layers: Layers,
    sides: Sequence[Sequence[Sequence[int]]],
    middles: list[float],
    extents: Sequence[float],
    gap: float,
) -> None:
    offsets: list[float] = []
    wanted: list[float] = []
    weights: list[float] = []
    offset = 0.0
    for number, item in enumerate(row):
        if number:
            offset += (extents[row[number - 1]] + extents[item]) / 2 + gap
        total, weight = 0.0, 0.0
        for side in sides:
            for neighbour in side[item]:
                pull = _STRAIGHT if item >= layers.boxes and neighbour >= layers.boxes else 1.0
                total += pull * middles[neighbour]
                weight += pull
        offsets.append(offset)
        wanted.append((total / weight if weight else middles[item]) - offset)
        weights.append(weight or 0.1)
    for item, offset, place in zip(row, offsets, _nondecreasing(wanted, weights), strict=True):
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
