"""Errors for drawings, for generated code, and for requests that a driver cannot fulfill."""

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
    """A driver cannot fulfill a request."""


class UnknownNode(RequestError):
    """A requested name is neither a node nor an input of the dataflow."""

    def __init__(self, name: str, known: Iterable[str], excluded_variants: Sequence[ExcludedVariant] = ()) -> None:
        """`excluded_variants`: the functions that would compute the node under another config."""
        self.excluded_variants = tuple(excluded_variants)
        if excluded_variants:
            from headwater.errors.excluded_variants import WITH_CONFIG, config_advice, variant_lines

            self.remedy = WITH_CONFIG
            width = max(len(variant.function) for variant in excluded_variants[:4])
            lines = [f"There is no node `{name}`: the config selects none of its variants."]
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


class AsyncNode(RequestError):
    """A `Driver` cannot compute nodes, because it would have to await their functions, loaders or savers."""

    def __init__(self, nodes: Sequence[AwaitedNode]) -> None:
        """Report at least one node."""
        lines = [
            f"`{node.name}` ({node.location}) "
            + ("is `async def`" if node.adapter is None else f"uses `{node.adapter}`, which is `async def`")
            for node in nodes
        ]
        more = f"\n  and {len(nodes) - 8} more" if len(nodes) > 8 else ""
        listed = (
            f"{lines[0]}." if len(nodes) == 1 else "Some nodes are async:" + "".join(f"\n  {line}" for line in lines[:8]) + more
        )
        advice = "Only an `AsyncDriver` can await them: call `build_async()`, and then `await driver.execute(...)`."
        separator = " " if len(nodes) == 1 else "\n"
        text = f"{listed}{separator}{advice if len(nodes) > 1 else advice.replace('them', 'it')}"
        super().__init__(text, [node.location for node in nodes], nodes[0].name)


class AwaitedNode(NamedTuple):
    """A node whose value has to be awaited."""

    name: str
    location: SourceLocation
    adapter: str | None = None
    """The class that loads or saves the node with an `async def` method, if any."""


class Requirement(NamedTuple):
    """A node that needs a missing input, with the path from a requested output to the input."""

    reader: str
    location: SourceLocation
    signature: str
    path: tuple[str, ...]


class MissingInput(RequestError):
    """A requested output needs a value that no function computes and no input provides."""

    def __init__(
        self, name: str, requirements: Sequence[Requirement], *, unread: Sequence[str] = (), known: Iterable[str] = (),
        excluded_variants: Sequence[ExcludedVariant] = (),
    ) -> None:  # fmt: skip
        """`unread`: provided names that nothing reads. `known`: the names of nodes and inputs.

        `excluded_variants`: the functions that would compute the value under another config.
        """
        self.name = name
        self.requirements = tuple(requirements)
        self.excluded_variants = tuple(excluded_variants)
        first = requirements[0]
        named = (
            *(requirement.reader for requirement in requirements[:4]),
            *(variant.function for variant in excluded_variants[:4]),
        )
        width = max(len("needed for"), *map(len, named))
        why = (
            "but no function computes it and no input provides it"
            if not excluded_variants
            else "but the config selects none of its variants"
        )
        lines = [f"`{first.reader}` needs `{name}`, {why}."]
        lines.append(f"  {'needed for':<{width}}  {' -> '.join(first.path)}")
        lines += [
            f"  {requirement.reader:<{width}}  {requirement.location}   {requirement.signature}"
            for requirement in requirements[:4]
        ]
        if len(requirements) > 4:
            lines.append(f"  ... and {len(requirements) - 4} more nodes need it")
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
        for provided in unread:
            if did_you_mean(provided, [name]):
                return f"You provided `{provided}`, which nothing reads. Did you mean `{name}`?"
        nearest = did_you_mean(name, (other for other in known if other != name))
        self.remedy = f"Provide it with `inputs={{{name!r}: ...}}`"
        return f"{self.remedy}, or write a function named `{name}`.{nearest}"


