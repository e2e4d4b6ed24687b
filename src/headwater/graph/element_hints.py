"""`element_hint`: a remedy for a function that takes one element of a collection, or a collection instead of one element."""

from __future__ import annotations

import collections.abc
import typing
from typing import TYPE_CHECKING, Any, Final

from headwater.graph.mapping import list_depth, value_type
from headwater.types import typing_rules
from headwater.types.element_types import element_type, is_parallelizable

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.graph.node import Dependency, Node

_COLLECTIONS: Final = (
    list,
    set,
    frozenset,
    collections.abc.Iterable,
    collections.abc.Iterator,
    collections.abc.Generator,
    collections.abc.Collection,
    collections.abc.Sequence,
)
"""Types whose first argument is the type of their elements."""


def element_hint(producer: Node, consumer: Node, dependency: Dependency, connects: Callable[[Any, Any], bool]) -> str:
    """Return how `Parallelizable` or `Collect` would connect two nodes whose types do not fit. Empty if neither would.

    Args:
        producer: the node that computes the value.
        consumer: the node that reads it.
        dependency: the parameter of `consumer` and its type.
        connects: returns whether a value of the first type may be passed to a parameter of the second type.
    """
    element = element_type(producer.type)
    name = typing_rules.format_type(element)
    if list_depth(producer) and connects(value_type(producer), dependency.type):
        return (
            f"Annotate the parameter with `{name}` to receive one element in each call, or with `Collect[{name}]` to receive "
            "all elements at once."
        )
    if typing.get_origin(element) not in _COLLECTIONS or not connects(item := typing.get_args(element)[0], dependency.type):
        return ""
    returns = f"`Parallelizable[{typing_rules.format_type(item)}]`"
    if is_parallelizable(producer.type):
        return f"`Parallelizable` takes the type of one element. Return {returns} from `{producer.name}`."
    if list_depth(producer):
        return ""
    return (
        f"Make the two annotations agree. If `{consumer.name}` should be called once for each element, return {returns} from "
        f"`{producer.name}`."
    )
