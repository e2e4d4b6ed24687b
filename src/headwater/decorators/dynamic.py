"""`resolve`: a decorator that is computed from the config, when the dataflow is built."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from headwater.decorators.config_keys import config_keys
from headwater.decorators.protocol import (
    Condition,
    Decorator,
    F,
    Modifier,
    Pending,
    Scope,
    attach,
    attachments_of,
    decorator_error,
    takes_arguments,
)
from headwater.errors import missing_config_value
from headwater.graph.operation import REQUIRED

__all__ = ["ResolveAt", "resolve", "resolve_from_config"]


class ResolveAt(enum.Enum):
    """When a decorator is computed."""

    CONFIG_AVAILABLE = "config available"


@takes_arguments("resolve")
def resolve(*, when: ResolveAt = ResolveAt.CONFIG_AVAILABLE, decorate_with: Callable[..., Decorator]) -> Decorator:
    """Decorates with what a function makes of the config: its parameters are config keys, its result is a decorator.

    A parameter with a default may be missing from the config.

    Raises:
        DecoratorError: for a key that the config lacks, or where the function makes something else than a decorator.

    >>> from headwater import Builder, parameterize, resolve, value
    >>> @resolve(decorate_with=lambda days: parameterize(**{f"cost_{n}": {"n": value(n)} for n in days}))
    ... def cost(rate: float, n: int) -> float:
    ...     return rate * n
    >>> driver = Builder().with_functions(cost).with_config({"days": [7, 30]}).build()
    >>> driver.execute(["cost_7", "cost_30"], inputs={"rate": 2.0})
    {'cost_7': 14.0, 'cost_30': 60.0}
    """

    def decorate(function: F) -> F:
        if when is not ResolveAt.CONFIG_AVAILABLE:
            raise decorator_error("resolve", function, f"`when` is `ResolveAt.CONFIG_AVAILABLE`, and not {when!r}.")
        if not callable(decorate_with) or isinstance(decorate_with, type):
            reason = f"`decorate_with` takes a function of config keys that returns a decorator, and not {decorate_with!r}."
            raise decorator_error("resolve", function, reason)
        keys = config_keys("resolve", function, decorate_with, "`decorate_with`")
        return attach(Resolve(decorate_with, keys), function)

    return decorate


@takes_arguments("resolve_from_config")
def resolve_from_config(*, decorate_with: Callable[..., Decorator]) -> Decorator:
    """`resolve`, which is known as soon as the config is."""
    return resolve(decorate_with=decorate_with)


@dataclass(frozen=True, slots=True)
class Resolve:
    """What `resolve` notes on a function."""

    decorate_with: Callable[..., Decorator]
    defaults: Mapping[str, Any]
    """The config keys, each with its default or `REQUIRED`."""
    name = "resolve"

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(self.defaults)

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier | Pending]:
        """What the computed decorator notes."""
        config = scope.config
        values = {key: config.get(key, default) for key, default in self.defaults.items()}
        for key, value in values.items():
            if value is REQUIRED:
                raise missing_config_value(partial(decorator_error, self.name, function), key, config)
        probe = Probe(function)
        decorator: Any = self.decorate_with(**values)
        if not callable(decorator) or decorator(probe) is not probe:
            reason = f"`decorate_with` has to return one of Headwater's decorators, and returned {decorator!r}."
            raise decorator_error(self.name, function, reason)
        noted = attachments_of(probe)
        found = [one for one in noted if not isinstance(one, Condition)]
        if len(found) < len(noted):
            reason = "it cannot decide whether the function takes part: use `config.when` on the function itself."
            raise decorator_error(self.name, function, reason)
        return found


class Probe:
    """Stands for a function while a decorator is tried on it.

    It has the function's name and place, and what is noted on it is not noted on the function.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.__name__ = getattr(function, "__name__", repr(function))
        self.__module__ = function.__module__
        self.__doc__ = function.__doc__
        self.__code__ = getattr(function, "__code__", None)
        self._function = function

    def __call__(self, *values: Any, **named: Any) -> Any:
        """What the function returns."""
        return self._function(*values, **named)
