"""Batches of calls for successive elements. A worker makes the calls in a batch one after another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.execution.middleware import Call
from headwater.execution.outcome import Failed, FailedInProgram, Succeeded
from headwater.graph.portable import original, portable
from headwater.planning.element_program import ElementProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.execution.middleware import Attempt
    from headwater.graph.mapped_call import Row
    from headwater.graph.node import Node

BATCH_SECONDS: Final = 0.05
"""The target duration of a batch. Sending a batch to a worker on a cluster takes about a millisecond."""
_FIRST_BATCHES: Final = 64
"""The number of initial batches, which have one element each. Their durations determine the size of later batches."""
_FEWEST_BATCHES: Final = 32
"""The minimum number of batches that share the remaining elements, so that all workers finish at about the same time."""
_MAX_GROWTH: Final = 8
"""The maximum ratio between the sizes of successive batches. Later elements may be slower than the first elements."""


class BatchOutcome(NamedTuple):
    """The outcome of a batch of calls."""

    values: Sequence[Any]
    """The values of the calls before the first failure."""
    failed: Failed | None
    """The first failure. It ends the batch."""
    seconds: float


class ElementBatch(NamedTuple):
    """Calls to one function for successive elements."""

    node: Node
    function: Callable[..., Any]
    first: int
    """The index of the first element."""
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
        """Make the calls without middleware. A call can be as short as 0.1 µs, so the loop creates no objects."""
        function = self.function
        try:
            for row in self.rows:
                values.append(function(*row))  # noqa: PERF401 - if a call fails, the values computed so far are needed
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
            arguments = step.read(values)
            values.append(step.call(*arguments) if proceed is None else proceed(Call(step.node, step.call, tuple(arguments))))
    except KeyboardInterrupt:
        raise
    except attempt.catches as error:
        step.note_failure(error, values)
        return FailedInProgram(error, step.node.name)
    return Succeeded(program.results_of(values))


def _batch(node: Node, function: Any, first: int, rows: Sequence[Row]) -> ElementBatch:
    return ElementBatch(node, original(function), first, rows)


class BatchSizes:
    """Chooses the sizes of batches from the durations of earlier batches."""

    def __init__(self) -> None:
        self._submitted = 0
        self._size = 1

    def next(self, remaining: int) -> int:
        """Return the size of the next batch."""
        self._submitted += 1
        return 1 if self._submitted <= _FIRST_BATCHES else max(1, min(self._size, remaining // _FEWEST_BATCHES))

    def measured(self, count: int, seconds: float, *, is_upper_bound: bool = False) -> None:
        """Record the duration of a batch. `is_upper_bound` is True if the batch may have taken less time."""
        if count:
            ideal = int(BATCH_SECONDS * count / max(seconds, 1e-9))
            size = max(1, min(ideal, _MAX_GROWTH * count))
            self._size = max(self._size, size) if is_upper_bound else size
