"""Annotations as written, to types: builtins and `typing` to themselves, everything else to a name that stands for it."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Final, ForwardRef, Literal, Optional, Union

from headwater.outline.module import SourceModule

_DEEPEST: Final = 50
"""Nested brackets that are followed; what is deeper has no name that anyone could read."""

_KNOWN: Final[Mapping[str, Any]] = {
    **{name: value for name, value in vars(builtins).items() if isinstance(value, type)},
    **{f"collections.abc.{name}": value for name, value in vars(collections.abc).items() if name[0].isupper()},
    **{f"typing.{name}": value for name, value in vars(typing).items() if name[0].isupper()},
}
_PLAIN: Final = frozenset({"Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly"})


class _NotATypeError(Exception):
    """An expression is no type that could be told from its text."""


def written_type(expression: ast.expr, module: SourceModule) -> Any:
    """The type that an annotation means, found without importing what it names.

    `int`, `list[float]`, `Optional[str]`, `Literal["a"]` are the types themselves. Of `pd.Series` the text tells only the
    name: it becomes `ForwardRef("pandas.Series")`, a type that fits everything. Never raises.
    """
    try:
        return _type(expression, module, depth=0)
    except (TypeError, ValueError, SyntaxError, RecursionError, _NotATypeError):
        return Any  # what Python or `typing` has against it is the run's to tell


def _type(expression: ast.expr, module: SourceModule, depth: int) -> Any:
    if depth > _DEEPEST:
        raise _NotATypeError
    match expression:
        case ast.Constant(value=None):
            return None
        case ast.Constant(value=str(text)):
            return _type(ast.parse(text.strip(), mode="eval").body, module, depth + 1)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            # One union of all members: of a union in a union, `typing` hands out an earlier one, its members in another order.
            members = (*_members(_type(left, module, depth + 1)), *_members(_type(right, module, depth + 1)))
            return Union[members]  # noqa: UP007 - members may be names only
        case ast.Subscript(value=generic, slice=inside):
            return _generic(generic, inside, module, depth + 1)
        case ast.Name() | ast.Attribute():
            return _named(expression, module, depth)
        case _:
            raise _NotATypeError


def _members(type_: Any) -> tuple[Any, ...]:
    return typing.get_args(type_) if typing.get_origin(type_) is Union else (type_,)


def _named(expression: ast.expr, module: SourceModule, depth: int) -> Any:
    alias = module.assigned.get(expression.id) if isinstance(expression, ast.Name) else None
    if isinstance(alias, ast.Subscript | ast.BinOp):  # `Prices = dict[str, float]`
        return _type(alias, module, depth + 1)
    meaning = module.meaning(expression)
    if meaning is None:
        raise _NotATypeError
    meaning = meaning.replace("typing_extensions.", "typing.")
    return _KNOWN[meaning] if meaning in _KNOWN else ForwardRef(meaning.lstrip("."))


def _generic(generic: ast.expr, inside: ast.expr, module: SourceModule, depth: int) -> Any:
    origin = _type(generic, module, depth)
    arguments = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    if origin is Literal:
        return Literal[tuple(ast.literal_eval(argument) for argument in arguments)]
    if origin is Annotated or getattr(origin, "_name", None) in _PLAIN:
        return _type(arguments[0], module, depth)
    types = tuple(_argument(argument, module, depth) for argument in arguments)
    if origin is Optional:
        return Optional[types[0]]  # noqa: UP045
    if origin is Union:
        return Union[types]  # noqa: UP007
    if isinstance(origin, ForwardRef):  # `npt.NDArray[np.float64]`: the name says enough
        return origin
    return origin[types if len(types) != 1 else types[0]]


def _argument(argument: ast.expr, module: SourceModule, depth: int) -> Any:
    match argument:
        case ast.Constant(value=value) if value is ...:
            return ...
        case ast.List(elts=elements):  # the parameters of a Callable
            return [_argument(element, module, depth + 1) for element in elements]
        case _:
            return _type(argument, module, depth)
