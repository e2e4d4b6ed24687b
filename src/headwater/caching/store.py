"""`Store`: keeps values, and what they were computed from.

A trace says what a value was computed from: the code, and the version of everything that the code read. A value that comes out as
it was keeps its version, so that what was computed from it holds, too (early cutoff). The terms are those of *Build Systems à la
Carte* (Mokhov, Mitchell, Peyton Jones, 2018): this is a store of verifying traces.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from headwater.node import Node

Version = Hashable
"""Tells two values of a name apart."""


class Trace(NamedTuple):
    """What a value was computed from."""

    code: str | None
    """Changes with the code. None if it is not known; then the value never holds."""
    read: tuple[Version, ...]
    """The versions of what the code read. None for a parameter that took its default."""


class Store(Protocol):
    """Keeps the values of nodes. `tests/caching/test_store.py` says what every store does."""

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the value that was computed as the trace says, None if there is none. Loads nothing."""
        ...

    def load(self, node: Node, version: Version) -> Any:
        """Return a value that `lookup` has found."""
        ...

    def record(self, node: Node, trace: Trace, value: Any) -> Version:
        """Keep a value that a function has made. Returns its version: the one before, if it is the same value."""
        ...

    def given(self, name: str, value: Any) -> Version:
        """Return the version of a value that no function of the run has made."""
        ...
