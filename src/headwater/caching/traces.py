"""`Traces`: the versions of the values of one run, and what a store has for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.caching.store import Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.caching.store import Store, Version
    from headwater.node import Node


class Found(NamedTuple):
    """A value that a store had."""

    value: Any


@dataclass(slots=True)
class Traces:
    """What one run asks of a store."""

    store: Store
    code: Callable[[Node], str | None]
    """Changes with the code of a node; None if the code is not known."""
    versions: dict[str, Version] = field(default_factory=dict[str, "Version"])
    """The version of each value that the run has."""
    _called: dict[str, Trace] = field(default_factory=dict[str, Trace])
    """The traces of values that the store does not have."""

    def given(self, name: str, value: Any) -> None:
        """Take a value that no function of the run makes."""
        self.versions[name] = self.store.given(name, value)

    def find(self, node: Node) -> Found | None:
        """The value of a node, if the store has one that was computed from what this run has."""
        trace = self._trace(node)
        version = self.store.lookup(node, trace)
        if version is None:
            self._called[node.name] = trace
            return None
        self.versions[node.name] = version
        return Found(self.store.load(node, version))

    def keep(self, node: Node, value: Any) -> None:
        """Have the store keep the value of a node that was not found, and so was computed from what this run had then."""
        self.versions[node.name] = self.store.record(node, self._called.pop(node.name), value)

    def _trace(self, node: Node) -> Trace:
        return Trace(self.code(node), tuple([self.versions.get(dependency.source) for dependency in node.dependencies]))
