"""Misbehaving hooks, and unusual values and runs."""

from __future__ import annotations

import gc
import io
import threading
import tracemalloc
import warnings
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder
from headwater.errors import HookWarning
from headwater.hooks import (
    Call,
    ContinueOnError,
    ErrorSnapshots,
    Failed,
    GracefulErrors,
    Observer,
    Outcome,
    Policy,
    PrintNodes,
    Proceed,
    Profile,
    Progress,
    Retry,
    RunInfo,
    StrictTypes,
    Succeeded,
)

if TYPE_CHECKING:
    from headwater.graph.node import Node

EVENTS = ("build_started", "build_ended", "for_run", "run_started", "queued", "started", "ended", "run_ended")


def price() -> float:
    return 10.0


def broken(price: float) -> float:
    raise ValueError("too much")


def after(broken: float) -> float:
    return broken


def total(price: float, rate: float = 0.2) -> float:
    return price * (1 + rate)


BUILDER = Builder().with_functions(price, broken, after, total)


def raising_in(events: frozenset[str], error: type[BaseException] = RuntimeError) -> Observer:
    """Return an observer that raises an exception in the given events."""

    def method(event: str) -> Callable[..., Any]:
        def raise_error(self: Observer, *_: object) -> None:
            raise error(event)

        raise_error.__name__ = event
        return raise_error

    return type("Raising", (Observer,), {event: method(event) for event in events})()


