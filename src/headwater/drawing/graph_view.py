"""`draw_view`: draws a graph in the wire format, for example an outline of source text."""

from __future__ import annotations

from typing import Final

from headwater.drawing.drawing import Drawing
from headwater.drawing.picture import Arrow, Box, BoxRole, Orient, Picture
from headwater.graph.mapping import for_each
from headwater.quality import ValidationResult
from headwater.wire.views import GraphView, NodeView

_CHECK: Final = ValidationResult.__name__


def draw_view(view: GraphView, *, orient: Orient = "TB", show_legend: bool = True) -> Drawing:
    """Draw a graph that `outline` or `Session.graph` returns.

    >>> from headwater.outline import outline
    >>> print(draw_view(outline({"prices.py": "def total(price: float) -> float: ..."})).text)
      price  float  (input)
    * total  float  <- price
    """
    nodes = {node["name"]: node for node in view["nodes"]}
    positions = {name: position for position, name in enumerate(nodes)}
    arrows = tuple(
        Arrow(positions[edge["source"]], positions[edge["target"]], edge["optional"])
        for edge in view["edges"]
        if edge["source"] in positions and edge["target"] in positions
    )
    return Drawing(Picture(tuple(map(_box, nodes.values())), arrows, orient, show_legend))


def _box(node: NodeView) -> Box:
    elements = node.get("each", ())
    return Box(
        name=node["name"],
        type=f"{node['type']} {for_each(elements)}".rstrip(),
        role=_role(node),
        is_output=node["output"],
        is_mapped=bool(elements),
        doc=node["doc"],
        location="" if node["file"] is None else f"{node['file']}:{node['line']}",
        tags=tuple((key, value if isinstance(value, str) else ", ".join(value)) for key, value in node["tags"].items()),
    )


def _role(node: NodeView) -> BoxRole:
    return "check" if node["type"] == _CHECK else node["kind"]
