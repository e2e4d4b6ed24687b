"""The outcome of a task on a Dask cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.outcome import Failed
from headwater.execution.remote import RemoteFuture
from headwater.execution.remote_task import CallFailed
from headwater.execution.remote_values import RemoteSucceeded
from headwater.integrations.dask.connections import cluster_lost

if TYPE_CHECKING:
    from distributed import Future

    from headwater.integrations.dask.values import DaskValue


class DaskFuture(RemoteFuture):
    """The outcome of a task on a Dask cluster."""

    def __init__(self, value: DaskValue) -> None:
        super().__init__(value)
        self._value = value
        value.future.add_done_callback(self._settle)  # type: ignore[no-untyped-call]

    def drop(self) -> None:
        """Release the task, so that the scheduler cancels it unless a worker has already started it."""
        self._value.future.release()  # type: ignore[no-untyped-call]

    def _settle(self, ended: Future[Any]) -> None:
        """Set the outcome. Called in one of the client's threads."""
        if self.cancelled():
            return
        if ended.status == "finished":
            self.settle(RemoteSucceeded(self._value))
        elif ended.status == "error":
            error: Any = ended.exception()  # type: ignore[no-untyped-call]
            self.settle(error.outcome if isinstance(error, CallFailed) else Failed(error))
        else:
            self.settle(cluster_lost(self._value.node, self._value.cluster))
