"""Runs in an event loop give the same values, failures and events as runs in one thread."""

from __future__ import annotations

import asyncio
import types
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder
from headwater.execution.async_runner import AsyncRunner, Limits
from headwater.execution.awaited_plan import awaited_plan
from headwater.execution.policy_runner import PolicyRunner
from headwater.hooks import Failed, Observer, Policy, Skipped, Succeeded
from headwater.planning.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.graph.node import Node
    from headwater.hooks import Call, Outcome
    from headwater.planning.plan import Plan


pytestmark = pytest.mark.native  # the event loop of a browser is always running


@dataclass(frozen=True)
class AnyFunction:
    """A function that adds its arguments. It may be `async def`, suspend itself a few times, and fail."""

    name: str
    needs: tuple[str, ...]
    turns: int | None
    """The number of times that the function lets other tasks run. None for a plain function."""
    fails: bool

    def source(self, *, is_async: bool) -> str:
        parameters = ", ".join(f"{name}: int" for name in self.needs)
        lines = [f"raise ValueError({self.name!r})"] if self.fails else [f"return {' + '.join(['1', *self.needs])}"]
        if not is_async or self.turns is None:
            return "\n    ".join([f"def {self.name}({parameters}) -> int:", *lines]) + "\n"
        waits = ["await asyncio.sleep(0)"] * self.turns
        return "\n    ".join([f"async def {self.name}({parameters}) -> int:", *waits, *lines]) + "\n"


@st.composite
def flows(draw: st.DrawFn) -> list[AnyFunction]:
    functions: list[AnyFunction] = []
    for index in range(draw(st.integers(1, 10))):
        readable = ["given", *(function.name for function in functions)]
        needs = tuple(draw(st.lists(st.sampled_from(readable), unique=True, max_size=3)))
        turns = draw(st.none() | st.integers(0, 3))
        functions.append(AnyFunction(f"f{index}", needs, turns, draw(st.integers(0, 5)) == 0))
    return functions


def plan_of(functions: Sequence[AnyFunction], outputs: Sequence[str], *, is_async: bool) -> Plan:
    module = types.ModuleType("flow")
    vars(module)["asyncio"] = asyncio
    for function in functions:
        exec(function.source(is_async=is_async), vars(module))  # noqa: S102 - the test's own code
    graph = Builder().with_functions(*(vars(module)[function.name] for function in functions)).build().graph
    return plan(graph, outputs, ["given"])


@dataclass
class Recorder(Observer):
    """Counts the events of a run, in a form that can be compared."""

    events: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def queued(self, nodes: Sequence[Node]) -> None:
        self.events["queued", *(node.name for node in nodes)] += 1

    def started(self, call: Call) -> None:
        self.events["started", call.node.name, call.arguments] += 1

    def ended(self, node: Node, outcome: Outcome) -> None:
        match outcome:
            case Failed(error):
                self.events[node.name, "failed", repr(error)] += 1
            case Skipped(because):
                self.events[node.name, "skipped", because] += 1
            case Succeeded(value):
                self.events[node.name, "succeeded", value] += 1
            case _:
                raise AssertionError(outcome)


class AsyncRecorder(Observer):
    """Records events asynchronously."""

    def __init__(self) -> None:
        self.recorder = Recorder()

    async def queued(self, nodes: Sequence[Node]) -> None:
        await asyncio.sleep(0)
        self.recorder.queued(nodes)

    async def started(self, call: Call) -> None:
        await asyncio.sleep(0)
        self.recorder.started(call)

    async def ended(self, node: Node, outcome: Outcome) -> None:
        await asyncio.sleep(0)
        self.recorder.ended(node, outcome)


PROVIDED: Mapping[str, Any] = {"given": 5}


@given(functions=flows(), limit=st.none() | st.integers(1, 3), data=st.data())
def test_a_run_in_an_event_loop_has_the_outcomes_and_events_of_one_thread(
    functions: list[AnyFunction], limit: int | None, data: st.DataObject
) -> None:
    outputs = data.draw(st.lists(st.sampled_from([function.name for function in functions]), unique=True, min_size=1))
    expected, actual, awaited = Recorder(), Recorder(), AsyncRecorder()
    policy = Policy(on_failure="continue", observers=(expected,))
    values = PolicyRunner(plan_of(functions, outputs, is_async=False), policy).run(PROVIDED)
    policy = Policy(on_failure="continue", observers=(actual, awaited))
    runner = AsyncRunner(awaited_plan(plan_of(functions, outputs, is_async=True)), policy, Limits(limit))
    assert asyncio.run(runner.run(PROVIDED)) == values
    assert actual.events == awaited.recorder.events == expected.events


@given(functions=flows(), turns=st.integers(0, 8), limit=st.none() | st.integers(1, 3))
def test_a_run_that_is_canceled_at_any_time_leaves_nothing_behind(
    functions: list[AnyFunction], turns: int, limit: int | None
) -> None:
    recorder = Recorder()
    policy = Policy(on_failure="continue", observers=(recorder,))
    outputs = [function.name for function in functions]
    runner = AsyncRunner(awaited_plan(plan_of(functions, outputs, is_async=True)), policy, Limits(limit))

    async def main() -> bool:
        reports: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, report: reports.append(report))
        task = asyncio.ensure_future(runner.run(PROVIDED))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert reports == []
        return task.cancelled()

    is_canceled = asyncio.run(main())
    started = sum(event[0] == "started" for event in recorder.events)
    ended = sum(event[1] in ("succeeded", "failed") for event in recorder.events if event[0] in outputs)
    assert ended <= started
    assert is_canceled or ended == started


def failure_of(run: Any) -> str:
    try:
        run()
    except ValueError as error:
        return repr(error)
    return "no failure"


@given(functions=flows(), data=st.data())
def test_a_run_raises_the_failure_that_one_thread_raises_if_functions_run_one_by_one(
    functions: list[AnyFunction], data: st.DataObject
) -> None:
    outputs = data.draw(st.lists(st.sampled_from([function.name for function in functions]), unique=True, min_size=1))
    functions = [AnyFunction(function.name, function.needs, function.turns or 0, function.fails) for function in functions]
    expected = failure_of(lambda: PolicyRunner(plan_of(functions, outputs, is_async=False), Policy()).run(PROVIDED))
    runner = AsyncRunner(awaited_plan(plan_of(functions, outputs, is_async=True)), Policy(), Limits(concurrency=1))
    assert failure_of(lambda: asyncio.run(runner.run(PROVIDED))) == expected
