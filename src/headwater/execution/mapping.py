"""Calls of a function for each element: one by one in this thread, or in batches in workers."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.execution.middleware import Attempt, Call
from headwater.execution.observer import Task
from headwater.execution.outcome import NOT_KEPT, Failed, FailedInProgram, Succeeded
from headwater.graph.element_program import ElementProgram
from headwater.graph.mapped_call import MappedCall
from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.execution.events import Events
    from headwater.graph.mapped_call import Row, Rows
    from headwater.graph.node import Node

BATCH_SECONDS: Final = 0.05
"""The duration of a batch. Sending a batch to a worker of a cluster takes about a millisecond."""
_FIRST_BATCHES: Final = 64
"""The number of batches with a single element. Their durations determine the size of later batches."""
_FEWEST_BATCHES: Final = 32
"""The minimum number of batches that share the remaining elements, so that all workers end at about the same time."""
_MAX_GROWTH: Final = 8
"""The maximum ratio between the sizes of successive batches, because the first durations may be those of easy elements."""


def is_mapped(call: Call) -> bool:
    """Return True if the function is called once for each element in the arguments."""
    return type(call.function) is MappedCall


def wraps_elements(layer: object) -> bool:
    """Return True if middleware wraps the call for each element. Otherwise, it wraps the calls for all elements together."""
    return bool(getattr(layer, "wraps_elements", True))


class ElementCalls:
    """The calls of one function for all elements, some of which have been made.

    Args:
        call: the function, and the lists of arguments.
        events: delivers the start and the end of each element's call.

    Raises:
        RunError: the lists do not belong together.
    """

    def __init__(self, call: Call, events: Events) -> None:
        assert isinstance(call.function, MappedCall)
        self._node = call.node
        self._function = call.function
        self._rows = call.function.rows(call.arguments)
        self._count = self._rows.count
        self._tasks = _TaskEvents(call.node, call.function, events, self._rows)
        self._remaining = iter(self._rows.rows)
        self._started = 0
        self._ended = 0
        self._values: list[Any] = [None] * self._count
        self._failures: dict[int, Failed] = {}

    @property
    def has_task_events(self) -> bool:
        """True if an observer handles the start or the end of each call."""
        return self._tasks.are_handled

    @property
    def count(self) -> int:
        """The number of elements."""
        return self._count

    @property
    def remaining(self) -> int:
        """The number of calls that are not in a batch yet. 0 if one of the calls failed."""
        return 0 if self._failures else self._count - self._started

    @property
    def is_done(self) -> bool:
        """True if no call is running and none is missing."""
        return not self.remaining and self._ended == self._started

    def next_batch(self, size: int) -> ElementBatch:
        """Return the next calls, at most `size`, and tell the observers that they start."""
        first = self._started
        rows = list(islice(self._remaining, size))
        self._started += len(rows)
        if self.has_task_events:
            for number in range(first, self._started):
                self._tasks.started(number)
        return ElementBatch(self._node, self._function.call, first, rows)

    def settle(self, batch: ElementBatch, outcome: BatchOutcome) -> None:
        """Record the outcome of a batch."""
        values, failed, _ = outcome
        self._ended += len(batch.rows)
        self._values[batch.first : batch.first + len(values)] = values
        if self.has_task_events:
            for number, value in enumerate(values, start=batch.first):
                self._tasks.succeeded(number, value)
        if failed is not None:
            self._fail(batch.first + len(values), batch.rows[len(values)], failed)

    def _fail(self, number: int, row: Row, failed: Failed) -> None:
        self._failures[number] = failed
        if failed.error is None:
            return  # the call was canceled
        self._function.add_note(failed.error, self._rows.position(number), row)
        if self.has_task_events:
            self._tasks.failed(number, failed)

    def precedes_failure(self, batch: ElementBatch) -> bool:
        """Return True if the outcome of a batch matters although a call has failed: the failure of the first element counts."""
        return batch.first < min(self._failures)

    @property
    def outcome(self) -> Succeeded | Failed:
        """The values of all calls, or the failure of the first element that failed."""
        if self._failures:
            return self._failures[min(self._failures)]
        return Succeeded(self._function.value(self._rows, self._values))


class _TaskEvents:
    """The events of the calls for elements. A program has the events of each of its functions."""

    def __init__(self, node: Node, function: MappedCall, events: Events, rows: Rows) -> None:
        self.are_handled = events.handles("task_started") or events.handles("task_ended")
        self._events = events
        program = function.call if isinstance(function.call, ElementProgram) else None
        self._nodes = [node] if program is None else [step.node for step in program.steps]
        self._results = None if program is None else program.result_of_steps
        self._positions = list(rows.positions()) if self.are_handled else []

    def started(self, number: int) -> None:
        """Deliver the start of the calls for an element."""
        for task in self._of(number):
            self._events.task_started(task)

    def succeeded(self, number: int, value: Any) -> None:
        """Deliver the end of the calls for an element. `value` is the value, or the results of a program."""
        for index, task in enumerate(self._of(number)):
            self._events.task_ended(task, Succeeded(value if self._results is None else _result(value, self._results[index])))

    def failed(self, number: int, failed: Failed) -> None:
        """Deliver the failure of a call for an element, and the end of the calls before it."""
        for task in self._of(number):
            if self._results is None or (isinstance(failed, FailedInProgram) and failed.name == task.node.name):
                self._events.task_ended(task, failed)
                return
            self._events.task_ended(task, Succeeded(NOT_KEPT))

    def _of(self, number: int) -> list[Task]:
        return [Task(node, self._positions[number], number, len(self._positions)) for node in self._nodes]


def _result(results: Sequence[Any], index: int | None) -> Any:
    return NOT_KEPT if index is None else results[index]


class BatchOutcome(NamedTuple):
    """The outcome of a batch of calls."""

    values: Sequence[Any]
    """The values of the calls before the first failure."""
    failed: Failed | None
    """The first failure. It ends the batch."""
    seconds: float


class ElementBatch(NamedTuple):
    """Calls of one function for successive elements."""

    node: Node
    function: Callable[..., Any]
    first: int
    """The number of the first element."""
    rows: Sequence[Row]

    def run(self, attempt: Attempt) -> BatchOutcome:
        """Make the calls until one fails."""
        start = time.perf_counter()
        values: list[Any] = []
        if isinstance(self.function, ElementProgram) or attempt.proceed is not None:
            failed = self._call(values, attempt)
        else:
            failed = self._call_directly(values, attempt)
        return BatchOutcome(values, failed, time.perf_counter() - start)

    def _call(self, values: list[Any], attempt: Attempt) -> Failed | None:
        for row in self.rows:
            if isinstance(self.function, ElementProgram):
                outcome = _run_program(self.function, row, attempt)
            else:
                outcome = attempt(Call(self.node, self.function, row))
            if isinstance(outcome, Failed):
                return outcome
            values.append(outcome.value)
        return None

    def _call_directly(self, values: list[Any], attempt: Attempt) -> Failed | None:
        """Make the calls without middleware. A call takes a tenth of a microsecond, so nothing is created for each call."""
        function = self.function
        try:
            for row in self.rows:
                values.append(function(*row))  # noqa: PERF401 - if a call fails, the values before it are needed
        except KeyboardInterrupt:
            raise
        except attempt.catches as error:
            return Failed(error)
        return None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _batch, (self.node, portable(self.function), self.first, self.rows)


def _run_program(program: ElementProgram, row: Row, attempt: Attempt) -> Succeeded | Failed:
    values, proceed, step = list(row), attempt.proceed, program.steps[0]
    try:
        for step in program.steps:
            arguments = tuple([values[index] for index in step.arguments])
            values.append(step.call(*arguments) if proceed is None else proceed(Call(step.node, step.call, arguments)))
    except KeyboardInterrupt:
        raise
    except attempt.catches as error:
        step.note_failure(error, values)
        return FailedInProgram(error, step.node.name)
    return Succeeded(program.results_of(values))


def _batch(node: Node, function: Any, first: int, rows: Sequence[Row]) -> ElementBatch:
    return ElementBatch(node, original(function), first, rows)


class BatchSizes:
    """The sizes of batches, from the durations of earlier batches."""

    def __init__(self) -> None:
        self._submitted = 0
        self._size = 1

    def next(self, remaining: int) -> int:
        """Return the size of the next batch."""
        self._submitted += 1
        return 1 if self._submitted <= _FIRST_BATCHES else max(1, min(self._size, remaining // _FEWEST_BATCHES))

    def measured(self, count: int, seconds: float) -> None:
        """Record the duration of a batch."""
        if count:
            ideal = int(BATCH_SECONDS * count / max(seconds, 1e-9))
            self._size = max(1, min(ideal, _MAX_GROWTH * count))


def make_call(call: Call, attempt: Attempt, events: Events) -> Succeeded | Failed:
    """Make a call in this thread: once, or for each element, one after another."""
    if not is_mapped(call):
        return attempt(call)
    around_all = [layer for layer in attempt.layers if not wraps_elements(layer)]
    if not around_all:
        return _call_each(call, attempt, events)
    around_each = Attempt([layer for layer in attempt.layers if wraps_elements(layer)], attempt.catches)

    def run(wrapped: Call) -> Any:
        outcome = _call_each(wrapped, around_each, events)
        if isinstance(outcome, Succeeded):
            return outcome.value
        assert outcome.error is not None
        raise outcome.error

    return Attempt(around_all, attempt.catches, innermost=run)(call)


def _call_each(call: Call, attempt: Attempt, events: Events) -> Succeeded | Failed:
    try:
        elements = ElementCalls(call, events)
    except attempt.catches as error:
        return Failed(error)
    size = 1 if elements.has_task_events else elements.count
    while elements.remaining:
        batch = elements.next_batch(size)
        elements.settle(batch, batch.run(attempt))
    return elements.outcome
