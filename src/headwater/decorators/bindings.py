"""How decorators bind the parameters of a function: to values, to nodes, to groups of them, and to the config."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from headwater.decorators.protocol import decorator_error
from headwater.errors import missing_config_value
from headwater.errors.suggestions import did_you_mean
from headwater.graph.bindings import Binding, Bound, Configuration, Group, Source, Value
from headwater.graph.node import Argument, Constant, Dependency, Node
from headwater.graph.operation import Gather, Shape
from headwater.introspection.names import by_normalized_name, normalized
from headwater.types import typing_rules
from headwater.types.type_forms import as_type, members, value_type

__all__ = ["configuration", "group", "source", "value"]


def value(literal: Any) -> Value:
    """Fixes a parameter to a value."""
    return Value(literal, is_written=True)


def source(name: str) -> Source:
    """Feeds a parameter from the node or input called `name`."""
    return Source(normalized(name) if isinstance(name, str) else name)


def configuration(key: str) -> Configuration:
    """Fixes a parameter to what the config has under `key` when the dataflow is built."""
    return Configuration(normalized(key) if isinstance(key, str) else key)


def group(*members: Value | Source | Configuration, **named: Value | Source | Configuration) -> Group:
    """Feeds a parameter from several nodes: as a list, or by keyword as a dictionary.

    The parameter has to be annotated with a list or a dictionary; what is in it says of which type each member has to be.

    >>> from headwater import Builder, group, inject, source, value
    >>> @inject(parts=group(source("rent"), source("food"), value(1.5)))
    ... def total(parts: list[float]) -> float:
    ...     return sum(parts)
    >>> Builder().with_functions(total).build().execute(["total"], inputs={"rent": 10.0, "food": 5.0})
    {'total': 16.5}

    The decorator that it is written in refuses it without members, with both kinds of them, or with a member that is none.
    """
    return Group((*members, *named.values()), tuple(named) or None)


def read_binding(decorator: str, function: Callable[..., Any], of: str, given: object) -> Binding:
    """A binding as it was written, checked as far as that goes without the function's signature.

    `of` says whose binding it is, for messages.

    Raises:
        DecoratorError: where it is no mapping of names to `value(...)`, `source(...)` and the like.
    """
    if not isinstance(given, Mapping):
        raise decorator_error(decorator, function, f"{of} has to be a dictionary of bindings, and is {given!r}.")
    for parameter, bound in given.items():
        if not isinstance(parameter, str):
            raise decorator_error(decorator, function, f"{of} binds {parameter!r}: parameters are given by their names.")
        if not isinstance(bound, Bound):
            reason = f"{of} binds `{parameter}` to {bound!r}: write `value(...)` for a value, `source('name')` for a node."
            raise decorator_error(decorator, function, reason)
    check_groups(decorator, function, of, given)
    return by_normalized_name(given)


def check_groups(decorator: str, function: Callable[..., Any], of: str, binding: Binding) -> None:
    """Refuse a group that is written in a way that cannot work.

    Raises:
        DecoratorError: with what is wrong, where.
    """
    for parameter, bound in binding.items():
        if isinstance(bound, Group) and bound.fault is not None:
            raise decorator_error(decorator, function, f"{of} binds `{parameter}` to a `group`, {bound.fault}")


def keys_of(binding: Binding) -> Iterable[str]:
    """The config keys that a binding looks at."""
    for bound in binding.values():
        for one in bound.members if isinstance(bound, Group) else (bound,):
            if isinstance(one, Configuration):
                yield one.key


def configured(decorator: str, function: Callable[..., Any], binding: Binding, config: Mapping[str, Any]) -> Binding:
    """The binding with the values of the config in it.

    Raises:
        DecoratorError: for a key that the config lacks.
    """

    def known(bound: Any) -> Any:
        match bound:
            case Configuration(key):
                if key not in config:
                    raise missing_config_value(partial(decorator_error, decorator, function), key, config)
                return Value(config[key], key=key)
            case Group(members, names):
                return Group(tuple(known(member) for member in members), names)
            case _:
                return bound

    return {parameter: known(bound) for parameter, bound in binding.items()}


def bind(decorator: str, node: Node, binding: Binding, of: str) -> Node:
    """The node with some of its parameters bound.

    `of` says whose binding it is, for messages.

    Raises:
        DecoratorError: for a parameter that the function does not have or that is bound already, or a value of another type
            than the parameter's. A value of the config is checked by the requests that need it.
    """
    types = {dependency.parameter: dependency.type for dependency in node.dependencies}
    for parameter, bound in binding.items():
        if (feed := feed_of(node, parameter)) is not None:
            reason = f"{of} binds `{parameter}`, which another decorator of the function binds to {feed}."
            raise decorator_error(decorator, node, f"{reason} Bind it in only one of the two.")
        if parameter not in types:
            reason = f"{of} binds `{parameter}`, which is no parameter.{did_you_mean(parameter, types)}"
            raise decorator_error(decorator, node, reason)
        _check(
            decorator, node, f"{of} binds `{parameter}: {typing_rules.format_type(types[parameter])}`", bound, types[parameter]
        )
    parts = [_arguments(argument, binding.get(argument.parameter)) for argument in node.arguments]
    operation = node.operation
    if any(isinstance(bound, Group) for bound in binding.values()):
        shapes = [binding.get(argument.parameter) for argument in node.arguments]
        operation = Gather(node.explicit_operation, tuple(_shape(bound) for bound in shapes))
    return node.replaced(arguments=tuple(argument for part in parts for argument in part), operation=operation)


def feed_of(node: Node, parameter: str) -> str | None:
    """What an earlier decorator feeds a parameter of the function with, for messages; None if it feeds it nothing."""
    for argument in node.arguments:
        if argument.parameter.startswith(f"{parameter}["):
            return "a group"
        if argument.parameter == parameter:
            if isinstance(argument, Constant):
                return "a value"
            return None if argument.source == parameter else f"`{argument.source}`"
    return None


def _check(decorator: str, node: Node, said: str, bound: Bound, type_: Any) -> None:
    match bound:
        case Value(literal, key=None):
            if not typing_rules.is_instance(literal, type_):
                raise decorator_error(decorator, node, f"{said} to {literal!r}, which is of another type.")
        case Group(members, names):
            part = _part_type(type_, names is not None)
            if part is None:
                wanted = "dict[str, ...]" if names is not None else "list[...]"
                raise decorator_error(decorator, node, f"{said} to a group: annotate the parameter as {wanted}.")
            for member in members:
                _check(decorator, node, f"{said} to a group with a member", member, part)
        case _:
            pass


def _part_type(type_: Any, by_name: bool) -> Any:
    """The type of the members of a list or a dictionary; None where the type is neither.

    Of a union, the first alternative that a list or a dictionary fits.
    """
    gathered = dict if by_name else list
    for member in members(value_type(type_)):
        one = value_type(as_type(member))
        if not typing_rules.fits(gathered, typing.get_origin(one) or one):
            continue
        arguments = typing.get_args(one)
        return arguments[-1] if arguments else Any
    return None


def _arguments(argument: Argument, bound: Bound | None) -> Sequence[Argument]:
    if bound is None or not isinstance(argument, Dependency):
        return [argument]
    match bound:
        case Group(members, names):
            part = _part_type(argument.type, names is not None)
            labels = [repr(name) for name in names] if names is not None else [str(place) for place in range(len(members))]
            return [
                _arguments(Dependency(f"{argument.parameter}[{label}]", "", part), member)[0]
                for label, member in zip(labels, members, strict=True)
            ]
        case Source(name):
            return [argument._replace(source=name)]
        case Value(literal, is_written, key):
            return [Constant(argument.parameter, literal, argument.type, is_written, key)]
        case Configuration(key):
            raise AssertionError(f"The config's `{key}` was not looked up.")


def _shape(bound: Bound | None) -> Shape:
    return Shape(len(bound.members), bound.names, bound.names is None) if isinstance(bound, Group) else Shape(1)
