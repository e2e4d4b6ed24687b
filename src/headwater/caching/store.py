"""`Store`: stores computed values together with their origins.

A trace records the origin of a value: the code, and the version of everything that the code read. A value that is equal
to the previous one keeps its version, so values that depend on it stay valid (early cutoff). The terms come from *Build
Systems à la Carte* (Mokhov, Mitchell, Peyton Jones, 2018), which calls such a store *verifying traces*.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from headwater.graph.node import Node

Version = Hashable
"""An object that distinguishes successive values of the same name."""


class Trace(NamedTuple):
    """The code and the versions of the dependencies from which a value was computed."""

    code: str | None
    """The token of the code. None if the code is unknown; the value is then never valid."""
    read: tuple[Version, ...]
    """The versions of the dependencies, in the order of the parameters. None for a parameter that used its default."""


class Store(Protocol):
    """A store for node values. Every store passes the tests in `tests/caching/test_store.py`."""

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the value that was recorded with this trace, or None. Does not load the value."""
        ...

    def load(self, node: Node, version: Version) -> Any:
        """Return the value whose version `lookup` returned."""
        ...

    def record(self, node: Node, trace: Trace, value: Any) -> Version:
        """Store a computed value and return its version. If the value has not changed, this is the previous version."""
        ...

    def provide(self, name: str, value: Any) -> Version:
        """Return the version of a value that the run does not compute, such as an input."""
        ...
