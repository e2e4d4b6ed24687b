"""`Edges`: the edges of successive versions of a graph. The edge objects of an unchanged node are reused."""

from __future__ import annotations

from headwater.encoding.graph import edges_to
from headwater.graph.graph import Graph
from headwater.graph.node import Node
from headwater.wire.views import EdgeView


class Edges:
    """The edges of the latest version of a graph."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Node, list[EdgeView]]] = {}
        """The edges to each node, keyed by the name of the node."""

    def of(self, graph: Graph) -> list[EdgeView]:
        """Return the edges of the next version of the graph."""
        before = self._known
        self._known = {
            node.name: known
            if (known := before.get(node.name)) is not None and known[0] is node
            else (node, edges_to(graph, node))
            for node in graph
        }
        return [edge for _, edges in self._known.values() for edge in edges]
