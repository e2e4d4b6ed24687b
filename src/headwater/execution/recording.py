"""A run with its code and all of its values, for exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from headwater.errors import NotWritable
from headwater.graph.graph import Graph
from headwater.graph.node import Node


@dataclass(frozen=True, slots=True)
class Recording:
    """The code of a dataflow, and the request and the values of a run."""

    sources: Mapping[str, str]
    """The source text of each module, keyed by module name, in the order of the modules in the dataflow."""
    graph: Graph
    values: Mapping[str, Any]
    """The values of the nodes that ran, and of the inputs and config values that they read."""
    outputs: Sequence[str]
    """The requested nodes."""
    inputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    config: Mapping[str, Any] = field(default_factory=dict[str, Any])
    overrides: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The values of overridden nodes."""
    data: Mapping[str, str] = field(default_factory=dict[str, str])
    """The text of the data files next to the modules."""

    def value(self, name: str) -> Any:
        """Return the value of a node. Raises the same errors as `node`."""
        return self.values[self.node(name).name]

    def node(self, name: str) -> Node:
        """Return the node with this name. Function nodes must have a value.

        Raises:
            UnknownNode: there is no such node.
            NotWritable: the node has no value.
        """
        node = self.graph[name]
        if node.kind == "function" and name not in self.values:
            raise NotWritable(f"`{name}` has no value: it has not run, or it failed.", node=name)
        return node
