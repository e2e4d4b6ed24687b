"""Fixtures of the decorators' tests: a dataflow of functions, and expected errors with their location."""

import re
import types
from collections.abc import Callable
from typing import Any

import pytest

from headwater import Builder, Driver, config
from headwater.errors import DecoratorError

Function = Callable[..., Any]


@pytest.fixture
def flow() -> Callable[..., Driver]:
    """Builds a dataflow of functions, under a config."""

    def build(*functions: Function, **given: Any) -> Driver:
        return Builder().with_functions(*functions).with_config(given).build()

    return build


@pytest.fixture(scope="session")
def fresh() -> Callable[[Function], Function]:
    """Copies a function of the test's module, with nothing noted on it."""
    return copied


@pytest.fixture
def refused(flow):
    """Expects a function to be refused, when it is decorated or built; the message names decorator, function and line."""

    def check(decorator: Callable[[], Callable[[Function], Function]], function: Function, reason: str, **given: Any) -> None:
        with pytest.raises(DecoratorError, match=re.escape(reason)) as caught:
            flow(decorator()(copied(function)), reads_config, **given)
        error = caught.value
        place = error.locations[0]
        assert (place.file, place.line) == (function.__code__.co_filename, function.__code__.co_firstlineno)
        assert str(error).startswith(f"@{error.decorator} on `{error.node}` ({place}): ")

    return check


@config.when(unread=None)
def reads_config(steps: int = 0, regions: object = None) -> int:
    """Reads the config that misuse is tried with, so that nothing of it is unused."""
    return steps


def copied(function: Function) -> Function:
    copy = types.FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__)
    copy.__annotations__ = function.__annotations__
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__doc__ = function.__doc__
    return copy
