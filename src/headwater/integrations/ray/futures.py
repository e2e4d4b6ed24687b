"""The outcome of a Ray task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ray
from ray.exceptions import LocalRayletDiedError, RaySystemError

from headwater.execution.outcome import Failed
from headwater.execution.remote import RemoteFuture
from headwater.execution.remote_values import RemoteSucceeded
from headwater.integrations.ray.connections import cluster_lost

if TYPE_CHECKING:
    from concurrent.futures import Future

    from headwater.execution.remote_task import CallFailed
    from headwater.graph.node import Node
    from headwater.integrations.ray.values import RayValue

_LOST: Final = (LocalRayletDiedError, RaySystemError)
"""The exceptions for a lost connection to the cluster. If only another machine is lost, Ray reruns that machine's tasks."""


class RayFuture(RemoteFuture):
    """The outcome of a Ray task.

    Canceling does not stop the task, because `ray.cancel` in Ray 2.60 kills this process if the task ends at the same time.
    """

    def __init__(self, node: Node, status: ray.ObjectRef[CallFailed | None], value: RayValue) -> None:
        super().__init__(value)
        self._node = node
        self._value = value
        status.future().add_done_callback(self._settle)

    def _settle(self, status: Future[CallFailed | None]) -> None:
        """Set the outcome. Called in one of Ray's threads."""
        error: Any = status.exception()
        if isinstance(error, _LOST) or (error is not None and not ray.is_initialized()):
            lost = cluster_lost(self._node)
            lost.__cause__ = error
            self.settle(lost)
        elif error is not None:
            self.settle(Failed(error))
        else:
            failed = status.result()
            self.settle(RemoteSucceeded(self._value) if failed is None else failed.outcome)
