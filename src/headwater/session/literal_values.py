"""Python values read from text that a user typed: literals, and calls of the few types that have no literals."""

from __future__ import annotations

import ast
import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 100_000
"""Characters of a text that is read."""
_DEEPEST: Final = 50
"""Containers within containers."""

_NAMES: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}
"""What JSON calls the constants."""
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
    """A text is not a literal; the message is a sentence that says why, and what to write."""


def parse_literal(text: str) -> Any:
    """The value of a literal. Nothing but the types listed here is called, and nothing is looked up.

    Raises:
        InvalidLiteral: with the reason.

    >>> parse_literal("[1, (2.5, 'a'), {'b': true}]")
    [1, (2.5, 'a'), {'b': True}]
    >>> parse_literal("date(2024, 1, 31)")
    datetime.date(2024, 1, 31)
    """
    if len(text) > LONGEST:
        raise InvalidLiteral(f"This has {len(text):,} characters. At most {LONGEST:,} are read.")
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise InvalidLiteral(
            "This is not a Python literal. Write for example `[1, 2]`, `{'a': 1}`, `(1, 2)`, `{1, 2}` or `'text'`."
        ) from None
    if isinstance(expression, ast.Tuple) and any(isinstance(one, ast.Name) and one.id not in _NAMES for one in expression.elts):
        quoted = ", ".join(repr(one.id) if isinstance(one, ast.Name) else _written(one) for one in expression.elts[:3])
        more = ", …" if len(expression.elts) > 3 else ""
        raise InvalidLiteral(f"Write texts in quotes, and a list in brackets: `[{quoted}{more}]`.")
    return _value(expression, _DEEPEST)


def _value(node: ast.expr, depth: int) -> Any:
    if depth == 0:
        raise InvalidLiteral(f"There are more than {_DEEPEST} brackets within brackets.")
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
            raise InvalidLiteral(f"`{name}` is a name, and nothing is known by it here. Write a text in quotes: `'{name}'`.")
        case ast.Call() if _last_name(node.func) in _CALLS:
            named = {str(one.arg): _value(one.value, depth - 1) for one in node.keywords if one.arg is not None}
            return _made(_CALLS[_last_name(node.func)], [_value(one, depth - 1) for one in node.args], named)
        case _:
            raise InvalidLiteral(f"`{_written(node)}` is not a literal: nothing is computed here. Write the value itself.")


def _container(node: ast.List | ast.Tuple | ast.Set | ast.Dict, depth: int) -> Any:
    if isinstance(node, ast.Dict):
        written = [key for key in node.keys if key is not None]
        if len(written) < len(node.keys):
            raise InvalidLiteral("`**` does not belong in a literal.")
        pairs = zip(written, node.values, strict=True)
        return _made(dict, [[(_value(key, depth - 1), _value(value, depth - 1)) for key, value in pairs]], {})
    values = [_value(one, depth - 1) for one in node.elts]
    if isinstance(node, ast.List):
        return values
    return tuple(values) if isinstance(node, ast.Tuple) else _made(set, [values], {})


def _last_name(function: ast.expr) -> str:
    """The name of what is called: `date` of `datetime.date`."""
    match function:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(), attr=name):
            return name
        case _:
            return ""


def _made(make: Callable[..., Any], arguments: list[Any], named: dict[str, Any]) -> Any:
    try:
        return make(*arguments, **named)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise InvalidLiteral(f"{make.__name__} does not take this: {error}.") from None


def _written(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 40 else f"{text[:39]}…"
