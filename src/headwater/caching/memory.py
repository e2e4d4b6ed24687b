"""`MemoryStore`: stores the latest value of each node in memory, by reference.

A new value gets the next number as its version, unless it equals the previous value of the node (`equality.py`). A value is
valid if its trace equals the trace that a call would have now. It does not matter which run computed the value.

An iterator is consumed by its first reader, so a stored iterator is never valid. Its node and all nodes downstream are computed
in every run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from headwater.caching.equality import is_equal
from headwater.caching.store import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from headwater.caching.store import Version
    from headwater.graph.node import Node

_NOT_COMPUTED = Trace(None, ())


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    version: int
    trace: Trace = _NOT_COMPUTED
    context: str | None = None
    attachment: Any = None


@dataclass(slots=True)
class MemoryStore:
    """A store for each node's latest computed value and latest override."""

    _entries: dict[str, _Entry] = field(default_factory=dict[str, _Entry])
    _overrides: dict[str, _Entry] = field(default_factory=dict[str, _Entry])
    _constants: dict[str, dict[str, _Entry]] = field(default_factory=dict[str, dict[str, _Entry]])
    _versions: Iterator[int] = field(default_factory=lambda: count(1))

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the node's value, or None if the value was not computed from this trace."""
        entry = self._entries.get(node.name)
        return entry.version if entry is not None and trace.code is not None and entry.trace == trace else None

    def load(self, node: Node, version: Version) -> Any:
        """Return the node's value.

        Raises:
            KeyError: the store does not have this version.
        """
        entry = self._entries[node.name]
        if entry.version != version:
            raise KeyError(f"Version {version} of `{node.name}` is not in the store.")
        return entry.value

    def record(
        self,
        node: Node,
        trace: Trace,
        value: Any,
        *,
        context: str | None = None,
        is_new: bool = False,
        attachment: Any = None,
    ) -> Version:
        """Store a computed value and return its version.

        Args:
            node: the node that computed the value.
            trace: the code and versions from which the value was computed.
            value: the value.
            context: the state of anything else that the function may have read, such as files. If the context has changed, the
                value is treated as changed: it may be the name of a file whose content has changed.
            is_new: treat the value as changed even if it is equal to the previous one.
            attachment: any object to store with the value.
        """
        version = next(self._versions) if is_new else self._version(node.name, value, context)
        code = None if hasattr(type(value), "__next__") else trace.code
        self._entries[node.name] = _Entry(value, version, trace._replace(code=code), context, attachment)
        return version

    def trace(self, name: str) -> Trace | None:
        """Return the trace of a node's value, or None if the node has no value. The trace of an iterator has no code."""
        entry = self._entries.get(name)
        return None if entry is None else entry.trace

    def attachment(self, name: str) -> Any:
        """Return the object that was stored with a node's value."""
        return self._entries[name].attachment

    def provide(self, name: str, value: Any) -> Version:
        """Store a provided value, such as an input, and return its version."""
        version = self._version(name, value, None)
        self._entries[name] = _Entry(value, version)
        return version

    def override(self, name: str, value: Any, context: str) -> Version:
        """Store a value that overrides a node, and return its version. The value that the node computed stays in the store."""
        previous = (self._overrides.get(name), self._entries.get(name))
        comparable = (entry for entry in previous if entry is not None and entry.context in (None, context))
        equal = next((entry for entry in comparable if is_equal(entry.value, value)), None)
        version = next(self._versions) if equal is None else equal.version
        self._overrides[name] = _Entry(value, version)
        return version

    def constants(self, node: str, values: Mapping[str, Any]) -> tuple[Version, ...]:
        """Return the versions of the constants among a call's arguments."""
        previous = self._constants.get(node, {})
        entries = self._constants[node] = {
            name: _Entry(value, previous[name].version)
            if name in previous and is_equal(previous[name].value, value)
            else _Entry(value, next(self._versions))
            for name, value in values.items()
        }
        return tuple(entry.version for entry in entries.values())

    def new_version(self) -> Version:
        """Return a version that no stored value has."""
        return next(self._versions)

    def retain(self, names: Iterable[str]) -> None:
        """Discard the values of all nodes except these."""
        retained = set(names)
        self._entries = {name: entry for name, entry in self._entries.items() if name in retained}
        self._overrides = {name: entry for name, entry in self._overrides.items() if name in retained}
        self._constants = {name: entries for name, entries in self._constants.items() if name in retained}

    def discard(self, is_discarded: Callable[[Any], bool]) -> list[str]:
        """Discard the values for which `is_discarded` returns True, and return the names of their nodes.

        The next value of each of these nodes is treated as changed, even if it equals the discarded value.
        """
        discarded = [name for name, entry in self._entries.items() if is_discarded(entry.value)]
        for name in discarded:
            del self._entries[name]
        return discarded

    def _version(self, name: str, value: Any, context: str | None) -> int:
        previous = self._entries.get(name)
        if previous is not None and previous.context == context and is_equal(previous.value, value):
            return previous.version
        return next(self._versions)
