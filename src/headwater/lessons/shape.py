"""`GraphShape`: the nodes and edges of a graph, without types and values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from headwater.graph.mapping import elements_of

if TYPE_CHECKING:
    from headwater.graph.graph import Graph
    from headwater.graph.node import Node

Label = Literal["input", "config", "function", "for each"]
"""A node's kind, or `for each` if its function is called for each element of another node."""


@dataclass(frozen=True)
class GraphShape:
    """The nodes and edges of a graph."""

    labels: Mapping[str, Label]
    """The label of each node, keyed by the node's name."""
    sources: Mapping[str, frozenset[str]]
    """The nodes that each node depends on directly."""

    @classmethod
    def of(cls, graph: Graph) -> GraphShape:
        """Return the shape of a graph. Config values that no node reads are omitted, because they have no edges."""
        nodes = [node for node in graph if not graph.is_unread_config(node)]
        return cls(
            {node.name: _label(node) for node in nodes}, {node.name: frozenset(graph.sources_of(node.name)) for node in nodes}
        )

    @classmethod
    def described(cls, target: Mapping[str, Collection[str]], for_each: Collection[str] = ()) -> GraphShape:
        """Return the shape of a target graph that a lesson's author describes.

        Args:
            target: the direct dependencies of each node that a function computes. All other nodes are inputs.
            for_each: the nodes whose functions are called for each element.

        >>> GraphShape.described({"total": ["price", "tax"]}).labels
        {'price': 'input', 'tax': 'input', 'total': 'function'}
        """
        inputs = sorted({source for sources in target.values() for source in sources} - target.keys())
        if unknown := sorted(set(for_each) - target.keys()):
            raise ValueError(f"`for_each` names {unknown[0]!r}, but the target has no such function")
        labels: dict[str, Label] = dict.fromkeys(inputs, "input")
        labels |= {name: "for each" if name in for_each else "function" for name in target}
        return cls(labels, {name: frozenset(target.get(name, ())) for name in labels})

    @cached_property
    def consumers(self) -> Mapping[str, frozenset[str]]:
        """The nodes that depend on each node directly."""
        consumers: dict[str, set[str]] = {name: set() for name in self.labels}
        for name, sources in self.sources.items():
            for source in sources:
                consumers[source].add(name)
        return {name: frozenset(names) for name, names in consumers.items()}

    @property
    def number_of_edges(self) -> int:
        """The number of edges. If two parameters of a function receive the same node, they count as one edge."""
        return sum(map(len, self.sources.values()))

    def labeled(self, label: Label) -> list[str]:
        """Return the names of the nodes with the given label, in alphabetical order."""
        return sorted(name for name, other in self.labels.items() if other == label)


def _label(node: Node) -> Label:
    return "for each" if elements_of(node) else node.kind
