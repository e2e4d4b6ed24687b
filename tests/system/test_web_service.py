"""A FastAPI service with one `AsyncDriver` that serves a hundred requests at the same time, in this process."""

from __future__ import annotations

import asyncio
import contextvars
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder
from headwater.errors import RunTimeout
from headwater.hooks import Observer, Retry

pytest.importorskip("fastapi")
httpx = pytest.importorskip("httpx")

from fastapi import FastAPI, HTTPException  # noqa: E402 - might not be installed

if TYPE_CHECKING:
    from pathlib import Path

    from headwater import AsyncDriver
    from headwater.hooks import RunInfo

pytestmark = pytest.mark.native

REQUESTS = 100
LANGUAGE: contextvars.ContextVar[str] = contextvars.ContextVar("LANGUAGE")


class Gate:
    """Opens once all requests have reached it. This guarantees that they are processed at the same time."""

    def __init__(self) -> None:
        self.barrier = asyncio.Barrier(REQUESTS)


GATES: list[Gate] = []


async def price(number: int) -> float:
    await GATES[-1].barrier.wait()
    return 10.0 + number


async def text(total: float, number: int) -> str:
    await asyncio.sleep(0)
    if number % 10 == 7:
        raise ValueError(f"{number} is unlucky")
    return f"{LANGUAGE.get()}: {total}"


def total(price: float, count: int = 2) -> float:
    return price * count


def service(driver: AsyncDriver[dict[str, Any]]) -> FastAPI:
    app = FastAPI()

    @app.get("/text/{number}")
    async def read_text(number: int) -> dict[str, Any]:
        LANGUAGE.set(f"language {number}")
        try:
            return await driver.execute(["text"], inputs={"number": number})
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        except RunTimeout as error:
            raise HTTPException(504, ", ".join(error.running)) from error

    return app


def responses(app: FastAPI, count: int = REQUESTS) -> list[Any]:
    async def main() -> list[Any]:
        GATES.append(Gate())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service", timeout=60) as client:
            answers = await asyncio.gather(*(client.get(f"/text/{number}") for number in range(count)))
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return answers

    return asyncio.run(main())


class RunsAtOnce(Observer):
    """Counts the runs that are active at the same time."""

    def __init__(self) -> None:
        self.active = self.most = 0

    def run_started(self, run: RunInfo) -> None:
        self.active += 1
        self.most = max(self.most, self.active)

    async def run_ended(self, run: RunInfo, outcome: Any) -> None:
        await asyncio.sleep(0)
        self.active -= 1


def test_a_hundred_requests_are_answered_at_the_same_time() -> None:
    runs = RunsAtOnce()
    hooks = [runs, Retry(delay=0.0, exceptions=(OSError,))]
    driver = Builder().with_functions(price, total, text).with_hooks(*hooks).build_async(concurrency=2)
    answers = responses(service(driver))
    for number, answer in enumerate(answers):
        if number % 10 == 7:
            assert (answer.status_code, answer.json()) == (422, {"detail": f"{number} is unlucky"})
        else:
            assert (answer.status_code, answer.json()) == (200, {"text": f"language {number}: {(10.0 + number) * 2}"})
    assert (runs.active, runs.most) == (0, REQUESTS)


def test_a_cache_serves_all_requests(tmp_path: Path) -> None:
    async def price(number: int) -> float:
        await asyncio.sleep(0)
        return 10.0 + number

    driver = Builder().with_functions(price, total).with_cache(tmp_path).build_async()

    async def main() -> list[dict[str, float]]:
        return await asyncio.gather(*(driver.execute(["total"], inputs={"number": number}) for number in range(REQUESTS)))

    for _ in range(2):
        assert asyncio.run(main()) == [{"total": (10.0 + number) * 2} for number in range(REQUESTS)]
    assert sum(event.outcome == "hit" for event in driver.cache.log) == 2 * REQUESTS
    driver.cache.close()


def test_a_request_that_takes_too_long_names_the_function() -> None:
    driver = Builder().with_functions(price, total, text).build_async(timeout=0.001)
    (answer,) = responses(service(driver), count=1)  # the gate waits for the other requests
    assert (answer.status_code, answer.json()) == (504, {"detail": "price"})


def test_a_client_that_disconnects_cancels_the_functions_of_its_run() -> None:
    is_running, ended = asyncio.Event(), []

    async def endless() -> int:
        is_running.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("endless")
        return 1

    driver = Builder().with_functions(endless).build_async()
    app = FastAPI()

    @app.get("/")
    async def read() -> dict[str, Any]:
        return await driver.execute(["endless"])

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client:
            request: asyncio.Task[Any] = asyncio.ensure_future(client.get("/"))
            await is_running.wait()
            request.cancel()
            with pytest.raises(asyncio.CancelledError):
                await request
        assert ended == ["endless"]
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())
