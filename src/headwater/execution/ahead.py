"""Jobs that a cluster receives before the values of their arguments exist.

A cluster schedules its jobs itself. If it receives all jobs at the start, no job has to wait until this process notices that
another job has ended. The cluster can also run each job on the worker that stores the job's arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.placement import executor_for
from headwater.execution.remote import Earlier, Job, RemoteExecutor
from headwater.graph.mapped_call import MappedCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.execution.middleware import Attempt
    from headwater.execution.placement import Placement
    from headwater.execution.remote import RemoteFuture
    from headwater.execution.run import Run
    from headwater.planning.plan import Step


def start_ahead(placements: Sequence[Placement], run: Run, attempt: Attempt) -> dict[int, RemoteFuture]:
    """Submit each step of a run whose arguments are all inputs or values on its cluster.

    Returns:
        The futures, keyed by the slots of their values.
    """
    ahead = _Ahead(run, attempt)
    if run.can_start_ahead and any(isinstance(placement.executor, RemoteExecutor) for placement in placements):
        for step in run.plan.steps:
            ahead.add(step, executor_for(step.node, placements))
        ahead.submit()
    return ahead.futures


class _Ahead:
    """The submitted steps of a run, and a batch of steps that has not yet been submitted to its executor."""

    def __init__(self, run: Run, attempt: Attempt) -> None:
        self._run = run
        self._attempt = attempt
        self.futures: dict[int, RemoteFuture] = {}
        self._batch: dict[int, Job] = {}
        self._executor: RemoteExecutor | None = None
        self._later: set[int] = set()
        """The slots of steps that are submitted after their dependencies are settled."""

    def add(self, step: Step, executor: object) -> None:
        """Add a step, unless it needs a value that is computed outside the executor's cluster."""
        is_mapped = isinstance(step.call, MappedCall)  # the number of calls is unknown until the lists have been computed
        if is_mapped or not isinstance(executor, RemoteExecutor) or not executor.accepts(step.node):
            self._later.add(step.result)
            return
        if executor is not self._executor:
            self.submit()
            self._executor = executor
        if any(slot in self._later or self._is_elsewhere(slot, executor) for slot in step.arguments):
            self._later.add(step.result)
        else:
            arguments = tuple(map(self._argument, step.arguments))
            self._batch[step.result] = Job(step.result, step.node, step.call, arguments)

    def _is_elsewhere(self, slot: int, executor: RemoteExecutor) -> bool:
        return slot in self.futures and self.futures[slot].reference.cluster != executor.cluster

    def _argument(self, slot: int) -> Any:
        if slot in self._batch:
            return Earlier(slot)
        return self.futures[slot].reference if slot in self.futures else self._run.initial(slot)

    def submit(self) -> None:
        """Submit the current batch."""
        if self._executor is not None and self._batch:
            futures = self._executor.start(self._run.id, self._attempt, list(self._batch.values()))
            self.futures.update(zip(self._batch, futures, strict=True))
        self._batch = {}
