"""`Traces`: the versions of the values in one run, and lookups in a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.caching.store import Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.caching.store import Store, Version
    from headwater.graph.node import Node


class StoredValue(NamedTuple):
    """A value found in a store."""

    value: Any


@dataclass(slots=True)
class Traces:
    """The values of one run, looked up and recorded in a store."""

    store: Store
    token: Callable[[Node], str | None]
    """Return the token of a node's code, which changes with the code. None if the code is unknown."""
    versions: dict[str, Version] = field(default_factory=dict[str, "Version"])
    """The versions of the values in this run, by name."""
    _missed: dict[str, Trace] = field(default_factory=dict[str, Trace])
    """The traces whose lookup failed. `record` uses them, because dependencies may change while a function runs."""

    def provide(self, name: str, value: Any) -> None:
        """Add a value that the run does not compute."""
        self.versions[name] = self.store.provide(name, value)

    def lookup(self, node: Node) -> StoredValue | None:
        """Return the node's value if the store has one that is valid in this run."""
        read = tuple([self.versions.get(dependency.source) for dependency in node.dependencies])
        trace = Trace(self.token(node), read)
        version = self.store.lookup(node, trace)
        if version is None:
            self._missed[node.name] = trace
            return None
        self.versions[node.name] = version
        return StoredValue(self.store.load(node, version))

    def record(self, node: Node, value: Any) -> None:
        """Record the value of a node whose lookup failed."""
        self.versions[node.name] = self.store.record(node, self._missed.pop(node.name), value)
