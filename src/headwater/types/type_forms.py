"""The forms in which a type may be written, reduced to the few that the typing rules compare.

`unwrap` removes what says nothing about the value: `Annotated`, aliases, marks such as `Required`. `value_type` goes further
and also removes `NewType` and `None`: that is what decorators look at when they take a value apart.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final, ForwardRef, Literal, NotRequired, Required, TypeVar, Union

_MARKS: Final = frozenset({Annotated, ClassVar, Final, NotRequired, Required, getattr(typing, "ReadOnly", Required)})
_BACKPORTED_MARKS: Final = frozenset({"ReadOnly"})
"""Those of `typing_extensions` that an older Python's `typing` lacks."""

_LONGEST_CHAIN: Final = 100
"""Wrappers that are followed. An alias that stands for itself (`type X = X`) has no end."""


class LiteralValue:
    """One value of a `Literal`, as a member of a union."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def equals(self, other: LiteralValue) -> bool:
        """True for the same value of the same class: `1` and `True` differ."""
        return type(self.value) is type(other.value) and self.value == other.value


class AllOf:
    """The type of values that are of several types at once: of an input that is read as `Sized` and as `Iterable`."""

    __slots__ = ("types",)

    def __init__(self, types_: tuple[Any, ...]) -> None:
        self.types = types_


def unwrap(type_: Any) -> Any:
    """A type without `Annotated`, aliases and marks. `None` becomes its class; what is known by name only becomes `Any`.

    Raises:
        NameError: an alias names something that does not exist.

    >>> unwrap(Annotated[int, "metres"]), unwrap(None)
    (<class 'int'>, <class 'NoneType'>)
    """
    for _ in range(_LONGEST_CHAIN):
        if isinstance(type_, type):
            return type_
        if type_ is None:
            return types.NoneType
        if isinstance(type_, ForwardRef | str):
            return Any
        if type_ is typing.LiteralString:
            return str
        origin = typing.get_origin(type_)
        if origin in _MARKS or getattr(origin, "_name", None) in _BACKPORTED_MARKS:
            type_ = typing.get_args(type_)[0]
        elif is_alias(type_) or is_alias(origin):
            type_ = alias_target(type_)
        else:
            return type_
    return Any


def value_type(type_: Any) -> Any:
    """The type of the value itself: also without `NewType`, and without `None` where one other type is left.

    >>> value_type(Annotated[dict[str, int] | None, "by name"])
    dict[str, int]
    """
    type_ = unwrap(type_)
    for _ in range(_LONGEST_CHAIN):
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
    """True for a class made with `TypedDict`, that of `typing_extensions` included, which an older Python does not know."""
    return typing.is_typeddict(type_) or (isinstance(type_, type) and type(type_).__name__ == "_TypedDictMeta")


def typed_dict_fields(type_: Any) -> Mapping[str, Any] | None:
    """The fields of a `TypedDict` with their types, a generic one's too; None for any other type.

    Raises:
        Exception: whatever evaluating a field's annotation raises: a NameError for something that does not exist.
    """
    origin = typing.get_origin(type_) or type_
    if not is_typed_dict(origin):
        return None
    bound = dict(zip(getattr(origin, "__parameters__", ()), typing.get_args(type_), strict=False))
    # A class that is known only from source text has no module in which its annotations could be looked up.
    hints = typing.get_type_hints(origin) if origin.__module__ in sys.modules else origin.__annotations__
    return {name: substitute(hint, bound) for name, hint in hints.items()} if bound else hints


def alias_target(type_: Any) -> Any:
    """What an alias or a `NewType` stands for, one step on; any other type itself.

    `Pair[int]` stands for `tuple[int, int]` after `type Pair[T] = tuple[T, T]`.
    """
    if is_alias(type_):
        return type_.__value__
    alias = typing.get_origin(type_)
    if is_alias(alias):
        return substitute(alias.__value__, dict(zip(alias.__type_params__, typing.get_args(type_), strict=False)))
    return getattr(type_, "__supertype__", type_)


def union_of(types_: Iterable[Any]) -> Any:
    """The union of some types; `Any` where Python cannot make one, because of metadata that cannot be hashed."""
    try:
        return Union[tuple(types_)]  # noqa: UP007 - the types are known at runtime only
    except TypeError:
        return Any


def is_alias(type_: object) -> bool:
    """True for what the statement `type X = ...` defines (Python 3.12), not yet followed."""
    return type(type_).__name__ == "TypeAliasType"


def is_union(origin: object) -> bool:
    """True for the origin of `X | Y`, `Union` and `Optional`."""
    return origin is Union or origin is types.UnionType


def members(type_: Any) -> list[Any]:
    """The alternatives that an unwrapped type stands for, each value of a `Literal` by itself."""
    return list(_members(type_, ()))


def as_type(member: Any) -> Any:
    """A member of a union as a type again."""
    return Literal[member.value] if isinstance(member, LiteralValue) else member


def _members(type_: Any, inside: tuple[Any, ...]) -> Iterator[Any]:
    origin = typing.get_origin(type_)
    if origin is Literal:
        yield from (LiteralValue(value) for value in typing.get_args(type_))
    elif is_union(origin):
        for argument in typing.get_args(type_):
            if argument not in inside:  # an alias that has itself as a member adds nothing
                yield from _members(unwrap(argument), (*inside, argument))
    else:
        yield type_


def bound_of(variable: TypeVar) -> Any:
    """The type that a type variable stands for while nothing more is known: its bound, or the union of its constraints."""
    if variable.__constraints__:
        return union_of(variable.__constraints__)
    return Any if variable.__bound__ is None else variable.__bound__


def variables(type_: Any) -> tuple[Any, ...]:
    """The type variables in a type; of a class, none."""
    if isinstance(type_, type):
        return ()
    if isinstance(type_, TypeVar):
        return (type_,)
    found: tuple[Any, ...] = getattr(type_, "__parameters__", ())
    return found


def substitute(type_: Any, bound: Mapping[Any, Any]) -> Any:
    """A type with its type variables replaced; one that `bound` lacks becomes `Any`.

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
    """Evaluates what Python evaluates late: the values of aliases, the bounds of type variables.

    Raises:
        NameError: one of them names something that does not exist.
    """
    if isinstance(type_, type) or type_ is None:
        return
    waiting, seen = [type_], 0
    while waiting and seen < _LONGEST_CHAIN:
        part = waiting.pop()
        seen += 1
        if isinstance(part, list):
            waiting.extend(part)
        elif is_alias(part):
            waiting.append(part.__value__)
        elif isinstance(part, TypeVar):
            bound_of(part)
        else:
            waiting.extend(argument for argument in typing.get_args(part) if not isinstance(argument, type))
            if is_alias(origin := typing.get_origin(part)):
                waiting.append(origin)
