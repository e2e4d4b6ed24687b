"""For random graphs and failures, each engine produces the same results, failures and events as a run in this process."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, on
from headwater.hooks import ContinueOnError, Failed, Observer, Skipped

if TYPE_CHECKING:
    from headwater.graph.node import Node
    from headwater.hooks import Outcome

SIZE = 8
NAMES = [f"f{index}" for index in range(SIZE)]


class Events(Observer):
    """Collects the events of each node."""

    def __init__(self) -> None:
        self.of: dict[str, list[object]] = {}

    def queued(self, nodes: tuple[Node, ...]) -> None:
        self.of["queued"] = sorted(node.name for node in nodes)

    def started(self, call) -> None:
        self.of.setdefault(call.node.name, []).append(("started", call.arguments))

    def ended(self, node: Node, outcome: Outcome) -> None:
        event: object = getattr(outcome, "value", None)
        if isinstance(outcome, Failed):
            event = (type(outcome.error), str(outcome.error))
        elif isinstance(outcome, Skipped):
            event = outcome.because
        self.of.setdefault(node.name, []).append(event)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Generate functions that read some of the previous functions and an input. Some raise."""
    lines: list[str] = []
    for index in range(SIZE):
        read = [f"f{need}" for need in sorted(draw(st.sets(st.integers(0, index - 1), max_size=3)))] if index else []
        read += ["x"] * draw(st.booleans())
        error = draw(st.sampled_from([None] * 5 + [f"ValueError({index})", f"KeyError('f{index}')"]))
        body = f"raise {error}" if error else f"return {' + '.join([str(index), *read])}"
        lines.append(f"def f{index}({', '.join(f'{name}: int' for name in read)}) -> int: {body}\n")
    return "".join(lines)


@pytest.fixture(scope="module")
def engines(library: Callable[[str], types.ModuleType], ray: types.ModuleType) -> Iterator[dict[str, Executor]]:
    distributed = library("distributed")
    from headwater.integrations.dask import DaskExecutor
    from headwater.integrations.ray import RayExecutor

    with ExitStack() as stack:
        client = stack.enter_context(distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=":0"))
        threads = stack.enter_context(ThreadPoolExecutor(2))
        yield {"dask": DaskExecutor(client), "ray": RayExecutor(), "threads": threads}


PLACES = st.lists(st.sampled_from(["dask", "ray", "threads", "here"]), min_size=SIZE, max_size=SIZE)


@given(source=sources(), places=PLACES, continues=st.booleans())
@settings(max_examples=settings.default.max_examples // 4)
def test_engines_have_the_results_failures_and_events_of_a_run_in_this_process(
    engines: dict[str, Executor], source: str, places: list[str], continues: bool
) -> None:
    module = types.ModuleType("generated")
    exec(source, vars(module))  # noqa: S102 - the test's own code
    functions = [on(place)(vars(module)[name]) for name, place in zip(NAMES, places, strict=True)]
    builder = Builder().with_functions(*functions)
    mixed = builder.with_executor(None, on="here")
    for name, engine in engines.items():
        mixed = mixed.with_executor(engine, on=name)
    here = builder.build()
    drivers = {"mixed": mixed.build(), **{name: here.with_executor(engine) for name, engine in engines.items()}}
    expected = observed(here, continues=continues)
    for name, driver in drivers.items():
        assert observed(driver, continues=continues) == expected, name


def observed(driver, *, continues: bool) -> tuple[object, ...]:
    """Return the result and the events of a run, or its exception.

    If several functions fail, the order in which they end determines which exception is raised.
    """
    events, failures = Events(), ContinueOnError()
    hooks = [events, failures] if continues else []
    try:
        values = driver.execute(NAMES, inputs={"x": 7}, hooks=hooks)
    except (ValueError, KeyError) as error:
        return ("raised", any("Raised in node `f" in note for note in error.__notes__))
    return values, events.of, failures.failures.skipped, {name: str(error) for name, error in failures.failures.errors.items()}
