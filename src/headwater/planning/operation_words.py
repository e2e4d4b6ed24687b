"""Operations in words: `calls cost (days=7)`, `takes the column age from people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from headwater.errors import short_repr
from headwater.graph.node import Constant
from headwater.graph.operation import (
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
    Operation,
    Pass,
    Pick,
    Save,
    TakeData,
    Validate,
)
from headwater.introspection.callables import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.node import Argument, Node

_MAX_CONSTANT_LENGTH: Final = 40


def operation_in_words(node: Node) -> str:
    """Return the operation of a node in words.

    >>> from headwater import Builder, parameterize, value
    >>> @parameterize(weekly={"days": value(7)})
    ... def cost(price: float, days: int) -> float:
    ...     return price * days
    >>> operation_in_words(Builder().with_functions(cost).build().graph["weekly"])
    'calls cost (days=7)'
    """
    words = _words(node.explicit_operation, node)
    constants = [argument for argument in node.arguments if isinstance(argument, Constant)]
    if not constants or isinstance(node.explicit_operation, Pass):
        return words
    return f"{words} ({_listed(f'{constant.parameter}={_short(constant.value)}' for constant in constants)})"


def _words(operation: Operation, node: Node) -> str:  # noqa: C901, PLR0912 - one case for each operation
    match operation:
        case FunctionCall(function):
            return f"calls {name_of(function) or _short(function)}"
        case Await(inner):
            return f"awaits {_words(inner, node).removeprefix('calls ')}"
        case Gather(inner) | Expand(inner):
            return _words(inner, node)
        case Map(inner, over=over):
            return f"{_words(inner, node)} for each {over[-1]}"
        case Fill(inner, names, value, part):
            kind = "columns" if part == "column" else "fields"
            return f"{_words(inner, node)} and fills the missing {kind} {_listed(names)} with {_short(value)}"
        case Pick(part, name, origin):
            return f"takes the {part} {name} from {origin.name}"
        case Append(columns):
            return f"appends the columns {_listed(columns)}"
        case Validate():
            return f"checks {node.dependencies[0].source}"
        case Gate(checks=checks):
            return f"returns {node.dependencies[0].source} if it passes {_listed(check.name for check in checks)}"
        case Pass():
            return f"returns {_passed(node.arguments[0])}"
        case Load(adapter):
            return f"loads with {adapter.__name__}" if adapter is not None else "loads"
        case TakeData(loader):
            return f"takes the data from {loader.name}"
        case Save(adapter):
            return f"saves with {adapter.__name__}" if adapter is not None else "saves"
        case Combine(builder):
            return f"combines values with {type(builder).__name__}"
        case _:
            assert_never(operation)


def _passed(argument: Argument) -> str:
    return _short(argument.value) if isinstance(argument, Constant) else argument.source


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _short(value: object) -> str:
    return short_repr(value, _MAX_CONSTANT_LENGTH)
