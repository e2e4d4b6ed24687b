"""`resolve`: a decorator computed from the config when the dataflow is built."""

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
    """The time at which a decorator is computed."""

    CONFIG_AVAILABLE = "config available"


@takes_arguments("resolve")
def resolve(*, when: ResolveAt = ResolveAt.CONFIG_AVAILABLE, decorate_with: Callable[..., Decorator]) -> Decorator:
    """Apply a decorator that a function computes from the config.

    The function's parameters are config keys, and its return value is a decorator. A key may be missing from the config if
    its parameter has a default.

    Raises:
        DecoratorError: for a missing config key, or if the function does not return a decorator.

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
            raise decorator_error("resolve", function, f"`when` must be `ResolveAt.CONFIG_AVAILABLE`, not {when!r}.")
        if not callable(decorate_with) or isinstance(decorate_with, type):
            reason = f"`decorate_with` takes a function of config keys that returns a decorator, not {decorate_with!r}."
            raise decorator_error("resolve", function, reason)
        keys = config_keys("resolve", function, decorate_with, "`decorate_with`")
        return attach(Resolve(decorate_with, keys), function)

    return decorate


@takes_arguments("resolve_from_config")
def resolve_from_config(*, decorate_with: Callable[..., Decorator]) -> Decorator:
    """Apply a decorator that a function computes from the config. Short for `resolve(decorate_with=...)`."""
    return resolve(decorate_with=decorate_with)


@dataclass(frozen=True, slots=True)
class Resolve:
    """The attachment of `resolve`."""

    decorate_with: Callable[..., Decorator]
    defaults: Mapping[str, Any]
    """The config keys, each with its default or `REQUIRED`."""
    name = "resolve"

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the function reads."""
        return frozenset(self.defaults)

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier | Pending]:
        """Return the attachments of the computed decorator."""
        config = scope.config
        values = {key: config.get(key, default) for key, default in self.defaults.items()}
        for key, value in values.items():
            if value is REQUIRED:
                raise missing_config_value(partial(decorator_error, self.name, function), key, config)
        probe = Probe(function)
        decorator: Any = self.decorate_with(**values)
        if not callable(decorator) or decorator(probe) is not probe:
            reason = f"`decorate_with` must return a Headwater decorator, but returned {decorator!r}."
            raise decorator_error(self.name, function, reason)
        attachments = attachments_of(probe)
        resolved = [attachment for attachment in attachments if not isinstance(attachment, Condition)]
        if len(resolved) < len(attachments):
            reason = "it cannot decide whether the function is included. Use `config.when` on the function itself."
            raise decorator_error(self.name, function, reason)
        return resolved


class Probe:
    """A stand-in for a function, to which a decorator can be applied without changing the function.

    A probe has the name and the location of the function.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.__name__ = getattr(function, "__name__", repr(function))
        self.__module__ = function.__module__
        self.__doc__ = function.__doc__
        self.__code__ = getattr(function, "__code__", None)
        self._function = function

    def __call__(self, *values: Any, **keywords: Any) -> Any:
        """Call the function."""
        return self._function(*values, **keywords)
