"""The nodes of what a subdag receives from the dataflow around it: values, and nodes and inputs under other names."""

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
    decorator: str, node: Node, namespace: str, given: Binding, dependencies: Iterable[Dependency]
) -> Mapping[str, Node]:
    """The nodes of what is given to a subdag, by the names under which it is read.

    A source that may be missing, and in whose place the readers have different defaults, gets no node: one node has one value.

    Args:
        decorator: the decorator's name, for messages.
        node: the node of the decorated function.
        namespace: the namespace of the subdag.
        given: the values and sources by name.
        dependencies: what is read in the subdag.

    Raises:
        DecoratorError: for a value of another type than a reader takes. A value of the config is checked by the requests that
            need it.
    """
    readers: dict[str, list[Dependency]] = {key: [] for key in given}
    for dependency in dependencies:
        if dependency.source in readers:
            readers[dependency.source].append(dependency)
    return {
        key: node.replaced(
            name=f"{namespace}.{key}",
            type=(argument := _argument(decorator, node, key, given[key], found)).type,
            operation=Pass(),
            arguments=(argument,),
            tags=_RECEIVED,
            doc=_doc(key, given[key]),
        )
        for key, found in readers.items()
        if _have_one_value(given[key], found)
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
                    wanted = typing_rules.format_type(reader.type)
                    raise decorator_error(decorator, node, f"`{key}: {wanted}` is given {literal!r}, which is of another type.")
            return Constant(key, literal, type_, is_written, config_key)
        case _:
            raise AssertionError(f"A subdag receives no {bound!r}.")


def _type(bound: Bound, readers: Sequence[Dependency]) -> Any:
    """The type that fits every reader; where they do not agree, an error tells of one that reads a source."""
    for reader in readers:
        if all(typing_rules.fits(reader.type, other.type) for other in readers):
            return reader.type
    return readers[0].type if readers and isinstance(bound, Source) else Any


def _have_one_value(bound: Bound, readers: Sequence[Dependency]) -> bool:
    """False for a source without which the readers would each have another value."""
    is_optional = bool(readers) and all(reader.optional for reader in readers)
    return not isinstance(bound, Source) or not is_optional or _default(readers) is not REQUIRED


def _default(readers: Sequence[Dependency]) -> Any:
    """The default that all readers have, so that the source may be missing; otherwise it is required."""
    first = readers[0].default if readers else REQUIRED
    return first if all(reader.default is first or _is_same(reader.default, first) for reader in readers) else REQUIRED


def _is_same(default: Any, other: Any) -> bool:
    try:
        return type(default) is type(other) and bool(default == other)
    except (TypeError, ValueError):  # arrays answer for each of their members
        return False


def _doc(key: str, bound: Bound) -> str:
    return (
        f"`{bound.name}`, which the subdag reads as `{key}`."
        if isinstance(bound, Source)
        else f"The value of `{key}` in the subdag."
    )
