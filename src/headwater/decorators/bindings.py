"""How decorators bind a function's parameters: to values, to nodes, to groups of values or nodes, and to the config."""

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
    """Bind a parameter to a value."""
    return Value(literal, is_written=True)


def source(name: str) -> Source:
    """Bind a parameter to the node or input called `name`."""
    return Source(normalized(name) if isinstance(name, str) else name)


def configuration(key: str) -> Configuration:
    """Bind a parameter to the config value of `key` when the dataflow is built."""
    return Configuration(normalized(key) if isinstance(key, str) else key)


def group(*members: Value | Source | Configuration, **named: Value | Source | Configuration) -> Group:
    """Bind a parameter to a list of values or nodes, or, with keywords, to a dictionary of them.

    The parameter must be annotated as a list or a dictionary. Each member must fit the annotated element type.

    >>> from headwater import Builder, group, inject, source, value
    >>> @inject(parts=group(source("rent"), source("food"), value(1.5)))
    ... def total(parts: list[float]) -> float:
    ...     return sum(parts)
    >>> Builder().with_functions(total).build().execute(["total"], inputs={"rent": 10.0, "food": 5.0})
    {'total': 16.5}

    The decorator raises an error if the group has no members, mixes positional and keyword members, or has an invalid member.
    """
    return Group((*members, *named.values()), tuple(named) or None)


def read_binding(decorator: str, function: Callable[..., Any], subject: str, bindings: object) -> Binding:
    """Return a binding, checked as far as possible without the signature of the function.

    `subject` is how messages refer to the owner of the binding.

    Raises:
        DecoratorError: if the binding is not a mapping of names to `value(...)`, `source(...)` or a similar binding.
    """
    if not isinstance(bindings, Mapping):
        reason = f"{subject} must be a dictionary of bindings, such as `{{'rate': value(0.2)}}`, not {bindings!r}."
        raise decorator_error(decorator, function, reason)
    for parameter, bound in bindings.items():
        if not isinstance(parameter, str):
            raise decorator_error(decorator, function, f"{subject} binds {parameter!r}. Parameters are bound by name.")
        if not isinstance(bound, Bound):
            reason = f"{subject} binds `{parameter}` to {bound!r}. Use `value(...)` for a value or `source('name')` for a node."
            raise decorator_error(decorator, function, reason)
    check_groups(decorator, function, subject, bindings)
    return by_normalized_name(bindings)


def check_groups(decorator: str, function: Callable[..., Any], subject: str, binding: Binding) -> None:
    """Raise an error for an invalid group in a binding.

    Raises:
        DecoratorError: a group is invalid. The message names the parameter and the problem.
    """
    for parameter, bound in binding.items():
        if isinstance(bound, Group) and bound.fault is not None:
            raise decorator_error(decorator, function, f"{subject} binds `{parameter}` to a `group`, {bound.fault}")


def keys_of(binding: Binding) -> Iterable[str]:
    """Return the config keys that a binding uses."""
    for bound in binding.values():
        for member in bound.members if isinstance(bound, Group) else (bound,):
            if isinstance(member, Configuration):
                yield member.key


def with_config_values(decorator: str, function: Callable[..., Any], binding: Binding, config: Mapping[str, Any]) -> Binding:
    """Return the binding with config keys replaced by their values.

    Raises:
        DecoratorError: for a missing config key.
    """

    def with_value(bound: Any) -> Any:
        match bound:
            case Configuration(key):
                if key not in config:
                    raise missing_config_value(partial(decorator_error, decorator, function), key, config)
                return Value(config[key], key=key)
            case Group(members, names):
                return Group(tuple(with_value(member) for member in members), names)
            case _:
                return bound

    return {parameter: with_value(bound) for parameter, bound in binding.items()}


