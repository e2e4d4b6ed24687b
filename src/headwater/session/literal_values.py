"""Parses Python values that a user types: literals, and calls to a few types that have no literals."""

from __future__ import annotations

import ast
import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH: Final = 100_000
"""The maximum number of characters in the text."""
_MAX_DEPTH: Final = 50
"""The maximum depth of nested containers."""

_NAMES: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}
"""Python's constants, keyed by their names in JSON."""
_CALLS: Final[dict[str, Callable[..., Any]]] = {
    "set": set,
    "frozenset": frozenset,
    "date": dt.date,
    "datetime": dt.datetime,
    "time": dt.time,
    "timedelta": dt.timedelta,
    "Decimal": decimal.Decimal,
}


class InvalidLiteral(ValueError):
    """Entered text is not a valid literal. The message gives the reason and a remedy."""


def parse_literal(text: str) -> Any:
    """Return the value of a literal. Only the constructors of a few known types are called, and no other names are looked up.

    Raises:
        InvalidLiteral: the text is not a valid literal.

    >>> parse_literal("[1, (2.5, 'a'), {'b': true}]")
    [1, (2.5, 'a'), {'b': True}]
    >>> parse_literal("date(2024, 1, 31)")
    datetime.date(2024, 1, 31)
    """
    if len(text) > MAX_LENGTH:
        raise InvalidLiteral(f"The text has {len(text):,} characters. The maximum is {MAX_LENGTH:,}.")
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidLiteral(
            "This is not a Python literal. Write, for example, `[1, 2]`, `{'a': 1}`, `(1, 2)`, `{1, 2}` or `'text'`."
        ) from None
    if isinstance(expression, ast.Tuple) and any(
        isinstance(item, ast.Name) and item.id not in _NAMES for item in expression.elts
    ):
        quoted = ", ".join(repr(item.id) if isinstance(item, ast.Name) else _source(item) for item in expression.elts[:3])
        more = ", …" if len(expression.elts) > 3 else ""
        raise InvalidLiteral(f"Put strings in quotes and lists in brackets: `[{quoted}{more}]`.")
    return _value(expression, _MAX_DEPTH)


def _value(node: ast.expr, depth: int) -> Any:
    if depth == 0:
        raise InvalidLiteral(f"The brackets are nested more than {_MAX_DEPTH} levels deep.")
    match node:
        case ast.Constant(value=value) if value is not ...:
            return value
        case ast.List() | ast.Tuple() | ast.Set() | ast.Dict():
            return _container(node, depth)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=ast.Constant(value=int() | float() | complex() as number)):
            return -number if isinstance(sign, ast.USub) else +number
        case ast.Name(id=name):
            if name in _NAMES:
                return _NAMES[name]
            raise InvalidLiteral(f"`{name}` is not defined. If you mean a string, put it in quotes: `'{name}'`.")
        case ast.Call() if _last_name(node.func) in _CALLS:
            keywords = {str(item.arg): _value(item.value, depth - 1) for item in node.keywords if item.arg is not None}
            return _call(_CALLS[_last_name(node.func)], [_value(item, depth - 1) for item in node.args], keywords)
        case _:
            raise InvalidLiteral(
                f"`{_source(node)}` is not a literal, and expressions are not evaluated. Enter the value itself."
            )


def _container(node: ast.List | ast.Tuple | ast.Set | ast.Dict, depth: int) -> Any:
    if isinstance(node, ast.Dict):
        keys = [key for key in node.keys if key is not None]
        if len(keys) < len(node.keys):
            raise InvalidLiteral("`**` is not allowed in a literal.")
        pairs = zip(keys, node.values, strict=True)
        return _call(dict, [[(_value(key, depth - 1), _value(value, depth - 1)) for key, value in pairs]], {})
    values = [_value(item, depth - 1) for item in node.elts]
    if isinstance(node, ast.List):
        return values
    return tuple(values) if isinstance(node, ast.Tuple) else _call(set, [values], {})


def _last_name(function: ast.expr) -> str:
    """Return the last part of a called function's name: `date` in `datetime.date`."""
    match function:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            return name
        case _:
            return ""


def _call(function: Callable[..., Any], arguments: list[Any], keywords: dict[str, Any]) -> Any:
    try:
        return function(*arguments, **keywords)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise InvalidLiteral(f"Invalid arguments for `{function.__name__}`: {error}.") from None


def _source(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 40 else f"{text[:39]}…"
