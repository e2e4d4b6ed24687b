"""`CallCapture`: captures a function's output, its warnings, and the changes that it makes to its arguments."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar, Final

from headwater.hooks.mutation import ArgumentChanges, WatchedCall
from headwater.session.element_counter import ElementCounter
from headwater.session.figures import close_figures
from headwater.session.output_capture import CappedText, capture_output
from headwater.session.problems import moved
from headwater.session.warning_capture import capture_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from headwater.errors import HeadwaterWarning
    from headwater.execution.middleware import Call, CallSteps
    from headwater.introspection.source_location import SourceLocation
    from headwater.session.problems import Problems
    from headwater.wire.views import ElementsView, ProblemView


@dataclass(frozen=True, slots=True)
class CallReport:
    """The side effects and the duration of one function call."""

    seconds: float
    prints: str
    problems: tuple[ProblemView, ...]
    """The warnings that the function issued, as problems."""
    elements: ElementsView | None = None
    """The number of elements for which the function was called. None if it is not called once for each element."""
    location: SourceLocation | None = None
    """The location of the function at the time of the call."""

    def moved_to(self, location: SourceLocation) -> CallReport:
        """Return the report with the current location of the function. An edit above a function moves it."""
        if not self.problems or self.location is None or self.location == location:
            return self
        problems = tuple(moved(problem, self.location, location) for problem in self.problems)
        return replace(self, problems=problems, location=location)


NO_REPORT: Final = CallReport(0.0, "", ())
"""The report for a function that could not be called."""


_ANYTHING: Final = ArgumentChanges((), (), has_reached_values=True)


@dataclass(slots=True)
class CallCapture:
    """Middleware that captures the calls in one run of a session."""

    problems: Problems
    available: Container[str]
    """The names of the nodes that have values in this run. Parameters that depend on other nodes use their defaults."""
    on_elements: Callable[[str, ElementsView], None]
    """A callback for the progress of functions that are called once for each element."""
    reports: dict[str, CallReport] = field(default_factory=dict[str, CallReport])
    """The reports on the calls, keyed by node name."""
    wraps_elements: ClassVar[bool] = False  # the calls for all elements share one report
    changes: list[ArgumentChanges] = field(default_factory=list["ArgumentChanges"])
    """Changes to arguments that the run has not handled yet."""

    def around_call(self, call: Call) -> CallSteps:
        """Make a call and report on it, even if the function raises."""
        with capture_output():  # reading an object's state may run code that prints
            watched = WatchedCall.of(call, lambda dependency, _: dependency.source not in self.available)
        counter = ElementCounter(call.node.name, self.on_elements)
        prints = CappedText()
        own: Sequence[HeadwaterWarning] = ()
        start = perf_counter()
        seconds = 0.0
        self.changes.append(_ANYTHING)  # replaced below unless an interrupt stops the check for changes
        try:
            with capture_output(prints), capture_warnings() as own:
                try:
                    return (yield counter.counted(watched.call))
                finally:
                    seconds = perf_counter() - start
        finally:
            with capture_output():
                changes = watched.changes()
                close_figures()
            self.changes[-1] = changes
            problems = tuple(self.problems.of_warning(warning, call.node) for warning in (*own, *changes.warnings))
            self.reports[call.node.name] = CallReport(
                seconds,
                self.problems.relative(prints.text),
                problems,
                counter.elements,
                call.node.location,
            )
