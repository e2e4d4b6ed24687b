"""Calls for each element in an `AsyncDriver`."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from headwater import AsyncDriver, Builder, Collect, Parallelizable
from headwater.errors import NodeCanceled, RunTimeout
from headwater.execution.async_mapping import MAX_CONCURRENT_ELEMENTS
from headwater.hooks import Observer, Succeeded, Task

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from headwater.hooks import AsyncProceed, Call, Failed

pytestmark = pytest.mark.native  # Pyodide cannot block until a coroutine ends


def number(count: int) -> Parallelizable[int]:
    return range(count)


def doubled(fetched: int) -> int:
    return 2 * fetched


def total(doubled: Collect[int]) -> int:
    return sum(doubled)


async def fetched(number: int) -> int:
    await asyncio.sleep(0)
    return number


def driver_of(*functions: Callable[..., Any], concurrency: int | None = None) -> AsyncDriver:
    builder = Builder().with_functions(*functions)
    return builder.build_async() if concurrency is None else builder.build_async(concurrency=concurrency)


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(coroutine, 60))


class Meter:
    """An `async def` function that measures how many of its calls run at once."""

    def __init__(self) -> None:
        self.running = 0
        self.most = 0

    def function(self) -> Callable[[int], Awaitable[int]]:
        async def fetched(number: int) -> int:
            self.running += 1
            self.most = max(self.most, self.running)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self.running -= 1
            return number

        return fetched


def test_coroutines_run_concurrently_and_values_are_in_order() -> None:
    async def slower_first(number: int) -> int:
        for _ in range(5 - number):
            await asyncio.sleep(0)
        return number

    assert run(driver_of(number, slower_first).execute(["slower_first"], inputs={"count": 5})) == {
        "slower_first": [0, 1, 2, 3, 4]
    }


def test_async_and_plain_functions_are_mixed() -> None:
    driver = driver_of(number, fetched, doubled, total)
    assert run(driver.execute(["total", "fetched"], inputs={"count": 4})) == {"total": 12, "fetched": [0, 1, 2, 3]}
    assert run(driver.execute(["total"], inputs={"count": 0})) == {"total": 0}


def test_elements_may_come_from_coroutines_and_asynchronous_generators() -> None:
    async def page(count: int) -> Parallelizable[int]:
        await asyncio.sleep(0)
        return range(count)

    async def line(page: int) -> Parallelizable[int]:  # type: ignore[misc] # pyright: ignore[reportReturnType]
        for position in range(page):
            await asyncio.sleep(0)
            yield position

    def lines(line: Collect[int]) -> list[int]:
        return list(line)

    assert run(driver_of(page, line, lines).execute(["lines"], inputs={"count": 3})) == {"lines": [[], [0], [0, 1]]}


def test_a_driver_limits_the_calls_for_elements() -> None:
    meter = Meter()
    run(driver_of(number, meter.function(), concurrency=3).execute(["fetched"], inputs={"count": 50}))
    assert meter.most == 3


def test_other_functions_run_between_elements_at_the_limit() -> None:
    async def alone() -> int:
        await asyncio.sleep(0)
        return 1

    driver = driver_of(number, fetched, alone, concurrency=1)
    assert run(driver.execute(["fetched", "alone"], inputs={"count": 5})) == {"fetched": [0, 1, 2, 3, 4], "alone": 1}


def test_the_limit_of_a_driver_may_exceed_the_default() -> None:
    meter, limit = Meter(), 2 * MAX_CONCURRENT_ELEMENTS
    run(driver_of(number, meter.function(), concurrency=limit).execute(["fetched"], inputs={"count": 2 * limit}))
    assert meter.most == limit


def test_few_of_many_elements_run_at_once_without_a_limit() -> None:
    meter = Meter()
    run(driver_of(number, meter.function()).execute(["fetched"], inputs={"count": 3 * MAX_CONCURRENT_ELEMENTS}))
    assert meter.most == MAX_CONCURRENT_ELEMENTS


def test_a_failure_cancels_later_elements_and_names_the_first() -> None:
    canceled: list[int] = []

    async def failing(number: int) -> int:
        if number in (1, 2):
            for _ in range(3 - number):  # the second element fails after the third
                await asyncio.sleep(0)
            raise ValueError(number)
        try:
            await asyncio.sleep(0 if number == 0 else 60)
        except asyncio.CancelledError:
            canceled.append(number)
            raise
        return number

    with pytest.raises(ValueError, match="1") as raised:
        run(driver_of(number, failing).execute(["failing"], inputs={"count": 6}))
    assert raised.value.__notes__[-1] == "This call was for the element `number[1]`."
    assert canceled == [3, 4, 5]


def test_an_element_that_cancels_itself_fails() -> None:
    async def quitting(number: int) -> int:
        raise asyncio.CancelledError

    with pytest.raises(NodeCanceled, match="quitting"):
        run(driver_of(number, quitting).execute(["quitting"], inputs={"count": 2}))


def test_a_timeout_and_a_cancellation_leave_no_call_behind() -> None:
    running = 0
    all_run = asyncio.Event()

    async def waiting(number: int) -> int:
        nonlocal running
        running += 1
        if running == 5:
            all_run.set()
        try:
            await asyncio.Event().wait()
        finally:
            running -= 1
        return number

    driver = driver_of(number, waiting)

    async def canceled() -> None:
        task = asyncio.create_task(driver.execute(["waiting"], inputs={"count": 5}))
        await all_run.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(canceled())
    assert running == 0
    with pytest.raises(RunTimeout, match="waiting"):
        run(driver.execute(["waiting"], inputs={"count": 5}, timeout=0.01))
    assert running == 0


def test_an_executor_makes_plain_calls() -> None:
    with ThreadPoolExecutor(2) as pool:
        driver = Builder().with_functions(number, fetched, doubled, total).with_executor(pool).build_async()
        assert run(driver.execute(["total"], inputs={"count": 30})) == {"total": 870}


def test_hooks_see_each_element() -> None:
    ended: list[tuple[str, tuple[int, ...], Any]] = []

    class Tasks(Observer):
        async def task_ended(self, task: Task, outcome: Succeeded | Failed) -> None:
            await asyncio.sleep(0)
            assert isinstance(outcome, Succeeded)
            ended.append((task.node.name, task.position, outcome.value))

    class Negative:
        async def around(self, call: Call, proceed: AsyncProceed) -> Any:
            value = await proceed(call)
            return -value if call.node.name in ("fetched", "doubled") else value

    driver = driver_of(number, fetched, doubled, total)
    assert run(driver.execute(["total"], inputs={"count": 3}, hooks=[Tasks(), Negative()])) == {"total": 6}
    assert sorted(ended) == [
        *(("doubled", (position,), 2 * position) for position in range(3)),
        *(("fetched", (position,), -position) for position in range(3)),
    ]


def test_long_lists_of_plain_calls_let_other_tasks_run() -> None:
    turns = 0

    def slow(number: int) -> int:
        return sum(range(1000)) + number

    async def counted() -> None:
        nonlocal turns
        task = asyncio.create_task(driver_of(number, slow, fetched).execute(["slow", "fetched"], inputs={"count": 3000}))
        while not task.done():
            turns += 1
            await asyncio.sleep(0)

    run(counted())
    assert turns > 3
