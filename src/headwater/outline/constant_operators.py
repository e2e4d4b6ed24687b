"""The operators of constant expressions, applied to plain data.

The result of an operation that would take too long is unknown.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from headwater.outline.constant_values import (
    INTEGERS,
    MAX_STEPS,
    NUMBERS,
    SCALARS,
    SETS,
    UnknownValue,
    check_length,
    of_type,
    power_fits,
    shift_fits,
)

_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
}
_COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_OF_SETS: Final = (ast.BitAnd, ast.BitOr, ast.BitXor, ast.Sub)
_REPEATED: Final = frozenset({list, tuple, str})
_LONG_PERCENT: Final = re.compile(r"%[^%a-zA-Z]*(\d{4,}|\*)")


def binary(sign: ast.operator, left: Any, right: Any) -> Any:
    """Return the result of applying an operator to two values.

    Raises:
        UnknownValue: the operator does not support values of these types, or the result would be too large.
    """
    compute = _OPERATORS.get(type(sign))
    kinds = (type(left), type(right))
    if compute is None:
        raise UnknownValue
    if kinds[0] in NUMBERS and kinds[1] in NUMBERS:
        _check_numbers(sign, left, right)
        return of_type(compute(left, right), NUMBERS)
    match sign:
        case ast.Add() if kinds[0] is kinds[1] and kinds[0] in _REPEATED:
            check_length(len(left) + len(right), MAX_STEPS)
        case ast.Mult() if kinds[0] in _REPEATED and kinds[1] in INTEGERS:
            check_length(len(left) * right)
        case ast.Mult() if kinds[0] in INTEGERS and kinds[1] in _REPEATED:
            check_length(left * len(right))
        case ast.Mod() if kinds[0] is str:
            _check_template(left, right if kinds[1] is tuple else (right,))
        case ast.BitOr() if kinds == (dict, dict):
            pass
        case _ if isinstance(sign, _OF_SETS) and kinds[0] in SETS and kinds[1] in SETS:
            pass
        case _:
            raise UnknownValue
    return compute(left, right)


def _check_numbers(sign: ast.operator, left: Any, right: Any) -> None:
    fits = True
    if isinstance(sign, ast.Pow):
        fits = power_fits(left, right)
    elif isinstance(sign, ast.LShift):
        fits = shift_fits(right)
    if not fits:
        raise UnknownValue


def _check_template(template: str, values: tuple[Any, ...]) -> None:
    """Raise `UnknownValue` for a `%` template with excessive padding, or for values that are not scalars."""
    for value in values:
        of_type(value, SCALARS)
    if _LONG_PERCENT.search(template):
        raise UnknownValue


def unary(sign: ast.unaryop, value: Any) -> Any:
    """Return the result of applying `-`, `+` or `~` to a number.

    Raises:
        UnknownValue: the operator does not support the value.
    """
    match sign:
        case ast.USub():
            return -of_type(value, NUMBERS)
        case ast.UAdd():
            return +of_type(value, NUMBERS)
        case _:
            return ~of_type(value, frozenset({int}))  # `~` is deprecated for booleans


def compare(sign: ast.cmpop, left: Any, right: Any) -> bool:
    """Return the result of a comparison such as `==` or `<`."""
    return bool(_COMPARISONS[type(sign)](left, right))
