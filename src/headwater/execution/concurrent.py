"""Execution of a plan on executors: independent functions run in parallel."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, wait
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.errors import ClusterLost
from headwater.execution.ahead import start_ahead
from headwater.execution.batches import BatchSizes
from headwater.execution.delivery import Delivery, batch_outcome_of, deliver, deliver_batch, outcome_of
from headwater.execution.joined import joined_nodes
from headwater.execution.mapping import ElementCalls, is_mapped, make_call
from headwater.execution.outcome import Failed, Undelivered
from headwater.execution.placement import executor_for
from headwater.execution.remote import Job, RemoteExecutor
from headwater.execution.remote_parts import reference_for, start_part
from headwater.execution.remote_values import RemoteCall
from headwater.execution.shared_values import SharedValues, runs_on_this_computer
from headwater.execution.sharing_pool import SharingPool
from headwater.execution.undelivered import explained, submitted
from headwater.execution.worker_warnings import WorkerWarnings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from headwater.execution.batches import BatchOutcome, ElementBatch
    from headwater.execution.events import Events
    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.placement import Placement
    from headwater.execution.remote import RemoteFuture
    from headwater.execution.run import Run
    from headwater.planning.plan import Step

MAX_IN_FLIGHT: Final = 256
"""The maximum number of calls that an executor has received but not completed.

