"""`Events`: delivers events to observers. An observer's exception is reported and affects nothing else."""

from __future__ import annotations

import os
import warnings
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from headwater.errors import HookWarning
from headwater.execution.observer import Observer, RunInfo
from headwater.introspection.source_location import SourceLocation, source_location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from headwater.execution.middleware import Call
    from headwater.execution.observer import Task
    from headwater.execution.outcome import Failed, Outcome, Succeeded
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan


_EVENTS: Final = tuple(name for name, member in vars(Observer).items() if callable(member) and not name.startswith("_"))
_RUN_EVENTS: Final = frozenset({"for_run", "run_started", "run_ended"})


def _overridden_in(observer: type[Any]) -> frozenset[str]:
    """Return the events whose methods an observer class overrides."""
    return frozenset(event for event in _EVENTS if getattr(observer, event, None) is not getattr(Observer, event))


_overridden: Final = cast("Callable[[type[Any]], frozenset[str]]", lru_cache(maxsize=1024)(_overridden_in))


class Events:
    """The events of one run or one build, and the observers that handle them.

    Attributes:
        on_started: the `started` methods of the observers that override it.
        on_ended: the `ended` methods of the observers that override it.
    """

    is_essential: ClassVar[bool] = True  # only exceptions from essential observers propagate

    __slots__ = ("_names", "_observers", "_raised", "on_ended", "on_started")

    def __init__(self, observers: Iterable[Observer]) -> None:
        self._observers: Sequence[Observer] = tuple(observers)
        self._raised: HookWarning | None = None
        self._names: dict[int, str] = {}
        self._find_handlers()

    def _find_handlers(self) -> None:
        self.on_started: Sequence[Callable[[Call], None]] = self._handlers("started")
        self.on_ended: Sequence[Callable[[Node, Outcome], None]] = self._handlers("ended")

    def _handlers(self, event: str) -> Sequence[Callable[..., Any]]:
        """Return the methods for an event. Observers that do not override the method are omitted, so they cost nothing."""
        return [getattr(observer, event) for observer in self._observers if event in _overridden(type(observer))]

    @property
    def handle_runs(self) -> bool:
        """True if an observer handles the start or the end of a run."""
        return any(not _RUN_EVENTS.isdisjoint(_overridden(type(observer))) for observer in self._observers)

    def handles(self, event: str) -> bool:
        """Return True if an observer overrides the method for an event."""
        return any(event in _overridden(type(observer)) for observer in self._observers)

    # --- events ---------------------------------------------------------------------------------------------------

    def build_started(self, config: Mapping[str, Any]) -> None:
        """Notify the observers that a build has started."""
        self._deliver("build_started", MappingProxyType(dict(config)))

    def build_ended(self, outcome: Succeeded | Failed) -> None:
        """Notify the observers that a build has ended."""
        self._deliver("build_ended", outcome)

    def for_run(self, run: RunInfo) -> Mapping[int, Observer | None]:
        """Let observers replace themselves for a run.

        Returns:
            The replacements, keyed by the `id` of the original observer. A replacement is None if the observer's `for_run`
            raised an exception. That observer is omitted from the run.
        """
        replaced: dict[int, Observer | None] = {}
        for observer in self._observers:
            if "for_run" not in _overridden(type(observer)):
                continue
            try:
                replacement = replaced[id(observer)] = _observer(observer.for_run(run))
                self._names[id(replacement)] = type(observer).__name__
            except Exception as error:  # noqa: BLE001 - an observer may raise anything
                replaced[id(observer)] = None
                self.report(observer.for_run, "for_run", error)
        if replaced:
            observers = [replaced.get(id(observer), observer) for observer in self._observers]
            self._observers = tuple(observer for observer in observers if observer is not None)
            self._find_handlers()
        return replaced

    def run_started(self, run: RunInfo) -> None:
        """Notify the observers that a run has started."""
        self._deliver("run_started", run)

    def queued(self, nodes: Sequence[Node]) -> None:
        """Notify the observers of the nodes whose functions will be called."""
        self._deliver("queued", tuple(nodes))

    def started(self, call: Call) -> None:
        """Notify the observers that a call has started."""
        for handler in self.on_started:
            try:
                handler(call)
            except Exception as error:  # noqa: BLE001 - an observer may raise anything
                self.report(handler, "started", error, call.node)

    def task_started(self, task: Task) -> None:
        """Notify the observers that the call for an element has started."""
        self._deliver("task_started", task)

    def task_ended(self, task: Task, outcome: Succeeded | Failed) -> None:
        """Notify the observers of the outcome of the call for an element."""
        self._deliver("task_ended", task, outcome)

    def ended(self, node: Node, outcome: Outcome) -> None:
        """Notify the observers of the outcome of a node."""
        for handler in self.on_ended:
            try:
                handler(node, outcome)
            except Exception as error:  # noqa: BLE001 - an observer may raise anything
                self.report(handler, "ended", error, node)

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        """Notify the observers that a run has ended."""
        self._deliver("run_ended", run, outcome)

    def _deliver(self, event: str, *arguments: Any) -> None:
        for handler in self._handlers(event):
            try:
                handler(*arguments)
            except Exception as error:  # noqa: BLE001 - an observer may raise anything
                self.report(handler, event, error)

    # --- exceptions in observers ----------------------------------------------------------------------------------

    def report(self, handler: Callable[..., Any], event: str, error: Exception, node: Node | None = None) -> None:
        """Report an observer's exception as a warning.

        Raises:
            Exception: the exception, if the observer is essential.
        """
        if getattr(getattr(handler, "__self__", handler), "is_essential", False):
            raise error
        location = _location(error, handler)
        warning = HookWarning(self._name(handler), event, error, location, None if node is None else node.name)
        try:
            warnings.warn_explicit(warning, None, location.file, location.line)
        except HookWarning as raised:  # the user treats warnings as errors
            raised.__cause__ = error
            self._raised = self._raised or raised

    def _name(self, handler: Callable[..., Any]) -> str:
        """Return the name of an observer's class. If an observer replaces another for a run, return the original's name."""
        hook = getattr(handler, "__self__", handler)
        return self._names.get(id(hook), type(hook).__name__)

    def raise_reported(self) -> None:
        """Raise the first warning if the user treats warnings as errors.

        Called at the end of a run or build, so that all observers get their events.
        """
        if self._raised is not None:
            raised, self._raised = self._raised, None
            raise raised


def run_info(plan: Plan, provided: Mapping[str, Any], *, is_async: bool = False) -> RunInfo:
    """Return the information about a run that observers receive."""
    nodes = tuple(step.node for step in plan.steps)
    return RunInfo(os.urandom(16).hex(), nodes, tuple(plan.outputs), MappingProxyType(dict(provided)), is_async)


def _observer(replacement: object) -> Observer:
    if not isinstance(replacement, Observer):
        raise TypeError(f"`for_run` must return an `Observer`, not {replacement!r}.")
    return replacement


def _location(error: BaseException, handler: Callable[..., Any]) -> SourceLocation:
    """Return the line on which a method raised an exception, or the method's location if it could not be called."""
    traceback = None if error.__traceback__ is None else error.__traceback__.tb_next
    return (
        source_location(handler)
        if traceback is None
        else SourceLocation(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
    )
