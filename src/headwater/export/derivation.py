"""Derivations: the ways in which plain Python can compute a node's value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import MethodType
from typing import Any, assert_never

from headwater.errors import NotWritable
from headwater.graph.node import Argument, Constant, Dependency, Node
from headwater.graph.operation import (
    REQUIRED,
    Append,
    Await,
    Combine,
    Expand,
    Fill,
    FunctionCall,
    Gate,
    Gather,
    Load,
    Map,
    Pass,
    Pick,
    Save,
    TakeData,
    Validate,
)


@dataclass(frozen=True, slots=True)
class FunctionResult:
    """The result of a function call."""

    module: str
    function: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class ExtractedPart:
    """A column of a frame or an entry of a dictionary."""

    container: str
    name: str


@dataclass(frozen=True, slots=True)
class NodeAlias:
    """The value of another node: a checked value, or the end of a pipe."""

    node: str


@dataclass(frozen=True, slots=True)
class SubdagInput:
    """An input of a subdag: a value, or the value of another node."""

    argument: Argument


Derivation = FunctionResult | ExtractedPart | NodeAlias | SubdagInput


def derivation_of(node: Node) -> Derivation | None:
    """Return the derivation of a function node. None if only Headwater can compute the value, as for the result of a check."""
    match node.operation:
        case None:
            return _called(node)
        case FunctionCall(function):
            return _called(node) if function is node.function else None
        case Pick("column" | "field", name, position=None, fill=fill) if fill is REQUIRED:
            return ExtractedPart(node.dependencies[0].source, name)
        case Pass() if node.is_received:
            return SubdagInput(node.arguments[0])
        case Pass() | Gate():
            return NodeAlias(node.dependencies[0].source)
        case (
            Await()
            | Expand()
            | Map()
            | Gather()
            | Fill()
            | Pick()
            | Append()
            | Validate()
            | Load()
            | TakeData()
            | Save()
            | Combine()
        ):
            return None
        case _:
            assert_never(node.operation)


def arguments(called: FunctionResult, values: dict[str, Any] | Any) -> dict[str, Dependency | Constant]:
    """Return the arguments of a call, keyed by parameter. Parameters that used their default are omitted."""
    return {
        argument.parameter: argument
        for argument in called.arguments
        if isinstance(argument, Constant) or argument.source in values or not argument.optional
    }


def is_written_in_decorator(node: Node) -> bool:
    """Return True for a node whose function is a partial or object passed to a decorator, so no name refers to it."""
    return bool(node.shaped_by) and not hasattr(node.function, "__name__")


def _called(node: Node) -> FunctionResult | None:
    name = getattr(node.function, "__name__", "")
    # the name of a partial or a method refers to the function without its bound arguments
    is_bound = isinstance(node.function, partial | MethodType)
    if is_written_in_decorator(node):
        return None
    if node.module is None or is_bound or not name.isidentifier():
        raise NotWritable(f"The function behind `{node.name}` cannot be called by name. Define it with `def`.", node=node.name)
    return FunctionResult(node.module, name, node.arguments)
