"""Errors of functions that cannot become nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from headwater.errors.base import HeadwaterError
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import SourceLocation


class DefinitionError(HeadwaterError):
    """A function cannot become a node."""


class MissingAnnotation(DefinitionError):
    """A parameter or the return value has no type annotation; `parameter` is None for the return value."""

    def __init__(self, function: str, parameter: str | None, location: SourceLocation) -> None:
        self.parameter = parameter
        what, remedy = (
            ("does not say what type it returns", f"def {function}(...) -> int")
            if parameter is None
            else (f"does not say what type its parameter `{parameter}` has", f"def {function}({parameter}: int, ...)")
        )
        super().__init__(
            f"`{function}` ({location}) {what}. Annotate it, for example `{remedy}`; `typing.Any` is allowed.",
            [location],
            function,
        )


class UnresolvedAnnotation(DefinitionError):
    """An annotation cannot be evaluated: it names something that does not exist when the function is read, or is not a type."""

    def __init__(self, function: str, reason: str, location: SourceLocation, *, is_name: bool = True) -> None:
        """`is_name` is True if a name is missing."""
        remedy = (
            "Import the name at the top of the module, outside of `if TYPE_CHECKING:`."
            if is_name
            else "Write a type that Python can evaluate."
        )
        super().__init__(
            f"`{function}` ({location}) has an annotation that cannot be resolved: {reason}. {remedy}",
            [location],
            function,
        )


class UnsupportedParameter(DefinitionError):
    """`*args`, `**kwargs` or a positional-only parameter."""

    REASONS: ClassVar[Mapping[str, str]] = {
        "*": "a dataflow needs every dependency by its own name, and `*{0}` has none. Write one parameter for each value",
        "**": "a dataflow needs every dependency by its own name, and `**{0}` hides them. Write one parameter for each value",
        "/": "`{0}` is positional-only (before `/`), so that its name is not part of the interface, and names are how "
        "values find their way. Remove the `/`",
    }

    def __init__(self, function: str, parameter: str, kind: str, location: SourceLocation) -> None:
        """`kind` is `*`, `**` or `/`."""
        self.parameter = parameter
        super().__init__(
            f"`{function}` ({location}) cannot be a node: {self.REASONS[kind].format(parameter)}.", [location], function
        )


class UnwrappedFunction(DefinitionError):
    """A decorator put a wrapper in the place of a function, without `functools.wraps`."""

    def __init__(self, wrapper: str, location: SourceLocation, function: str, function_location: SourceLocation) -> None:
        """`wrapper`, at `location`, calls `function`."""
        super().__init__(
            f"`{wrapper}` ({location}) cannot be a node: it takes `*args` and `**kwargs` and passes them on to `{function}` "
            f"({function_location}). Put `@functools.wraps(...)` above `def {wrapper}`, so that it takes the parameters of "
            f"`{function}`.",
            [location, function_location],
            wrapper,
        )


class AsyncFunction(DefinitionError):
    """A function is written with `async def`."""

    def __init__(self, function: str, location: SourceLocation) -> None:
        super().__init__(
            f"`{function}` ({location}) is `async def`, and the driver does not wait for coroutines. Write it with `def`, and "
            "run what it awaits with `asyncio.run(...)`.",
            [location],
            function,
        )


class NotAFunction(DefinitionError):
    """Something else than a function or a module was handed to the builder."""


class AdapterError(DefinitionError):
    """A class that is to load or save data cannot do so."""

    def __init__(self, adapter: str, reason: str, location: SourceLocation | None = None) -> None:
        self.adapter = adapter
        where = f" ({location})" if location else ""
        super().__init__(f"The adapter `{adapter}`{where}: {reason}", [location] if location else [])


class DecoratorError(DefinitionError):
    """A decorator is used in a way that cannot work."""

    def __init__(self, decorator: str, function: str, reason: str, location: SourceLocation) -> None:
        self.decorator = decorator
        super().__init__(f"@{decorator} on `{function}` ({location}): {reason}", [location], function)


def missing_config_value(
    error: Callable[[str], HeadwaterError], verb: str, key: str, config: Iterable[object]
) -> HeadwaterError:
    """The error for a decorator that "takes" or "needs" a config value that is not there; `error` makes it of a reason."""
    remedy = "give it with `with_config`"
    found = error(f"it {verb} the config's `{key}`, and the config has none: {remedy}.{did_you_mean(key, config)}")
    found.remedy, found.config_key = remedy, key
    return found


class CheckRuleError(DefinitionError):
    """Checks for many nodes (`headwater.quality.checks`) that cannot be made, or not for a node that they are for."""
