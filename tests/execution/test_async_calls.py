"""Middleware of every kind, around `async def` and plain functions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder
from headwater.hooks import Call, Pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.hooks import AsyncProceed, CallSteps, Proceed


pytestmark = pytest.mark.native  # the event loop of a browser is always running


async def price() -> float:
    await asyncio.sleep(0)
    return 10.0


def total(price: float) -> float:
    return price * 2


async def failing() -> float:
    await asyncio.sleep(0)
    raise KeyError("a")


def stopping() -> float:
    raise StopIteration(3)


class Generating:
    """Middleware that adds 1 to each value, written as a generator."""

    def around_call(self, call: Call) -> CallSteps:
        try:
            value = yield call
        except KeyError:
            return 0.0
        return value + 1


class Awaiting:
    """Middleware that adds 1 to each value, written as a coroutine."""

    async def around(self, call: Call, proceed: AsyncProceed) -> Any:
        try:
            return await proceed(call) + 1
        except KeyError:
            return 0.0


class Passing:
    """Middleware that records each value, written as a plain method."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def around(self, call: Call, proceed: Proceed) -> Any:
        value = proceed(call)
        self.values.append(value)
        return value


def computed(*functions: Callable[..., Any], hooks: list[Any], output: str) -> Any:
    driver = Builder().with_functions(*functions).with_hooks(*hooks).build_async()
    return asyncio.run(driver.execute([output]))[output]


KINDS: dict[str, Callable[[], list[Any]]] = {
    "a generator": lambda: [Generating()],
    "a coroutine": lambda: [Awaiting()],
    "a generator around a coroutine": lambda: [Generating(), Awaiting()],
    "a coroutine around a generator": lambda: [Awaiting(), Generating()],
    "a plain method around a coroutine": lambda: [Passing(), Awaiting()],
    "a plain method in a coroutine": lambda: [Awaiting(), Passing()],
    "a plain method in a generator": lambda: [Generating(), Passing()],
}


@pytest.mark.parametrize("hooks", KINDS.values(), ids=KINDS)
def test_middleware_receives_and_changes_values(hooks: Callable[[], list[Any]]) -> None:
    added = sum(isinstance(hook, Generating | Awaiting) for hook in hooks())
    assert computed(price, hooks=hooks(), output="price") == 10 + added
    assert computed(price, total, hooks=hooks(), output="total") == (10 + added) * 2 + added


@pytest.mark.parametrize("hook", [Generating, Awaiting])
def test_middleware_catches_exceptions(hook: type[Any]) -> None:
    assert computed(failing, hooks=[hook()], output="failing") == 0.0


def test_a_generator_works_in_a_synchronous_driver() -> None:
    driver = Builder().with_functions(total).with_hooks(Generating()).build()
    assert driver.execute(["total"], inputs={"price": 1.0}) == {"total": 3.0}


def test_a_plain_method_sees_the_values_of_plain_functions_and_passes_those_of_async_functions_on() -> None:
    passing = Passing()
    assert computed(price, total, hooks=[passing], output="total") == 20.0
    later, value = passing.values
    assert type(later).__name__ == "AwaitableValue"
    assert value == 20.0


def test_a_plain_method_that_does_not_proceed_calls_nothing() -> None:
    class Replacing:
        def around(self, call: Call, proceed: Proceed) -> Any:
            proceed(call)
            return 1.0

    assert computed(failing, hooks=[Replacing()], output="failing") == 1.0


def test_a_generator_may_call_again_and_pause() -> None:
    pauses: list[float] = []
    calls: list[str] = []

    async def pause(seconds: float) -> None:
        await asyncio.sleep(0)
        pauses.append(seconds)

    class Twice:
        may_pause = True

        def around_call(self, call: Call) -> CallSteps:
            yield call
            yield Pause(2.0, pauses.append)
            yield Pause(3.0, pause)
            yield Pause(0.0)
            return (yield call)

    async def fetched() -> int:
        calls.append("fetched")
        return 1

    def computing(fetched: int) -> int:
        calls.append("computing")
        return fetched + 1

    assert computed(fetched, computing, hooks=[Twice()], output="computing") == 2
    assert calls == ["fetched", "fetched", "computing", "computing"]
    assert pauses == [2.0, 3.0] * 2


def test_an_exhausted_iterator_in_a_function_is_not_the_end_of_a_generator() -> None:
    builder = Builder().with_functions(stopping).with_hooks(Generating())
    with pytest.raises(StopIteration) as caught:
        builder.build().execute(["stopping"])
    assert caught.value.value == 3
    with pytest.raises(RuntimeError, match="coroutine raised StopIteration"):  # Python's rule for coroutines
        asyncio.run(builder.build_async().execute(["stopping"]))


def test_a_coroutine_that_middleware_closes_is_no_failure() -> None:
    class Hurried:
        async def around(self, call: Call, proceed: AsyncProceed) -> Any:
            try:
                async with asyncio.timeout(0):
                    return await proceed(call)
            except TimeoutError:
                return -1.0

    async def endless() -> float:
        await asyncio.Event().wait()
        return 1.0

    assert computed(endless, hooks=[Hurried()], output="endless") == -1.0
