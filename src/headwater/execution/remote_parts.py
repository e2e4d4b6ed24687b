"""Keeps the values of mapped nodes on the workers of a cluster.

A batch of calls leaves its values on a worker. The list of all values is created in this process only when code in this
process, such as a hook, reads it. If a function on the same cluster reads the list, a worker joins the batches instead.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from headwater.execution.batches import BatchOutcome
from headwater.execution.delivery import Delivery
from headwater.execution.failure import sent_error
from headwater.execution.middleware import Attempt
from headwater.execution.outcome import NOT_KEPT, Failed, Succeeded, Undelivered
from headwater.execution.remote import ClusterFuture, Job
from headwater.execution.remote_values import RemoteSucceeded, RemoteValue, load_all

if TYPE_CHECKING:
    from collections.abc import Hashable

    from headwater.execution.batches import ElementBatch
    from headwater.execution.remote import RemoteExecutor, RemoteFuture
    from headwater.graph.mapped_call import MappedCall, Rows
    from headwater.graph.node import Node

_PLAIN: Attempt = Attempt((), (Exception,))
"""Makes a call without middleware."""


def start_part(executor: RemoteExecutor, attempt: Attempt, batch: ElementBatch) -> Future[Delivery[BatchOutcome]]:
    """Submit a batch whose values stay on a worker."""
    job = Job(0, batch.node, _values, (attempt, batch))
    return _PartFuture(executor.start(os.urandom(16).hex(), _PLAIN, [job])[0], len(batch.rows))


def _values(attempt: Attempt, batch: ElementBatch) -> Sequence[Any]:
    """Return the values of a batch. Called in a worker."""
    outcome = batch.run(attempt)
    if outcome.failed is None:
        return outcome.values
    assert outcome.failed.error is not None
    raise _PartFailed(len(outcome.values), replace(outcome.failed, error=sent_error(outcome.failed.error)))


class _PartFailed(Exception):
    """A call in a batch failed."""

    def __init__(self, number: int, failed: Failed) -> None:
        super().__init__(number, failed)
        self.number = number
        self.failed = failed


class _PartFuture(ClusterFuture[Delivery[BatchOutcome]]):
    """The outcome of a batch whose values stay on a worker."""

    def __init__(self, job: RemoteFuture, count: int) -> None:
        super().__init__()
        self._job = job
        self._count = count
        self._start = perf_counter()
        job.add_done_callback(self._settle)

    def drop(self) -> None:
        """Cancel the job."""
        self._job.cancel()

    def _settle(self, job: Future[Any]) -> None:
        """Set the outcome of the batch. May be called in any thread."""
        if job.cancelled():
            return
        with suppress(InvalidStateError):  # raised if the future was canceled
            if (error := job.exception()) is not None:
                self.set_exception(error)
            else:
                self.set_result(Delivery(self._outcome(job.result().take())))

    def _outcome(self, outcome: Any) -> BatchOutcome:
        seconds = perf_counter() - self._start
        if isinstance(outcome, RemoteSucceeded):
            return BatchOutcome(PartValues(outcome.reference, self._count), None, seconds)
        error = outcome.error
        if isinstance(error, _PartFailed):
            return BatchOutcome([NOT_KEPT] * error.number, error.failed, seconds)
        return BatchOutcome((), Undelivered(error), seconds)


class PartValues(Sequence[Any]):
    """The values of a batch. The values stay on a worker until one is read, which transfers all of them."""

    def __init__(self, reference: RemoteValue, count: int) -> None:
        self.reference = reference
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        return self.reference.load()[index]


@dataclass(frozen=True, slots=True)
class _Join:
    """A function that joins the values of all batches into nested lists."""

    function: MappedCall
    rows: Rows
    result: int | None
    """The index of the needed result, if the function is a program and only one of its results is needed."""

    def __call__(self, *parts: Sequence[Any]) -> Any:
        values = [value for part in parts for value in part]
        if self.result is None:
            return self.function.value(self.rows, values)
        return self.rows.nested([value[self.result] for value in values])


class JoinedValue(RemoteValue):
    """Nested lists of the values of several batches. The values stay on the workers."""

    __slots__ = ("_joined", "join", "parts")

    def __init__(self, parts: Sequence[RemoteValue], join: _Join) -> None:
        super().__init__()
        self.parts = parts
        self.join = join
        self._joined: RemoteValue | None = None

    @property
    def cluster(self) -> Hashable:
        """Identifies the cluster of the workers."""
        return self.parts[0].cluster

    @classmethod
    def load_all(cls, values: Sequence[JoinedValue]) -> list[Any]:
        """Return the lists, in this process."""
        loaded = iter(load_all(part for value in values for part in value.parts))
        return [value.join(*(next(loaded) for _ in value.parts)) for value in values]

    def taking(self, result: int) -> JoinedValue:
        """Return the lists of one result. A program's batches contain several results."""
        return JoinedValue(self.parts, _Join(self.join.function, self.join.rows, result))

    def joined(self, executor: RemoteExecutor, node: Node) -> RemoteValue:
        """Return a reference to the lists. A worker creates them."""
        if self._joined is None:
            job = Job(0, node, self.join, tuple(self.parts))
            self._joined = executor.start(os.urandom(16).hex(), _PLAIN, [job])[0].reference
        return self._joined


def succeeded(function: MappedCall, rows: Rows, parts: Sequence[Sequence[Any]]) -> Succeeded:
    """Return the values of all batches. If the workers of one cluster keep all of them, return a reference."""
    references = [part.reference for part in parts if isinstance(part, PartValues)]
    if len(references) == len(parts) and len({reference.cluster for reference in references}) == 1:
        return RemoteSucceeded(JoinedValue(references, _Join(function, replace(rows, rows=()), None)))
    return Succeeded(function.value(rows, [value for part in parts for value in part]))


def reference_for(executor: RemoteExecutor, argument: Any, node: Node) -> Any:
    """Return the argument of a job. If workers of the same cluster keep the argument in parts, one worker joins the parts."""
    if isinstance(argument, JoinedValue) and argument.cluster == executor.cluster:
        return argument.joined(executor, node)
    return argument