It exceeds the number of workers in most pools, so workers rarely wait for the next call. It is small enough that the arguments
and futures of the calls need little memory.
"""


def run_on(placements: Sequence[Placement], run: Run, attempt: Attempt, events: Events) -> None:
    """Submit the calls in a run to their executors. The caller must shut the executors down.

    Calls to one function for many elements are submitted in batches.

    When the run ends early, calls that have not started are canceled and calls that have started are awaited. No function is
    still running when the failure is raised.
    """
    workers = _Workers(placements, run, attempt, events)
    try:
        workers.start_ahead()
        workers.add_ready()
        while workers.are_busy:
            workers.submit()
            has_called = workers.call_here()
            workers.settle_ended(must_wait=not has_called)
            workers.add_ready()
    finally:
        workers.stop()


class _Lane:
    """The ready steps for one executor, and the number of its calls in flight."""

    def __init__(self, executor: Executor | SharingPool) -> None:
        self.executor = executor
        self.waiting: deque[Step] = deque()
        self.mapped: deque[_MappedStep] = deque()
        """The steps with calls left to submit, for functions that are called once for each element."""
        self.in_flight = 0

    @property
    def accepts_more(self) -> bool:
        return bool(self.waiting or self.mapped) and self.in_flight < MAX_IN_FLIGHT


class _MappedStep(NamedTuple):
    """A step whose function is called once for each element."""

    step: Step
    elements: ElementCalls
    sizes: BatchSizes


class _Work(NamedTuple):
    """A call or a batch of calls that an executor has received."""

    lane: _Lane
    step: Step
    batch: _BatchOfStep | None = None


class _BatchOfStep(NamedTuple):
    mapped: _MappedStep
    calls: ElementBatch


class _Workers:
    """The unsettled steps of a run that are ready or whose calls were submitted.

    Each stage is a separate method: local variables of a method that waits would keep arguments and values alive.
    """

    def __init__(self, placements: Sequence[Placement], run: Run, attempt: Attempt, events: Events) -> None:
        self._placements = placements
        self._run = run
        self._attempt = attempt
        self._events = events
        self._here: deque[tuple[Step, RemoteExecutor | None]] = deque()
        """The ready steps for the thread that started the run. If there is an executor, its `call_here` makes the call."""
        self._ahead: dict[int, RemoteFuture] = {}
        """The jobs that a cluster received before their steps were ready, keyed by the slots of their values."""
        self._shared_values = SharedValues()
        self._warnings = WorkerWarnings()
        self._lanes: dict[int, _Lane] = {}
        """The lanes, keyed by the `id` of their executor."""
        self._submitted: dict[Future[Delivery[Any]], tuple[int, _Work]] = {}
        """The submitted work, numbered in the order of submission."""
        self._count = 0
        self._ended: SimpleQueue[Future[Delivery[Any]]] = SimpleQueue()

    @property
    def are_busy(self) -> bool:
        return bool(self._submitted or self._here) or any(lane.waiting or lane.mapped for lane in self._lanes.values())

    def start_ahead(self) -> None:
        self._ahead = start_ahead(self._placements, self._run, self._attempt)

    def add_ready(self) -> None:
        for step in self._run.ready_steps():
            executor = executor_for(step.node, self._placements)
            if executor is None:
                self._here.append((step, None))
            elif isinstance(executor, RemoteExecutor) and not executor.accepts(step.node):
                self._here.append((step, executor))
            else:
                self._lane(executor).waiting.append(step)

    def _lane(self, executor: Executor) -> _Lane:
        if id(executor) not in self._lanes:
            is_shared = runs_on_this_computer(executor)
            pool = SharingPool(executor, self._shared_values, self._warnings.filters) if is_shared else executor
            self._lanes[id(executor)] = _Lane(pool)
        return self._lanes[id(executor)]

    def submit(self) -> None:
        """Submit calls to the executors that accept more calls."""
        for lane in self._lanes.values():
            while lane.accepts_more or (lane.waiting and lane.waiting[0].result in self._ahead):
                if lane.waiting:
                    self._submit_step(lane.waiting.popleft(), lane)
                else:
                    self._submit_batch(lane.mapped[0], lane)

    def _submit_step(self, step: Step, lane: _Lane) -> None:
        call = self._run.begin(step)
        if is_mapped(call):
            self._begin_mapped(step, call, lane)
        else:
            future: Future[Delivery[Any]] | None = self._ahead.pop(step.result, None)
            self._submit(_Work(lane, step), future or self._start(step, call, lane.executor))

    def _start(self, step: Step, call: Call, executor: Executor | SharingPool) -> Future[Delivery[Any]]:
        if not isinstance(executor, RemoteExecutor):
            return submitted(executor, joined_nodes(step), deliver, self._attempt, call)
        references = call.references if isinstance(call, RemoteCall) else call.arguments
        arguments = tuple([reference_for(executor, argument, call.node) for argument in references])
        return executor.start(self._run.id, self._attempt, [Job(step.result, call.node, call.function, arguments)])[0]

    def _begin_mapped(self, step: Step, call: Call, lane: _Lane) -> None:
        try:
            elements = ElementCalls(call, self._events)
        except ClusterLost:
            raise
        except self._run.catches as error:
            self._run.settle(step, Failed(error))
            return
        if elements.is_done:  # there are no elements
            self._run.settle(step, elements.outcome)
        else:
            lane.mapped.append(_MappedStep(step, elements, BatchSizes()))

    def _submit_batch(self, mapped: _MappedStep, lane: _Lane) -> None:
        batch = mapped.elements.next_batch(mapped.sizes.next(mapped.elements.remaining))
        if not mapped.elements.remaining:
            lane.mapped.popleft()
        if isinstance(lane.executor, RemoteExecutor):
            future = start_part(lane.executor, self._attempt, batch)
        else:
            future = submitted(lane.executor, joined_nodes(mapped.step), deliver_batch, self._attempt, batch)
        self._submit(_Work(lane, mapped.step, _BatchOfStep(mapped, batch)), future)

    def _submit(self, work: _Work, future: Future[Delivery[Any]]) -> None:
        work.lane.in_flight += 1
        self._submitted[future] = self._count, work
        self._count += 1
        future.add_done_callback(self._ended.put)

    def call_here(self) -> bool:
        """Call the function of one step in this thread. Return False if no step is ready for this thread."""
        if not self._here:
            return False
        step, executor = self._here.popleft()
        call = self._run.begin(step)
        outcome = make_call(call, self._attempt, self._events) if executor is None else executor.call_here(self._attempt, call)
        self._run.settle(step, outcome)
        return True

    def settle_ended(self, *, must_wait: bool) -> None:
        """Settle the steps of all calls that have ended. If `must_wait`, wait until at least one call has ended."""
        if must_wait and not self._submitted:
            return  # all ready steps ended without a call
        ended = {self._ended.get()} if must_wait else set[Future[Delivery[Any]]]()
        try:
            while True:
                ended.add(self._ended.get_nowait())
        except Empty:
            pass
        for future in sorted(ended, key=self._number):  # if several calls failed, raise the failure of the first submitted step
            _, work = self._submitted.pop(future)
            work.lane.in_flight -= 1
            if work.batch is None:
                outcome = outcome_of(future, self._run.catches, self._warnings)
                self._run.settle(work.step, self._explained(outcome, work) if isinstance(outcome, Undelivered) else outcome)
            else:
                self._settle_batch(work, work.batch, future)

    def _explained(self, failed: Undelivered, work: _Work) -> Undelivered:
        others = (other.step for _, other in self._submitted.values() if other.lane is work.lane)
        in_flight = (node for step in others for node in joined_nodes(step))
        return explained(failed, joined_nodes(work.step), in_flight=in_flight)

    def _settle_batch(self, work: _Work, batch: _BatchOfStep, future: Future[Delivery[BatchOutcome]]) -> None:
        elements, lane = batch.mapped.elements, work.lane
        outcome = batch_outcome_of(future, self._run.catches, self._warnings)
        if isinstance(outcome.failed, Undelivered):
            outcome = outcome._replace(failed=self._explained(outcome.failed, work))
        elements.settle(batch.calls, outcome)
        is_remote = isinstance(lane.executor, RemoteExecutor)  # on a cluster, the duration includes the time in the queue
        batch.mapped.sizes.measured(len(outcome.values), outcome.seconds, is_upper_bound=is_remote)
        if outcome.failed is not None:
            lane.mapped = deque(mapped for mapped in lane.mapped if mapped is not batch.mapped)
            self._cancel_after_failure(elements)
        if elements.is_done:
            self._run.settle(batch.mapped.step, elements.outcome)

    def _cancel_after_failure(self, elements: ElementCalls) -> None:
        """Cancel the batches whose outcome does not matter because a call for an earlier element failed."""
        for future, (_, work) in self._submitted.items():
            batch = work.batch
            if batch is not None and batch.mapped.elements is elements and not elements.precedes_failure(batch.calls):
                future.cancel()

    def _number(self, future: Future[Delivery[Any]]) -> int:
        return self._submitted[future][0]

    def stop(self) -> None:
        """Cancel calls that have not started, and wait for all other calls."""
        for future in (*self._submitted, *self._ahead.values()):
            future.cancel()
        wait(self._submitted)
        self._shared_values.close()
