"""Execution of a plan on an executor: independent functions run in parallel."""

from __future__ import annotations

import traceback
from concurrent.futures import wait
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from headwater.execution.failure import add_note, user_traceback
from headwater.execution.outcome import Failed

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.outcome import Succeeded
    from headwater.execution.run import Run
    from headwater.planning.plan import Step


def run_on(executor: Executor, run: Run, attempt: Attempt) -> None:
    """Submit all calls in a run to an executor. The caller must shut the executor down.

    When the run ends early, calls that have not started are canceled and calls that have started are awaited. No function is
    still running when the failure is raised.
    """
    workers = _Workers(executor, run, attempt)
    try:
        workers.submit_ready()
        while workers.are_busy:
            workers.settle_ended()
            workers.submit_ready()
    finally:
        workers.stop()


class _Workers:
    """A run's calls that were submitted to an executor and have not been settled.

    Each stage is a separate method: local variables of a method that waits would keep arguments and values alive.
    """

    def __init__(self, executor: Executor, run: Run, attempt: Attempt) -> None:
        self._executor = executor
        self._run = run
        self._attempt = attempt
        self._steps: dict[Future[_Delivery], tuple[int, Step]] = {}
        """The submitted steps, numbered in the order of submission."""
        self._submitted = 0
        self._ended: SimpleQueue[Future[_Delivery]] = SimpleQueue()

    @property
    def are_busy(self) -> bool:
        return bool(self._steps)

    def submit_ready(self) -> None:
        for step, call in self._run.calls():
            future = self._executor.submit(_deliver, self._attempt, call)
            self._steps[future] = self._submitted, step
            self._submitted += 1
            future.add_done_callback(self._ended.put)

    def settle_ended(self) -> None:
        """Wait until at least one call has ended, and settle the steps of all ended calls."""
        ended = {self._ended.get()}
        try:
            while True:
                ended.add(self._ended.get_nowait())
        except Empty:
            pass
        for future in sorted(ended, key=self._number):  # if several calls failed, raise the failure of the first submitted step
            _, step = self._steps.pop(future)
            self._run.settle(step, self._outcome(future))

    def _number(self, future: Future[_Delivery]) -> int:
        return self._steps[future][0]

    def stop(self) -> None:
        """Cancel calls that have not started, and wait for the others."""
        for future in self._steps:
            future.cancel()
        wait(self._steps)

    def _outcome(self, future: Future[_Delivery]) -> Succeeded | Failed:
        try:
            return future.result().take()
        except KeyboardInterrupt:
            raise
        except self._run.catches as error:  # the worker process cannot send the value, or has died
            return Failed(error)


class _Delivery:
    """An outcome on its way from a worker.

    The outcome can be taken once. The traceback of an error refers to the executor's frames. These frames refer to the delivery
    instead of the error, so the error and its frames are freed without the garbage collector.
    """

    def __init__(self, outcome: Succeeded | Failed) -> None:
        self._outcome: Succeeded | Failed | None = outcome

    def take(self) -> Succeeded | Failed:
        outcome, self._outcome = self._outcome, None
        assert outcome is not None
        return outcome

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the outcome to another process. A traceback cannot be pickled, so it is added to the error as a note."""
        if isinstance(self._outcome, Failed) and self._outcome.error is not None:
            error = self._outcome.error
            lines = traceback.format_exception(type(error), error, user_traceback(error.__traceback__))
            add_note(error, "In the worker process:\n" + "".join(lines).rstrip())
        return _Delivery, (self._outcome,)


def _deliver(attempt: Attempt, call: Call) -> _Delivery:
    return _Delivery(attempt(call))
