"""Errors for functions that cannot become nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from headwater.errors.base import HeadwaterError
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import SourceLocation


class DefinitionError(HeadwaterError, has_page=False):
    """A function cannot become a node."""


class MissingAnnotation(DefinitionError):
    """A parameter or the return value has no type annotation. `parameter` is None for the return value."""

    def __init__(self, function: str, parameter: str | None, location: SourceLocation, default: object = None) -> None:
        """Report a missing annotation. The message suggests a type only if the parameter has a `default` of a simple type."""
        self.parameter = parameter
        type_ = type(default).__name__ if isinstance(default, bool | int | float | str) else "<type>"
        examples = ", for example `float` or `pd.DataFrame`" if type_ == "<type>" else ""
        missing = (
            f"has no return annotation. Add the type of its value: `def {function}(...) -> {type_}`"
            if parameter is None
            else f"has no annotation for parameter `{parameter}`. Add its type: `def {function}({parameter}: {type_}, ...)`"
        )
        super().__init__(
            f"`{function}` ({location}) {missing}{examples}. `typing.Any` is allowed.",
            [location],
            function,
        )


class UnresolvedAnnotation(DefinitionError):
    """An annotation cannot be evaluated: it uses an undefined name, or it is not a type."""

    def __init__(self, function: str, reason: str, location: SourceLocation, *, is_name: bool = True) -> None:
        """Report an annotation that cannot be evaluated. `is_name` is True if it uses an undefined name."""
        remedy = (
            "Import the name at the top of the module, outside `if TYPE_CHECKING:`."
            if is_name
            else "Use a type that Python can evaluate."
        )
        super().__init__(
            f"`{function}` ({location}) has an annotation that cannot be resolved: {reason}. {remedy}",
            [location],
            function,
        )


class UnsupportedParameter(DefinitionError):
    """A parameter is `*args`, `**kwargs` or positional-only."""

    REASONS: ClassVar[Mapping[str, str]] = {
        "*": "`*{0}` does not name any nodes. Write one parameter for each value",
        "**": "`**{0}` does not name any nodes. Write one parameter for each value",
        "/": "`{0}` is positional-only, so its name cannot refer to a node. Remove the `/`",
    }

    def __init__(self, function: str, parameter: str, kind: str, location: SourceLocation) -> None:
        """Report a parameter. `kind` is `*`, `**` or `/`."""
        self.parameter = parameter
        super().__init__(
            f"`{function}` ({location}) cannot be a node: {self.REASONS[kind].format(parameter)}.", [location], function
        )


class UnwrappedFunction(DefinitionError):
    """A decorator replaced a function with a wrapper but did not use `functools.wraps`."""

    def __init__(self, wrapper: str, location: SourceLocation, function: str, function_location: SourceLocation) -> None:
        """Report `wrapper`, which calls `function`."""
        super().__init__(
            f"`{wrapper}` ({location}) cannot be a node: it only passes `*args` and `**kwargs` on to `{function}` "
            f"({function_location}). Put `@functools.wraps(...)` above `def {wrapper}` to give it the parameters of "
            f"`{function}`.",
            [location, function_location],
            wrapper,
        )


class NotAFunction(DefinitionError):
    """The builder received something other than a function or a module."""


class AdapterError(DefinitionError):
    """A class cannot be used as a loader or saver."""

    def __init__(self, adapter: str, reason: str, location: SourceLocation | None = None) -> None:
        self.adapter = adapter
        where = f" ({location})" if location else ""
        super().__init__(f"Adapter `{adapter}`{where}: {reason}", [location] if location else [])


class DecoratorError(DefinitionError):
    """A decorator is used incorrectly."""

    def __init__(self, decorator: str, function: str, reason: str, location: SourceLocation) -> None:
        self.decorator = decorator
        super().__init__(f"@{decorator} on `{function}` ({location}): {reason}", [location], function)


def missing_config_value(error: Callable[[str], HeadwaterError], key: str, config: Iterable[object]) -> HeadwaterError:
    """Return the error for a decorator that needs a missing config value. `error` creates the error from a reason."""
    remedy = "Set it with `with_config`"
    missing = error(f"it needs config value `{key}`, which is not set. {remedy}.{did_you_mean(key, config)}")
    missing.remedy, missing.config_key = remedy, key
    return missing


class CheckRuleError(DefinitionError):
    """A rule of `headwater.quality.checks` is invalid, or does not apply to a node that it selects."""
