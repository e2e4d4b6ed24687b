"""Connections to the scheduler of a Dask cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.errors import ClusterLost

if TYPE_CHECKING:
    from distributed import Client

    from headwater.graph.node import Node

_REMEDY = "Start a scheduler, create a new `Client` and `DaskExecutor`, and run again."


def require_connection(node: Node, client: Client) -> None:
    """Check that a client is open.

    Raises:
        ClusterLost: the client is closed.
    """
    if client.status in ("closing", "closed"):
        raise cluster_lost(node, client)


def cluster_lost(node: Node, client: Client) -> ClusterLost:
    """Return the error for a node whose value was lost because the connection ended."""
    scheduler: Any = client.scheduler
    address = "" if scheduler is None else f" `{scheduler.addr}`"  # a closed client has no scheduler
    return ClusterLost(node.name, node.location, f"the connection to the Dask scheduler{address} ended", _REMEDY)
