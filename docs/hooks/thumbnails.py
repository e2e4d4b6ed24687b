"""Small drawings of dataflows, without labels, in the colors of the page."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from headwater.drawing.layout import Layout, PlacedBox, Route, layout_of
from headwater.drawing.picture import Arrow, Box, Picture

MAX_NODES_OF_FUNCTION: Final = 7
"""The maximum number of boxes for the nodes of one function. More would be too small to see."""
WIDTH: Final = 9
"""The width of every box, in characters, because labels would be too small to read."""
MARGIN: Final = 6


def thumbnail(view: Mapping[str, Any]) -> str:
    """Return a graph in the wire format as SVG on one line, for the styles of the gallery (`.hw-thumbnail`)."""
    layout = layout_of(_picture(view))
    count = len(view["nodes"])
    label = f"Graph with {count} {'node' if count == 1 else 'nodes'}"
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    parts = [
        f'<svg class="hw-thumbnail" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{html.escape(label)}">',
        f'<g transform="translate({MARGIN} {MARGIN})">',
        f'<path d="{_arrows(layout)}"/>',
        *map(_box, layout.boxes),
        "</g></svg>",
    ]
    return "".join(parts)


def _picture(view: Mapping[str, Any]) -> Picture:
    nodes = list(_few_of_each_function(view["nodes"]))
    positions = {node["name"]: position for position, node in enumerate(nodes)}
    arrows = [
        Arrow(positions[edge["source"]], positions[edge["target"]])
        for edge in view["edges"]
        if edge["source"] in positions and edge["target"] in positions
    ]
    boxes = [Box("n" * WIDTH, "", node["kind"], is_output=node["output"], is_mapped="each" in node) for node in nodes]
    return Picture(tuple(boxes), tuple(arrows), show_legend=False)


def _few_of_each_function(nodes: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    counts: Counter[tuple[str, int]] = Counter()
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
        middle = (y + next_y) / 2
        commands.append(f"C{x:.0f} {middle:.0f} {next_x:.0f} {middle:.0f} {next_x:.0f} {next_y:.0f}")
    return "".join(commands)


def _box(placed: PlacedBox) -> str:
    kind = f"{placed.box.role}{' output' if placed.box.is_output else ''}{' mapped' if placed.box.is_mapped else ''}"
    rounding = placed.height / 2 if placed.box.role == "input" else 10
    size = f'width="{placed.width:.0f}" height="{placed.height:.0f}" rx="{rounding:.0f}"'
    return f'<rect class="{kind}" x="{placed.x:.0f}" y="{placed.y:.0f}" {size}/>'
