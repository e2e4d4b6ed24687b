"""`SharingPool`: a process pool whose calls receive and return large values through shared memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.batches import ElementBatch
from headwater.execution.shared_values import MAX_SHARED_CALLS
from headwater.execution.worker_warnings import deliver_with_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor, Future

    from headwater.execution.delivery import Delivery
    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.shared_values import SharedValues
    from headwater.execution.worker_warnings import Filters
    from headwater.graph.mapped_call import Row


class SharingPool:
    """A process pool on this computer.

    Args:
        pool: the pool.
        values: the values of the run in shared memory.
        filters: the warning filters for the calls.
    """

    def __init__(self, pool: Executor, values: SharedValues, filters: Filters) -> None:
        self._pool = pool
        self._values = values
        self._filters = filters

    def submit(
        self, deliver: Callable[[Attempt, Any], Delivery[Any]], attempt: Attempt, calls: Call | ElementBatch
    ) -> Future[Delivery[Any]]:
        """Submit a function that makes one call or a batch of calls."""
        return self._pool.submit(_deliver, self._values.folder, self._filters, deliver, attempt, self._shared(calls))

    def _shared(self, calls: Call | ElementBatch) -> Call | ElementBatch:
        if not isinstance(calls, ElementBatch):
            return calls._replace(arguments=self._values.of(calls.arguments))
        if len(calls.rows) <= MAX_SHARED_CALLS:
            return calls._replace(rows=[self._values.of(row) for row in calls.rows])
        return calls._replace(rows=self._with_shared_constants(calls.rows))

    def _with_shared_constants(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Share only the arguments that are the same object in all calls. The elements of a large batch are usually small."""
        first = rows[0]
        constants = {index: value for index, value in enumerate(first) if all(row[index] is value for row in rows)}
        shared = dict(zip(constants, self._values.of(constants.values()), strict=True))
        replaced = {index: value for index, value in shared.items() if value is not first[index]}
        if not replaced:
            return rows
        return [tuple([replaced.get(index, value) for index, value in enumerate(row)]) for row in rows]


def _deliver(
    folder: str, filters: Filters, deliver: Callable[[Attempt, Any], Delivery[Any]], attempt: Attempt, calls: Any
) -> Delivery[Any]:
    return deliver_with_warnings(filters, deliver, attempt, calls).through(folder)
