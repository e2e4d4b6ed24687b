"""`Observer`: receives the events of builds and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence

    from headwater.execution.middleware import Call
    from headwater.execution.outcome import Failed, Outcome, Succeeded
    from headwater.graph.node import Node


class RunInfo(NamedTuple):
    """Information about a run for observers."""

    id: str
    """32 hexadecimal digits that identify the run."""
    nodes: Sequence[Node]
    """The nodes whose functions the run needs, in topological order."""
    outputs: Sequence[str]
    """The names of the requested outputs."""
    provided: Mapping[str, Any]
    """The inputs and overrides, keyed by name."""
    is_async: bool = False
    """True for a run of an `AsyncDriver`. Other runs may start and end in the same thread before this run ends."""


class Task(NamedTuple):
    """The call for one element, if a function is called once for each element."""

    node: Node
    position: tuple[int, ...]
    """The indices of the call's value in the nested lists of the node's value, from the outermost list to the innermost."""
    number: int
    """The index of the call."""
    total: int
    """The total number of elements."""


class Observer:
    """A receiver of events. Override the methods for the events that you need.

    All events of a run arrive in the thread that started the run, one after another. An exception in an observer is reported
    as a `HookWarning`. It affects neither the run nor other observers.

    In an `AsyncDriver`, the methods for the events of a run may be `async def`. They are awaited one after another.
    """

    is_essential: ClassVar[bool] = False
    """True if an exception in this observer ends the run, instead of being reported as a warning."""
    continues_after_failure: ClassVar[bool] = False
    """True if a run with this observer skips the nodes that depend on a failed node, and computes all other nodes."""

    def build_started(self, config: Mapping[str, Any]) -> None:
        """Handle the start of `Builder.build`."""

    def build_ended(self, outcome: Succeeded | Failed) -> None:
        """Handle the end of `Builder.build`. The value of the outcome is the graph."""

    def for_run(self, run: RunInfo) -> Observer:
        """Return the observer that receives the events of a run. Called before all other methods for that run.

        Runs may overlap if they are in different threads, or if a function runs a driver. Return a new object if the observer
        stores data about a run. If the observer is also middleware, the new object also replaces the observer as middleware.
        """
        del run
        return self

    def run_started(self, run: RunInfo) -> Awaitable[None] | None:
        """Handle the start of a run. The request has been checked."""

    def queued(self, nodes: Sequence[Node]) -> Awaitable[None] | None:
        """Handle the nodes whose functions are expected to be called. A failure or a cached value can still prevent a call."""

    def started(self, call: Call) -> Awaitable[None] | None:
        """Handle an upcoming call to a node's function."""

    def task_started(self, task: Task) -> Awaitable[None] | None:
        """Handle an upcoming call for one element. `started` has been called for the node."""

    def task_ended(self, task: Task, outcome: Succeeded | Failed) -> Awaitable[None] | None:
        """Handle the outcome of a call for one element.

        If one call fails, the node fails, and the remaining calls might not be made.
        """

    def ended(self, node: Node, outcome: Outcome) -> Awaitable[None] | None:
        """Handle the outcome of a node."""

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> Awaitable[None] | None:
        """Handle the end of a run. The value of the outcome is a read-only mapping of the outputs."""
