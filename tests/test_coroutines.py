"""Coroutines that run to completion in the thread that calls them."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING

import pytest

from headwater import coroutines
from headwater.coroutines import CoroutineRunner
from headwater.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.interpreter  # a browser has a different event loop

REGION: contextvars.ContextVar[str] = contextvars.ContextVar("REGION", default="none")


@pytest.fixture(params=["sockets", "clock"])
def runner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[CoroutineRunner]:
    """Return a runner with the event loop of this platform, or with that of a browser."""
    if request.param == "clock":
        monkeypatch.setattr(coroutines.sys, "platform", "emscripten")
    runner = CoroutineRunner()
    yield runner
    runner.close()


async def fetched(number: int) -> int:
    await asyncio.sleep(0.0001)
    return number


async def total() -> int:
    return sum(await asyncio.gather(fetched(1), asyncio.wait_for(fetched(2), 60)))


def test_a_coroutine_runs_to_its_end(runner: CoroutineRunner) -> None:
    assert [runner.run(total()), runner.run(fetched(4))] == [3, 4]


@pytest.mark.native  # the event loop of a browser is always running
def test_a_coroutine_runs_while_another_event_loop_is_running(runner: CoroutineRunner) -> None:
    async def outside() -> list[object]:
        REGION.set("eu")

        async def inside() -> str:
            await asyncio.sleep(0)
            return REGION.get()

        before = asyncio.current_task()
        values = [runner.run(total()), runner.run(inside())]
        await asyncio.sleep(0)
        return [*values, asyncio.current_task() is before]

    assert asyncio.run(outside()) == [3, "eu", True]


def test_an_exception_reaches_the_caller(runner: CoroutineRunner) -> None:
    async def failing() -> None:
        await asyncio.sleep(0)
        raise KeyError("a")

    with pytest.raises(KeyError, match="a"):
        runner.run(failing())
    assert runner.run(fetched(1)) == 1


def test_coroutines_share_an_event_loop(runner: CoroutineRunner) -> None:
    async def started() -> asyncio.Task[int]:
        return asyncio.ensure_future(fetched(5))

    async def awaited(task: asyncio.Task[int]) -> int:
        return await task

    assert runner.run(awaited(runner.run(started()))) == 5


def test_tasks_that_are_left_behind_are_canceled(runner: CoroutineRunner) -> None:
    ended: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("endless")

    async def started() -> asyncio.Task[None]:
        task = asyncio.ensure_future(endless())
        await asyncio.sleep(0)
        return task

    task = runner.run(started())
    runner.close()
    assert ended == ["endless"]
    assert task.cancelled()


def test_a_loop_that_can_only_wait_reports_what_cannot_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coroutines.sys, "platform", "emscripten")
    ended: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("endless")

    runner = CoroutineRunner()
    with pytest.raises(RunError, match="would wait forever"):
        runner.run(endless())
    assert ended == ["endless"]
    assert runner.run(fetched(1)) == 1
    runner.close()
