"""Warnings."""

from __future__ import annotations

from headwater.errors.base import HeadwaterError, HeadwaterWarning
from headwater.introspection.place import Place


class UnusedNameWarning(HeadwaterWarning):
    """A name was given (as input, override or config) that nothing reads."""


class UnwrappedFunctionWarning(HeadwaterWarning):
    """A function of a module is not a node, because a decorator without `functools.wraps` hides it."""

    def __init__(self, function: str, place: Place, wrapper: str, wrapper_place: Place) -> None:
        """`function` was defined at `place`, and now its name stands for `wrapper`."""
        self.place = place
        super().__init__(
            f"`{function}` ({place}) is not a node: a decorator replaced it by `{wrapper}` ({wrapper_place}), which does not "
            f"have its name and parameters. Use `functools.wraps` in the decorator. If it is not meant to be a node, begin "
            "its name with `_`."
        )


class DecoratorWarning(HeadwaterWarning):
    """A decorator says something that the function contradicts, or that has no effect."""

    def __init__(self, decorator: str, function: str, reason: str, place: Place) -> None:
        super().__init__(f"@{decorator} on `{function}` ({place}): {reason}")
        self.decorator = decorator
        self.node = function
        self.place = place


class ChangedArgumentWarning(HeadwaterWarning):
    """A function changes a value in place that other nodes may read."""

    def __init__(self, node: str, place: Place, argument: str) -> None:
        self.node = node
        self.place = place
        self.argument = argument
        super().__init__(
            f"`{node}` ({place}) changes its argument `{argument}`, which other nodes may read too. "
            f"Copy it first: `copy.deepcopy({argument})`."
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _restored_changed_argument, (type(self), self.args, self.node, self.place, self.argument)


def _restored_changed_argument(
    kind: type[ChangedArgumentWarning], arguments: tuple[object, ...], node: str, place: Place, argument: str
) -> HeadwaterWarning:
    warning = kind.__new__(kind, *arguments)
    warning.args = arguments
    warning.node, warning.place, warning.argument = node, place, argument
    return warning


class WrongValueWarning(HeadwaterWarning):
    """A value was given that is refused once an output needs it; `error` is what is raised then."""

    def __init__(self, error: HeadwaterError, remark: str = "The requested outputs do not need it.") -> None:
        self.error = error
        super().__init__(f"{error} {remark}")

    def __reduce__(self) -> tuple[object, ...]:
        return _restored_warning, (type(self), self.args, self.error)


def _restored_warning(kind: type[WrongValueWarning], arguments: tuple[object, ...], error: HeadwaterError) -> HeadwaterWarning:
    warning = kind.__new__(kind, *arguments)
    warning.args = arguments
    warning.error = error
    return warning


class CheckWarning(HeadwaterWarning):
    """A check with importance "warn" did not pass."""
