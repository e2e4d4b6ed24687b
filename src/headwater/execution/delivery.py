"""`Delivery`: an outcome on its way from a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from headwater.execution.batches import BatchOutcome
from headwater.execution.failure import add_worker_note
from headwater.execution.outcome import Failed

if TYPE_CHECKING:
    from headwater.execution.outcome import Succeeded

T = TypeVar("T", "Succeeded | Failed", BatchOutcome)


class Delivery(Generic[T]):
    """An outcome on its way from a worker.

    The outcome can be taken once. The traceback of an error refers to the executor's frames. These frames refer to the delivery
    instead of the error, so the error and its frames are freed without the garbage collector.
    """

    def __init__(self, outcome: T) -> None:
        self._outcome: T | None = outcome

    def take(self) -> T:
        """Return the outcome, and drop it."""
        outcome, self._outcome = self._outcome, None
        assert outcome is not None
        return outcome

    def __reduce__(self) -> tuple[Any, ...]:
        """Send the outcome to another process. A traceback cannot be pickled, so it is added to the error as a note."""
        failed = self._outcome.failed if isinstance(self._outcome, BatchOutcome) else self._outcome
        if isinstance(failed, Failed) and failed.error is not None:
            add_worker_note(failed.error)
        return Delivery, (self._outcome,)
