"""`Layout`: coordinates of the boxes and arrows in a picture.

Layered drawing in pure Python: ranks by the longest path, an order with few crossings, coordinates that keep arrows straight.
Nothing is recursive. Every step takes at most O(n log n) time, except counting the crossings of degenerate graphs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headwater.drawing.layers import Layers, rank_boxes
from headwater.drawing.ordering import order_items
from headwater.drawing.picture import Arrow, Box, Picture
from headwater.drawing.placement import place_items

Point = tuple[float, float]

NAME_WIDTH: Final = 7.3
"""The width of a character in a name, in pixels. A 12-pixel monospaced font needs 7.2 pixels."""
TYPE_WIDTH: Final = 6.1
_PADDING: Final = 28.0
_HEIGHT: Final = 40.0
_GAP: Final = 22.0
_BEND: Final = 6.0
_RANK_GAP: Final = 38.0
_MAX_LABEL_LENGTH: Final = 44


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with the coordinates of its top left corner, and its size."""

    box: Box
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """The points of an arrow: its start, its entry to and exit from each rank that it crosses, and its end."""

    arrow: Arrow
    points: tuple[Point, ...]
    is_upright: bool
    """True if ranks are stacked vertically."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture with coordinates. It extends from the origin to `(width, height)`."""

    boxes: tuple[PlacedBox, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def layout_of(picture: Picture) -> Layout:
    """Lay out a picture in its orientation."""
    sizes = [_size(box) for box in picture.boxes]
    sideways = picture.orient in ("LR", "RL")
    across = [height if sideways else width for width, height in sizes]
    along = [width if sideways else height for width, height in sizes]
    plan = _RankLayout(picture, across, along)
    flip = picture.orient in ("BT", "RL")

    def on_plane(middle: float, depth: float) -> Point:
        depth = plan.depth - depth if flip else depth
        return (depth, middle) if sideways else (middle, depth)

    boxes: list[PlacedBox] = []
    for number, (box, (width, height)) in enumerate(zip(picture.boxes, sizes, strict=True)):
        x, y = on_plane(plan.middles[number], plan.center(number))
        boxes.append(PlacedBox(box, x - width / 2, y - height / 2, width, height))
    routes = [Route(arrow, tuple(on_plane(*point) for point in plan.route(arrow)), not sideways) for arrow in picture.arrows]
    width, height = (plan.depth, plan.breadth) if sideways else (plan.breadth, plan.depth)
    return Layout(tuple(boxes), tuple(routes), width, height)


def abbreviate(text: str, limit: int = _MAX_LABEL_LENGTH) -> str:
    """Return the text. If it is longer than `limit`, replace its middle with an ellipsis."""
    if len(text) <= limit:
        return text
    head = (limit - 1) * 2 // 3
    return f"{text[:head]}…{text[head + 1 - limit :]}"


def subtitle(box: Box) -> str:
    """Return the line below a name: the type, and the role unless the shape shows it."""
    if box.role in ("override", "config") and box.type:
        return f"{box.role} · {box.type}"
    return "check" if box.role == "check" and box.type else box.type


def _size(box: Box) -> tuple[float, float]:
    width = max(_columns(abbreviate(box.name)) * NAME_WIDTH, _columns(abbreviate(subtitle(box))) * TYPE_WIDTH, 40.0)
    return round(width + _PADDING, 1), _HEIGHT


def _columns(text: str) -> int:
    """Return the width of text in columns of a monospaced font. Chinese and Japanese characters occupy two columns."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


class _RankLayout:
    """The layout before rotation: ranks follow each other downward, and `middles` are positions across the ranks."""

    def __init__(self, picture: Picture, across: Sequence[float], along: Sequence[float]) -> None:
        arrows = [(arrow.source, arrow.target) for arrow in picture.arrows]
        self._layers: Layers = order_items(rank_boxes(len(picture.boxes), arrows))
        self._across = [*across, *[_BEND] * (len(self._layers.ranks) - len(across))]
        self.middles = place_items(self._layers, self._across, _GAP)
        self.breadth = max(
            (middle + extent / 2 for middle, extent in zip(self.middles, self._across, strict=True)), default=0.0
        )
        thickness = [max((along[item] for item in row if item < len(along)), default=0.0) for row in self._layers.rows]
        self._tops: list[float] = []
        depth = 0.0
        for extent in thickness:
            self._tops.append(depth)
            depth += extent + _RANK_GAP
        self._bottoms = [top + extent for top, extent in zip(self._tops, thickness, strict=True)]
        self.depth = max(depth - _RANK_GAP, 0.0)
        self._along = along
        self._leaving, self._arriving = self._ports(picture)

    def center(self, box: int) -> float:
        """Return the depth of the center of a box."""
        rank = self._layers.ranks[box]
        return (self._tops[rank] + self._bottoms[rank]) / 2

    def route(self, arrow: Arrow) -> list[Point]:
        """Return the points of an arrow as `(across, depth)`."""
        source, target = arrow.source, arrow.target
        points = [(self._leaving[arrow], self.center(source) + self._along[source] / 2)]
        for bend in self._layers.bends(source, target):
            rank, middle = self._layers.ranks[bend], self.middles[bend]
            points += [(middle, self._tops[rank]), (middle, self._bottoms[rank])]
        points.append((self._arriving[arrow], self.center(target) - self._along[target] / 2))
        return points

    def _ports(self, picture: Picture) -> tuple[dict[Arrow, float], dict[Arrow, float]]:
        """Return the positions at which arrows leave and enter boxes.

        On each side of a box, these positions are in the order of the arrows' other ends.
        """
        leaving: dict[int, list[tuple[float, Arrow]]] = {}
        arriving: dict[int, list[tuple[float, Arrow]]] = {}
        for arrow in picture.arrows:
            bends = self._layers.bends(arrow.source, arrow.target)
            first, last = (bends[0], bends[-1]) if bends else (arrow.target, arrow.source)
            leaving.setdefault(arrow.source, []).append((self.middles[first], arrow))
            arriving.setdefault(arrow.target, []).append((self.middles[last], arrow))
        return self._spread(leaving), self._spread(arriving)

    def _spread(self, sides: dict[int, list[tuple[float, Arrow]]]) -> dict[Arrow, float]:
        ports: dict[Arrow, float] = {}
        for box, ends in sides.items():
            positions = sorted({position for position, _ in ends})  # arrows through the same bend share a port
            step = min(16.0, self._across[box] * 0.6 / len(positions))
            first = self.middles[box] - step * (len(positions) - 1) / 2
            port = {position: first + step * number for number, position in enumerate(positions)}
            ports.update((arrow, port[position]) for position, arrow in ends)
        return ports
