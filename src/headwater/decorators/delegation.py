"""`does`: a function whose body is somewhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from headwater.decorators.protocol import (
    Decorator,
    F,
    Phase,
    attach,
    decorator_error,
    replace_nodes,
    sole_leaf,
    takes_functions,
)
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import Node
from headwater.graph.operation import FunctionCall
from headwater.introspection.callables import bare_signature, is_asynchronous
from headwater.introspection.names import normalized

__all__ = ["does"]


@takes_functions("does")
def does(replacing: Callable[..., Any], /, **parameters: str) -> Decorator:
    """Has another function compute the value: the decorated one says only the name, the types and the documentation.

    The other function gets the parameters by name, so that it may take `**numbers`. Where a name differs, a keyword says
    which parameter of the decorated function goes to which of the other: `@does(add, left="price", right="tax")`.

    Raises:
        DecoratorError: where the decorated function has a body of its own, or the other one cannot be called so.

    >>> from headwater import Builder, does
    >>> def _sum(**numbers: int) -> int:
    ...     return sum(numbers.values())
    >>> @does(_sum)
    ... def total(price: int, tax: int) -> int:
    ...     '''What is paid in the end.'''
    >>> Builder().with_functions(total).build().execute(["total"], inputs={"price": 10, "tax": 2})
    {'total': 12}
    """

    def decorate(function: F) -> F:
        if isinstance(replacing, type) or not callable(replacing):
            raise decorator_error("does", function, f"it takes the function that computes the value, and not {replacing!r}.")
        if is_asynchronous(replacing):
            name = getattr(replacing, "__name__", repr(replacing))
            raise decorator_error("does", function, f"`{name}` is `async def`, and the driver does not wait for coroutines.")
        if not _is_empty(function):
            reason = "the function has a body of its own, which would never run: leave `...`, or take the decorator away."
            raise decorator_error("does", function, reason)
        return attach(Does(replacing, tuple((normalized(name), normalized(own)) for name, own in parameters.items())), function)

    return decorate


@dataclass(frozen=True, slots=True)
class Does:
    """The modifier behind `does`."""

    replacing: Callable[..., Any]
    parameters: tuple[tuple[str, str], ...]
    """Pairs of a parameter of `replacing` and one of the decorated function."""
    name = "does"
    phase = Phase.CREATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The node, computed by the other function."""
        node = sole_leaf(self.name, nodes)
        own = [argument.parameter for argument in node.arguments]
        for _, parameter in self.parameters:
            if parameter not in own:
                raise decorator_error(self.name, node, f"`{parameter}` is no parameter of it.{did_you_mean(parameter, own)}")
        called = {parameter: name for name, parameter in self.parameters}
        names = tuple(called.get(parameter, parameter) for parameter in own)
        try:
            bare_signature(self.replacing).bind(**dict.fromkeys(names))
        except TypeError as error:
            other = getattr(self.replacing, "__name__", repr(self.replacing))
            shown = ", ".join(names) or "nothing"
            raise decorator_error(self.name, node, f"`{other}` cannot be called with {shown}: {error}.") from None
        return replace_nodes(nodes, {node.name: [node.replaced(operation=FunctionCall(self.replacing, names))]})


def _empty() -> None: ...


def _is_empty(function: Callable[..., Any]) -> bool:
    """True for a body of `pass`, `...` or a docstring; also where there is no code to look at."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return True
    # Instructions are pairs of an operation and its argument. A constant that is returned has the same operations as None,
    # but it is among the constants.
    said = {constant for constant in code.co_consts if constant is not None and constant is not function.__doc__}
    return code.co_code[::2] == _empty.__code__.co_code[::2] and not said
