"""The input nodes of a subdag. Each node passes on a constant, or a value of the surrounding dataflow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from headwater.decorators.protocol import decorator_error
from headwater.graph.bindings import Binding, Bound, Source, Value
from headwater.graph.node import ROLE_TAG, Argument, Constant, Dependency, Node
from headwater.graph.operation import REQUIRED, Pass
from headwater.types import typing_rules

_RECEIVED: Final = MappingProxyType({ROLE_TAG: "received"})


def subdag_input_nodes(
    decorator: str, node: Node, namespace: str, inputs: Binding, dependencies: Iterable[Dependency]
) -> Mapping[str, Node]:
    """Return the input nodes of a subdag, keyed by their names inside it.

    If dependencies on an optional source have different defaults, no node is created for the source, because a node has
    a single value.

    Args:
        decorator: the name of the decorator, for messages.
        node: the node of the decorated function.
        namespace: the namespace of the subdag.
        inputs: the values and sources, keyed by name.
        dependencies: the dependencies of the nodes in the subdag.

    Raises:
        DecoratorError: for a value that does not fit the type of a parameter that receives it. Config values are checked
            later, by the requests that need them.
    """
    readers: dict[str, list[Dependency]] = {key: [] for key in inputs}
    for dependency in dependencies:
        if dependency.source in readers:
            readers[dependency.source].append(dependency)
    return {
        key: node.replaced(
            name=f"{namespace}.{key}",
            type=(argument := _argument(decorator, node, key, inputs[key], key_readers)).type,
            operation=Pass(),
            arguments=(argument,),
            tags=_RECEIVED,
            doc=_doc(key, inputs[key]),
        )
        for key, key_readers in readers.items()
        if _have_one_value(inputs[key], key_readers)
    }


def _argument(decorator: str, node: Node, key: str, bound: Bound, readers: Sequence[Dependency]) -> Argument:
    type_ = _type(bound, readers)
    match bound:
        case Source(name):
            return Dependency(key, name, type_, _default(readers))
        case Value(literal, is_written, config_key):
            is_checked_later = config_key is not None and type_ is not Any
            for reader in () if is_checked_later else readers:
                if not typing_rules.is_instance(literal, reader.type):
                    expected = typing_rules.format_type(reader.type)
                    reason = f"`{key}: {expected}` is bound to {literal!r}, which has the wrong type."
                    raise decorator_error(decorator, node, reason)
            return Constant(key, literal, type_, is_written, config_key)
        case _:
            raise AssertionError(f"A subdag cannot receive {bound!r}.")


def _type(bound: Bound, readers: Sequence[Dependency]) -> Any:
    """Return a type that fits every reader.

    If the types conflict, return `Any` for a value. For a source, return the first reader's type, so the graph reports the
    conflict.
    """
    for reader in readers:
        if all(typing_rules.fits(reader.type, other.type) for other in readers):
            return reader.type
    return readers[0].type if readers and isinstance(bound, Source) else Any


def _have_one_value(bound: Bound, readers: Sequence[Dependency]) -> bool:
    """Return False if the readers of an optional source have different defaults."""
    is_optional = bool(readers) and all(reader.optional for reader in readers)
    return not isinstance(bound, Source) or not is_optional or _default(readers) is not REQUIRED


def _default(readers: Sequence[Dependency]) -> Any:
    """Return the default shared by all readers, or `REQUIRED` if their defaults differ."""
    first = readers[0].default if readers else REQUIRED
    return first if all(reader.default is first or _is_same(reader.default, first) for reader in readers) else REQUIRED


def _is_same(default: Any, other: Any) -> bool:
    try:
        return type(default) is type(other) and bool(default == other)
    except (TypeError, ValueError):  # comparing arrays returns an array
        return False


def _doc(key: str, bound: Bound) -> str:
    return (
        f"`{bound.name}`, passed to the subdag as `{key}`."
        if isinstance(bound, Source)
        else f"The value of `{key}` in the subdag."
    )
