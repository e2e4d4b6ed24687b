"""`Profile`: measures the time and memory that each node takes."""

from __future__ import annotations

import threading
import tracemalloc
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.errors.quantities import counted
from headwater.execution.observer import Observer
from headwater.execution.outcome import state_of
from headwater.graph.operation import Map
from headwater.hooks.durations import duration_text, size_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    from headwater.execution.middleware import Call, CallSteps
    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Failed, Outcome, Succeeded
    from headwater.graph.node import Node


@dataclass(frozen=True, slots=True)
class NodeProfile:
    """The measurements of one node. Times are in seconds since the start of the run."""

    name: str
    outcome: str
    """"succeeded", "failed", "reused", "skipped" or "waiting"."""
    start: float
    seconds: float
    """The duration of the call. If the function was called for each element, the sum of the durations."""
    worker: str
    """The name of the thread that called the function, "other process", or "not called"."""
    memory: int | None = None
    """The peak memory that the call allocated, in bytes. None if it was not measured."""
    calls: int = 1
    """The number of measured calls. Greater than 1 if the function was called for each element."""
    elapsed: float | None = None
    """The time from the start of the first call to the end of the last call. None if there was only one call."""


@dataclass(frozen=True, slots=True)
class RunProfile:
    """The measurements of one run. `str()` returns a table with the slowest node first."""

    nodes: Sequence[NodeProfile]
    """The nodes in the order in which they ended."""
    seconds: float
    """The duration of the run."""

    def __str__(self) -> str:
        total = sum(node.seconds for node in self.nodes) or 1.0
        rows = [("node", "time", "share", "calls", "memory", "outcome")]
        for node in sorted(self.nodes, key=lambda node: -node.seconds):
            memory = "" if node.memory is None else size_text(node.memory)
            calls = "" if node.calls == 1 else f"{node.calls:,}"
            rows.append((node.name, duration_text(node.seconds), f"{node.seconds / total:.0%}", calls, memory, node.outcome))
        columns = [column for column in zip(*rows, strict=True) if any(column[1:])] if self.nodes else []
        widths = [max(map(len, column)) for column in columns]
        lines = [
            "  ".join(
                cell.ljust(width) if position in (0, len(widths) - 1) else cell.rjust(width)
                for position, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in zip(*columns, strict=True)
        ]
        return "\n".join([*lines, f"{counted(len(self.nodes), 'node')}, {duration_text(self.seconds)}"])

    def save_trace(self, path: str | PathLike[str]) -> None:
        """Write a trace as JSON for Perfetto or `chrome://tracing`: one row per thread.

        Raises:
            OSError: the file cannot be written.
        """
        from headwater.hooks.traces import write_trace  # imported lazily: only traces need it

        write_trace(path, [(node.worker, node.name, node.start, _elapsed(node), _details(node)) for node in self.nodes])


def _elapsed(node: NodeProfile) -> float:
    return node.seconds if node.elapsed is None else node.elapsed


def _details(node: NodeProfile) -> dict[str, Any]:
    details: dict[str, Any] = {"outcome": node.outcome}
    if node.memory is not None:
        details["memory in bytes"] = node.memory
    if node.calls > 1:
        details |= {"calls": node.calls, "seconds in calls": node.seconds}
    return details


class _Calls(NamedTuple):
    """The measurements of the calls to one node's function."""

    start: float
    end: float
    seconds: float
    number: int
    memory: int | None
    worker: str

    def __add__(self, other: object) -> _Calls:
        assert isinstance(other, _Calls)
        return _Calls(
            min(self.start, other.start),
            max(self.end, other.end),
            self.seconds + other.seconds,
            self.number + other.number,
            max((memory for memory in (self.memory, other.memory) if memory is not None), default=None),
            other.worker,
        )

    def profile(self, name: str, outcome: str, run_start: float) -> NodeProfile:
        start, elapsed = self.start - run_start, self.end - self.start
        if self.number == 1:
            return NodeProfile(name, outcome, start, self.seconds, self.worker, self.memory)
        return NodeProfile(name, outcome, start, self.seconds, self.worker, self.memory, self.number, elapsed)


class Profile(Observer):
    """A hook that measures the time, and optionally the memory, that each node takes.

    `latest` holds the measurements of the latest run. To measure only the function, add the hook last, so that it runs inside
    all other middleware. If a function is called for each element, its time is the sum of the times of its calls. Calls in
    other processes are measured from their submission to their end.

    Args:
        memory: also measure memory, with `tracemalloc`. Measuring memory makes runs several times slower. In parallel runs, the
            memory of a node includes memory that other threads allocate at the same time.
        clock: returns the time in seconds.

    >>> from itertools import count
    >>> from headwater import Builder
    >>> from headwater.hooks import Profile
    >>> def price() -> float:
    ...     return 10.0
    >>> def total(price: float) -> float:
    ...     return price * 2
    >>> profile = Profile(clock=count().__next__)
    >>> driver = Builder().with_functions(price, total).build()
    >>> driver.execute(["total"], hooks=[profile])
    {'total': 20.0}
    >>> [(node.name, node.outcome) for node in profile.latest.nodes]
    [('price', 'succeeded'), ('total', 'succeeded')]
    """

    def __init__(self, *, memory: bool = False, clock: Callable[[], float] = perf_counter) -> None:
        self.memory = memory
        self.clock = clock
        self.latest = RunProfile((), 0.0)
        """The measurements of the latest run that has ended."""

    def for_run(self, run: RunInfo) -> Observer:
        """Return a hook that measures this run."""
        return _ProfiledRun(self)

    def around_call(self, call: Call) -> CallSteps:
        """Make the call without measuring it. During a run, the hook that `for_run` returns measures the calls."""
        return (yield call)


class _ProfiledRun(Observer):
    """The measurements of a run, made in the process that runs the dataflow."""

    def __init__(self, profile: Profile) -> None:
        self._profile: Profile | None = profile
        self._clock = profile.clock
        self._start = 0.0
        self._submitted: dict[str, float] = {}
        self._calls: dict[str, _Calls] = {}
        """The measurements of the calls in this process, keyed by node name."""
        self._lock = threading.Lock()
        self._nodes: list[NodeProfile] = []
        self._has_started_tracing = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Send a placeholder to other processes, because their measurements would not be sent back to this process."""
        return _Unmeasured, ()

    def run_started(self, run: RunInfo) -> None:
        assert self._profile is not None
        if self._profile.memory and not tracemalloc.is_tracing():
            tracemalloc.start()
            self._has_started_tracing = True
        self._start = self._clock()

    def started(self, call: Call) -> None:
        self._submitted[call.node.name] = self._clock()

    def around_call(self, call: Call) -> CallSteps:
        is_tracing = tracemalloc.is_tracing()
        if is_tracing:
            tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0] if is_tracing else 0
        start = self._clock()
        try:
            return (yield call)
        finally:
            end = self._clock()
            is_traced = is_tracing and tracemalloc.is_tracing()  # another run may have stopped `tracemalloc`
            memory = max(0, tracemalloc.get_traced_memory()[1] - before) if is_traced else None
            self._record(call.node, _Calls(start, end, end - start, 1, memory, threading.current_thread().name))

    def _record(self, node: Node, calls: _Calls) -> None:
        """Record a call. If a call is retried, its duration is measured from the start of the first attempt."""
        with self._lock:
            earlier = self._calls.get(node.name)
            if earlier is not None:
                calls = earlier + calls
                if not isinstance(node.operation, Map):
                    calls = calls._replace(seconds=calls.end - calls.start, number=1)
            self._calls[node.name] = calls

    def ended(self, node: Node, outcome: Outcome) -> None:
        now = self._clock()
        submitted = self._submitted.pop(node.name, None)
        calls = self._calls.pop(node.name, None)
        if calls is None:
            start = now if submitted is None else submitted
            calls = _Calls(start, now, now - start, 1, None, "not called" if submitted is None else "other process")
        self._nodes.append(calls.profile(node.name, state_of(outcome), self._start))

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        assert self._profile is not None
        self._profile.latest = RunProfile(tuple(self._nodes), self._clock() - self._start)
        if self._has_started_tracing:
            tracemalloc.stop()


class _Unmeasured:
    """Middleware that does nothing."""

    def around_call(self, call: Call) -> CallSteps:
        return (yield call)
