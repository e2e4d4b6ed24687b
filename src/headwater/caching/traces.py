"""`Traces`: the versions of the values in one run, and lookups in a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from headwater.caching.store import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from headwater.caching.store import Store, Version
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan


class _NotLoaded:
    """The type of `NOT_LOADED`."""

    def __repr__(self) -> str:
        return "NOT_LOADED"

    def __reduce__(self) -> str:
        return "NOT_LOADED"


NOT_LOADED: Final = _NotLoaded()
"""A placeholder for the value of a reused node, if the run does not need that value."""


class StoredValue(NamedTuple):
    """A value found in a store."""

    value: Any


class _Match(NamedTuple):
    """A lookup that found a value."""

    read: tuple[Version, ...]
    version: Version


class RunTraces(Protocol):
    """Looks up and records the values of one run in a store."""

    def provide(self, name: str, value: Any) -> None:
        """Add a value that the run does not compute."""

    def start(self, plan: Plan, unavailable: Container[str]) -> None:
        """Prepare a run after all values have been provided. The nodes in `unavailable` are not computed."""

    def has(self, node: Node) -> bool:
        """Return True if the store has a value that is valid for the node in this run."""
        ...

    def lookup(self, node: Node) -> StoredValue | None:
        """Return the node's value if the store has a value that is valid in this run, otherwise None.

        Called once for each node.
        """
        ...

    def record(self, node: Node, arguments: Sequence[Any], value: Any) -> None:
        """Record the value that a call returned. `arguments` are the call's arguments, which the call may have changed."""

    def discard(self, node: Node) -> None:
        """Record nothing for a node, because middleware returned a substitute.

        Nothing computed from the substitute is reused.
        """

    def end(self) -> None:
        """End the run, whether it succeeded or not."""


@dataclass(slots=True)
class Traces:
    """The values of one run, looked up and recorded in a store."""

    store: Store
    token: Callable[[Node], str | None]
    """Return a token that changes with a node's code, or None if the code is unknown."""
    versions: dict[str, Version] = field(default_factory=dict[str, "Version"])
    """The versions of the values in this run, keyed by name."""
    _missed: dict[str, Trace] = field(default_factory=dict[str, Trace])
    """The traces whose lookup failed. `record` uses them, because dependencies may change while a function runs."""
    _found: dict[str, _Match] = field(default_factory=dict[str, _Match])
    """The latest successful lookup of each node."""

    def provide(self, name: str, value: Any) -> None:
        """Add a value that the run does not compute."""
        self.versions[name] = self.store.provide(name, value)

    def has(self, node: Node) -> bool:
        """Return True if the store has a value that is valid for the node in this run."""
        version = self._version(node)
        if version is not None:
            self.versions[node.name] = version
        return version is not None

    def lookup(self, node: Node) -> StoredValue | None:
        """Return the node's value if the store has a value that is valid in this run, otherwise None."""
        version = self._version(node)
        if version is None:
            return None
        self.versions[node.name] = version
        return StoredValue(self.store.load(node, version))

    def _version(self, node: Node) -> Version | None:
        """Return the version of the node's valid value, or None. Usually, `lookup` reuses the version that `has` found."""
        versions = self.versions
        read = tuple([versions.get(dependency.source) for dependency in node.dependencies])
        found = self._found.get(node.name)
        if found is not None and found.read == read:
            return found.version
        trace = Trace(self.token(node), read)
        version = self.store.lookup(node, trace)
        if version is None:
            self._missed[node.name] = trace
        else:
            self._found[node.name] = _Match(read, version)
        return version

    def start(self, plan: Plan, unavailable: Container[str]) -> None:
        """Do nothing: each node is looked up just before its function would be called."""

    def end(self) -> None:
        """Do nothing: each value was recorded immediately."""

    def discard(self, node: Node) -> None:
        """Record nothing for a node whose lookup failed.

        The node's value has no version in this run, so nothing computed from it is reused.
        """
        self._missed.pop(node.name, None)

    def record(self, node: Node, arguments: Sequence[Any], value: Any) -> None:  # noqa: ARG002 - other traces need the arguments
        """Record the value of a node whose lookup failed."""
        self.versions[node.name] = self.store.record(node, self._missed.pop(node.name), value)
