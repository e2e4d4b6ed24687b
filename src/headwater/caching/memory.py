"""`MemoryStore`: the latest value of each node, kept by reference.

Every value that is computed gets a version of its own. A value that comes out as it was (`sameness.py`) keeps its version, and what
was computed from it holds. So it does not matter in which order, and in which runs, the things around a node were computed.

The first reader of an iterator consumes it, so that an iterator never holds: its node, and everything downstream, run in every run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from headwater.caching.sameness import is_same
from headwater.caching.store import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from headwater.caching.store import Version
    from headwater.node import Node

_NOT_COMPUTED = Trace(None, ())


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    version: int
    trace: Trace = _NOT_COMPUTED
    surroundings: str | None = None


@dataclass(slots=True)
class MemoryStore:
    """A store of the latest value of each node, and of the latest that overrode it."""

    _kept: dict[str, _Kept] = field(default_factory=dict[str, _Kept])
    _overriding: dict[str, _Kept] = field(default_factory=dict[str, _Kept])
    _constants: dict[str, dict[str, _Kept]] = field(default_factory=dict[str, dict[str, _Kept]])
    _versions: Iterator[int] = field(default_factory=lambda: count(1))

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the node's value, if it was computed as the trace says."""
        kept = self._kept.get(node.name)
        return kept.version if kept is not None and trace.code is not None and kept.trace == trace else None

    def load(self, node: Node, version: Version) -> Any:
        """Return the node's value.

        Raises:
            KeyError: the store has no such value.
        """
        kept = self._kept[node.name]
        if kept.version != version:
            raise KeyError(f"{node.name}: version {version} is not kept.")
        return kept.value

    def record(self, node: Node, trace: Trace, value: Any, *, surroundings: str | None = None, is_new: bool = False) -> Version:
        """Keep a value that a function has made.

        Args:
            node: the function's node.
            trace: what the value was computed from.
            value: the value.
            surroundings: what the function may have looked at besides, the files around it for one. A value that was made in
                others is never the same: it may be the name of what has changed.
            is_new: whether the value is never the same as the one before.
        """
        version = next(self._versions) if is_new else self._version(node.name, value, surroundings)
        code = None if hasattr(type(value), "__next__") else trace.code
        self._kept[node.name] = _Kept(value, version, trace._replace(code=code), surroundings)
        return version

    def given(self, name: str, value: Any) -> Version:
        """Keep a value that was given from outside, and return its version."""
        version = self._version(name, value, None)
        self._kept[name] = _Kept(value, version)
        return version

    def overriding(self, name: str, value: Any, surroundings: str) -> Version:
        """Keep a value that takes the place of a node's. What the node computed itself stays, for when it is asked again."""
        before = (self._overriding.get(name), self._kept.get(name))
        known = (kept for kept in before if kept is not None and kept.surroundings in (None, surroundings))
        same = next((kept for kept in known if is_same(kept.value, value)), None)
        version = next(self._versions) if same is None else same.version
        self._overriding[name] = _Kept(value, version)
        return version

    def constants(self, node: str, values: Mapping[str, Any]) -> tuple[Version, ...]:
        """The versions of constants that a node's function is called with."""
        before = self._constants.get(node, {})
        kept = self._constants[node] = {
            name: _Kept(value, before[name].version)
            if name in before and is_same(before[name].value, value)
            else _Kept(value, next(self._versions))
            for name, value in values.items()
        }
        return tuple(one.version for one in kept.values())

    def new_version(self) -> Version:
        """A version that no value has."""
        return next(self._versions)

    def only(self, names: Iterable[str]) -> None:
        """Forget the values of all other nodes."""
        remembered = set(names)
        self._kept = {name: kept for name, kept in self._kept.items() if name in remembered}
        self._overriding = {name: kept for name, kept in self._overriding.items() if name in remembered}
        self._constants = {name: kept for name, kept in self._constants.items() if name in remembered}

    def forget(self, is_forgotten: Callable[[Any], bool]) -> None:
        """Forget some values: the next ones of their nodes are new, whatever they are."""
        self._kept = {name: kept for name, kept in self._kept.items() if not is_forgotten(kept.value)}

    def _version(self, name: str, value: Any, surroundings: str | None) -> int:
        before = self._kept.get(name)
        if before is not None and before.surroundings == surroundings and is_same(before.value, value):
            return before.version
        return next(self._versions)
