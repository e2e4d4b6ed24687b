"""`RemoteExecutor`: an executor whose workers keep the values that they compute.

A `concurrent.futures.Executor` sends each value back to the caller, which sends it to the next worker. On a cluster, workers
can pass values to each other instead. The run then holds a `RemoteValue` for each value on a worker. The run loads only
outputs, and values that something in this process reads: a hook, the cache, or a function that another executor calls.
"""

from __future__ import annotations

from abc import abstractmethod
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from headwater.errors import ClusterLost
from headwater.execution.delivery import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.outcome import Failed, Succeeded
    from headwater.execution.remote_values import RemoteValue
    from headwater.graph.node import Node


class Job(NamedTuple):
    """A call for a `RemoteExecutor`."""

    number: int
    """Identifies the job in its run."""
    node: Node
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    """The arguments. An argument may be a `RemoteValue`, or `Earlier` for the value of an earlier job in the same batch."""


class Earlier(NamedTuple):
    """The value of an earlier job in the same batch."""

    job: int


T = TypeVar("T")


class ClusterFuture(Future[T]):
    """A future for work on a cluster. Canceling the future also cancels the work."""

    def cancel(self) -> bool:
        """Cancel the work, and stop waiting for it. Return False if the outcome is already known."""
        if self.cancelled():
            return True
        if not super().cancel():
            return False
        self.set_running_or_notify_cancel()
        self.drop()
        return True

    def drop(self) -> None:
        """Tell the cluster that the work is canceled."""


if TYPE_CHECKING:
    _DeliveryFuture = ClusterFuture[Delivery[Succeeded | Failed]]
else:
    _DeliveryFuture = ClusterFuture


class RemoteFuture(_DeliveryFuture):
    """The outcome of a job: a `RemoteSucceeded` or a `Failed`.

    Args:
        reference: a reference to the job's value. The value exists once the job has succeeded.
    """

    def __init__(self, reference: RemoteValue) -> None:
        super().__init__()
        self.reference = reference

    def settle(self, outcome: Succeeded | Failed | ClusterLost) -> None:
        """Set the outcome, unless the job was canceled. May be called in any thread."""
        with suppress(InvalidStateError):
            if isinstance(outcome, ClusterLost):
                self.set_exception(outcome)
            else:
                self.set_result(Delivery(outcome))


class RemoteExecutor(Executor):
    """An executor whose workers keep the values that they compute.

    As with other executors, `submit` returns values to this process.
    """

    @property
    @abstractmethod
    def cluster(self) -> Hashable:
        """Identifies the cluster. Executors of one cluster share the values on its workers."""

    @abstractmethod
    def start(self, run: str, attempt: Attempt, jobs: Sequence[Job]) -> list[RemoteFuture]:
        """Submit jobs, and return a future for each of them, in the same order. Canceling a future cancels its job.

        Args:
            run: identifies the run.
            attempt: runs a call in a worker.
            jobs: the jobs, in topological order.
        """

    def accepts(self, node: Node) -> bool:
        """Return False for a node whose function must be called in this process, by `call_here`."""
        del node
        return True

    def call_here(self, attempt: Attempt, call: Call) -> Succeeded | Failed:
        """Call a function in this process."""
        return attempt(call)
