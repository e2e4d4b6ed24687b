"""Async functions in decorators: an error when the dataflow is built, except for checks, which are awaited."""

import sys

import pytest

from headwater import Builder, check_output_custom, does, pipe_output, step, subdag
from headwater.errors import AsyncFunction, DecoratorError


async def _waiting(value: int) -> int:
    return value


def _piped():
    @pipe_output(step(_waiting))
    def total() -> int:
        return 1

    return total


def _nested():
    @subdag(_named)
    def total(named: int) -> int:
        return named

    return total


async def _named() -> int:
    return 1


@pytest.mark.parametrize("make", [_piped, _nested])
def test_an_async_function_in_a_decorator_is_refused(make):
    with pytest.raises(AsyncFunction):
        Builder().with_functions(make()).build()


def test_does_refuses_an_async_function():
    with pytest.raises(DecoratorError, match="`_waiting` is `async def`, but the driver does not await coroutines"):

        @does(_waiting)
        def total(value: int) -> int: ...


@pytest.mark.skipif(
    sys.platform == "emscripten", reason="Python cannot wait there: `tests/quality/test_asynchronous.py` has what happens"
)
def test_an_async_check_is_awaited():
    async def is_positive(value: int) -> bool:
        return value > 0

    @check_output_custom(is_positive, importance="fail")
    def total() -> int:
        return 1

    assert Builder().with_functions(total).build().execute(["total"]) == {"total": 1}