class MisplacedInput(RequestError):
    """An input was provided for a name that a function computes."""

    def __init__(self, name: str, location: SourceLocation) -> None:
        self.name = name
        self.remedy = f"pass a value in `overrides={{{name!r}: ...}}`"
        super().__init__(
            f"`{name}` was provided as an input, but the function at {location} computes it. "
            f"To replace the function's value, {self.remedy}.",
            [location],
            name,
        )


class WrongInputType(RequestError):
    """An input's value has the wrong type for the functions that read it."""

    def __init__(self, name: str, expected: str, value: object, readers: Sequence[PathStep]) -> None:
        self.name = name
        listed = ", ".join(f"`{reader.name}` ({reader.location})" for reader in readers[:3])
        super().__init__(
            f"Input `{name}` must be of type {expected} for {listed}, but got {_class_name(value, expected)}: "
            f"{short_repr(value)}.",
            [reader.location for reader in readers],
            readers[0].name if readers else None,
        )


class WrongOverrideType(RequestError):
    """An override does not fit the type of its node, or of a parameter that receives it."""

    def __init__(
        self,
        name: str,
        expected: str,
        value: object,
        location: SourceLocation,
        *,
        reader: str | None = None,
        is_list_of_values: bool = False,
    ) -> None:
        """Report a wrong value.

        Args:
            name: the name of the node.
            expected: the type.
            value: the wrong value.
            location: the source location of the function that returns or takes the value.
            reader: the node whose parameter takes the value. None if the override replaces the value of a function.
            is_list_of_values: True if the node has a value for each element.
        """
        self.name = name
        if reader is not None:
            other = f"`{reader}` ({location}) takes"
        elif is_list_of_values:
            other = f"the list of its values for all elements ({location}) has the type"
        else:
            other = f"its function ({location}) returns"
        super().__init__(
            f"`{name}` is overridden with a value of type {_class_name(value, expected)} ({short_repr(value)}), but {other} "
            f"{expected}. Use a value of that type, or remove the override.",
            [location],
            name,
        )


class WrongConfigType(RequestError):
    """A config value does not fit a parameter that receives it by name or through a decorator."""

    def __init__(self, key: str, expected: str, value: object, reader: PathStep, *, is_bound: bool = False) -> None:
        """`is_bound` is True if a decorator binds the parameter, so overriding the config value does not affect it."""
        self.key = key
        self.is_bound = is_bound
        self.reader = reader.name
        super().__init__(
            f"Config value `{key}` must be of type {expected} for `{reader.name}` ({reader.location}), but got "
            f"{_class_name(value, expected)}: {short_repr(value)}.",
            [reader.location],
            reader.name,
        )


def _class_name(value: object, expected: str) -> str:
    """Return the name of a value's class. It includes the module if the expected class has the same name."""
    class_ = type(value)
    name = class_.__qualname__
    same = name in expected.replace("[", " ").replace("]", " ").replace(",", " ").split()
    return f"{class_.__module__}.{name}" if same and class_.__module__ != "builtins" else name


class MaterializerError(RequestError):
    """`to.<format>(...)` or `from_.<format>(...)` is used incorrectly."""

    def __init__(self, materializer: str, about: str, reason: str, location: SourceLocation | None) -> None:
        """`about` is the node to save or load."""
        where = f" ({location})" if location else ""
        super().__init__(f"{materializer} for `{about}`{where}: {reason}", [location] if location else [], about)


class ConflictingNames(RequestError):
    """A name has two values: one in `first`, one in `second`.

    If one mapping contains two spellings of the name, `first` and `second` both name this mapping.
    """

    def __init__(self, names: Iterable[str], first: str, second: str) -> None:
        names = sorted(names)
        listed = ", ".join(f"`{name}`" for name in names)
        are_set = f"{listed} {'is' if len(names) == 1 else 'are'} set"
        where = f"both in {first} and in {second}" if first != second else f"twice in {first}, with different spellings"
        super().__init__(f"{are_set} {where}. {'Remove one of the two.' if len(names) == 1 else 'Set each name only once.'}")


class DrawingError(HeadwaterError):
    """A dataflow cannot be drawn."""


class SnapshotError(HeadwaterError):
    """A failed call cannot be saved or run again."""


class NotWritable(HeadwaterError):
    """A value or a dataflow cannot be written as code."""
