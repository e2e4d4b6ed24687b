"""Calls to a function for each element, and their outcomes."""

from __future__ import annotations

from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from headwater.execution.batches import ElementBatch
from headwater.execution.middleware import Attempt
from headwater.execution.observer import Task
from headwater.execution.outcome import NOT_KEPT, Failed, FailedInProgram, Succeeded, Undelivered
from headwater.graph.mapped_call import MappedCall
from headwater.planning.element_program import ElementProgram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.execution.batches import BatchOutcome
    from headwater.execution.events import Events
    from headwater.execution.middleware import Call
    from headwater.graph.mapped_call import Rows
    from headwater.graph.node import Node


def is_mapped(call: Call) -> bool:
    """Return True if the function is called once for each element in the arguments."""
    return isinstance(call.function, MappedCall)


def wraps_elements(layer: object) -> bool:
    """Return True if middleware wraps the call for each element. Otherwise, it wraps the calls for all elements together."""
    return bool(getattr(layer, "wraps_elements", True))


class ElementCalls:
    """The calls to one function for all elements, and their progress.

    Args:
        call: the function, and the lists of arguments.
        events: notifies the observers of the start and the end of each call.

    Raises:
        RunError: an argument is not a list, or the lists differ in length.
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
        self._parts: list[tuple[int, Sequence[Any]]] = []
        """For each batch, the index of its first call, and the values of its calls."""
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
        """True if no call is running or remains to be made."""
        return not self.remaining and self._ended == self._started

    def next_batch(self, size: int) -> ElementBatch:
        """Return a batch of at most `size` calls, and notify the observers that these calls are starting."""
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
        self._parts.append((batch.first, values))
        if self.has_task_events:
            for number, value in enumerate(values, start=batch.first):
                self._tasks.succeeded(number, value)
        if failed is not None:
            self._fail(batch.first + len(values), batch, failed)

    def _fail(self, number: int, batch: ElementBatch, failed: Failed) -> None:
        self._failures[number] = failed
        if failed.error is None:
            return  # the call was canceled
        position = self._rows.position(number)
        if isinstance(failed, Undelivered):
            last = self._rows.position(batch.first + len(batch.rows) - 1)
            self._function.add_batch_note(failed.error, position, last)
        else:
            self._function.add_note(failed.error, position, batch.rows[number - batch.first])
        if self.has_task_events:
            self._tasks.failed(number, failed)

    def precedes_failure(self, batch: ElementBatch) -> bool:
        """Return True if a batch starts before the first failed element, so its outcome still matters."""
        return batch.first < min(self._failures)

    @property
    def outcome(self) -> Succeeded | Failed:
        """The values of all calls, or the failure for the first element that failed."""
        if self._failures:
            return self._failures[min(self._failures)]
        parts = [values for _, values in sorted(self._parts, key=itemgetter(0))]
        if all(isinstance(values, list) for values in parts):
            values = parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))
            return Succeeded(self._function.value(self._rows, values))
        from headwater.execution.remote_parts import succeeded  # imported lazily: only values on a cluster's workers need it

        return succeeded(self._function, self._rows, parts)


class _TaskEvents:
    """The events of the calls for elements.

    If a program joins several functions, each of these functions has its own events.
    """

    def __init__(self, node: Node, function: MappedCall, events: Events, rows: Rows) -> None:
        self.are_handled = events.handles("task_started") or events.handles("task_ended")
        self._events = events
        program = function.call if isinstance(function.call, ElementProgram) else None
        self._nodes = [node] if program is None else [step.node for step in program.steps]
        self._results = None if program is None else program.result_of_steps
        self._positions = list(rows.positions()) if self.are_handled else []

    def started(self, number: int) -> None:
        """Notify the observers that the calls for an element have started."""
        for task in self._of(number):
            self._events.task_started(task)

    def succeeded(self, number: int, value: Any) -> None:
        """Notify the observers that the calls for an element have succeeded.

        `value` is the function's return value. For a program, it contains the results of the joined functions.
        """
        for index, task in enumerate(self._of(number)):
            self._events.task_ended(task, Succeeded(value if self._results is None else _result(value, self._results[index])))

    def failed(self, number: int, failed: Failed) -> None:
        """Notify the observers that a call for an element has failed, and that the calls before it have succeeded."""
        for task in self._of(number):
            if not isinstance(failed, FailedInProgram) or failed.name == task.node.name:
                self._events.task_ended(task, failed)
                return
            self._events.task_ended(task, Succeeded(NOT_KEPT))

    def _of(self, number: int) -> list[Task]:
        return [Task(node, self._positions[number], number, len(self._positions)) for node in self._nodes]


def _result(results: Sequence[Any], index: int | None) -> Any:
    return NOT_KEPT if index is None else results[index]


def make_call(call: Call, attempt: Attempt, events: Events) -> Succeeded | Failed:
    """Make a call in this thread. If the function is called for each element, make its calls one after another."""
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