def bind(decorator: str, node: Node, binding: Binding, subject: str) -> Node:
    """Return the node with the parameters in `binding` bound.

    `subject` is how messages refer to the owner of the binding.

    Raises:
        DecoratorError: for an unknown or already bound parameter, or for a value of the wrong type. Config values are checked
            later, by the requests that need them.
    """
    types = {dependency.parameter: dependency.type for dependency in node.dependencies}
    for parameter, bound in binding.items():
        if (feed := feed_of(node, parameter)) is not None:
            reason = f"{subject} binds `{parameter}`, but another decorator already binds it to {feed}."
            raise decorator_error(decorator, node, f"{reason} Bind the parameter in only one decorator.")
        if parameter not in types:
            reason = f"{subject} binds `{parameter}`, which is not a parameter of the function.{did_you_mean(parameter, types)}"
            raise decorator_error(decorator, node, reason)
        type_ = types[parameter]
        _check(decorator, node, f"{subject} binds `{parameter}: {typing_rules.format_type(type_)}`", bound, type_)
    parts = [_arguments(argument, binding.get(argument.parameter)) for argument in node.arguments]
    operation = node.operation
    if any(isinstance(bound, Group) for bound in binding.values()):
        shapes = [binding.get(argument.parameter) for argument in node.arguments]
        operation = Gather(node.explicit_operation, tuple(_shape(bound) for bound in shapes))
    return node.replaced(arguments=tuple(argument for part in parts for argument in part), operation=operation)


def feed_of(node: Node, parameter: str) -> str | None:
    """Describe, for messages, how an earlier decorator binds a parameter. Return None if the parameter is not bound."""
    for argument in node.arguments:
        if argument.parameter.startswith(f"{parameter}["):
            return "a group"
        if argument.parameter == parameter:
            if isinstance(argument, Constant):
                return "a value"
            return None if argument.source == parameter else f"`{argument.source}`"
    return None


def _check(decorator: str, node: Node, beginning: str, bound: Bound, type_: Any) -> None:
    """Check a bound value against the type of its parameter. `beginning` is the start of the message."""
    match bound:
        case Value(literal, key=None):
            if not typing_rules.is_instance(literal, type_):
                raise decorator_error(decorator, node, f"{beginning} to {literal!r}, which has the wrong type.")
        case Group(members, names):
            part = _part_type(type_, names is not None)
            if part is None:
                expected = "dict[str, ...]" if names is not None else "list[...]"
                raise decorator_error(decorator, node, f"{beginning} to a group. Annotate the parameter as {expected}.")
            for member in members:
                _check(decorator, node, f"{beginning} to a group with a member bound", member, part)
        case _:
            pass


def _part_type(type_: Any, by_name: bool) -> Any:
    """Return the member type of a list or dictionary type, or None for any other type.

    For a union, use the first alternative that is a list or dictionary type.
    """
    container = dict if by_name else list
    for member in members(value_type(type_)):
        alternative = value_type(as_type(member))
        if not typing_rules.fits(container, typing.get_origin(alternative) or alternative):
            continue
        arguments = typing.get_args(alternative)
        return arguments[-1] if arguments else Any
    return None


def _arguments(argument: Argument, bound: Bound | None) -> Sequence[Argument]:
    if bound is None or not isinstance(argument, Dependency):
        return [argument]
    match bound:
        case Group(members, names):
            part = _part_type(argument.type, names is not None)
            labels = [repr(name) for name in names] if names is not None else [str(index) for index in range(len(members))]
            return [
                _arguments(Dependency(f"{argument.parameter}[{label}]", "", part), member)[0]
                for label, member in zip(labels, members, strict=True)
            ]
        case Source(name):
            return [argument._replace(source=name)]
        case Value(literal, is_written, key):
            return [Constant(argument.parameter, literal, argument.type, is_written, key)]
        case Configuration(key):
            raise AssertionError(f"The config value `{key}` was not resolved.")


def _shape(bound: Bound | None) -> Shape:
    return Shape(len(bound.members), bound.names, bound.names is None) if isinstance(bound, Group) else Shape(1)
