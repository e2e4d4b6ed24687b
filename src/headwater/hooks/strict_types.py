"""`StrictTypes`: checks the arguments and return values of functions during a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import WrongRuntimeType
from headwater.graph.node import Dependency
from headwater.hooks.selection import NodeSelection
from headwater.types.strict_checks import is_strict_instance
from headwater.types.typing_rules import format_type

if TYPE_CHECKING:
    from headwater.execution.middleware import Call, CallSteps
    from headwater.graph.tags import TagFilter


class StrictTypes:
    """Middleware that raises an error if an argument or a return value does not have its annotated type.

    The contents of lists, sets, tuples and mappings are also checked, which takes time if they are large. The elements of data
    frames, arrays and iterators are not checked. `None` is accepted only if the annotation includes it. All other rules are
    those of `headwater.types.typing_rules`. For example, an `int` fits `float`.

    Args:
        arguments: check the arguments of functions.
        values: check the values that functions return.
        name: a node name or a pattern (`*`, `?`). By default, all nodes.
        tag: only nodes with these tags, as in `Driver.list_available_variables(tag_filter=...)`.

    >>> from headwater import Builder
    >>> from headwater.hooks import StrictTypes
    >>> def prices() -> list[float]:
    ...     return [1.5, "2.5"]
    >>> try:
    ...     Builder().with_functions(prices).with_hooks(StrictTypes()).build().execute(["prices"])
    ... except TypeError as error:
    ...     print(str(error).partition(") ")[2])
    must return list[float], but returned list: [1.5, '2.5'].
    """

    def __init__(
        self, *, arguments: bool = True, values: bool = True, name: str | None = None, tag: TagFilter | None = None
    ) -> None:
        self._arguments = arguments
        self._values = values
        self._nodes = NodeSelection(name, tag)

    def around_call(self, call: Call) -> CallSteps:
        """Make the call, and check its arguments and its value.

        Raises:
            WrongRuntimeType: an argument or the value has the wrong type.
        """
        node = call.node
        if not self._nodes.matches(node):
            return (yield call)
        if self._arguments:
            _check_arguments(call)
        value = yield call
        if self._values and not is_strict_instance(value, node.type):
            raise WrongRuntimeType(node.name, node.location, None, format_type(node.type), value)
        return value


def _check_arguments(call: Call) -> None:
    for argument, value in zip(call.node.arguments, call.arguments, strict=True):
        if isinstance(argument, Dependency) and value is argument.default:
            continue  # a default need not have the annotated type: `def f(x: int = None)`
        if not is_strict_instance(value, argument.type):
            raise WrongRuntimeType(call.node.name, call.node.location, argument.parameter, format_type(argument.type), value)
