"""Checks whether exported nodes need an `AsyncDriver`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.awaiting import awaiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.node import Node


def needs_async_driver(nodes: Iterable[Node]) -> bool:
    """Return True if a synchronous driver cannot compute all of these nodes."""
    return any(node.operation is not None and awaiting(node.operation) == "required" for node in nodes)
