"""Notices functions that change their arguments in place."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.errors import ChangedArgumentWarning
from headwater.hooks.passing import Passed, own_copy, passed
from headwater.node import Constant, Dependency

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.execution.policy import Call, Proceed


class WatchArguments:
    """Middleware that warns of functions which change an argument in place.

    What a function receives is isolated where that is cheap, so that the change of a pandas frame does not reach other
    functions; other values are compared with what they were before the call. Constants and defaults are not watched.

    >>> import warnings
    >>> from headwater import Builder
    >>> from headwater.hooks import Policy, WatchArguments
    >>> def prices() -> list:
    ...     return [3, 1, 2]
    >>> def cheapest(prices: list) -> int:
    ...     prices.sort()
    ...     return prices[0]
    >>> driver = Builder().with_functions(prices, cheapest).with_policy(Policy(middleware=(WatchArguments(),))).build()
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     driver.execute(["cheapest"])
    {'cheapest': 1}
    >>> str(caught[0].message).partition(" (")[0], caught[0].message.node
    ('`cheapest`', 'cheapest')
    """

    def around(self, call: Call, proceed: Proceed) -> Any:
        """Make the call, and warn of what it has changed."""
        watched = Watched.of(call, lambda dependency, value: value is dependency.default)
        try:
            return proceed(watched.call)
        finally:
            for warning in watched.changes().warnings:
                warnings.warn(warning, stacklevel=2)


class Changes(NamedTuple):
    """What a function has changed of its arguments."""

    warnings: Sequence[ChangedArgumentWarning]
    undecidable: Sequence[str]
    """The names of values of which nothing tells whether they were changed."""
    has_reached_values: bool
    """Whether a change has reached a value that others read, as far as that can be told."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A call with arguments that are isolated or watched."""

    call: Call
    _passed: tuple[Passed, ...]

    @classmethod
    def of(cls, call: Call, is_default: Callable[[Dependency, Any], bool]) -> Watched:
        """Isolate or watch the arguments of a call. `is_default` says whether a parameter took its default."""
        arguments = tuple(
            Passed(own_copy(value)) if isinstance(argument, Constant) or is_default(argument, value) else passed(value)
            for argument, value in zip(call.node.arguments, call.arguments, strict=True)
        )
        return cls(call._replace(arguments=tuple(argument.value for argument in arguments)), arguments)

    def changes(self) -> Changes:
        """What the function has changed."""
        node = self.call.node
        found: list[ChangedArgumentWarning] = []
        undecidable: list[str] = []
        has_reached_values = False
        for parameter, argument in zip(node.arguments, self._passed, strict=True):
            if isinstance(parameter, Constant):
                continue
            if argument.is_undecidable:
                undecidable.append(parameter.source)
                continue
            was_changed = argument.was_changed()
            has_reached_values |= was_changed
            if was_changed or argument.copy_was_changed():
                found.append(ChangedArgumentWarning(node.name, node.place, parameter.parameter))
        return Changes(found, undecidable, has_reached_values)
