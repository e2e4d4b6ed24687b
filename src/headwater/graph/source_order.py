"""The order in which pages list and draw nodes. The order depends only on the source, so a run does not change the order."""

from __future__ import annotations

from collections.abc import Iterator

from headwater.graph.graph import Graph
from headwater.graph.node import Node


def in_source_order(graph: Graph) -> Iterator[Node]:
    """Yield the nodes in the order of the functions that define them, each input before the first node that uses it.

    The nodes of a decorator (the steps of a pipe, the functions of a subdag) take the position of the decorated function, not
    of their own functions. Config values that no function reads are omitted.
    """
    shown: set[str] = set()
    for name in graph.defined:
        node = graph.nodes[name]
        for dependency in node.dependencies:
            source = graph.nodes[dependency.source]
            if source.kind != "function" and source.name not in shown:
                shown.add(source.name)
                yield source
        if name not in shown and not graph.is_unread_config(node):
            shown.add(name)
            yield node
