"""Fixtures for the decorator tests: a dataflow built from functions, and expected errors with their locations."""

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
    """Return a function that builds a dataflow from functions and config values."""

    def build(*functions: Function, **config_values: Any) -> Driver:
        return Builder().with_functions(*functions).with_config(config_values).build()

    return build


@pytest.fixture(scope="session")
def fresh() -> Callable[[Function], Function]:
    """Return a function that copies a function without its attachments."""
    return copy_function


@pytest.fixture
def expect_error(flow):
    """Return a function that expects an error from a decorator or the build.

    The error names the decorator, the function and the line.
    """

    def check(
        decorator: Callable[[], Callable[[Function], Function]], function: Function, reason: str, **config_values: Any
    ) -> None:
        with pytest.raises(DecoratorError, match=re.escape(reason)) as caught:
            flow(decorator()(copy_function(function)), reads_config, **config_values)
        error = caught.value
        location = error.locations[0]
        assert (location.file, location.line) == (function.__code__.co_filename, function.__code__.co_firstlineno)
        assert str(error).startswith(f"@{error.decorator} on `{error.node}` ({location}): ")

    return check


@config.when(unread=None)
def reads_config(steps: int = 0, regions: object = None) -> int:
    """Read the config of the failing examples, so that no config key is unused."""
    return steps


def copy_function(function: Function) -> Function:
    copy = types.FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__)
    copy.__annotations__ = function.__annotations__
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__doc__ = function.__doc__
    return copy
