"""The values of a session's runs, and whether they still hold.

Every value that is computed gets a version of its own. A node is kept when its code is what it was and the versions of what
it reads are those that it was computed from. So it does not matter in which order, and in which runs, the things around it
were computed. A value that comes out as it was (`sameness.py`) keeps its version, and what follows it is kept too.

A value is kept by reference, not copied: a function that changes its argument in place changes the kept value. An
iterator is used up by whoever reads it, so it is never kept: its node runs in every run, and what follows it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from headwater.session.sameness import is_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.views import ProblemView

Versions = tuple[int | None, ...]
"""The versions of what a node reads, in order; None for a parameter that took its default."""


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
    """The latest value of each node."""

    _kept: dict[str, Kept] = field(default_factory=dict[str, Kept])
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
    ) -> Kept:
        """Keep a value that a function made.

        A value that was made when the data files were others is never the same: it may be the name of one.
        """
        version = self._version(name, value, data)
        code = None if hasattr(type(value), "__next__") else code
        return self._keep(name, Kept(value, version, code, read, prints, problems, data))

    def only(self, names: Iterable[str]) -> None:
        """Forget the values of all other nodes."""
        kept = self._kept
        self._kept = {name: kept[name] for name in names if name in kept}

    def _keep(self, name: str, kept: Kept) -> Kept:
        self._kept[name] = kept
        return kept

    def _version(self, name: str, value: Any, data: str | None = None) -> int:
        before = self._kept.get(name)
        if before is not None and before.data == data and is_same(before.value, value):
            return before.version
        return next(self._versions)
