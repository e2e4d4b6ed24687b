"""`does`: a function implemented by another function."""

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
from headwater.graph.operation import Await, FunctionCall, Origin
from headwater.introspection.callables import bare_signature, is_async_function, is_callable_value
from headwater.introspection.names import normalized

__all__ = ["does"]


@takes_functions("does")
def does(replacing: Callable[..., Any], /, **parameters: str) -> Decorator:
    """Compute the value with another function. The decorated function defines only the name, the types and the documentation.

    The other function receives keyword arguments, so it may take `**numbers`. To pass a parameter under another name,
    use a keyword: `@does(add, left="price", right="tax")` passes `price` as `left`.

    Raises:
        DecoratorError: if the decorated function has a body, or the other function does not accept the arguments.

    >>> from headwater import Builder, does
    >>> def _sum(**numbers: int) -> int:
    ...     return sum(numbers.values())
    >>> @does(_sum)
    ... def total(price: int, tax: int) -> int:
    ...     '''The amount to pay.'''
    >>> Builder().with_functions(total).build().execute(["total"], inputs={"price": 10, "tax": 2})
    {'total': 12}
    """

    def decorate(function: F) -> F:
        if not is_callable_value(replacing):
            raise decorator_error("does", function, f"it takes the function that computes the value, not {replacing!r}.")
        if not _is_empty(function):
            reason = "the function has a body, which would never run. Replace the body with `...` or remove the decorator."
            raise decorator_error("does", function, reason)
        return attach(Does(replacing, tuple((normalized(name), normalized(own)) for name, own in parameters.items())), function)

    return decorate


@dataclass(frozen=True, slots=True)
class Does:
    """The modifier behind `does`."""

    replacing: Callable[..., Any]
    parameters: tuple[tuple[str, str], ...]
    """Pairs of a parameter of `replacing` and a parameter of the decorated function."""
    name = "does"
    phase = Phase.CREATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the decorated function's node computed by the other function."""
        node = sole_leaf(self.name, nodes)
        own = [argument.parameter for argument in node.arguments]
        for _, parameter in self.parameters:
            if parameter not in own:
                reason = f"`{parameter}` is not a parameter of the function.{did_you_mean(parameter, own)}"
                raise decorator_error(self.name, node, reason)
        renamed = {parameter: name for name, parameter in self.parameters}
        names = tuple(renamed.get(parameter, parameter) for parameter in own)
        try:
            bare_signature(self.replacing).bind(**dict.fromkeys(names))
        except TypeError as error:
            other = getattr(self.replacing, "__name__", repr(self.replacing))
            shown = ", ".join(names) or "nothing"
            raise decorator_error(self.name, node, f"`{other}` cannot be called with {shown}: {error}.") from None
        call = FunctionCall(self.replacing, names)
        operation = Await(call, Origin(node.name, node.location)) if is_async_function(self.replacing) else call
        return replace_nodes(nodes, {node.name: [node.replaced(operation=operation)]})


def _empty() -> None: ...


def _is_empty(function: Callable[..., Any]) -> bool:
    """Return True if the body is only `pass`, `...` or a docstring, or if the function has no code object."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return True
    # An instruction has two bytes: its operation and its argument. A function that returns a constant has the same operations
    # as one that returns None, but the constant is in `co_consts`.
    constants = {constant for constant in code.co_consts if constant is not None and constant is not function.__doc__}
    return code.co_code[::2] == _empty.__code__.co_code[::2] and not constants
