"""The outcome of a task on a Dask cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.errors import ClusterLost
from headwater.execution.concurrent import Delivery
from headwater.execution.outcome import Failed
from headwater.execution.remote import RemoteFuture
from headwater.execution.remote_task import CallFailed
from headwater.execution.remote_values import RemoteSucceeded

if TYPE_CHECKING:
    from distributed import Client, Future

    from headwater.graph.node import Node
    from headwater.integrations.dask.values import DaskValue

_REMEDY = "Start a scheduler, create a new `Client` and `DaskExecutor`, and run again."


class DaskFuture(RemoteFuture):
    """The outcome of a task on a Dask cluster."""

    def __init__(self, node: Node, value: DaskValue) -> None:
        super().__init__(value)
        self._node = node
        self._value: DaskValue | None = value
        self._address = scheduler_address(value.cluster)
        value.future.add_done_callback(self._settle)  # type: ignore[no-untyped-call]

    def cancel(self) -> bool:
        """Release the task. The scheduler then drops it, unless a worker has started it."""
        self._value = None
        return super().cancel()

    def _settle(self, ended: Future[Any]) -> None:
        """Set the outcome. Called in a thread of the client."""
        value, self._value = self._value, None
        if value is None or not self.set_running_or_notify_cancel():
            return
        if ended.status == "finished":
            self.set_result(Delivery(RemoteSucceeded(value)))
        elif ended.status == "error":
            error: Any = ended.exception()  # type: ignore[no-untyped-call]
            self.set_result(Delivery(error.outcome if isinstance(error, CallFailed) else Failed(error)))
        else:
            scheduler = f"the Dask scheduler `{self._address}`"
            self.set_exception(ClusterLost(self._node.name, self._node.location, scheduler, _REMEDY))


def scheduler_address(client: Client) -> str:
    """Return the address of a scheduler, which is unknown once its client is closed."""
    scheduler: Any = client.scheduler
    return "unknown" if scheduler is None else str(scheduler.addr)
