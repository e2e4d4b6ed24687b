"""Events of a cache, and explanations of hits and misses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.caching.settings import Behavior

ChangeKind = Literal["changed", "added", "removed", "unknown"]


@dataclass(frozen=True, slots=True)
class CacheEvent:
    """The outcome of one node in one run."""

    run: int
    """The number of the run, counted from 1 for each driver."""
    node: str
    behavior: Behavior | Literal["pinned"]
    outcome: Literal["hit", "miss"]
    version: str | None
    """The version of the value, which is the hash of its content. None if the content cannot be hashed."""
    format: str | None
    """The format of the stored value. None for a hit, or if the value was not stored."""
    reason: str | None
    """Why the value was computed or not stored. None for a hit."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A part of a node's key that differs from the latest stored key."""

    part: str
    """`function flow.total`, `value flow.RATE`, `class ...`, `library ...`, `input price`, `node cost`, `parameter rate` ..."""
    kind: ChangeKind
    """`unknown` if another node must be computed before the part is known."""

    def __str__(self) -> str:
        return f"{self.part}: {'not known yet' if self.kind == 'unknown' else self.kind}"


@dataclass(frozen=True, slots=True)
class CacheExplanation:
    """Why the value of a node is reused or computed."""

    node: str
    hit: bool
    """Whether the value is reused."""
    behavior: Behavior | Literal["pinned"]
    reason: str
    """The reason, as a sentence."""
    changes: tuple[KeyChange, ...] = ()
    """The parts of the key that differ from the latest stored key of the node."""

    def __str__(self) -> str:
        lines = [f"{'hit' if self.hit else 'miss'}: {self.reason}", *(f"  {change}" for change in self.changes)]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One stored value of a node."""

    node: str
    data_version: str
    """The hash of the value's content."""
    code_version: str
    """The token of the code that computed the value."""
    created: float
    """The time at which the value was computed, in seconds since 1970."""
    format: str | None
    """The format of the file. None if only the version is known, because the file was never stored or was pruned."""
    size: int
    """The size of the file in bytes."""


def key_changes(before: Mapping[str, str], now: Mapping[str, str | None]) -> tuple[KeyChange, ...]:
    """Return the parts that differ between two keys. The digest of an unknown part is None.

    >>> key_changes({"input price": "1", "value flow.RATE": "2"}, {"input price": "1", "value flow.RATE": "3"})
    (KeyChange(part='value flow.RATE', kind='changed'),)
    """
    changes = [KeyChange(part, _kind(before, digest, part)) for part, digest in now.items() if before.get(part) != digest]
    changes += [KeyChange(part, "removed") for part in before if part not in now]
    specific = [change for change in changes if change.part != "operation"]
    return tuple(specific or changes)


def _kind(before: Mapping[str, str], digest: str | None, part: str) -> ChangeKind:
    if digest is None:
        return "unknown"
    return "changed" if part in before else "added"
