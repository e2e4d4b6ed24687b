"""Async functions in decorators: an error when the dataflow is built, except for checks, which are awaited."""

import sys

import pytest

from headwater import Builder, check_output_custom, does, pipe_output, step, subdag
from headwater.errors import AsyncFunction, DecoratorError


async def _waiting(value: int) -> int:
    return value


def _piped():
    @pipe_output(step(_waiting))
    def made() -> int:
        return 1

    return made


def _nested():
    @subdag(_named)
    def made(named: int) -> int:
        return named

    return made


async def _named() -> int:
    return 1


@pytest.mark.parametrize("make", [_piped, _nested])
def test_an_async_function_in_a_decorator_is_refused(make):
    with pytest.raises(AsyncFunction):
        Builder().with_functions(make()).build()


def test_does_refuses_an_async_function():
    with pytest.raises(DecoratorError, match="`_waiting` is `async def`, but the driver does not await coroutines"):

        @does(_waiting)
        def made(value: int) -> int: ...


@pytest.mark.skipif(
    sys.platform == "emscripten", reason="Python cannot wait there: `tests/quality/test_asynchronous.py` has what happens"
)
def test_an_async_check_is_awaited():
    async def is_positive(value: int) -> bool:
        return value > 0

    @check_output_custom(is_positive, importance="fail")
    def made() -> int:
        return 1

    assert Builder().with_functions(made).build().execute(["made"]) == {"made": 1}
