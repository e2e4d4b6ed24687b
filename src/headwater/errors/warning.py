"""Warnings."""

from __future__ import annotations

from headwater.errors.base import HeadwaterError, HeadwaterWarning, error_text
from headwater.introspection.source_location import SourceLocation


class UnusedNameWarning(HeadwaterWarning):
    """An input, override or config value has no effect, because nothing reads it."""


class UnwrappedFunctionWarning(HeadwaterWarning):
    """A function in a module is not a node because a decorator without `functools.wraps` hides it."""

    def __init__(self, function: str, location: SourceLocation, wrapper: str, wrapper_location: SourceLocation) -> None:
        """Report that the name of `function` now refers to `wrapper`."""
        self.location = location
        super().__init__(
            f"`{function}` ({location}) is not a node: a decorator replaced it with `{wrapper}` ({wrapper_location}), which "
            "has a different name and different parameters. Use `functools.wraps` in the decorator. If the function is not "
            "meant to be a node, start its name with `_`."
        )


class DecoratorWarning(HeadwaterWarning):
    """A decorator contradicts the function, or has no effect."""

    def __init__(self, decorator: str, function: str, reason: str, location: SourceLocation) -> None:
        super().__init__(f"@{decorator} on `{function}` ({location}): {reason}")
        self.decorator = decorator
        self.node = function
        self.location = location


class ChangedArgumentWarning(HeadwaterWarning):
    """A function changes, in place, a value that other nodes may read."""

    def __init__(self, node: str, location: SourceLocation, argument: str) -> None:
        self.node = node
        self.location = location
        self.argument = argument
        super().__init__(
            f"`{node}` ({location}) changes its argument `{argument}`, which other nodes may read too. "
            f"Copy it first: `copy.deepcopy({argument})`."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _restore_changed_argument_warning, (type(self), self.args, self.node, self.location, self.argument)


def _restore_changed_argument_warning(
    kind: type[ChangedArgumentWarning], arguments: tuple[object, ...], node: str, location: SourceLocation, argument: str
) -> HeadwaterWarning:
    warning = kind.__new__(kind, *arguments)
    warning.args = arguments
    warning.node, warning.location, warning.argument = node, location, argument
    return warning


class WrongValueWarning(HeadwaterWarning):
    """A value is wrong, but no requested output needs it. `error` is raised when a requested output needs the value."""

    def __init__(self, error: HeadwaterError, remark: str = "No requested output needs this value.") -> None:
        self.error = error
        super().__init__(f"{error} {remark}")

    def __reduce__(self) -> tuple[object, ...]:
        return _restore_wrong_value_warning, (type(self), self.args, self.error)


def _restore_wrong_value_warning(
    kind: type[WrongValueWarning], arguments: tuple[object, ...], error: HeadwaterError
) -> HeadwaterWarning:
    warning = kind.__new__(kind, *arguments)
    warning.args = arguments
    warning.error = error
    return warning


class CheckWarning(HeadwaterWarning):
    """A check with importance "warn" did not pass."""


class HookWarning(HeadwaterWarning):
    """An observer raised an exception. The run is not affected."""

    def __init__(self, hook: str, event: str, error: Exception, location: SourceLocation, node: str | None) -> None:
        """Report an exception in a method of the class `hook`. `node` is the event's node, or None if the event has no node."""
        self.hook = hook
        self.event = event
        self.error = error
        self.location = location
        self.node = node
        subject = "" if node is None else f" for node `{node}`"
        super().__init__(
            f"`{hook}.{event}` ({location}) raised {type(error).__name__}{subject}: {error_text(error).rstrip('.')}. "
            "The run and other hooks are not affected."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.hook, self.event, self.error, self.location, self.node)


class FailedNodeWarning(HeadwaterWarning):
    """A function raised an exception, and its node got a sentinel as its value."""

    def __init__(self, node: str, location: SourceLocation, error: Exception) -> None:
        self.node = node
        self.location = location
        self.error = error
        super().__init__(
            f"`{node}` ({location}) raised {type(error).__name__}: {error_text(error).rstrip('.')}. Its value is the sentinel."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.node, self.location, self.error)
