"""The outcome of a Ray task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ray

from headwater.errors import ClusterLost
from headwater.execution.concurrent import Delivery
from headwater.execution.outcome import Failed
from headwater.execution.remote import RemoteFuture
from headwater.execution.remote_values import RemoteSucceeded

if TYPE_CHECKING:
    from concurrent.futures import Future

    from headwater.execution.remote_task import CallFailed
    from headwater.graph.node import Node
    from headwater.integrations.ray.values import RayValue

_REMEDY = "Call `ray.init()` and run again."


class RayFuture(RemoteFuture):
    """The outcome of a Ray task."""

    def __init__(self, node: Node, status: ray.ObjectRef[CallFailed | None], value: RayValue) -> None:
        super().__init__(value)
        self._node = node
        self._value: RayValue | None = value
        status.future().add_done_callback(self._settle)

    def cancel(self) -> bool:
        """Cancel the task. A function that has started is interrupted."""
        value, self._value = self._value, None
        if value is not None and ray.is_initialized():
            ray.cancel(value.reference)
        return super().cancel()

    def _settle(self, status: Future[CallFailed | None]) -> None:
        """Set the outcome. Called in a thread of Ray."""
        value, self._value = self._value, None
        if value is None or not self.set_running_or_notify_cancel():
            return
        error: Any = status.exception()
        if error is not None and not ray.is_initialized():
            self.set_exception(ClusterLost(self._node.name, self._node.location, "Ray", _REMEDY))
        elif error is not None:
            self.set_result(Delivery(Failed(error)))
        elif (failed := status.result()) is not None:
            self.set_result(Delivery(failed.outcome))
        else:
            self.set_result(Delivery(RemoteSucceeded(value)))
