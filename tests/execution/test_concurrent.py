"""Independent functions run in parallel, with the same outcomes as in a sequential run."""

from __future__ import annotations

import gc
import importlib
import threading
import time
import types
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder, on
from headwater.execution.placement import Placement
from headwater.execution.policy_runner import PolicyRunner
from headwater.hooks import Failed, Observer, Policy, WatchArguments
from headwater.planning.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from headwater.graph.node import Node
    from headwater.hooks import Outcome

pytestmark = pytest.mark.native  # a browser has one thread

PATIENCE = 60  # seconds until a test that hangs fails


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_independent_functions_run_in_parallel(pool: ThreadPoolExecutor) -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    def one() -> int:
        return both.wait()

    def other() -> int:
        return both.wait()

    def total(one: int, other: int) -> int:
        return one + other

    driver = Builder().with_functions(one, other, total).with_policy(Policy(executor=pool)).build()
    assert driver.execute(["total"]) == {"total": 1}


def test_a_failure_is_raised_once_nothing_runs_any_more(pool: ThreadPoolExecutor) -> None:
    both_run = threading.Barrier(2, timeout=PATIENCE)
    is_known = threading.Event()
    ended: list[str] = []

    class Knowing(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            del node
            if isinstance(outcome, Failed):
                is_known.set()

    def failing() -> int:
        both_run.wait()
        raise ValueError("no")

    def running() -> int:
        both_run.wait()
        assert is_known.wait(PATIENCE)
        ended.append("running")
        return 1

    def later(running: int) -> int:
        ended.append("later")
        return running

    policy = Policy(observers=(Knowing(),), executor=pool)
    driver = Builder().with_functions(failing, running, later).with_policy(policy).build()
    with pytest.raises(ValueError, match="no") as caught:
        driver.execute(["failing", "later"])
    assert "Raised in node `failing`" in caught.value.__notes__[0]
    assert ended == ["running"]


def test_an_interrupt_in_a_worker_ends_a_run_that_continues_after_anything_else(pool: ThreadPoolExecutor) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    found = plan(Builder().with_functions(interrupted).build().graph, ["interrupted"])
    with pytest.raises(KeyboardInterrupt):
        PolicyRunner(found, Policy(on_failure="continue", catches=(BaseException,), executor=pool)).run({})


def test_the_executor_stays_the_callers(pool: ThreadPoolExecutor) -> None:
    def one() -> int:
        return 1

    driver = Builder().with_functions(one).with_policy(Policy(executor=pool)).build()
    assert [driver.execute(["one"]) for _ in range(3)] == [{"one": 1}] * 3
    assert pool.submit(one).result(PATIENCE) == 1


class Big:
    """A value that should not be retained."""


@contextmanager
def without_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def test_a_value_is_freed_when_its_last_reader_has_ended(pool: ThreadPoolExecutor) -> None:
    has_read = threading.Event()
    values: list[weakref.ref[Big]] = []
    freed: list[bool] = []

    def big() -> Big:
        value = Big()
        values.append(weakref.ref(value))
        return value

    def small(big: Big) -> int:
        return 1

    class Told(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            del outcome
            if node.name == "small":
                has_read.set()

    def slow() -> int:
        assert has_read.wait(PATIENCE)
        until(lambda: values[0]() is None)
        freed.append(values[0]() is None)
        return 1

    policy = Policy(observers=(Told(),), executor=pool)
    with without_collector():
        Builder().with_functions(big, small, slow).with_policy(policy).build().execute(["slow", "small"])
    assert freed == [True]


def until(holds: Callable[[], bool]) -> None:
    """Wait until another thread has reached a state."""
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.001)


def test_a_failed_run_retains_no_arguments(pool: ThreadPoolExecutor) -> None:
    values: list[weakref.ref[Big]] = []

    def big() -> Big:
        return Big()

    def fail(big: Big) -> int:
        values.append(weakref.ref(big))
        raise ValueError("no")

    driver = Builder().with_functions(big, fail).with_policy(Policy(executor=pool)).build()
    with without_collector():
        for _ in range(3):
            with suppress(ValueError):
                driver.execute(["fail"])
        until(lambda: all(value() is None for value in values))
        assert [value() for value in values] == [None] * 3


IMPORTABLE = """
def half(whole: float) -> float:
    return whole / 2


def broken(whole: float) -> float:
    return whole / 0
"""


def test_middleware_is_sent_to_another_process_and_an_error_returns_with_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "concurrent_flow.py").write_text(IMPORTABLE)
    monkeypatch.syspath_prepend(str(tmp_path))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        policy = Policy(middleware=(WatchArguments(),), executor=processes)
        half = Builder().with_modules(importlib.import_module("concurrent_flow")).with_policy(policy).build()
        assert half.execute(["half"], inputs={"whole": 4}) == {"half": 2.0}
        with pytest.raises(ZeroDivisionError) as caught:
            half.execute(["broken"], inputs={"whole": 4})
    worker, node = caught.value.__notes__
    assert "In the worker process:" in worker
    assert "in broken" in worker
    assert "Raised in node `broken`" in node


class Outcomes(Observer):
    """Collects the outcome of each node, keyed by name. For a failure, this is the text of the exception."""

    def __init__(self) -> None:
        self.of: dict[str, object] = {}

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.of[node.name] = str(outcome.error) if isinstance(outcome, Failed) else outcome


SIZE = 8


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Generate functions that depend on earlier functions. Some of them raise an exception."""
    lines: list[str] = []
    for index in range(SIZE):
        read = sorted(draw(st.sets(st.integers(0, index - 1), max_size=3))) if index else []
        parameters = ", ".join(f"f{need}: int" for need in read)
        body = (
            f"raise ValueError({index})"
            if draw(st.integers(0, 5)) == 0
            else f"return {' + '.join(['1', *(f'f{number}' for number in read)])}"
        )
        lines.append(f"def f{index}({parameters}) -> int: {body}\n")
    return "".join(lines)


PLACES = st.lists(st.sampled_from(["default", "first", "second", "here"]), min_size=SIZE, max_size=SIZE)


@given(source=sources(), places=PLACES)
def test_executors_have_the_same_outcomes_and_outputs_as_a_single_thread(source: str, places: list[str]) -> None:
    module = types.ModuleType("flow")
    exec(source, vars(module))  # noqa: S102 - the test's own code
    names = [f"f{index}" for index in range(SIZE)]
    functions = [on(place)(vars(module)[name]) for name, place in zip(names, places, strict=True)]
    found = plan(Builder().with_functions(*functions).build().graph, names)
    here, there = Outcomes(), Outcomes()
    outputs = PolicyRunner(found, Policy(on_failure="continue", observers=(here,))).run({})
    with ThreadPoolExecutor(3) as pool, ThreadPoolExecutor(1) as first, ThreadPoolExecutor(2) as second:
        placements = (Placement(first, on="first"), Placement(second, on="second"), Placement(None, on="here"))
        policy = Policy(on_failure="continue", observers=(there,), executor=pool, placements=placements)
        assert PolicyRunner(found, policy).run({}) == outputs
    assert there.of == here.of