def quietly(work: Callable[[], Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HookWarning)
        return work()


@given(
    positions=st.lists(st.sets(st.sampled_from(EVENTS)).map(frozenset), max_size=3),
    continues=st.booleans(),
    outputs=st.sets(st.sampled_from(["price", "broken", "after", "total"]), min_size=1),
)
@settings(max_examples=settings.default.max_examples // 2)
def test_observers_that_raise_never_change_a_result(
    positions: list[frozenset[str]], continues: bool, outputs: set[str]
) -> None:
    def result(hooks: list[Observer]) -> object:
        driver = BUILDER.with_hooks(*hooks, *([ContinueOnError()] if continues else [])).build()
        try:
            return driver.execute(sorted(outputs))
        except ValueError as error:
            return str(error), error.__notes__

    expected = result([])
    assert quietly(lambda: result([raising_in(events) for events in positions])) == expected


def test_observers_cannot_change_what_they_receive() -> None:
    class Mutating(Observer):
        def build_started(self, config: Any) -> None:
            config["rate"] = 5.0

        def run_started(self, run: RunInfo) -> None:
            run.provided["rate"] = 5.0  # type: ignore[index]

        def queued(self, nodes: Any) -> None:
            nodes.clear()

        def started(self, call: Call) -> None:
            call.named["price"] = 5.0  # type: ignore[index] - changes a copy
            call.arguments[0] = 5.0  # type: ignore[index]

        def ended(self, node: Node, outcome: Outcome) -> None:
            outcome.value = 5.0  # type: ignore[union-attr,misc]

        def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
            outcome.value["total"] = 5.0  # type: ignore[union-attr,index]

    def run() -> object:
        return BUILDER.with_config({"rate": 0.5}).with_hooks(Mutating()).build().execute(["total"])

    assert quietly(run) == {"total": 15.0}


@pytest.mark.parametrize("event", [event for event in EVENTS if not event.startswith("build")])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_an_observer_can_end_the_run_with_an_exception_that_is_not_an_error(event: str, error: type[BaseException]) -> None:
    ends: list[str] = []

    class Last(Observer):
        def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
            ends.append(type(outcome).__name__)

    driver = BUILDER.build()
    with pytest.raises(error):
        driver.execute(["total"], hooks=[Last(), raising_in(frozenset({event}), error)])
    assert driver.execute(["total"]) == {"total": 12.0}
    # `[]` if `for_run` raised, because the run had not started. `["Succeeded"]` if `run_ended` raised, because the run had
    # ended.
    assert ends in (["Failed"], ["Succeeded"], [])


@pytest.mark.native
def test_an_interrupt_in_a_worker_ends_the_run_for_observers() -> None:
    ends: list[object] = []

    class Last(Observer):
        def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
            ends.append(outcome)

    def stops() -> int:
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as pool:
        driver = Builder().with_functions(stops).with_policy(Policy(executor=pool)).build()
        with pytest.raises(KeyboardInterrupt):
            driver.execute(["stops"], hooks=[Last()])
    assert [type(outcome) for outcome in ends] == [Failed]


def test_an_exception_of_middleware_is_a_failure_of_the_node() -> None:
    class Refusing:
        def around(self, call: Call, proceed: Proceed) -> Any:
            raise PermissionError("no")

    hook = ContinueOnError()
    assert BUILDER.build().execute(["total"], hooks=[hook, Refusing()]) == {}
    assert isinstance(hook.failures.errors["price"], PermissionError)
    with pytest.raises(PermissionError) as caught:
        BUILDER.build().execute(["total"], hooks=[Refusing()])
    assert "Raised in node `price`" in caught.value.__notes__[0]


def test_a_hook_that_is_added_twice_counts_once() -> None:
    names: list[str] = []

    class Names(Observer):
        def started(self, call: Call) -> None:
            names.append(call.node.name)

        def around(self, call: Call, proceed: Proceed) -> Any:
            names.append("around")
            return proceed(call)

    hook = Names()
    BUILDER.with_hooks(hook, hook).build().execute(["price"], hooks=[hook])
    assert names == ["price", "around"]


@pytest.mark.parametrize("hooks", [Progress(style="text"), "hook", {PrintNodes()}, (hook for hook in [PrintNodes()])])
def test_hooks_of_a_run_must_be_a_list(hooks: Any) -> None:
    with pytest.raises(TypeError, match=r"`hooks` must be a list of hooks, not .*: write `hooks=\[\.\.\.\]`"):
        BUILDER.build().execute(["price"], hooks=hooks)


def test_an_observer_needs_neither_a_hash_nor_equality() -> None:
    class Odd(Observer):
        __hash__ = None  # type: ignore[assignment]

        def __eq__(self, other: object) -> bool:
            raise AssertionError

        def __bool__(self) -> bool:
            raise AssertionError

        def for_run(self, run: RunInfo) -> Observer:
            return self

        def ended(self, node: Node, outcome: Outcome) -> None: ...

    assert BUILDER.with_hooks(Odd()).build().execute(["price"], hooks=[Odd()]) == {"price": 10.0}


@pytest.mark.native  # exhausts the stack
def test_an_observer_that_runs_the_same_driver_forever_is_reported() -> None:
    class Recursive(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            driver.execute(["price"], hooks=[self])

    driver = BUILDER.build()
    assert quietly(lambda: driver.execute(["price"], hooks=[Recursive()])) == {"price": 10.0}


# --- values ---------------------------------------------------------------------------------------------------------


def numbers() -> Iterator[int]:
    yield from (1, 2, 3)


def summed(numbers: Iterator[int]) -> int:
    return sum(numbers)


class Unusual:
    """A value that raises when it is compared, measured or shown, or used as a condition."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ValueError

    def __bool__(self) -> bool:
        raise ValueError

    def __repr__(self) -> str:
        raise ValueError

    def __len__(self) -> int:
        raise ValueError


def unusual() -> Unusual:
    return Unusual()


def seen(unusual: Unusual) -> int:
    return 1


class Silent(Exception):
    def __str__(self) -> str:
        raise ValueError


def silent(seen: int) -> int:
    raise Silent


def all_hooks() -> list[Any]:
    stream = io.StringIO()
    hooks = [PrintNodes(write=stream.write), Progress(style="text", stream=stream), Retry(attempts=1), StrictTypes()]
    return [*hooks, GracefulErrors(sentinel=hooks, on_error=lambda *_: None), ErrorSnapshots(), Profile(memory=True)]


def test_hooks_do_not_consume_iterators() -> None:
    assert Builder().with_functions(numbers, summed).with_hooks(*all_hooks()).build().execute(["summed"]) == {"summed": 6}


def test_hooks_accept_values_without_equality_truth_and_repr() -> None:
    assert Builder().with_functions(unusual, seen).with_hooks(*all_hooks()).build().execute(["seen"]) == {"seen": 1}


def test_hooks_accept_exceptions_without_a_text() -> None:
    hooks = [hook for hook in all_hooks() if not isinstance(hook, GracefulErrors)]
    failures = ContinueOnError()
    Builder().with_functions(unusual, seen, silent).with_hooks(*hooks, failures).build().execute(["silent"])
    assert str(failures.failures) == "silent failed: Silent: '<its str() raised ValueError>'"


class Big:
    """A value that should not be retained."""


@pytest.mark.parametrize("hooks", [[Observer()], [PrintNodes(write=lambda _: None)], [Retry()], all_hooks()])
def test_a_value_is_freed_when_its_last_reader_has_ended(hooks: list[Any]) -> None:
    values: list[weakref.ref[Big]] = []

    def big() -> Big:
        value = Big()
        values.append(weakref.ref(value))
        return value

    def small(big: Big) -> int:
        return 1

    def freed(small: int) -> bool:
        return values[0]() is None

    gc.disable()
    try:
        result = Builder().with_functions(big, small, freed).with_hooks(*hooks).build().execute(["freed"])
    finally:
        gc.enable()
    assert result == {"freed": True}


# --- overlapping runs -----------------------------------------------------------------------------------------------


@pytest.mark.native
def test_hooks_of_a_driver_can_be_used_by_many_threads() -> None:
    lines: list[str] = []
    profile, failures = Profile(memory=True), ContinueOnError()
    driver = BUILDER.with_hooks(PrintNodes(write=lines.append), profile, failures).build()
    start = threading.Barrier(8, timeout=60)

    def run(_: int) -> object:
        start.wait()
        return [driver.execute(["total", "after"]) for _ in range(10)]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, range(8))) == [[{"total": 12.0}] * 10] * 8
    assert len(lines) == 8 * 10 * 4
    assert set(failures.failures.errors) == {"broken"}
    assert {node.name for node in profile.latest.nodes} == {"price", "broken", "after", "total"}
    tracemalloc.stop()


@pytest.mark.parametrize("style", ["rich", "tqdm", "text"])
def test_a_function_may_run_a_driver_with_the_same_hooks(style: Any) -> None:
    if style != "text":
        pytest.importorskip(style)
    profile = Profile()
    hooks = [Progress(style=style, stream=io.StringIO()), profile, ContinueOnError()]
    inner = BUILDER.with_hooks(*hooks).build()

    def outer() -> float:
        return inner.execute(["total"])["total"]

    assert Builder().with_functions(outer).with_hooks(*hooks).build().execute(["outer"]) == {"outer": 12.0}
    assert [node.name for node in profile.latest.nodes] == ["outer"]
