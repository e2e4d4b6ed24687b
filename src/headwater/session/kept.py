"""The values of a session's runs, and whether they still hold.

Every value that is computed gets a version of its own. A node is kept when its code is what it was and the versions of what
it reads are those that it was computed from. So it does not matter in which order, and in which runs, the things around it
were computed. A value that comes out as it was (`sameness.py`) keeps its version, and what follows it is kept too.

A value is kept by reference, not copied; `passing.py` notices when a function changes it. The first reader of an iterator
consumes it, so an iterator is never kept: its node and everything downstream run in every run.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from headwater.session.passing import is_mutable
from headwater.session.sameness import is_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.views import ProblemView

Versions = tuple[int | None, ...]
"""The versions of what a node reads and of what it takes from the config; None for a parameter that took its default."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value, and what it was computed from."""

    value: Any
    version: int
    code: str | None = None
    """The fingerprint of the code; None if it is not known, and then the value never holds."""
    read: Versions = ()
    prints: str = ""
    problems: tuple[ProblemView, ...] = ()
    """Warnings that came with the value."""
    data: str | None = None
    """The digest of the data files that the code may have read; None if it reads none."""


@dataclass(slots=True)
class Values:
    """The latest value of each node, and the latest that overrode it."""

    _kept: dict[str, Kept] = field(default_factory=dict[str, Kept])
    _overriding: dict[str, Kept] = field(default_factory=dict[str, Kept])
    _bound: dict[str, dict[str, Kept]] = field(default_factory=dict[str, dict[str, Kept]])
    """For each node, what decorators took from the config for it."""
    _versions: Iterator[int] = field(default_factory=lambda: count(1))

    def get(self, name: str) -> Kept | None:
        """The latest value of a node."""
        return self._kept.get(name)

    def holding(self, name: str, code: str | None, read: Versions) -> Kept | None:
        """The value of a node if it was computed by this code from these versions."""
        kept = self._kept.get(name)
        return kept if kept is not None and code is not None and (kept.code, kept.read) == (code, read) else None

    def given(self, name: str, value: Any) -> Kept:
        """Keep a value that was given from outside."""
        return self._keep(name, Kept(value, self._version(name, value)))

    def overriding(self, name: str, value: Any, data: str) -> Kept:
        """Keep a value that takes the place of a node's. What the node computed itself stays, for when it is asked again.

        Args:
            name: the node.
            value: the value.
            data: the digest of the data files as they are: a value that was computed from others is never the same.
        """
        before = (self._overriding.get(name), self._kept.get(name))
        same = (kept for kept in before if kept is not None and kept.data in (None, data) and is_same(kept.value, value))
        known = next(same, None)
        kept = self._overriding[name] = Kept(value, next(self._versions) if known is None else known.version)
        return kept

    def bound(self, node: str, values: Mapping[str, Any]) -> Versions:
        """The versions of what decorators took from the config for a node."""
        before = self._bound.get(node, {})
        bound = self._bound[node] = {
            name: Kept(value, before[name].version)
            if name in before and is_same(before[name].value, value)
            else Kept(value, next(self._versions))
            for name, value in values.items()
        }
        return tuple(kept.version for kept in bound.values())

    def computed(
        self,
        name: str,
        value: Any,
        *,
        code: str | None,
        read: Versions,
        prints: str = "",
        problems: tuple[ProblemView, ...] = (),
        data: str | None = None,
        is_new: bool = False,
    ) -> Kept:
        """Keep a value that a function made.

        A value that was made when the data files were others is never the same: it may be the name of one. Neither is one that
        `is_new`: it may be the name of a file that the function has written.
        """
        version = next(self._versions) if is_new else self._version(name, value, data)
        code = None if hasattr(type(value), "__next__") else code
        return self._keep(name, Kept(value, version, code, read, prints, problems, data))

    def only(self, names: Iterable[str]) -> None:
        """Forget the values of all other nodes."""
        remembered = set(names)
        self._kept = {name: kept for name, kept in self._kept.items() if name in remembered}
        self._overriding = {name: kept for name, kept in self._overriding.items() if name in remembered}
        self._bound = {name: bound for name, bound in self._bound.items() if name in remembered}

    def renewed(self, kept: Kept) -> Kept:
        """The same value as another version."""
        return replace(kept, version=next(self._versions))

    def forget_mutable(self) -> None:
        """Forget all values that a function could have changed in place, so that their next ones are new whatever they are."""
        self._kept = {name: kept for name, kept in self._kept.items() if not is_mutable(kept.value)}

    def _keep(self, name: str, kept: Kept) -> Kept:
        self._kept[name] = kept
        return kept

    def _version(self, name: str, value: Any, data: str | None = None) -> int:
        before = self._kept.get(name)
        if before is not None and before.data == data and is_same(before.value, value):
            return before.version
        return next(self._versions)
