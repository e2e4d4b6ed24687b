"""Errors of nodes that do not make a dataflow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from headwater.errors.base import HeadwaterError
from headwater.introspection.source_location import SourceLocation


class GraphError(HeadwaterError):
    """The nodes do not make a dataflow."""


class LongName(GraphError):
    """A node has, or reads, a name that is too long to be read, drawn or looked up."""

    LONGEST: ClassVar[int] = 1_000

    def __init__(self, name: str, location: SourceLocation) -> None:
        super().__init__(
            f"`{name[:40]}…` ({location}) is a name of {len(name):,} characters; a name has at most "
            f"{self.LONGEST:,}. Shorten it.",
            [location],
        )


class DuplicateNode(GraphError):
    """Two functions make a node of the same name, or one function makes two."""

    def __init__(self, name: str, first: SourceLocation, second: SourceLocation, *, replaceable: bool) -> None:
        """`replaceable`: True if `allow_module_overrides()` lets the second replace the first."""
        if first == second:
            text = f"`{name}` is defined twice at {first}. Give one of the two another name, or remove what is there twice."
        else:
            text = f"`{name}` is defined twice: at {first} and at {second}. Rename or remove one of them"
            if replaceable:
                self.remedy = (
                    "; if the later module is meant to replace the earlier, call `allow_module_overrides()` on the Builder"
                )
                text += self.remedy
            text += "."
        super().__init__(text, [second, first], name)


class IncompatibleTypes(GraphError):
    """A node makes a value of a type that a parameter reading it does not take."""

    def __init__(
        self, *, producer: str, made: str, producer_location: SourceLocation, consumer: str, parameter: str, wanted: str,
        consumer_location: SourceLocation, hint: str = "",
    ) -> None:  # fmt: skip
        self.producer = producer
        reads = f"`{parameter}: {wanted}`" + (f" (bound to `{producer}`)" if parameter != producer else "")
        super().__init__(
            f"`{consumer}` ({consumer_location}) takes {reads}, but `{producer}` ({producer_location}) returns {made}. "
            f"{hint or 'Change one of the two annotations so that they agree.'}",
            [consumer_location, producer_location],
            consumer,
        )


class IncompatibleInput(GraphError):
    """Two or more functions read the same input with types that no one value can have."""

    def __init__(self, name: str, *reads: tuple[str, str, SourceLocation]) -> None:
        """`reads` are two or more of: the reading function, the type it wants, its location."""
        *others, last = [f"`{reader}` ({location}) takes it as {wanted}" for reader, wanted, location in reads]
        number = "two types" if len(reads) == 2 else f"{len(reads)} types"
        super().__init__(
            f"The input `{name}` is wanted with {number} that exclude each other: {', '.join(others)} and {last}. "
            "Make the annotations agree, or rename one of the parameters.",
            [location for _, _, location in reversed(reads)],
            reads[-1][0],
        )


class PathStep(NamedTuple):
    """One node on a path, and where it was written."""

    name: str
    location: SourceLocation


class CycleError(GraphError):
    """Nodes that need one another; `path` begins anywhere on the cycle and does not repeat its first step."""

    def __init__(self, path: Sequence[PathStep]) -> None:
        self.path = tuple(path)
        names = " -> ".join(f"`{step.name}`" for step in (*path, path[0]))
        width = max(len(step.name) for step in path)
        listed = "\n".join(f"  {step.name:<{width}}  {step.location}" for step in path)
        what = f"`{path[0].name}` needs itself" if len(path) == 1 else f"a cycle: {names}"
        super().__init__(
            f"The dataflow has {what}.\n{listed}\n"
            "  A value cannot be needed for its own making: rename a parameter, or split a function, so that the circle opens."
            if len(path) > 1
            else f"{what}, so it can never be computed.\n{listed}\n"
            "  If the parameter is meant to be an input, give it another name than the function's.",
            [step.location for step in path],
            path[0].name,
        )
