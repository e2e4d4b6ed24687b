"""Spans of runs and nodes, recorded by OpenTelemetry's in-memory exporter."""

from __future__ import annotations

import asyncio
from concurrent import futures
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, tag
from headwater.hooks import ContinueOnError, Policy, Retry

pytest.importorskip("opentelemetry.sdk")

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from headwater.integrations.opentelemetry import OpenTelemetrySpans

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

pytestmark = pytest.mark.native


class Recorded:
    """A tracer, and the spans that it has recorded."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer = provider.get_tracer("tests")

    @property
    def spans(self) -> dict[str, ReadableSpan]:
        return {span.name: span for span in self._exporter.get_finished_spans()}

    @property
    def names(self) -> list[str]:
        return [span.name for span in self._exporter.get_finished_spans()]


@tag(stage="raw")
def price() -> float:
    return 10.0


def total(price: float) -> float:
    return price * 2


def broken(price: float) -> float:
    raise ValueError("too much")


def after(broken: float) -> float:
    return broken


BUILDER = Builder().with_functions(price, total, broken, after)


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


def is_child(child: ReadableSpan, parent: ReadableSpan) -> bool:
    return child.parent is not None and parent.context is not None and child.parent.span_id == parent.context.span_id


@pytest.mark.parametrize("in_parallel", [False, True])
def test_a_run_has_a_span_with_a_child_for_each_node(recorded: Recorded, in_parallel: bool) -> None:
    with futures.ThreadPoolExecutor(2) as pool:
        driver = BUILDER.with_policy(Policy(executor=pool if in_parallel else None)).build()
        driver.execute(["total"], hooks=[OpenTelemetrySpans("prices", recorded.tracer)])
    assert recorded.names == ["price", "total", "prices"]
    spans = recorded.spans
    assert is_child(spans["price"], spans["prices"])
    assert is_child(spans["total"], spans["prices"])
    assert spans["price"].attributes is not None
    assert spans["price"].attributes["headwater.node"] == "price"
    assert spans["price"].attributes["headwater.tag.stage"] == "raw"
    assert spans["price"].attributes["code.file.path"] == __file__


def test_spans_of_functions_are_children_and_the_run_is_a_child_of_the_caller(recorded: Recorded) -> None:
    def fetched() -> int:
        with recorded.tracer.start_as_current_span("request"):
            return 1

    with recorded.tracer.start_as_current_span("caller"):
        Builder().with_functions(fetched).build().execute(["fetched"], hooks=[OpenTelemetrySpans("run", recorded.tracer)])
    spans = recorded.spans
    assert is_child(spans["request"], spans["fetched"])
    assert is_child(spans["fetched"], spans["run"])
    assert is_child(spans["run"], spans["caller"])


def test_the_span_of_an_async_function_is_current_while_others_run(recorded: Recorded) -> None:
    both = asyncio.Barrier(2)

    async def one() -> int:
        await both.wait()
        with recorded.tracer.start_as_current_span("request of one"):
            return 1

    async def other() -> int:
        await both.wait()
        with recorded.tracer.start_as_current_span("request of other"):
            return 1

    def total(one: int, other: int) -> int:
        with recorded.tracer.start_as_current_span("sum"):
            return one + other

    driver = Builder().with_functions(one, other, total).with_hooks(OpenTelemetrySpans("run", recorded.tracer)).build_async()
    assert asyncio.run(driver.execute(["total"])) == {"total": 2}
    spans = recorded.spans
    for parent, child in (("one", "request of one"), ("other", "request of other"), ("total", "sum"), ("run", "one")):
        assert is_child(spans[child], spans[parent])


def test_a_failure_is_recorded_in_the_spans_of_the_node_and_the_run(recorded: Recorded) -> None:
    with pytest.raises(ValueError, match="too much"):
        BUILDER.build().execute(["after"], hooks=[OpenTelemetrySpans("run", recorded.tracer)])
    for name in ("broken", "run"):
        span = recorded.spans[name]
        assert span.status.status_code is StatusCode.ERROR
        assert span.status.description == "ValueError: too much"
        assert [event.name for event in span.events] == ["exception"]


def test_skipped_nodes_are_events_of_the_run(recorded: Recorded) -> None:
    BUILDER.build().execute(["after"], hooks=[OpenTelemetrySpans("run", recorded.tracer), ContinueOnError()])
    (event,) = recorded.spans["run"].events
    assert (event.name, event.attributes) == ("skipped", {"headwater.node": "after"})


def test_each_attempt_has_a_span_inside_a_retry(recorded: Recorded) -> None:
    failures = [OSError("busy")]

    def flaky() -> int:
        if failures:
            raise failures.pop()
        return 1

    hooks = [Retry(sleep=lambda _: None), OpenTelemetrySpans("run", recorded.tracer)]
    Builder().with_functions(flaky).build().execute(["flaky"], hooks=hooks)
    assert recorded.names == ["flaky", "flaky", "run"]


def test_a_call_in_another_process_has_a_span(recorded: Recorded) -> None:
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        driver = Builder().with_functions(price).with_policy(Policy(executor=pool)).build()
        driver.execute(["price"], hooks=[OpenTelemetrySpans("run", recorded.tracer)])
    assert recorded.names == ["price", "run"]
    assert is_child(recorded.spans["price"], recorded.spans["run"])


def test_an_interrupted_run_has_ended_spans(recorded: Recorded) -> None:
    def stops() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Builder().with_functions(stops).build().execute(["stops"], hooks=[OpenTelemetrySpans("run", recorded.tracer)])
    assert recorded.names == ["stops", "run"]


def test_the_global_tracer_is_the_default(monkeypatch: pytest.MonkeyPatch, recorded: Recorded) -> None:
    names: list[str] = []

    def get_tracer(name: str) -> Any:
        names.append(name)
        return recorded.tracer

    monkeypatch.setattr(trace, "get_tracer", get_tracer)
    BUILDER.build().execute(["price"], hooks=[OpenTelemetrySpans()])
    assert names == ["headwater"]
    assert recorded.names == ["price", "headwater run"]
