"""Execution of a plan on executors: independent functions run in parallel."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, wait
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import ClusterLost
from headwater.execution.ahead import start_ahead
from headwater.execution.failure import add_worker_note
from headwater.execution.outcome import Failed
from headwater.execution.placement import executor_for
from headwater.execution.remote import Job, RemoteExecutor
from headwater.execution.remote_values import RemoteCall

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.outcome import Succeeded
    from headwater.execution.placement import Placement
    from headwater.execution.remote import RemoteFuture
    from headwater.execution.run import Run
    from headwater.planning.plan import Step

MAX_IN_FLIGHT: Final = 256
"""The maximum number of calls that an executor has received and not completed.

It exceeds the number of workers in most pools, so workers rarely wait for the next call. It is small enough that the arguments
and futures of the calls need little memory.
"""


def run_on(placements: Sequence[Placement], run: Run, attempt: Attempt) -> None:
    """Submit the calls in a run to their executors. The caller must shut the executors down.

    When the run ends early, calls that have not started are canceled and calls that have started are awaited. No function is
    still running when the failure is raised.
    """
    workers = _Workers(placements, run, attempt)
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

    def __init__(self, executor: Executor) -> None:
        self.executor = executor
        self.waiting: deque[Step] = deque()
        self.in_flight = 0


class _Workers:
    """A run's steps that are ready, or whose calls were submitted, and that have not been settled.

    Each stage is a separate method: local variables of a method that waits would keep arguments and values alive.
    """

    def __init__(self, placements: Sequence[Placement], run: Run, attempt: Attempt) -> None:
        self._placements = placements
        self._run = run
        self._attempt = attempt
        self._here: deque[tuple[Step, RemoteExecutor | None]] = deque()
        """The ready steps for the thread that started the run. An executor of a cluster may prepare the call and its value."""
        self._ahead: dict[int, RemoteFuture] = {}
        """The jobs of steps that are not ready, but that a cluster has received, by the slots of their values."""
        self._lanes: dict[int, _Lane] = {}
        """The lanes by the `id` of their executor."""
        self._submitted: dict[Future[Delivery], tuple[int, Step, _Lane]] = {}
        """The submitted steps, numbered in the order of submission."""
        self._count = 0
        self._ended: SimpleQueue[Future[Delivery]] = SimpleQueue()

    @property
    def are_busy(self) -> bool:
        return bool(self._submitted or self._here) or any(lane.waiting for lane in self._lanes.values())

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
                self._lanes.setdefault(id(executor), _Lane(executor)).waiting.append(step)

    def submit(self) -> None:
        """Submit ready steps to the executors that accept more calls."""
        for lane in self._lanes.values():
            while lane.waiting and (lane.in_flight < MAX_IN_FLIGHT or lane.waiting[0].result in self._ahead):
                self._submit(lane.waiting.popleft(), lane)

    def _submit(self, step: Step, lane: _Lane) -> None:
        call = self._run.begin(step)
        future: Future[Delivery] | None = self._ahead.pop(step.result, None)
        if future is None:
            future = self._start(step, call, lane.executor)
        lane.in_flight += 1
        self._submitted[future] = self._count, step, lane
        self._count += 1
        future.add_done_callback(self._ended.put)

    def _start(self, step: Step, call: Call, executor: Executor) -> Future[Delivery]:
        if not isinstance(executor, RemoteExecutor):
            return executor.submit(deliver, self._attempt, call)
        arguments = call.references if isinstance(call, RemoteCall) else call.arguments
        return executor.start(self._run.id, self._attempt, [Job(step.result, call.node, call.function, arguments)])[0]

    def call_here(self) -> bool:
        """Call the function of one step in this thread. Return False if there is no step for it."""
        if not self._here:
            return False
        step, executor = self._here.popleft()
        call = self._run.begin(step)
        self._run.settle(step, self._attempt(call) if executor is None else executor.call_here(self._attempt, call))
        return True

    def settle_ended(self, *, must_wait: bool) -> None:
        """Settle the steps of all calls that have ended. If `must_wait`, wait until at least one has."""
        ended = {self._ended.get()} if must_wait else set[Future[Delivery]]()
        try:
            while True:
                ended.add(self._ended.get_nowait())
        except Empty:
            pass
        for future in sorted(ended, key=self._number):  # if several calls failed, raise the failure of the first submitted step
            _, step, lane = self._submitted.pop(future)
            lane.in_flight -= 1
            self._run.settle(step, outcome_of(future, self._run.catches))

    def _number(self, future: Future[Delivery]) -> int:
        return self._submitted[future][0]

    def stop(self) -> None:
        """Cancel calls that have not started, and wait for the others."""
        for future in (*self._submitted, *self._ahead.values()):
            future.cancel()
        wait(self._submitted)


class Delivery:
    """An outcome on its way from a worker.

    The outcome can be taken once. The traceback of an error refers to the executor's frames. These frames refer to the delivery
    instead of the error, so the error and its frames are freed without the garbage collector.
    """

    def __init__(self, outcome: Succeeded | Failed) -> None:
        self._outcome: Succeeded | Failed | None = outcome

    def take(self) -> Succeeded | Failed:
        """Return the outcome, and drop it."""
        outcome, self._outcome = self._outcome, None
        assert outcome is not None
        return outcome

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the outcome to another process. A traceback cannot be pickled, so it is added to the error as a note."""
        if isinstance(self._outcome, Failed) and self._outcome.error is not None:
            add_worker_note(self._outcome.error)
        return Delivery, (self._outcome,)


def deliver(attempt: Attempt, call: Call) -> Delivery:
    """Make a call in a worker."""
    return Delivery(attempt(call))


def outcome_of(future: Future[Delivery], catches: tuple[type[BaseException], ...]) -> Succeeded | Failed:
    """Return the outcome of a submitted call that has ended."""
    try:
        return future.result().take()
    except (KeyboardInterrupt, ClusterLost):
        raise
    except catches as error:  # the worker process cannot send the value, or has died
        return Failed(error)
