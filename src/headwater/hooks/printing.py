"""`PrintNodes`: prints each node with its arguments, its value and its duration."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, assert_never

from headwater.caching.traces import NOT_LOADED
from headwater.errors import error_text, short_repr
from headwater.execution.observer import Observer
from headwater.execution.outcome import Failed, Reused, Skipped, Succeeded, Waiting
from headwater.hooks.durations import duration_text
from headwater.hooks.selection import NodeSelection

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.execution.middleware import Call
    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node
    from headwater.graph.tags import TagFilter


class PrintNodes(Observer):
    """An observer that prints a line for each node: its arguments, its value and its duration.

    Args:
        name: a node name or a pattern (`*`, `?`). By default, all nodes.
        tag: only nodes with these tags, as in `Driver.list_available_variables(tag_filter=...)`.
        write: a function that receives each line, such as `print` or `logging.getLogger(__name__).info`.
        clock: returns the time in seconds.

    >>> from headwater import Builder
    >>> from headwater.hooks import PrintNodes
    >>> def price() -> float:
    ...     return 10.0
    >>> def total(price: float, count: int = 2) -> float:
    ...     return price * count
    >>> driver = Builder().with_functions(price, total).build()
    >>> driver.execute(["total"], hooks=[PrintNodes(clock=lambda: 0.0)])
    price() -> 10.0 (0 µs)
    total(price=10.0, count=2) -> 20.0 (0 µs)
    {'total': 20.0}
    """

    def __init__(
        self,
        *,
        name: str | None = None,
        tag: TagFilter | None = None,
        write: Callable[[str], object] = print,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._nodes = NodeSelection(name, tag)
        self._write = write
        self._clock = clock

    def for_run(self, run: RunInfo) -> Observer:
        """Return an observer that stores the calls in this run."""
        return _PrintedRun(self._nodes, self._write, self._clock)


class _PrintedRun(Observer):
    def __init__(self, nodes: NodeSelection, write: Callable[[str], object], clock: Callable[[], float]) -> None:
        self._nodes = nodes
        self._write = write
        self._clock = clock
        self._calls: dict[str, tuple[str, float]] = {}
        """The text of each call and its start time, keyed by node name."""

    def started(self, call: Call) -> None:
        if self._nodes.matches(call.node):
            arguments = ", ".join(f"{name}={short_repr(value, 40)}" for name, value in call.named.items())
            self._calls[call.node.name] = f"{call.node.name}({arguments})", self._clock()

    def ended(self, node: Node, outcome: Outcome) -> None:
        if not self._nodes.matches(node):
            return
        text, start = self._calls.pop(node.name, (node.name, None))
        duration = "" if start is None else f" ({duration_text(self._clock() - start)})"
        self._write(f"{text} {_outcome_text(outcome)}{duration}")


def _outcome_text(outcome: Outcome) -> str:
    match outcome:
        case Succeeded(value):
            return f"-> {short_repr(value)}"
        case Reused(value):
            return "reused" if value is NOT_LOADED else f"-> {short_repr(value)}, reused"
        case Failed(None):
            return "failed: the request is invalid"
        case Failed(error):
            return f"raised {_error_text(error)}"
        case Skipped(because):
            return f"skipped: no value for {', '.join(because)}"
        case Waiting(inputs):
            return f"not called: missing {', '.join(inputs)}"
        case _:
            assert_never(outcome)


def _error_text(error: Any) -> str:
    text = error_text(error)
    return f"{type(error).__name__}: {short_repr(text)}" if text else type(error).__name__
