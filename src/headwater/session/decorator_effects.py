"""The effects of decorators on a node, as text.

Headwater's decorators do not change the function that they decorate. They define nodes that call it, with arguments bound to
nodes and values. A node whose bindings are the same computes the same value, even if the decorator now defines different nodes.
"""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, Final

from headwater.graph.node import Constant
from headwater.graph.operation import REQUIRED, FunctionCall, Gather, Operation, Pick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.node import Node

_PACKAGE: Final = __name__.partition(".")[0]
_MAX_BITS: Final = 1_000
"""The maximum number of bits in an integer that is written as text. Python cannot write integers with thousands of digits."""
_LITERALS: Final = frozenset({int, float, str, bool, bytes, type(None)})
"""Types whose values have a `repr` that distinguishes them."""


def bindings_text(node: Node) -> str | None:
    """Return a string that changes with the values that a node's decorators bind.

    The node's operation, its dependencies and the config values that decorators read are not included, because node tokens
    cover them. Return None if the decorators may do more than bind arguments to literals.
    """
    if node.shaped_by or not _calls_own_function(node.operation, node.function):
        return None
    written = [
        (argument.parameter, argument.value)
        for argument in node.arguments
        if isinstance(argument, Constant) and argument.is_written
    ]
    return repr(written) if all(_is_literal(value) for _, value in written) else None


def uses_only_own_decorators(function: object, names: Iterable[str]) -> bool:
    """Return whether all these names refer to Headwater's decorators in the function's module."""
    if not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
        return False
    return all(_is_own(function.__globals__.get(name)) for name in names)


def _is_own(decorator: Any) -> bool:
    module = decorator.__name__ if isinstance(decorator, ModuleType) else getattr(decorator, "__module__", None)
    return isinstance(module, str) and module.partition(".")[0] == _PACKAGE


def _calls_own_function(operation: Operation | None, function: object) -> bool:
    match operation:
        case None:
            return True
        case Gather(FunctionCall(called)):
            return called is function
        case Pick(fill=fill):
            return fill is REQUIRED
        case _:
            return False


def _is_literal(value: object) -> bool:
    if isinstance(value, tuple) and type(value) is tuple:
        parts: tuple[object, ...] = value
        return all(_is_literal(part) for part in parts)
    if type(value) is int and value.bit_length() > _MAX_BITS:
        return False
    return type(value) in _LITERALS
