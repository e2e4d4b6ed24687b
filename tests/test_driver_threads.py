"""A driver in many threads: they share its cache, and no thread sees an incomplete state."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from headwater import Builder, Driver
from headwater.execution import Runner
from headwater.execution.prepared_requests import MAX_REQUESTS, PreparedRequests
from headwater.execution.runner import RUNS_BEFORE_COMPILING
from headwater.io import registry, to
from headwater.planning.plan import plan

pytestmark = pytest.mark.native  # threads

THREADS = 8


@pytest.fixture(autouse=True)
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(work: Callable[[int], object]) -> list[Any]:
    """Return the results of several threads that start at the same time."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, range(THREADS)))


def chain(length: int) -> list[Callable[..., Any]]:
    scope: dict[str, Any] = {}
    exec("".join(f"def n{i}(n{i - 1}: int) -> int: return n{i - 1} + 1\n" for i in range(1, length)), scope)  # noqa: S102
    return [scope[f"n{i}"] for i in range(1, length)]


def test_functions_are_found_by_all_threads_that_ask_first() -> None:
    functions = chain(500)
    for _ in range(5):
        driver = Builder().with_functions(*functions).build()
        got = together(lambda _, driver=driver: driver.execute([functions[-1]], inputs={"n0": 0}))
        assert got == [{"n499": 499}] * THREADS


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda driver, last: driver.run(last, n0=0), id="run"),
        pytest.param(lambda driver, last: driver.what_is_upstream_of(last)[-1].name, id="upstream"),
        pytest.param(lambda driver, last: driver.validate_execution([last], inputs={"n0": 0}), id="validate"),
        pytest.param(lambda driver, last: driver.visualize_execution([last], inputs={"n0": 0}).text, id="draw"),
        pytest.param(lambda driver, last: driver.materialize(additional_vars=[last], inputs={"n0": 0}), id="materialize"),
    ],
)
def test_every_query_is_thread_safe(ask: Callable[[Driver[Any], Callable[..., Any]], object]) -> None:
    functions = chain(60)
    driver = Builder().with_functions(*functions).build()
    got = together(lambda _: ask(driver, functions[-1]))
    assert got == [ask(driver, functions[-1])] * THREADS


def test_more_requests_than_are_remembered_from_all_threads() -> None:
    scope: dict[str, Any] = {}
    exec("".join(f"def n{i}(x: int) -> int: return x + {i}\n" for i in range(3 * MAX_REQUESTS)), scope)  # noqa: S102
    driver = Builder().with_functions(*(scope[f"n{i}"] for i in range(3 * MAX_REQUESTS))).build()

    def work(number: int) -> list[dict[str, int]]:
        order = [(number * 37 + i * (2 * number + 1)) % (3 * MAX_REQUESTS) for i in range(300)]
        got = ((i, driver.execute([f"n{i}"], inputs={"x": number})) for i in order)
        return [values for i, values in got if values != {f"n{i}": number + i}]

    assert together(work) == [[]] * THREADS


def test_a_plan_is_compiled_once_and_gives_the_same_before_and_after() -> None:
    functions = chain(20)
    graph = Builder().with_functions(*functions).build().graph
    for _ in range(20):
        runner = Runner(plan(graph, ["n19"], ["n0"]))
        got = together(
            lambda number, runner=runner: [runner.run({"n0": number + i})["n19"] - i for i in range(2 * RUNS_BEFORE_COMPILING)]
        )
        assert got == [[number + 19] * (2 * RUNS_BEFORE_COMPILING) for number in range(THREADS)]
        assert runner.is_compiled


def test_adapters_are_available_to_all_threads_at_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = Builder().with_functions(*chain(3)).build()
    for _ in range(10):
        monkeypatch.setattr(registry, "_registered", {"load": {}, "save": {}})
        monkeypatch.setattr(registry, "_loaded", set())
        store: dict[str, int] = {}
        got = together(
            lambda number, store=store: driver.materialize(
                to.memory(id="saved", dependencies="n2", store=store, key=str(number)), inputs={"n0": number}
            )
        )
        assert [metadata for metadata, _ in got] == [{"saved": {"memory": {"key": str(number)}}} for number in range(THREADS)]
        assert store == {str(number): number + 2 for number in range(THREADS)}


def test_the_number_of_cached_requests_is_limited() -> None:
    requests = PreparedRequests()
    prepared: Any = object()
    together(lambda number: [requests.add(((number, i), (), ()), prepared) for i in range(200)])
    assert len(requests) == MAX_REQUESTS


def test_warnings_and_errors_of_a_thread_do_not_reach_another() -> None:
    functions = chain(5)
    driver = Builder().with_functions(*functions).build()

    def work(number: int) -> list[str]:
        found = []
        for _ in range(50):
            try:
                driver.execute(["n4"], inputs={"n0": "text" if number % 2 else number})
            except Exception as error:  # noqa: BLE001 - the test counts any exception
                found.append(type(error).__name__)
        return found

    assert together(work) == [["WrongInputType"] * 50 if number % 2 else [] for number in range(THREADS)]
