"""`draw_view`: draws a graph in the wire format, for example an outline of source text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from headwater.drawing.drawing import Drawing
from headwater.drawing.picture import Arrow, Box, BoxRole, Orient, Picture
from headwater.graph.mapping import for_each
from headwater.quality import ValidationResult
from headwater.wire.views import EdgeView, GraphView, NodeView

_CHECK: Final = ValidationResult.__name__


def draw_view(view: GraphView, *, orient: Orient = "TB", show_legend: bool = True) -> Drawing:
    """Draw a graph that `outline` or `Session.graph` returns. An arrow that closes a cycle is omitted.

    >>> from headwater.outline import outline
    >>> print(draw_view(outline({"prices.py": "def total(price: float) -> float: ..."})).text)
      price  float  (input)
    * total  float  <- price
    """
    nodes = list(in_topological_order(view))
    positions = {node["name"]: position for position, node in enumerate(nodes)}
    arrows = tuple(
        Arrow(positions[edge["source"]], positions[edge["target"]], edge["optional"])
        for edge in _edges(view, positions)
        if positions[edge["source"]] < positions[edge["target"]]
    )
    return Drawing(Picture(tuple(map(_box, nodes)), arrows, orient, show_legend))


def in_topological_order(view: GraphView) -> Iterator[NodeView]:
    """Yield the nodes in the order of the view, except that each node follows its dependencies.

    In a cycle, one node comes before one of its dependencies.
    """
    nodes = view["nodes"]
    positions = {node["name"]: position for position, node in enumerate(nodes)}
    missing: list[set[int]] = [set() for _ in nodes]
    targets: list[list[int]] = [[] for _ in nodes]
    for edge in _edges(view, positions):
        source, target = positions[edge["source"]], positions[edge["target"]]
        missing[target].add(source)
        targets[source].append(target)
    ready = [position for position, sources in enumerate(missing) if not sources]
    left = set(range(len(nodes)))
    heapify(ready)
    while left:
        position = heappop(ready) if ready else _on_a_cycle(missing, min(left))
        if position not in left:
            continue
        left.remove(position)
        yield nodes[position]
        for target in targets[position]:
            missing[target].discard(position)
            if not missing[target]:
                heappush(ready, target)


def _on_a_cycle(missing: Sequence[Collection[int]], start: int) -> int:
    """Follow dependencies from `start`, and return a node on the first cycle found."""
    seen: set[int] = set()
    position = start
    while position not in seen:
        seen.add(position)
        position = min(missing[position])
    return position


def _edges(view: GraphView, names: Iterable[str]) -> Iterator[EdgeView]:
    """Yield the edges between nodes of the view. Edges from inputs that are not provided are omitted."""
    known = set(names)
    return (edge for edge in view["edges"] if edge["source"] in known and edge["target"] in known)


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
