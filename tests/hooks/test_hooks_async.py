"""The built-in hooks with `async def` functions."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder
from headwater.errors import ChangedArgumentWarning, NodeTimeout, WrongRuntimeType
from headwater.hooks import (
    Breakpoints,
    ContinueOnError,
    ErrorSnapshots,
    GracefulErrors,
    Policy,
    PrintNodes,
    Profile,
    Retry,
    StrictTypes,
    Timeout,
    WatchArguments,
)
from headwater.hooks.reproduction import rerun_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


pytestmark = pytest.mark.native  # the event loop of a browser is always running


async def price() -> float:
    await asyncio.sleep(0)
    return 10.0


async def wrong() -> int:
    await asyncio.sleep(0)
    return "ten"  # type: ignore[return-value]


async def failing(price: float) -> float:
    await asyncio.sleep(0)
    raise ValueError(f"not {price}")


def total(price: float) -> float:
    return price * 2


def execute(*functions: Callable[..., Any], output: str, hooks: list[Any], **arguments: Any) -> Any:
    driver = Builder().with_functions(*functions).with_hooks(*hooks).build_async()
    return asyncio.run(driver.execute([output], **arguments))[output]


def test_retries_pause_without_blocking_the_event_loop() -> None:
    failures = {"fetched": 2, "computed": 2}
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    def fail(name: str) -> None:
        if failures[name]:
            failures[name] -= 1
            raise OSError(name)

    async def fetched() -> int:
        await asyncio.sleep(0)
        fail("fetched")
        return 1

    def computed(fetched: int) -> int:
        fail("computed")
        return fetched + 1

    assert execute(fetched, computed, output="computed", hooks=[Retry(delay=2.0, jitter=0.0, sleep=pause)]) == 2
    assert pauses == [2.0, 4.0, 2.0, 4.0]


def test_a_pause_lets_other_functions_run() -> None:
    is_free = asyncio.Event()
    failures = [OSError()]

    def flaky() -> int:
        if failures:
            raise failures.pop()
        return 1

    async def other() -> int:
        await asyncio.sleep(0)
        is_free.set()
        return 2

    async def pause(seconds: float) -> None:
        await is_free.wait()

    driver = Builder().with_functions(flaky, other).with_hooks(Retry(sleep=pause)).build_async()
    assert asyncio.run(driver.execute(["flaky", "other"])) == {"flaky": 1, "other": 2}


def test_a_retry_sleeps_in_the_event_loop_by_default() -> None:
    failures = [OSError()]

    async def flaky() -> int:
        if failures:
            raise failures.pop()
        return 1

    assert execute(flaky, output="flaky", hooks=[Retry(delay=0.0)]) == 1


def test_types_of_awaited_values_are_checked() -> None:
    assert execute(price, output="price", hooks=[StrictTypes()]) == 10.0
    with pytest.raises(WrongRuntimeType, match="must return int, but returned str: 'ten'"):
        execute(wrong, output="wrong", hooks=[StrictTypes()])


def test_a_sentinel_replaces_the_value_of_a_failed_function() -> None:
    async def after(failing: float) -> float:
        return failing

    errors: list[str] = []
    hook = GracefulErrors(on_error=lambda node, error: errors.append(f"{node.name}: {error}"))
    assert execute(price, failing, after, output="after", hooks=[hook]) is None
    assert errors == ["failing: not 10.0"]


def test_observers_see_values_and_failures() -> None:
    lines: list[str] = []
    hooks = [PrintNodes(write=lines.append, clock=lambda: 0.0), ContinueOnError()]
    driver = Builder().with_functions(price, failing).build_async()
    asyncio.run(driver.execute(["failing"], hooks=hooks))
    assert lines == ["price() -> 10.0 (0 µs)", "failing(price=10.0) raised ValueError: 'not 10.0' (0 µs)"]


def test_a_profile_measures_until_the_value_is_there() -> None:
    now = 0.0

    async def slow() -> int:
        nonlocal now
        now += 1.0
        await asyncio.sleep(0)
        now += 2.0
        return 1

    async def other() -> int:
        await asyncio.sleep(0)
        return 1

    profile = Profile(clock=lambda: now)
    driver = Builder().with_functions(slow, other).with_hooks(profile).build_async(concurrency=1)
    asyncio.run(driver.execute(["slow", "other"]))
    assert {node.name: node.seconds for node in profile.latest.nodes} == {"slow": 3.0, "other": 0.0}


def test_a_trace_has_a_row_for_each_of_several_functions_at_the_same_time(tmp_path: Path) -> None:
    ticks = iter(range(100))
    both = asyncio.Barrier(2)

    async def one() -> int:
        return await both.wait()

    async def other() -> int:
        return await both.wait()

    profile = Profile(clock=lambda: float(next(ticks)))
    driver = Builder().with_functions(one, other).with_hooks(profile).build_async()
    asyncio.run(driver.execute(["one", "other"]))
    profile.latest.save_trace(tmp_path / "trace.json")
    events = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))["traceEvents"]
    assert [event["args"]["name"] for event in events if event["ph"] == "M"] == ["MainThread", "MainThread, row 2"]


def test_a_snapshot_of_an_async_function_runs_again(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"not 10\.0") as caught:
        execute(price, failing, output="failing", hooks=[ErrorSnapshots()])
    snapshot = caught.value.snapshot  # type: ignore[attr-defined]
    assert snapshot.call.named == {"price": 10.0}
    snapshot.save(tmp_path / "failing.snapshot")
    assert rerun_snapshot(tmp_path / "failing.snapshot").is_reproduced


def test_changes_of_arguments_are_reported() -> None:
    async def prices() -> list:  # type: ignore[type-arg]
        return [2, 1]

    async def cheapest(prices: list) -> int:  # type: ignore[type-arg]
        await asyncio.sleep(0)
        prices.sort()
        return int(prices[0])

    with pytest.warns(ChangedArgumentWarning, match="`cheapest`"):
        assert execute(prices, cheapest, output="cheapest", hooks=[WatchArguments()]) == 1


def test_a_debugger_stops_before_and_after_an_async_function() -> None:
    stops: list[str] = []
    hook = Breakpoints("before", "after", name="price", stop=lambda: stops.append("stop"))
    assert execute(price, total, output="total", hooks=[hook]) == 20.0
    assert stops == ["stop", "stop"]


def test_all_hooks_work_together() -> None:
    hooks = [StrictTypes(), Retry(attempts=2), Timeout(60), GracefulErrors(sentinel=object()), ErrorSnapshots(), Profile()]
    assert execute(price, total, output="total", hooks=hooks) == 20.0


async def endless() -> int:
    await asyncio.Event().wait()
    return 1


def test_a_function_that_takes_too_long_is_canceled() -> None:
    with pytest.raises(NodeTimeout) as caught:
        execute(endless, output="endless", hooks=[Timeout(0.001)])
    (location,) = caught.value.locations
    assert str(caught.value) == f"`endless` ({location}) took longer than 0.001 s."
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.node == "endless"


def test_each_attempt_may_have_a_timeout() -> None:
    calls: list[int] = []

    async def slow_at_first() -> int:
        calls.append(1)
        if len(calls) == 1:
            await asyncio.Event().wait()
        return 1

    hooks = [Retry(delay=0.0, exceptions=(TimeoutError,)), Timeout(0.001)]
    assert execute(slow_at_first, output="slow_at_first", hooks=hooks) == 1
    assert len(calls) == 2


def test_a_timeout_may_concern_some_nodes() -> None:
    assert execute(price, total, output="total", hooks=[Timeout(60, name="slow_*")]) == 20.0
    for seconds in (0, -1, True, "1"):
        with pytest.raises(ValueError, match="`seconds` must be a positive number"):
            Timeout(seconds)  # type: ignore[arg-type]


def test_a_timeout_error_of_a_function_is_its_own() -> None:
    async def slow() -> int:
        raise TimeoutError("of a request")

    with pytest.raises(TimeoutError, match="of a request"):
        execute(slow, output="slow", hooks=[Timeout(60)])


def test_a_synchronous_driver_refuses_a_timeout() -> None:
    with pytest.raises(TypeError, match=r"`Timeout\.around` is `async def`, which a `Driver` cannot await"):
        Builder().with_functions(total).with_hooks(Timeout(1)).build()


def test_the_included_hooks_can_be_part_of_a_policy() -> None:
    driver = Builder().with_functions(price, total).with_policy(Policy(middleware=(StrictTypes(),))).build_async()
    assert asyncio.run(driver.execute(["total"])) == {"total": 20.0}
