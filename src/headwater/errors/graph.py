"""Errors for nodes that do not form a dataflow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from headwater.errors.base import HeadwaterError
from headwater.introspection.source_location import SourceLocation


class GraphError(HeadwaterError, has_page=False):
    """The nodes do not form a dataflow."""


class LongName(GraphError):
    """A node or a dependency has a name that is too long to read, draw or look up."""

    MAX_LENGTH: ClassVar[int] = 1_000

    def __init__(self, name: str, location: SourceLocation) -> None:
        super().__init__(
            f"The name `{name[:40]}…` ({location}) has {len(name):,} characters. The limit is {self.MAX_LENGTH:,}. "
            "Shorten the name.",
            [location],
        )


class DuplicateNode(GraphError):
    """Two nodes have the same name."""

    def __init__(self, name: str, first: SourceLocation, second: SourceLocation, *, replaceable: bool) -> None:
        """Report both nodes. `replaceable` is True if `allow_module_overrides()` lets the second replace the first."""
        if first == second:
            text = f"`{name}` is defined twice at {first}. Rename or remove one of the definitions."
        else:
            text = f"`{name}` is defined twice: at {first} and at {second}. Rename or remove one of them."
            if replaceable:
                self.remedy = (
                    " To let the later definition replace the earlier one, call `allow_module_overrides()` on the Builder."
                )
                text += self.remedy
        super().__init__(text, [second, first], name)


class IncompatibleTypes(GraphError):
    """The type of a node does not fit a parameter that receives its value."""

    def __init__(
        self, *, producer: str, returned: str, producer_location: SourceLocation, consumer: str, parameter: str, accepted: str,
        consumer_location: SourceLocation, hint: str = "",
    ) -> None:  # fmt: skip
        self.producer = producer
        self.parameter = parameter
        reads = f"`{parameter}: {accepted}`" + (f" (bound to `{producer}`)" if parameter != producer else "")
        super().__init__(
            f"`{consumer}` ({consumer_location}) takes {reads}, but `{producer}` ({producer_location}) returns {returned}. "
            f"{hint or 'Make the two annotations agree.'}",
            [consumer_location, producer_location],
            consumer,
        )

    def is_explained_by(self, other: MappingError) -> bool:
        """Return True if this error has the same cause as a `MappingError`."""
        if other.parameter is None:
            return other.node in (self.node, self.producer)
        return (other.node, other.parameter) == (self.node, self.parameter)


class IncompatibleInput(GraphError):
    """Two or more functions read the same input with incompatible types."""

    def __init__(self, name: str, *reads: tuple[str, str, SourceLocation]) -> None:
        """Report two or more `reads`: for each, the function, the type that it takes, and its location."""
        *first, last = [f"`{reader}` ({location}) takes {type_}" for reader, type_, location in reads]
        number = "two" if len(reads) == 2 else str(len(reads))
        super().__init__(
            f"Input `{name}` has {number} incompatible types: {', '.join(first)} and {last}. "
            "Make the annotations agree, or rename one of the parameters.",
            [location for _, _, location in reversed(reads)],
            reads[-1][0],
        )


class MappingError(GraphError):
    """`Parallelizable` or `Collect` is used where it has no meaning."""

    parameter: str | None = None
    """The parameter with the wrong annotation. None if any type of the node might be wrong."""

    @classmethod
    def nothing_to_collect(
        cls, step: PathStep, parameter: str, source: PathStep, type_: str, *, is_input: bool, suggestion: str = ""
    ) -> MappingError:
        """Report a `Collect` parameter that receives a single value. `type_` is the type of this value.

        The message ends with the `suggestion`, such as ` Did you mean ...?`.
        """
        described = f"the input `{source.name}`" if is_input else f"`{source.name}` ({source.location})"
        remedy = (
            f"add a function `{source.name}` that returns `Parallelizable`"
            if is_input
            else f"make `{source.name}` depend on a function that returns `Parallelizable`"
        )
        error = cls(
            f"`{step.name}` ({step.location}) collects {described}, which has only one value. Annotate the parameter "
            f"`{parameter}` with {type_}, or {remedy}.{suggestion}",
            [step.location, source.location],
            step.name,
        )
        error.parameter = parameter
        return error

    @classmethod
    def unrelated_elements(cls, step: PathStep, *reads: tuple[str, str]) -> MappingError:
        """Report a node that depends on the elements of two lists.

        Each of the `reads` is a pair: the name of a value, and the name of the element for which it is computed.
        """
        (first, over_first), (second, over_second) = reads
        error = cls(
            f"`{step.name}` ({step.location}) reads `{first}`, which has a value for each `{over_first}`, and `{second}`, "
            f"which has a value for each `{over_second}`. Annotate one of the two parameters with `Collect[...]`.",
            [step.location],
            step.name,
        )
        error.parameter = ""  # no single type is wrong, so no type error has this cause
        return error

    @classmethod
    def misplaced(cls, step: PathStep, annotation: str, advice: str) -> MappingError:
        """Report an annotation in the wrong place."""
        return cls(f"`{step.name}` ({step.location}) {annotation}. {advice}", [step.location], step.name)


class PathStep(NamedTuple):
    """A node on a path, and its location."""

    name: str
    location: SourceLocation


class CycleError(GraphError):
    """Nodes depend on one another in a cycle. `path` begins at any node of the cycle and does not repeat its first step."""

    def __init__(self, path: Sequence[PathStep]) -> None:
        self.path = tuple(path)
        names = " -> ".join(f"`{step.name}`" for step in (*path, path[0]))
        width = max(len(step.name) for step in path)
        listed = "\n".join(f"  {step.name:<{width}}  {step.location}" for step in path)
        super().__init__(
            f"The dataflow has a cycle: {names}.\n{listed}\n"
            "  A node cannot depend on itself. Rename a parameter or split a function to break the cycle."
            if len(path) > 1
            else f"`{path[0].name}` depends on itself, so it cannot be computed.\n{listed}\n"
            "  If you meant its parameter to be an input, give the parameter a different name from the function.",
            [step.location for step in path],
            path[0].name,
        )
