"""`fill_with`: adds missing parts to the frame or dictionary from which parts are extracted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headwater.graph.node import Node
from headwater.graph.operation import Fill, Gate, Operation


def fill_missing(nodes: Sequence[Node], container: Node, fill: Callable[[Operation], Fill]) -> Sequence[Node]:
    """Return the nodes, with missing parts added to the value of `container` before any checks of that value."""
    name = container.dependencies[0].source if isinstance(container.operation, Gate) else container.name
    return [node.replaced(operation=fill(node.explicit_operation)) if node.name == name else node for node in nodes]
