"""`WatchArguments`: reports functions that change their arguments in place."""

from __future__ import annotations

import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.errors import ChangedArgumentWarning
from headwater.graph.node import Constant, Dependency
from headwater.hooks.isolation import IsolatedArgument, isolate_argument, private_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.execution.middleware import Call, CallSteps


class WatchArguments:
    """Middleware that warns when a function changes an argument in place.

    Arguments that are cheap to isolate, such as pandas frames, are isolated: changing them does not affect other functions.
    Other arguments are compared before and after the call. Constants and defaults are copied for each call and not watched.

    >>> import warnings
    >>> from headwater import Builder
    >>> from headwater.hooks import WatchArguments
    >>> def prices() -> list:
    ...     return [3, 1, 2]
    >>> def cheapest(prices: list) -> int:
    ...     prices.sort()
    ...     return prices[0]
    >>> driver = Builder().with_functions(prices, cheapest).with_hooks(WatchArguments()).build()
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     driver.execute(["cheapest"])
    {'cheapest': 1}
    >>> str(caught[0].message).partition(" (")[0], caught[0].message.node
    ('`cheapest`', 'cheapest')
    """

    def around_call(self, call: Call) -> CallSteps:
        """Run the call and warn about the arguments that it has changed."""
        watched = WatchedCall.of(call, lambda dependency, value: value is dependency.default)
        try:
            value = yield watched.call
        except BaseException:
            with suppress(ChangedArgumentWarning):  # if warnings are errors, raise the function's own error
                _warn(watched)
            raise
        _warn(watched)
        return value


def _warn(watched: WatchedCall) -> None:
    """Warn at the location of the function that changes its arguments."""
    location = watched.call.node.location
    for warning in watched.changes().warnings:
        warnings.warn_explicit(warning, None, location.file, location.line)


class ArgumentChanges(NamedTuple):
    """The changes that a function made to its arguments."""

    warnings: Sequence[ChangedArgumentWarning]
    undecidable: Sequence[str]
    """The names of nodes and inputs whose values are too large to compare."""
    has_reached_values: bool
    """True if the function changed a value that other functions read, as far as is known."""


@dataclass(frozen=True, slots=True)
class WatchedCall:
    """A call whose arguments are isolated or watched."""

    call: Call
    _arguments: tuple[IsolatedArgument, ...]

    @classmethod
    def of(cls, call: Call, is_default: Callable[[Dependency, Any], bool]) -> WatchedCall:
        """Isolate or watch the arguments of a call. `is_default` returns True if a value is a parameter's default."""
        arguments = tuple(
            IsolatedArgument(private_copy(value))
            if isinstance(argument, Constant) or is_default(argument, value)
            else isolate_argument(value)
            for argument, value in zip(call.node.arguments, call.arguments, strict=True)
        )
        return cls(call._replace(arguments=tuple(argument.value for argument in arguments)), arguments)

    def changes(self) -> ArgumentChanges:
        """Return the changes that the function made to its arguments. Call this after calling the function."""
        node = self.call.node
        reported: list[ChangedArgumentWarning] = []
        undecidable: list[str] = []
        has_reached_values = False
        for parameter, argument in zip(node.arguments, self._arguments, strict=True):
            if isinstance(parameter, Constant):
                continue
            if argument.is_undecidable:
                undecidable.append(parameter.source)
                continue
            was_changed = argument.was_changed()
            has_reached_values |= was_changed
            if was_changed or argument.copy_was_changed():
                reported.append(ChangedArgumentWarning(node.name, node.location, parameter.parameter))
        return ArgumentChanges(reported, undecidable, has_reached_values)
