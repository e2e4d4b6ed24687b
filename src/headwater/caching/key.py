"""Tokens: strings that change with a node's code and with the values that decorators bound to it.

A trace (`store.py`) pairs a token with the versions of the values that the node read. The caller provides lookups that identify
code and values. If the lookups return the same results in every process, the tokens are the same, too. A store on disk can
then use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, assert_never

from headwater.graph.node import Constant
from headwater.graph.operation import (
    REQUIRED,
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

if TYPE_CHECKING:
    from headwater.graph.node import Node

CodeLookup = Callable[[Any], str | None]
"""A function that returns a string that changes with the code of a function or a class, or None if the code is unknown."""
ConstantLookup = Callable[[Any], str | None]
"""A function that returns a string that changes with a value, or None if it cannot distinguish values of the value's class."""
ConfigLookup = Callable[[Mapping[str, Any]], str | None]
"""A function like a `ConstantLookup`, but for several values: its string changes if any of the values changes."""


def token(operation: Operation, code: CodeLookup, constant: ConstantLookup) -> str | None:
    """Return the token of an operation.

    A token covers how the value is computed from the arguments. It does not cover files or databases: the store decides
    whether the value of a `Load` or a `Save` may be reused.

    Args:
        operation: the operation.
        code: looks up the code of the functions, adapters and checks in the operation.
        constant: looks up the values in the operation.

    Returns:
        The token, or None if a lookup returns None. A value without a token is never reused.

    >>> def code(function):
    ...     return function.__name__
    >>> token(FunctionCall(divmod), code, repr) == token(FunctionCall(divmod), code, repr)
    True
    >>> token(FunctionCall(divmod), code, repr) == token(FunctionCall(divmod, ("y",)), code, repr)
    False
    >>> token(FunctionCall(divmod), lambda function: None, repr) is None
    True
    """
    return joined(type(operation).__name__, *_parts(operation, code, constant))


def node_token(node: Node, code: CodeLookup, constant: ConstantLookup, config: ConfigLookup) -> str | None:
    """Return the token of a node that is computed.

    Args:
        node: the node.
        code: looks up the definition of the node's function and of the functions whose decorators shaped the node. A definition
            includes the values written in its decorators.
        constant: looks up the values in the node's operation.
        config: looks up the values that decorators read from the config, keyed by distinct labels.

    Returns:
        The token, or None if a lookup returns None. A value without a token is never reused.
    """
    if node.function is None and node.operation is None:
        return None
    functions = node.shaped_by if node.function is None else (node.function, *node.shaped_by)
    operation = "" if node.operation is None else token(node.operation, code, constant)
    sources = (f"{dependency.parameter}={dependency.source}" for dependency in node.dependencies)
    return joined(*map(code, functions), operation, config(config_values(node)), *sources)


def config_values(node: Node) -> dict[str, Any]:
    """Return the values that a node's decorators read from the config, keyed by distinct labels.

    Values that are written in a decorator are not included, because they change only with the code.
    """
    values = {
        _argument_label(argument): argument.value
        for argument in node.arguments
        if isinstance(argument, Constant) and not argument.is_written
    }
    for number, (key, value) in enumerate(node.settings):
        values[_setting_label(number, key, value)] = None if value is REQUIRED else value
    return values


def config_keys(node: Node) -> dict[str, str | None]:
    """Map the label of each of the `config_values` to its config key, or to None if the value has no key or several keys."""
    keys = {
        _argument_label(argument): argument.key
        for argument in node.arguments
        if isinstance(argument, Constant) and not argument.is_written
    }
    return keys | {_setting_label(number, key, value): key for number, (key, value) in enumerate(node.settings)}


def _argument_label(argument: Constant) -> str:
    return f"parameter {argument.parameter}"


def _setting_label(number: int, key: str | None, value: Any) -> str:
    label = f"config {number}, names of all keys" if key is None else f"config {number}, `{key}`"
    return f"{label}, absent" if value is REQUIRED else label


def joined(*parts: str | None) -> str | None:
    """Combine several tokens into one, or return None if any of them is None."""
    digest = blake2b(digest_size=16)
    for part in parts:
        if part is None:
            return None
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


def _parts(  # noqa: C901, PLR0912 - one case for each kind of operation
    operation: Operation, code: CodeLookup, constant: ConstantLookup
) -> tuple[str | None, ...]:
    """Return the tokens of everything that affects an operation's value. Names and line numbers for messages are omitted."""
    match operation:
        case FunctionCall(function, keywords):
            return code(function), *keywords
        case Await(inner) | Expand(inner):
            return (token(inner, code, constant),)
        case Map(inner, depths, over):
            return token(inner, code, constant), repr(depths), repr(len(over))
        case Gather(inner, shapes):
            return token(inner, code, constant), *map(repr, shapes)
        case Fill(inner, names, value, part, library):
            return token(inner, code, constant), repr(names), constant(value), part, repr(library)
        case Pick(part, name, _, position, library, fill):
            return part, name, repr(position), repr(library), "" if fill is REQUIRED else constant(fill)
        case Append(columns, library):
            return repr(columns), repr(library)
        case Validate(validate):
            return (constant(validate),)
        case Gate(_, checks):
            return tuple(map(repr, checks))
        case Pass() | TakeData():
            return ()
        case Load(adapter, parameters, type_):
            return code(adapter), repr(parameters), constant(type_)
        case Save(adapter, parameters):
            return code(adapter), repr(parameters)
        case Combine(builder, names):
            return constant(builder), repr(names)
        case _:
            assert_never(operation)
