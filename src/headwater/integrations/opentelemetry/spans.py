"""Spans for runs and nodes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer

from headwater.execution.observer import Observer
from headwater.execution.outcome import Failed, Reused, Skipped, Succeeded, state_of

if TYPE_CHECKING:
    from headwater.execution.middleware import Call, CallSteps
    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node


class OpenTelemetrySpans(Observer):
    """A hook that records a span for each run, with a child span for each call to a node's function.

    The span of a node is current while its function runs, so spans that the function starts are its children. The span of a run
    is a child of the span that was current when the run started. Spans contain the names and tags of nodes, but no values.
    Reused and skipped nodes are recorded as events of the run's span. The span of a call in another process starts when
    the call is submitted and ends when its result arrives.

    Args:
        name: the name of the run spans.
        tracer: creates the spans. By default, the tracer `headwater` of the global provider.

    >>> from headwater import Builder
    >>> from headwater.integrations.opentelemetry import OpenTelemetrySpans
    >>> def price() -> float:
    ...     return 10.0
    >>> Builder().with_functions(price).with_hooks(OpenTelemetrySpans("prices")).build().execute(["price"])
    {'price': 10.0}
    """

    def __init__(self, name: str = "headwater run", tracer: Tracer | None = None) -> None:
        self._name = name
        self._tracer = tracer

    def for_run(self, run: RunInfo) -> Observer:
        """Return a hook that records the spans of this run."""
        return _SpansOfRun(self._name, self._tracer or trace.get_tracer("headwater"))

    def around_call(self, call: Call) -> CallSteps:
        """Make the call without a span. Runs use the hook that `for_run` returns instead of this hook."""
        return (yield call)


class _SpansOfRun(Observer):
    def __init__(self, name: str, tracer: Tracer) -> None:
        self._name = name
        self._tracer = tracer
        self._span: Span | None = None
        self._submitted: dict[str, int] = {}
        """The submission times of calls that have no span yet, in nanoseconds, keyed by node name."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Send a placeholder to other processes, because they cannot add spans to the trace."""
        return _CallsWithoutSpans, ()

    def run_started(self, run: RunInfo) -> None:
        attributes = {"headwater.run.id": run.id, "headwater.run.outputs": list(run.outputs)}
        self._span = self._tracer.start_span(self._name, kind=SpanKind.INTERNAL, attributes=attributes)

    def started(self, call: Call) -> None:
        self._submitted[call.node.name] = time.time_ns()

    def around_call(self, call: Call) -> CallSteps:
        self._submitted.pop(call.node.name, None)
        with self._tracer.start_as_current_span(
            call.node.name,
            self._context(),
            attributes=_attributes(call.node),
            record_exception=True,
            set_status_on_exception=True,
        ):
            return (yield call)

    def ended(self, node: Node, outcome: Outcome) -> None:
        submitted = self._submitted.pop(node.name, None)
        if isinstance(outcome, Succeeded | Failed) and submitted is not None:
            span = self._tracer.start_span(node.name, self._context(), attributes=_attributes(node), start_time=submitted)
            _end(span, outcome)
        elif self._span is not None and isinstance(outcome, Reused | Skipped):
            self._span.add_event(state_of(outcome), {"headwater.node": node.name})

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        if self._span is not None:
            _end(self._span, outcome)

    def _context(self) -> Any:
        return None if self._span is None else trace.set_span_in_context(self._span)


class _CallsWithoutSpans:
    """Middleware that does nothing."""

    def around_call(self, call: Call) -> CallSteps:
        return (yield call)


def _attributes(node: Node) -> dict[str, Any]:
    tags = {f"headwater.tag.{key}": value for key, value in node.tags.items()}
    return {"headwater.node": node.name, "code.file.path": node.location.file, "code.line.number": node.location.line, **tags}


def _end(span: Span, outcome: Succeeded | Failed) -> None:
    if isinstance(outcome, Failed) and outcome.error is not None:
        span.record_exception(outcome.error)
        span.set_status(Status(StatusCode.ERROR, f"{type(outcome.error).__name__}: {outcome.error}"))
    span.end()
