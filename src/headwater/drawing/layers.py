"""`Layers`: a picture's boxes in ranks, and the bends that route long arrows through intermediate ranks.

Items are indices: first those of the boxes, then those of the bends.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAX_BENDS_PER_BOX: Final = 12
"""The maximum average number of bends per box. With more, arrows would be hard to follow."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Items in ranks. Links lead only from one rank to the next."""

    rows: tuple[tuple[int, ...], ...]
    """The items of each rank, from left to right."""
    above: tuple[tuple[int, ...], ...]
    """For each item, the linked items in the previous rank."""
    below: tuple[tuple[int, ...], ...]
    """For each item, the linked items in the next rank."""
    ranks: tuple[int, ...]
    """The rank of each item."""
    trunks: tuple[tuple[int, ...], ...]
    """For each box, the bends of its arrows, rank by rank. All arrows that leave a box share its bends."""
    boxes: int

    def reordered(self, rows: Sequence[Sequence[int]]) -> Layers:
        """Return the same items in a different order within the ranks."""
        return Layers(tuple(map(tuple, rows)), self.above, self.below, self.ranks, self.trunks, self.boxes)

    def bends(self, source: int, target: int) -> tuple[int, ...]:
        """Return an arrow's bends."""
        return self.trunks[source][: self.ranks[target] - self.ranks[source] - 1]


def rank_boxes(boxes: int, arrows: Sequence[tuple[int, int]]) -> Layers:
    """Rank boxes by the longest path to them. A box without dependencies is placed one rank before its earliest target.

    Each arrow must lead from a box to a box with a higher index.
    """
    ranks = _ranks(boxes, arrows)
    targets: list[list[int]] = [[] for _ in range(boxes)]
    for source, target in arrows:
        targets[source].append(target)
    trunks: list[tuple[int, ...]] = [()] * boxes
    links = [(source, target) for source, target in arrows if ranks[target] == ranks[source] + 1]
    spans = sorted((max((ranks[target] for target in targets[box]), default=0) - ranks[box] - 1, box) for box in range(boxes))
    allowed = MAX_BENDS_PER_BOX * boxes
    for span, box in spans:
        if 0 < span <= allowed:
            allowed -= span
            first = len(ranks)
            trunk = trunks[box] = tuple(range(first, first + span))
            ranks.extend(range(ranks[box] + 1, ranks[box] + 1 + span))
            links += zip((box, *trunk), trunk, strict=False)
            links += (
                (trunk[ranks[target] - ranks[box] - 2], target) for target in targets[box] if ranks[target] > ranks[box] + 1
            )
    return _linked(boxes, ranks, links, trunks)


def _ranks(boxes: int, arrows: Sequence[tuple[int, int]]) -> list[int]:
    ranks = [0] * boxes
    first_reader = [boxes] * boxes
    has_source = [False] * boxes
    for source, target in sorted(arrows, key=lambda arrow: arrow[1]):
        ranks[target] = max(ranks[target], ranks[source] + 1)
        has_source[target] = True
    for source, target in arrows:
        first_reader[source] = min(first_reader[source], ranks[target])
    isolated = [box for box in range(boxes) if not has_source[box] and first_reader[box] == boxes]
    row = max(4, math.isqrt(len(isolated)))
    for number, box in enumerate(isolated):  # boxes without arrows are arranged in a block
        ranks[box] = number // row
    for box in range(boxes):
        if not has_source[box] and first_reader[box] < boxes:
            ranks[box] = first_reader[box] - 1
    return ranks


def _linked(boxes: int, ranks: Sequence[int], links: Sequence[tuple[int, int]], trunks: Sequence[tuple[int, ...]]) -> Layers:
    above: list[list[int]] = [[] for _ in ranks]
    below: list[list[int]] = [[] for _ in ranks]
    for source, target in links:
        below[source].append(target)
        above[target].append(source)
    rows: list[list[int]] = [[] for _ in range(max(ranks, default=-1) + 1)]
    for item in _depth_first(len(ranks), above, below):
        rows[ranks[item]].append(item)
    return Layers(
        tuple(map(tuple, rows)), tuple(map(tuple, above)), tuple(map(tuple, below)), tuple(ranks), tuple(trunks), boxes
    )


def _depth_first(items: int, above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]) -> list[int]:
    """Return an initial order with few crossings: neighbors are close to each other."""
    order: list[int] = []
    seen = [False] * items
    for root in range(items):
        if above[root]:
            continue
        pending = [root]
        while pending:
            item = pending.pop()
            if not seen[item]:
                seen[item] = True
                order.append(item)
                pending.extend(reversed(below[item]))
    return order
