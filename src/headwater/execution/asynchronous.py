"""Execution of a plan in an event loop: `async def` functions run concurrently, and plain functions are called directly."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from heapq import heappop, heappush
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import NodeCanceled
from headwater.execution.async_mapping import MAX_CONCURRENT_ELEMENTS, ConcurrentElements
from headwater.execution.delivery import Delivery, deliver, outcome_of
from headwater.execution.mapping import ElementCalls, is_mapped
from headwater.execution.outcome import Failed, Undelivered
from headwater.execution.placement import executor_for
from headwater.execution.shared_values import runs_on_this_computer
from headwater.execution.undelivered import explained, submitted
from headwater.execution.worker_warnings import WorkerWarnings, deliver_with_warnings
from headwater.graph.mapped_call import MappedCall

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from concurrent.futures import Executor

    from headwater.execution.async_calls import AsyncAttempt
    from headwater.execution.async_events import AsyncEvents
    from headwater.execution.middleware import Call
    from headwater.execution.outcome import Succeeded
    from headwater.execution.placement import Placement
    from headwater.execution.run import Run
    from headwater.graph.node import Node
    from headwater.planning.plan import Step

LONGEST_TURN: Final = 0.005
"""The maximum time in seconds for which plain functions are called before other tasks of the event loop can run."""

_IS_EAGER: Final = sys.version_info >= (3, 12)
"""True if a new task can start immediately, instead of in the next iteration of the event loop."""


class LoopRun:
    """A run in an event loop.

    Each stage of a call has its own method, because the locals of a waiting method would keep arguments and values alive.

    Args:
        run: the run.
        attempt: makes the calls.
        awaited: the slots of results that must be awaited.
        events: the events of the run.
        placements: the executors of plain functions.
        limit: the maximum number of concurrent tasks. None for no limit.
    """

    def __init__(
        self,
        run: Run,
        attempt: AsyncAttempt,
        awaited: frozenset[int],
        events: AsyncEvents,
        *,
        placements: Sequence[Placement],
        limit: int | None,
    ) -> None:
        self._run = run
        self._attempt = attempt
        self._awaited = awaited
        self._events = events
        self._placements = placements
        self._capacity = asyncio.Semaphore(limit or sys.maxsize)
        self._element_limit = limit or MAX_CONCURRENT_ELEMENTS
        self._loop = asyncio.get_running_loop()
        self._here: deque[Step] = deque()
        """The ready steps whose functions are called directly."""
        self._waiting: list[tuple[int, Step, Executor | None]] = []
        """The ready steps that need a task, with the executors of their functions. A heap in the order of the plan."""
        self._tasks: dict[asyncio.Task[Succeeded | Failed], tuple[int, Step]] = {}
        """The tasks of steps that are not settled, numbered in the order in which they started."""
        self._started = 0
        self._ended: deque[asyncio.Task[Succeeded | Failed]] = deque()
        self._wake: asyncio.Future[None] | None = None
        self._is_eager = _IS_EAGER and self._loop.get_task_factory() is None
        self._has_unstarted_tasks = False
        self._turn_ends = perf_counter() + LONGEST_TURN
        self._submitted: dict[Future[Delivery[Succeeded | Failed]], asyncio.Future[None]] = {}
        """The calls that executors have received, each with a future that is done when the call has ended."""
        self._warnings = WorkerWarnings()

    @property
    def running(self) -> list[Node]:
        """The nodes whose functions are running."""
        return [step.node for _, step in self._tasks.values()]

    async def run(self) -> None:
        """Make all calls. Call `stop` afterwards, whether the run succeeded or not."""
        self._add_ready()
        while self._here or self._tasks or self._waiting:
            if self._events.pending:
                await self._events.deliver_pending()
            while self._waiting and not self._capacity.locked():
                await self._start_next()
            if self._here:
                if self._has_unstarted_tasks or perf_counter() > self._turn_ends:
                    await self._let_others_run()
                await self._call_next()
            elif not self._ended and self._tasks:
                await self._wait()
            self._settle_ended()
            self._add_ready()
        await self._events.deliver_pending()

    def _add_ready(self) -> None:
        for step in self._run.ready_steps():
            if step.result in self._awaited:
                heappush(self._waiting, (step.result, step, None))
                continue
            executor = executor_for(step.node, self._placements)
            if executor is None and not self._attempt.awaits_plain and not isinstance(step.call, MappedCall):
                self._here.append(step)
            else:
                heappush(self._waiting, (step.result, step, executor))

    async def _let_others_run(self) -> None:
        """Let new tasks start before a plain function blocks them, and let other tasks run from time to time."""
        await asyncio.sleep(0)
        self._begin_turn()

    def _begin_turn(self) -> None:
        self._has_unstarted_tasks = False
        self._turn_ends = perf_counter() + LONGEST_TURN

    async def _call_next(self) -> None:
        step = self._here.popleft()
        call = self._run.begin(step)
        if self._events.pending:
            await self._events.deliver_pending()
        self._run.settle(step, self._attempt.plain(call))

    async def _start_next(self) -> None:
        _, step, executor = heappop(self._waiting)
        call = self._run.begin(step)
        if self._events.pending:
            await self._events.deliver_pending()
        if is_mapped(call):
            self._add_task(step, self._call_elements(step, call, executor))
            return
        await self._capacity.acquire()
        self._add_task(step, self._coroutine(step, call, executor)).add_done_callback(self._release)

    def _coroutine(self, step: Step, call: Call, executor: Executor | None) -> Coroutine[Any, Any, Succeeded | Failed]:
        if step.result in self._awaited:
            return self._attempt.awaited(call)
        make = self._attempt.make_plain if executor is None else _Submission(self, executor)
        return self._attempt.make(call, make)

    async def _call_elements(self, step: Step, call: Call, executor: Executor | None) -> Succeeded | Failed:
        try:
            elements = ElementCalls(call, self._events)
        except self._run.catches as error:
            return Failed(error)
        if step.result in self._awaited or executor is not None or self._attempt.awaits_plain:
            concurrent = ConcurrentElements(
                elements,
                lambda element: self._coroutine(step, element, executor),
                self._capacity.acquire,
                self._release,
                limit=self._element_limit,
            )
            return await concurrent.run()
        while elements.remaining:
            element = elements.next_batch(1)
            elements.settle(element, element.run(self._attempt.plain))
            if perf_counter() > self._turn_ends:
                await self._let_others_run()
        return elements.outcome

    def _add_task(self, step: Step, call: Coroutine[Any, Any, Succeeded | Failed]) -> asyncio.Task[Succeeded | Failed]:
        name = f"headwater node {step.node.name}"
        if self._is_eager:
            task = asyncio.Task(call, loop=self._loop, name=name, eager_start=True)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
        else:
            task = self._loop.create_task(call, name=name)
            self._has_unstarted_tasks = True
        self._tasks[task] = self._started, step
        self._started += 1
        if task.done():
            self._ended.append(task)
        else:
            task.add_done_callback(self._note_end)
        return task

    def _note_end(self, task: asyncio.Task[Succeeded | Failed]) -> None:
        self._ended.append(task)
        self._wake_up()

    def _release(self, _: asyncio.Task[Any]) -> None:
        """Let another call start."""
        self._capacity.release()
        self._wake_up()

    def _wake_up(self) -> None:
        """Wake the run, which can then start more calls, settle steps, or deliver events."""
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def _wait(self) -> None:
        """Wait until at least one task has ended."""
        self._wake = self._loop.create_future()
        await self._wake
        self._begin_turn()

    def _settle_ended(self) -> None:
        """Settle the steps of all tasks that have ended."""
        if not self._ended:
            return
        # if several calls failed, the failure of the step that started first is raised
        ended = sorted(self._ended, key=self._number)
        self._ended.clear()
        for task in ended:
            _, step = self._tasks.pop(task)
            self._run.settle(step, _outcome(task, step.node))

    def _number(self, task: asyncio.Task[Succeeded | Failed]) -> int:
        return self._tasks[task][0]

    async def submit(self, executor: Executor, call: Call) -> Succeeded | Failed:
        """Call a plain function on an executor."""
        nodes = (call.node,)
        if isinstance(executor, ThreadPoolExecutor):
            future = submitted(executor, nodes, copy_context().run, deliver, self._attempt.plain, call)
        elif runs_on_this_computer(executor):  # context variables cannot be sent to another process
            filters = self._warnings.filters
            future = submitted(executor, nodes, deliver_with_warnings, filters, deliver, self._attempt.plain, call)
        else:
            future = submitted(executor, nodes, deliver, self._attempt.plain, call)
        del call
        ended = self._submitted[future] = self._loop.create_future()
        future.add_done_callback(lambda call: self._loop.call_soon_threadsafe(self._end_submitted, call))
        await asyncio.shield(ended)
        outcome = outcome_of(future, self._run.catches, self._warnings)
        return explained(outcome, nodes) if isinstance(outcome, Undelivered) else outcome

    def _end_submitted(self, future: Future[Delivery[Succeeded | Failed]]) -> None:
        self._submitted.pop(future).set_result(None)

    async def stop(self) -> None:
        """Cancel the calls that have not ended, and wait until all of them have ended.

        Raises:
            asyncio.CancelledError: the task that called `stop` was canceled. By then, all calls have ended.
        """
        if not self._tasks and not self._submitted:
            return
        interruption: asyncio.CancelledError | None = None
        for task in self._tasks:
            task.cancel()
        for call in tuple(self._submitted):
            call.cancel()
        pending: set[asyncio.Future[Any]] = {*self._tasks, *self._submitted.values()}
        while pending:
            try:
                _, pending = await asyncio.wait(pending)
            except asyncio.CancelledError as error:
                interruption = error
        for task in self._tasks:
            if not task.cancelled():
                task.exception()  # otherwise, asyncio would log that the exception was never retrieved
        self._tasks.clear()
        if interruption is not None:
            raise interruption


class _Submission:
    """A function that calls plain functions on an executor."""

    def __init__(self, run: LoopRun, executor: Executor) -> None:
        self._run = run
        self._executor = executor

    async def __call__(self, call: Call) -> Succeeded | Failed:
        return await self._run.submit(self._executor, call)


def _outcome(task: asyncio.Task[Succeeded | Failed], node: Node) -> Succeeded | Failed:
    if task.cancelled():
        return Failed(NodeCanceled(node.name, node.location))
    return task.result()
