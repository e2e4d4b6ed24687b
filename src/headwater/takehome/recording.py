"""`Recording`: a dataflow and the values of one run, as everything in this package takes them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from headwater.builder import Builder
from headwater.errors import NotWritable
from headwater.graph import Graph
from headwater.node import Node


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


def record(
    *modules: ModuleType,
    outputs: Sequence[str] | None = None,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Recording:
    """Runs the dataflow of some modules and keeps the value of every node on the way.

    Args:
        modules: as `Builder.with_modules` takes them.
        outputs: names of nodes; without, all nodes that no other reads.
        inputs: as `Driver.execute` takes them.
        config: as `Builder.with_config` takes it.
        overrides: as `Driver.execute` takes them.

    Raises:
        HeadwaterError: as `build` and `execute` do.
        OSError: the source of a module is not found.
    """
    driver = Builder().with_modules(*modules).with_config(config or {}).build()
    wanted = [node.name for node in driver.graph.sinks] if outputs is None else list(outputs)
    given, replaced = dict(inputs or {}), dict(overrides or {})
    reached = driver.graph.upstream(wanted, given=replaced)
    names = [node.name for node in reached if node.kind == "function"]
    fixed = {node.name: node.value for node in reached if node.kind == "config"}
    return Recording(
        sources={module.__name__: inspect.getsource(module) for module in modules},
        graph=driver.graph,
        values={**fixed, **given, **replaced, **driver.execute(names, inputs=given, overrides=replaced)},
        outputs=wanted,
        inputs=given,
        config=dict(config or {}),
        overrides=replaced,
    )
