"""A run with its code and all its values, from which tests and programs are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from headwater.errors import NotWritable
from headwater.graph.graph import Graph
from headwater.graph.node import Node


@dataclass(frozen=True, slots=True)
class Recording:
    """The code of a dataflow, what a run of it was asked for, and the values that it came to."""

    sources: Mapping[str, str]
    """The source text of each module by its name, in the order in which they join the dataflow."""
    graph: Graph
    values: Mapping[str, Any]
    """Of the nodes that ran, and of the inputs and config values that they read."""
    outputs: Sequence[str]
    """The nodes that were asked for."""
    inputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    config: Mapping[str, Any] = field(default_factory=dict[str, Any])
    overrides: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Values that took the place of what nodes compute."""
    data: Mapping[str, str] = field(default_factory=dict[str, str])
    """The texts of the data files beside the modules."""

    def value(self, name: str) -> Any:
        """The value of a node, as `node` finds it."""
        return self.values[self.node(name).name]

    def node(self, name: str) -> Node:
        """A node of which there is a value.

        Raises:
            UnknownNode: there is no such node.
            NotWritable: it has no value.
        """
        node = self.graph[name]
        if node.kind == "function" and name not in self.values:
            raise NotWritable(f"`{name}` has no value: it has not run, or it failed.", node=name)
        return node
