"""The connection of this process to a Ray cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ray

from headwater.errors import ClusterLost

if TYPE_CHECKING:
    from headwater.graph.node import Node


def require_connection(node: Node) -> None:
    """Check that this process is connected to a cluster.

    Raises:
        ClusterLost: this process is not connected.
    """
    if not ray.is_initialized():
        reason = "this process is not connected to Ray"
        raise ClusterLost(node.name, node.location, reason, "Call `ray.init()` before the run.")


def cluster_lost(node: Node) -> ClusterLost:
    """Return the error for a node whose value was lost because the connection ended."""
    remedy = "Start Ray, call `ray.init()` in a new process, and run again."
    return ClusterLost(node.name, node.location, "the connection to Ray ended", remedy)
