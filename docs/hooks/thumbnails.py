"""Small drawings of dataflows, without labels, in the colors of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from headwater.drawing.graph_view import in_topological_order
from headwater.drawing.layout import Layout, PlacedBox, Route, layout_of
from headwater.drawing.picture import Arrow, Box, Orient, Picture
from headwater.wire.views import GraphView, NodeView

MAX_NODES_OF_FUNCTION: Final = 7
"""The maximum number of boxes for the nodes of one function. More boxes would be too small to see."""
WIDTH: Final = 9
"""The width of every box, in characters. All boxes have the same width, because their labels are not drawn."""
MARGIN: Final = 6
CARD: Final = (280, 112)
"""The size of the drawing on a card, in pixels. The drawing has the direction that fills this area better."""
LARGEST: Final = 0.75
"""The maximum scale, which limits the size of graphs with few nodes."""


def thumbnail(view: GraphView) -> str:
    """Return a graph as SVG on one line, for the gallery's styles (`.hw-thumbnail`)."""
    layout = max((layout_of(_picture(view, orient)) for orient in ("TB", "LR")), key=_scale)
    count = len(view["nodes"])
    label = f"Graph with {count} {'node' if count == 1 else 'nodes'}"
    width, height = (size / _scale(layout) for size in CARD)
    x, y = (width - layout.width) / 2, (height - layout.height) / 2
    parts = [
        f'<svg class="hw-thumbnail" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{label}">',
        f'<g transform="translate({x:.0f} {y:.0f})">',
        f'<path d="{_arrows(layout)}"/>',
        *map(_box, layout.boxes),
        "</g></svg>",
    ]
    return "".join(parts)


def _scale(layout: Layout) -> float:
    """Return the scale at which a layout fits into a card."""
    width, height = CARD
    return min(width / (layout.width + 2 * MARGIN), height / (layout.height + 2 * MARGIN), LARGEST)


def _picture(view: GraphView, orient: Orient) -> Picture:
    nodes = list(_few_of_each_function(in_topological_order(view)))
    positions = {node["name"]: position for position, node in enumerate(nodes)}
    arrows = [
        Arrow(positions[edge["source"]], positions[edge["target"]])
        for edge in view["edges"]
        if positions.get(edge["source"], len(nodes)) < positions.get(edge["target"], -1)
    ]
    boxes = [Box("n" * WIDTH, "", node["kind"], is_output=node["output"], is_mapped="each" in node) for node in nodes]
    return Picture(tuple(boxes), tuple(arrows), orient, show_legend=False)


def _few_of_each_function(nodes: Iterable[NodeView]) -> Iterator[NodeView]:
    counts: Counter[tuple[str | None, int | None]] = Counter()
    for node in nodes:
        function = (node["file"], node["line"])
        counts[function] += 1
        if node["kind"] != "function" or counts[function] <= MAX_NODES_OF_FUNCTION:
            yield node


def _arrows(layout: Layout) -> str:
    return "".join(map(_curve, layout.routes))


def _curve(route: Route) -> str:
    commands = ["M{:.0f} {:.0f}".format(*route.points[0])]
    for (x, y), (next_x, next_y) in pairwise(route.points):
        middle_x, middle_y = (x + next_x) / 2, (y + next_y) / 2
        turns = (x, middle_y, next_x, middle_y) if route.is_upright else (middle_x, y, middle_x, next_y)
        commands.append("C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}".format(*turns, next_x, next_y))
    return "".join(commands)


def _box(placed: PlacedBox) -> str:
    kind = f"{placed.box.role}{' output' if placed.box.is_output else ''}{' mapped' if placed.box.is_mapped else ''}"
    rounding = placed.height / 2 if placed.box.role == "input" else 10
    size = f'width="{placed.width:.0f}" height="{placed.height:.0f}" rx="{rounding:.0f}"'
    return f'<rect class="{kind}" x="{placed.x:.0f}" y="{placed.y:.0f}" {size}/>'
