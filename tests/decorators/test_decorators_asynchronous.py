"""Async functions in decorators: an `AsyncDriver` awaits them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, check_output_custom, does, extract_columns, inject, pipe_output, source, step, subdag, value
from headwater.errors import AsyncNode, ChecksFailed

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = pytest.mark.native  # the event loop of a browser is always running


async def _doubled(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


async def named() -> int:
    await asyncio.sleep(0)
    return 1


def piped() -> Callable[..., Any]:
    @pipe_output(step(_doubled))
    def total() -> int:
        return 1

    return total


def nested() -> Callable[..., Any]:
    @subdag(named)
    def total(named: int) -> int:
        return named + 1

    return total


def replaced() -> Callable[..., Any]:
    @does(_doubled)
    def total(number: int = 1) -> int: ...

    return total


def injected() -> Callable[..., Any]:
    @inject(number=value(1))
    async def total(number: int) -> int:
        return await _doubled(number)

    return total


def keyword_only() -> Callable[..., Any]:
    async def total(*, number: int = 1) -> int:
        return await _doubled(number)

    return total


DECORATED = [piped, nested, replaced, injected, keyword_only]


@pytest.mark.parametrize("make", DECORATED)
def test_an_async_function_in_a_decorator_is_awaited(make: Callable[[], Callable[..., Any]]) -> None:
    assert asyncio.run(Builder().with_functions(make()).build_async().execute(["total"])) == {"total": 2}


@pytest.mark.parametrize("make", DECORATED)
def test_a_synchronous_driver_refuses_requests_for_it(make: Callable[[], Callable[..., Any]]) -> None:
    with pytest.raises(AsyncNode, match=r"is `async def`\. Only an `AsyncDriver` can await it: call `build_async\(\)`"):
        Builder().with_functions(make()).build().execute(["total"])


def test_groups_of_arguments_reach_an_async_function() -> None:
    from headwater import group

    @inject(numbers=group(source("one"), value(2)))
    async def total(numbers: list[int]) -> int:
        await asyncio.sleep(0)
        return sum(numbers)

    def one() -> int:
        return 1

    assert asyncio.run(Builder().with_functions(total, one).build_async().execute(["total"])) == {"total": 3}


def test_columns_of_an_awaited_frame_are_filled() -> None:
    pd = pytest.importorskip("pandas")

    async def prices():
        await asyncio.sleep(0)
        return pd.DataFrame({"net": [1]})

    prices.__annotations__["return"] = pd.DataFrame
    driver = Builder().with_functions(extract_columns("net", "tax", fill_with=0)(prices)).build_async()
    assert asyncio.run(driver.execute(["tax"]))["tax"].tolist() == [0]


def checked(*, number: int, importance: Any = "fail") -> Builder[dict[str, Any]]:
    async def is_positive(value: int) -> bool:
        await asyncio.sleep(0)
        return value > 0

    @check_output_custom(is_positive, importance=importance)
    async def total() -> int:
        return number

    return Builder().with_functions(total)


def test_an_async_check_is_awaited() -> None:
    assert asyncio.run(checked(number=1).build_async().execute(["total"])) == {"total": 1}
    with pytest.raises(ChecksFailed, match="is_positive"):
        asyncio.run(checked(number=-1).build_async().execute(["total"]))


def test_async_checks_run_at_the_same_time() -> None:
    both = asyncio.Barrier(2)

    async def first(value: int) -> bool:
        await both.wait()
        return True

    async def second(value: int) -> bool:
        await both.wait()
        return True

    @check_output_custom(first, second, importance="fail")
    def total() -> int:
        return 1

    assert asyncio.run(Builder().with_functions(total).build_async().execute(["total"])) == {"total": 1}


def test_a_synchronous_driver_waits_for_an_async_check() -> None:
    async def is_positive(value: int) -> bool:
        await asyncio.sleep(0)
        return value > 0

    @check_output_custom(is_positive, importance="fail")
    def total() -> int:
        return 1

    assert Builder().with_functions(total).build().execute(["total"]) == {"total": 1}


def test_a_wrong_result_of_an_async_check_is_an_error() -> None:
    async def undecided(value: int) -> Any:
        return "maybe"

    @check_output_custom(undecided)
    def total() -> int:
        return 1

    with pytest.raises(TypeError, match="must return a `ValidationResult`, True or False, but returned 'maybe'"):
        asyncio.run(Builder().with_functions(total).build_async().execute(["total"]))
