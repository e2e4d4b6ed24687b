"""Calls to a function for each element, in an event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import NodeCanceled
from headwater.execution.batches import BatchOutcome
from headwater.execution.middleware import Call
from headwater.execution.outcome import Failed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from headwater.execution.batches import ElementBatch
    from headwater.execution.mapping import ElementCalls
    from headwater.execution.outcome import Succeeded

MAX_CONCURRENT_ELEMENTS: Final = 256
"""The maximum number of elements of one list that are processed concurrently if the driver has no limit."""


class ConcurrentElements:
    """The calls to one function for all elements, as concurrent tasks.

    Args:
        elements: the calls.
        make: makes a call and returns its outcome.
        acquire: waits until the run allows another call.
        release: called with the task of a call that has ended.
        limit: the maximum number of concurrent calls.
    """

    def __init__(
        self,
        elements: ElementCalls,
        make: Callable[[Call], Awaitable[Succeeded | Failed]],
        acquire: Callable[[], Awaitable[object]],
        release: Callable[[asyncio.Task[Any]], None],
        *,
        limit: int,
    ) -> None:
        self._elements = elements
        self._make = make
        self._acquire = acquire
        self._release = release
        self._window = asyncio.Semaphore(limit)
        self._running: dict[asyncio.Task[None], ElementBatch] = {}

    async def run(self) -> Succeeded | Failed:
        """Make all calls. If a call fails, cancel the calls for later elements."""
        async with asyncio.TaskGroup() as group:
            while self._elements.remaining:
                await self._window.acquire()
                await self._acquire()
                # If a call failed while this loop was waiting, the batch is empty: its task only releases what was acquired.
                element = self._elements.next_batch(1 if self._elements.remaining else 0)
                task = group.create_task(self._call(element))
                self._running[task] = element
                task.add_done_callback(self._end)
        return self._elements.outcome

    async def _call(self, element: ElementBatch) -> None:
        if not element.rows:
            return
        try:
            outcome = await self._make(Call(element.node, element.function, element.rows[0]))
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            outcome = Failed(NodeCanceled(element.node.name, element.node.location))  # the function canceled itself
        if isinstance(outcome, Failed):
            self._elements.settle(element, BatchOutcome((), outcome, 0.0))
            self._cancel_later_elements()
        else:
            self._elements.settle(element, BatchOutcome([outcome.value], None, 0.0))

    def _cancel_later_elements(self) -> None:
        for task, element in self._running.items():
            if not self._elements.precedes_failure(element) and task is not asyncio.current_task():
                task.cancel()

    def _end(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._window.release()
        self._release(task)
