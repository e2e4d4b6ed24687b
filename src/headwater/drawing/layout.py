"""`Layout`: where the boxes and arrows of a picture stand on the plane.

Layered drawing in pure Python: ranks by the longest way, an order that crosses few arrows, coordinates that keep arrows
straight. No recursion, and no step above n log n but for the counting of crossings in degenerate graphs.
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
"""Of one character of a name: a monospaced font of 12 pixels is 7.2 wide."""
TYPE_WIDTH: Final = 6.1
_PADDING: Final = 28.0
_HEIGHT: Final = 40.0
_GAP: Final = 22.0
_BEND: Final = 6.0
_RANK_GAP: Final = 38.0
_LONGEST: Final = 44


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with its place: the corner at the top left, and its size."""

    box: Box
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """An arrow's way: where it leaves, in and out of each rank that it passes, and where it arrives."""

    arrow: Arrow
    points: tuple[Point, ...]
    is_upright: bool
    """True where ranks follow one another downwards or upwards, and not sideways."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture on the plane, from the origin to `width` and `height`."""

    boxes: tuple[PlacedBox, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def layout_of(picture: Picture) -> Layout:
    """Lays out a picture in its orientation."""
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
        x, y = on_plane(plan.middles[number], plan.centre(number))
        boxes.append(PlacedBox(box, x - width / 2, y - height / 2, width, height))
    routes = [Route(arrow, tuple(on_plane(*point) for point in plan.way(arrow)), not sideways) for arrow in picture.arrows]
    width, height = (plan.depth, plan.breadth) if sideways else (plan.breadth, plan.depth)
    return Layout(tuple(boxes), tuple(routes), width, height)


def abbreviate(text: str, limit: int = _LONGEST) -> str:
    """The text, without its middle where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    head = (limit - 1) * 2 // 3
    return f"{text[:head]}…{text[head + 1 - limit :]}"


def subtitle(box: Box) -> str:
    """The line below a box's name: its type, and its role where the shape alone would not tell."""
    if box.role in ("override", "config") and box.type:
        return f"{box.role} · {box.type}"
    return "check" if box.role == "check" and box.type else box.type


def _size(box: Box) -> tuple[float, float]:
    width = max(_columns(abbreviate(box.name)) * NAME_WIDTH, _columns(abbreviate(subtitle(box))) * TYPE_WIDTH, 40.0)
    return round(width + _PADDING, 1), _HEIGHT


def _columns(text: str) -> int:
    """How many columns of a monospaced font the text takes; Chinese and Japanese characters take two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


class _RankLayout:
    """The layout before it is turned: ranks run downwards, `middles` across them."""

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
        for one in thickness:
            self._tops.append(depth)
            depth += one + _RANK_GAP
        self._bottoms = [top + one for top, one in zip(self._tops, thickness, strict=True)]
        self.depth = max(depth - _RANK_GAP, 0.0)
        self._along = along
        self._leaving, self._arriving = self._ports(picture)

    def centre(self, box: int) -> float:
        """How deep the middle of a box is."""
        rank = self._layers.ranks[box]
        return (self._tops[rank] + self._bottoms[rank]) / 2

    def way(self, arrow: Arrow) -> list[Point]:
        """The points of an arrow, as `(across, deep)`."""
        source, target = arrow.source, arrow.target
        points = [(self._leaving[arrow], self.centre(source) + self._along[source] / 2)]
        for bend in self._layers.bends(source, target):
            rank, middle = self._layers.ranks[bend], self.middles[bend]
            points += [(middle, self._tops[rank]), (middle, self._bottoms[rank])]
        points.append((self._arriving[arrow], self.centre(target) - self._along[target] / 2))
        return points

    def _ports(self, picture: Picture) -> tuple[dict[Arrow, float], dict[Arrow, float]]:
        """Where on the sides of their boxes arrows leave and arrive: next to one another, in the order of the other ends."""
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
            places = sorted({where for where, _ in ends})  # arrows through the same bend leave by the same port
            step = min(16.0, self._across[box] * 0.6 / len(places))
            first = self.middles[box] - step * (len(places) - 1) / 2
            port = {where: first + step * number for number, where in enumerate(places)}
            ports.update((arrow, port[where]) for where, arrow in ends)
        return ports
