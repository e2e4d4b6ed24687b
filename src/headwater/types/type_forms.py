"""The forms of type annotations, reduced to the few that the typing rules compare.

`unwrap` removes everything that does not describe the value: `Annotated`, aliases, and markers such as `Required`. `value_type`
also removes `NewType` and `None`. Decorators that extract parts of a value use `value_type`.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final, ForwardRef, Literal, NotRequired, Required, TypeVar, Union

from headwater.types.element_types import is_element_marker, without_marker

_MARKS: Final = frozenset({Annotated, ClassVar, Final, NotRequired, Required, getattr(typing, "ReadOnly", Required)})
_BACKPORTED_MARKS: Final = frozenset({"ReadOnly"})
"""Markers in `typing_extensions` that `typing` lacks in older Python versions."""

_MAX_CHAIN_LENGTH: Final = 100
"""The maximum number of wrappers to follow. An alias of itself (`type X = X`) has infinitely many."""


class LiteralValue:
    """A value of a `Literal`, as a member of a union."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def equals(self, other: LiteralValue) -> bool:
        """Return True for an equal value of the same class. `1` and `True` are different."""
        return type(self.value) is type(other.value) and self.value == other.value


class AllOf:
    """An intersection of types, for example for an input that is read as `Sized` and as `Iterable`."""

    __slots__ = ("types",)

    def __init__(self, types_: tuple[Any, ...]) -> None:
        self.types = types_


def unwrap(type_: Any) -> Any:
    """Remove `Annotated`, aliases and markers. `None` becomes its class. A type known only by name becomes `Any`.

    Raises:
        NameError: an alias uses an undefined name.

    >>> unwrap(Annotated[int, "metres"]), unwrap(None)
    (<class 'int'>, <class 'NoneType'>)
    """
    for _ in range(_MAX_CHAIN_LENGTH):
        if isinstance(type_, type):
            return without_marker(type_) if type(type_) is not type else type_
        if type_ is None:
            return types.NoneType
        if isinstance(type_, ForwardRef | str):
            return Any
        if type_ is typing.LiteralString:
            return str
        origin = typing.get_origin(type_)
        if is_element_marker(type_):
            type_ = without_marker(type_)
        elif origin in _MARKS or getattr(origin, "_name", None) in _BACKPORTED_MARKS:
            type_ = typing.get_args(type_)[0]
        elif is_alias(type_) or is_alias(origin):
            type_ = alias_target(type_)
        else:
            return type_
    return Any


def value_type(type_: Any) -> Any:
    """Unwrap a type. Also remove `NewType`, and `None` if exactly one other type remains.

    >>> value_type(Annotated[dict[str, int] | None, "by name"])
    dict[str, int]
    """
    type_ = unwrap(type_)
    for _ in range(_MAX_CHAIN_LENGTH):
        if hasattr(type_, "__supertype__"):
            type_ = unwrap(type_.__supertype__)
            continue
        if not is_union(typing.get_origin(type_)):
            return type_
        present = [member for member in members(type_) if member is not types.NoneType]
        if len(present) != 1 or isinstance(present[0], LiteralValue):
            return type_
        type_ = present[0]
    return Any


def is_typed_dict(type_: object) -> bool:
    """Return True for a `TypedDict`, including one from `typing_extensions`, which older Python versions do not recognize."""
    return typing.is_typeddict(type_) or (isinstance(type_, type) and type(type_).__name__ == "_TypedDictMeta")


def typed_dict_fields(type_: Any) -> Mapping[str, Any] | None:
    """Return the fields of a `TypedDict` (which may be generic) with their types, or None for any other type.

    Raises:
        Exception: any exception from evaluating a field's annotation, for example a `NameError`.
    """
    origin = typing.get_origin(type_) or type_
    if not is_typed_dict(origin):
        return None
    bound = dict(zip(getattr(origin, "__parameters__", ()), typing.get_args(type_), strict=False))
    # `get_type_hints` looks up names in the class's module. A class that was read from source text has no such module.
    hints = typing.get_type_hints(origin) if origin.__module__ in sys.modules else origin.__annotations__
    return {name: substitute(hint, bound) for name, hint in hints.items()} if bound else hints


