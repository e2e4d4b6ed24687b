"""Values on the workers of a Dask cluster."""

from __future__ import annotations

from asyncio import CancelledError
from typing import TYPE_CHECKING, Any, cast

from headwater.execution.remote_values import RemoteValue
from headwater.integrations.dask.connections import cluster_lost, require_connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from distributed import Client, Future

    from headwater.graph.node import Node


class DaskValue(RemoteValue):
    """A node's value on a worker of a Dask cluster."""

    __slots__ = ("future", "node")

    def __init__(self, node: Node, future: Future[Any]) -> None:
        super().__init__()
        self.node = node
        self.future = future

    @property
    def cluster(self) -> Client:
        """The client of the cluster."""
        client: Client = cast("Any", self.future).client
        return client

    @classmethod
    def load_all(cls, values: Sequence[DaskValue]) -> list[Any]:
        """Transfer values to this process, with one request to each cluster.

        Raises:
            ClusterLost: the connection to a scheduler has ended.
        """
        by_client: dict[Client, list[DaskValue]] = {}
        for value in values:
            by_client.setdefault(value.cluster, []).append(value)
        found: dict[int, Any] = {}
        for client, group in by_client.items():
            require_connection(group[0].node, client)
            try:
                gathered: list[Any] = client.gather([value.future for value in group])  # type: ignore[no-untyped-call]
            except (CancelledError, OSError) as error:
                raise cluster_lost(group[0].node, client) from error
            found.update(zip(map(id, group), gathered, strict=True))
        return [found[id(value)] for value in values]
