"""`Delivery`: the outcome of a call or of a batch of calls, on its way from a worker."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from headwater.errors import ClusterLost
from headwater.execution.batches import BatchOutcome
from headwater.execution.failure import sent_error
from headwater.execution.outcome import Failed, Succeeded, Undelivered
from headwater.execution.shared_values import MAX_SHARED_CALLS, SharedResult

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from headwater.execution.batches import ElementBatch
    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.worker_warnings import SentWarning, WorkerWarnings

T = TypeVar("T", "Succeeded | Failed", BatchOutcome)


class Delivery(Generic[T]):
    """An outcome on its way from a worker.

    The outcome can be taken only once. The traceback of an error refers to the executor's frames. These frames refer to the
    delivery instead of the error, so the error and its frames are freed without the garbage collector.
    """

    def __init__(self, outcome: T) -> None:
        self._outcome: T | None = outcome
        self._folder: str | None = None
        self.warnings: Sequence[SentWarning] = ()
        """The warnings of the calls, if another process made the calls."""

    def through(self, folder: str) -> Delivery[T]:
        """Send large values through shared memory, as files in this folder."""
        self._folder = folder
        return self

    def take(self) -> T:
        """Return the outcome, and drop the delivery's reference to it."""
        outcome, self._outcome = self._outcome, None
        assert outcome is not None
        return outcome

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the outcome for another process."""
        outcome: Any = _sent(self._outcome)
        return _delivery, (outcome if self._folder is None else _shared(outcome, self._folder), self.warnings)


def _delivery(outcome: Any, warnings: Sequence[SentWarning]) -> Delivery[Any]:
    delivery: Delivery[Any] = Delivery(outcome)
    delivery.warnings = warnings
    return delivery


def _sent(outcome: Any) -> Any:
    """Return an outcome whose exception can be sent to another process."""
    match outcome:
        case Failed(error) if error is not None:
            return dataclasses.replace(outcome, error=sent_error(error))
        case BatchOutcome(failed=failed) if failed is not None:
            return outcome._replace(failed=_sent(failed))
        case _:
            return outcome


def _shared(outcome: Any, folder: str) -> Any:
    match outcome:
        case Succeeded(value):
            return Succeeded(SharedResult(value, folder))
        case BatchOutcome(values) if len(values) <= MAX_SHARED_CALLS:
            return outcome._replace(values=[SharedResult(value, folder) for value in values])
        case _:
            return outcome


def deliver(attempt: Attempt, call: Call) -> Delivery[Succeeded | Failed]:
    """Make a call in a worker."""
    return Delivery(attempt(call))


def deliver_batch(attempt: Attempt, batch: ElementBatch) -> Delivery[BatchOutcome]:
    """Make a batch of calls in a worker."""
    return Delivery(batch.run(attempt))


def outcome_of(
    future: Future[Delivery[Succeeded | Failed]], catches: tuple[type[BaseException], ...], warnings: WorkerWarnings
) -> Succeeded | Failed:
    """Return the outcome of a submitted call that has ended, and show its warnings."""
    try:
        delivery = future.result()
        warnings.show(delivery.warnings)
        return delivery.take()
    except (KeyboardInterrupt, ClusterLost):
        raise
    except catches as error:  # the worker process cannot send the value, or has died
        return Undelivered(error)


def batch_outcome_of(
    future: Future[Delivery[BatchOutcome]], catches: tuple[type[BaseException], ...], warnings: WorkerWarnings
) -> BatchOutcome:
    """Return the outcome of a submitted batch that has ended, and show its warnings."""
    if future.cancelled():  # a call for an earlier element failed
        return BatchOutcome((), Failed(), 0.0)
    try:
        delivery = future.result()
        warnings.show(delivery.warnings)
        return delivery.take()
    except (KeyboardInterrupt, ClusterLost):
        raise
    except catches as error:  # the worker process cannot send the values, or has died
        return BatchOutcome((), Undelivered(error), 0.0)
