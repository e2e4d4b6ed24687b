"""`EventLog`: the latest events of a cache. The hits of a run are stored together, because there may be thousands."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.caching.log import CacheEvent

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

MAX_EVENTS: Final = 200_000
"""The maximum number of events in a log. The oldest events are dropped."""


class _Hits(NamedTuple):
    """The reused values in one run."""

    run: int
    versions: Mapping[str, str]
    pinned: Container[str]

    def event(self, node: str) -> CacheEvent:
        return CacheEvent(
            run=self.run,
            node=node,
            behavior="pinned" if node in self.pinned else "default",
            outcome="hit",
            version=self.versions[node],
            format=None,
            reason=None,
        )


class EventLog:
    """The latest events, in order."""

    def __init__(self) -> None:
        self._entries: deque[CacheEvent | _Hits] = deque()
        self._size = 0

    def add(self, event: CacheEvent) -> None:
        """Add an event."""
        self._append(event, 1)

    def add_hits(self, run: int, versions: Mapping[str, str], pinned: Container[str]) -> None:
        """Add events for reused values.

        Args:
            run: the number of the run.
            versions: the versions of the values, keyed by node.
            pinned: the nodes whose versions are pinned.
        """
        if versions:
            self._append(_Hits(run, versions, pinned), len(versions))

    def latest(self, node: str) -> CacheEvent | None:
        """Return the latest event for a node, or None."""
        for entry in reversed(tuple(self._entries)):
            if isinstance(entry, CacheEvent):
                if entry.node == node:
                    return entry
            elif node in entry.versions:
                return entry.event(node)
        return None

    def __iter__(self) -> Iterator[CacheEvent]:
        for entry in tuple(self._entries):
            if isinstance(entry, CacheEvent):
                yield entry
            else:
                yield from map(entry.event, entry.versions)

    def _append(self, entry: CacheEvent | _Hits, size: int) -> None:
        self._entries.append(entry)
        self._size += size
        while self._size > MAX_EVENTS and len(self._entries) > 1:
            oldest = self._entries.popleft()
            self._size -= 1 if isinstance(oldest, CacheEvent) else len(oldest.versions)