def alias_target(type_: Any) -> Any:
    """Resolve an alias or a `NewType` by one step. Return any other type unchanged.

    After `type Pair[T] = tuple[T, T]`, `Pair[int]` resolves to `tuple[int, int]`.
    """
    if is_alias(type_):
        return type_.__value__
    alias = typing.get_origin(type_)
    if is_alias(alias):
        return substitute(alias.__value__, dict(zip(alias.__type_params__, typing.get_args(type_), strict=False)))
    return getattr(type_, "__supertype__", type_)


def union_of(types_: Iterable[Any]) -> Any:
    """Return the union of types. If metadata is not hashable, Python cannot create the union, so return `Any`."""
    try:
        return Union[tuple(types_)]  # noqa: UP007 - the types are known only at run time
    except TypeError:
        return Any


def is_alias(type_: object) -> bool:
    """Return True for an alias defined with `type X = ...` (Python 3.12)."""
    return type(type_).__name__ == "TypeAliasType"


def is_union(origin: object) -> bool:
    """Return True for the origin of `X | Y`, `Union` and `Optional`."""
    return origin is Union or origin is types.UnionType


def members(type_: Any) -> list[Any]:
    """Return the alternatives of an unwrapped type. Each value of a `Literal` is an alternative."""
    return list(_members(type_, ()))


def as_type(member: Any) -> Any:
    """Convert a member of a union back to a type."""
    return Literal[member.value] if isinstance(member, LiteralValue) else member


def _members(type_: Any, inside: tuple[Any, ...]) -> Iterator[Any]:
    origin = typing.get_origin(type_)
    if origin is Literal:
        yield from (LiteralValue(value) for value in typing.get_args(type_))
    elif is_union(origin):
        for argument in typing.get_args(type_):
            if argument not in inside:  # an alias that contains itself adds no alternatives
                yield from _members(unwrap(argument), (*inside, argument))
    else:
        yield type_


def bound_of(variable: TypeVar) -> Any:
    """Return the most general type of a type variable: its bound, or the union of its constraints."""
    if variable.__constraints__:
        return union_of(variable.__constraints__)
    return Any if variable.__bound__ is None else variable.__bound__


def variables(type_: Any) -> tuple[Any, ...]:
    """Return the type variables of a type. Empty for a class."""
    if isinstance(type_, type):
        return ()
    if isinstance(type_, TypeVar):
        return (type_,)
    parameters: tuple[Any, ...] = getattr(type_, "__parameters__", ())
    return parameters


def substitute(type_: Any, bound: Mapping[Any, Any]) -> Any:
    """Replace the type variables of a type. A variable that is not in `bound` becomes `Any`.

    >>> T = TypeVar("T")
    >>> substitute(dict[str, list[T]], {T: int})
    dict[str, list[int]]
    """
    if isinstance(type_, TypeVar):
        return bound.get(type_, Any)
    free = variables(type_)
    if not free:
        return type_
    try:
        return type_[tuple(bound.get(variable, Any) for variable in free)]
    except TypeError:  # parameters of another kind: `ParamSpec`, `TypeVarTuple`
        return typing.get_origin(type_) or Any


def require_resolvable(type_: Any) -> None:
    """Evaluate the values of aliases and the bounds of type variables, which Python evaluates lazily.

    Raises:
        NameError: a value or bound uses an undefined name.
    """
    if isinstance(type_, type) or type_ is None:
        return
    pending, seen = [type_], 0
    while pending and seen < _MAX_CHAIN_LENGTH:
        part = pending.pop()
        seen += 1
        if isinstance(part, list):
            pending.extend(part)
        elif is_alias(part):
            pending.append(part.__value__)
        elif isinstance(part, TypeVar):
            bound_of(part)
        else:
            pending.extend(argument for argument in typing.get_args(part) if not isinstance(argument, type))
            if is_alias(origin := typing.get_origin(part)):
                pending.append(origin)
