"""Errors of requests that a driver cannot fulfil, and of what cannot be drawn or written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from headwater.errors.base import HeadwaterError, short_repr
from headwater.errors.graph import PathStep
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import SourceLocation

if TYPE_CHECKING:
    from headwater.errors.excluded_variants import ExcludedVariant


class RequestError(HeadwaterError):
    """A driver was asked for something that it cannot do."""


class UnknownNode(RequestError):
    """A name was asked for that is neither a node nor an input of the dataflow."""

    def __init__(self, name: str, known: Iterable[str], excluded_variants: Sequence[ExcludedVariant] = ()) -> None:
        """`excluded_variants`: the functions that would make the node under another config."""
        self.excluded_variants = tuple(excluded_variants)
        if excluded_variants:
            from headwater.errors.excluded_variants import WITH_CONFIG, config_advice, variant_lines

            self.remedy = WITH_CONFIG
            width = max(len(variant.function) for variant in excluded_variants[:4])
            lines = [f"There is no node `{name}`: the config leaves out every function that computes it."]
            message = "\n".join(
                [*lines, *variant_lines(excluded_variants, width), f"  {config_advice(excluded_variants, WITH_CONFIG)}"]
            )
            super().__init__(message, [variant.location for variant in excluded_variants], name)
            return
        names = list(known)
        suggestion = did_you_mean(name, names)
        if not suggestion and names:
            shown = ", ".join(f"`{other}`" for other in names[:8])
            suggestion = f" The dataflow has {shown}" + (f" and {len(names) - 8} more." if len(names) > 8 else ".")
        super().__init__(f"There is no node `{name}`.{suggestion}", node=name)


class Requirement(NamedTuple):
    """A node that needs a missing input, with the path from a requested output to the input."""

    reader: str
    location: SourceLocation
    signature: str
    path: tuple[str, ...]


class MissingInput(RequestError):
    """A wanted output needs a value that no function makes and no input gives."""

    def __init__(
        self, name: str, requirements: Sequence[Requirement], *, unread: Sequence[str] = (), known: Iterable[str] = (),
        excluded_variants: Sequence[ExcludedVariant] = (),
    ) -> None:  # fmt: skip
        """`unread`: given names that nothing reads. `known`: the names of nodes and inputs.

        `excluded_variants`: the functions that would compute it under another config.
        """
        self.name = name
        self.excluded_variants = tuple(excluded_variants)
        first = requirements[0]
        named = (
            *(requirement.reader for requirement in requirements[:4]),
            *(variant.function for variant in excluded_variants[:4]),
        )
        width = max(len("wanted for"), *map(len, named))
        why = (
            "which no function makes and no input gives"
            if not excluded_variants
            else "and the config leaves out what computes it"
        )
        lines = [f"`{first.reader}` needs `{name}`, {why}."]
        lines.append(f"  {'wanted for':<{width}}  {' -> '.join(first.path)}")
        lines += [
            f"  {requirement.reader:<{width}}  {requirement.location}   {requirement.signature}"
            for requirement in requirements[:4]
        ]
        if len(requirements) > 4:
            lines.append(f"  ... and {len(requirements) - 4} more nodes read it")
        if excluded_variants:
            from headwater.errors.excluded_variants import variant_lines

            lines += variant_lines(excluded_variants, width)
        lines.append(f"  {self._advice(name, unread, known)}")
        super().__init__("\n".join(lines), [requirement.location for requirement in requirements], first.reader)

    def _advice(self, name: str, unread: Sequence[str], known: Iterable[str]) -> str:
        if self.excluded_variants:
            from headwater.errors.excluded_variants import WITH_CONFIG, config_advice

            self.remedy = WITH_CONFIG
            return config_advice(self.excluded_variants, WITH_CONFIG)
        for given in unread:
            if did_you_mean(given, [name]):
                return f"You gave `{given}`, which nothing reads. Did you mean `{name}`?"
        nearest = did_you_mean(name, (other for other in known if other != name))
        self.remedy = f"Give it with `inputs={{{name!r}: ...}}`"
        return f"{self.remedy}, or write a function of that name.{nearest}"


class MisplacedInput(RequestError):
    """An input was given for a name that a function makes."""

    def __init__(self, name: str, location: SourceLocation) -> None:
        self.name = name
        self.remedy = f"give it with `overrides={{{name!r}: ...}}`"
        super().__init__(
            f"`{name}` was given as an input, but the function at {location} makes it. "
            f"To use your value instead of the function's, {self.remedy}.",
            [location],
            name,
        )


class WrongInputType(RequestError):
    """An input's value is not of the type that its readers take."""

    def __init__(self, name: str, wanted: str, value: object, readers: Sequence[PathStep]) -> None:
        self.name = name
        listed = ", ".join(f"`{reader.name}` ({reader.location})" for reader in readers[:3])
        super().__init__(
            f"The input `{name}` has to be {wanted} for {listed}, but a value of type {_class_name(value, wanted)} was "
            f"given: {short_repr(value)}.",
            [reader.location for reader in readers],
            readers[0].name if readers else None,
        )


class WrongOverrideType(RequestError):
    """A value that should replace a node does not fit the node's type; for an input or a config value, a parameter's type."""

    def __init__(self, name: str, wanted: str, value: object, location: SourceLocation, *, reader: str | None = None) -> None:
        """`reader` is the node whose parameter takes the value; None if a function returns what is replaced."""
        self.name = name
        other = f"its function ({location}) returns" if reader is None else f"`{reader}` ({location}) takes"
        super().__init__(
            f"`{name}` is overridden with a value of type {_class_name(value, wanted)}, and {other} "
            f"{wanted}: {short_repr(value)}. Give a value of that type, or take the override back.",
            [location],
            name,
        )


class WrongConfigType(RequestError):
    """A config value does not fit the type of a parameter that reads it, or that a decorator binds to it."""

    def __init__(self, key: str, wanted: str, value: object, reader: PathStep, *, is_bound: bool = False) -> None:
        """`is_bound` is True if a decorator binds the parameter: an override of the config value does not change it."""
        self.key = key
        self.is_bound = is_bound
        self.reader = reader.name
        super().__init__(
            f"The config's `{key}` has to be {wanted} for `{reader.name}` ({reader.location}), but a value of type "
            f"{_class_name(value, wanted)} was given: {short_repr(value)}.",
            [reader.location],
            reader.name,
        )


def _class_name(value: object, wanted: str) -> str:
    """The name of a value's class, with its module where a class of the same name is wanted."""
    class_ = type(value)
    name = class_.__qualname__
    same = name in wanted.replace("[", " ").replace("]", " ").replace(",", " ").split()
    return f"{class_.__module__}.{name}" if same and class_.__module__ != "builtins" else name


class MaterializerError(RequestError):
    """`to.<format>(...)` or `from_.<format>(...)` is used in a way that cannot work."""

    def __init__(self, materializer: str, about: str, reason: str, location: SourceLocation | None) -> None:
        """`about` is the node that it saves to or loads; `location` is where it was written."""
        where = f" ({location})" if location else ""
        super().__init__(f"{materializer} for `{about}`{where}: {reason}", [location] if location else [], about)


class ConflictingNames(RequestError):
    """One name was given a value in two ways."""

    def __init__(self, names: Iterable[str], first: str, second: str) -> None:
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        super().__init__(
            f"{listed} given both in {first} and in {second}. Give each name one value: remove it from one of the two."
        )


class DrawingError(HeadwaterError):
    """A picture of a dataflow cannot be made."""


class NotWritable(HeadwaterError):
    """A value, or the way to it, cannot be written as code; the message says which and why."""
