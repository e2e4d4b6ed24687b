"""The outcome of a task on a Dask cluster."""

from __future__ import annotations

from asyncio import CancelledError
from concurrent.futures import Future as ExecutorFuture
from concurrent.futures import InvalidStateError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from headwater.execution.outcome import Failed
from headwater.execution.remote import RemoteFuture
from headwater.execution.remote_task import CallFailed
from headwater.execution.remote_values import RemoteSucceeded
from headwater.integrations.dask.connections import cluster_lost

if TYPE_CHECKING:
    from distributed import Future

    from headwater.graph.node import Node
    from headwater.integrations.dask.values import DaskValue


class DaskFuture(RemoteFuture):
    """The outcome of a task on a Dask cluster."""

    def __init__(self, value: DaskValue) -> None:
        super().__init__(value)
        self._value = value
        value.future.add_done_callback(self._settle)  # type: ignore[no-untyped-call]

    def drop(self) -> None:
        """Release the task. The scheduler then drops it, unless a worker has started it."""
        self._value.future.release()  # type: ignore[no-untyped-call]

    def _settle(self, ended: Future[Any]) -> None:
        """Set the outcome. Called in a thread of the client."""
        if self.cancelled():
            return
        if ended.status == "finished":
            self.settle(RemoteSucceeded(self._value))
        elif ended.status == "error":
            error: Any = ended.exception()  # type: ignore[no-untyped-call]
            self.settle(error.outcome if isinstance(error, CallFailed) else Failed(error))
        else:
            self.settle(cluster_lost(self._value.node, self._value.cluster))


class PartFuture(ExecutorFuture[Any]):
    """The result of a function that computes a part of a node's value."""

    def __init__(self, node: Node, task: Future[Any]) -> None:
        super().__init__()
        self._node = node
        self._task = task
        task.add_done_callback(self._settle)  # type: ignore[no-untyped-call]

    def cancel(self) -> bool:
        """Release the task, and stop waiting for it. Return False if its result is already known."""
        if self.cancelled():
            return True
        if not super().cancel():
            return False
        self.set_running_or_notify_cancel()
        self._task.release()  # type: ignore[no-untyped-call]
        return True

    def _settle(self, ended: Future[Any]) -> None:
        """Set the result. Called in a thread of the client."""
        if self.cancelled():
            return
        try:
            result: Any = ended.result()
        except CancelledError:
            lost = cluster_lost(self._node, cast("Any", ended).client)
            with suppress(InvalidStateError):
                self.set_exception(lost)
        except Exception as error:  # noqa: BLE001 - Dask's or that of the function
            with suppress(InvalidStateError):
                self.set_exception(error)
        else:
            with suppress(InvalidStateError):
                self.set_result(result)
