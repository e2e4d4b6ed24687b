"""May a value of this type flow into that parameter? Is this value of that type? How is a type shown?

The rules of `fits(made, wanted)`; the first that applies decides:

1. Equal types fit. `Any` and `object` take everything, and `Any` flows everywhere. A type of which only the name is known
   (a `ForwardRef`, in an outline) counts as `Any`.
2. `Annotated[T, ...]` counts as `T`; an alias (`type X = T`) likewise; a `NewType` fits what it was made from.
3. A type variable fits only itself.
4. A union fits if each of its members does; a value fits a union if it fits one of the members. So `int` fits
   `int | None`, and `int | None` does not fit `int`: a value that may be missing has to be handled.
5. `Literal` values fit the types of the values, and a `Literal` that lists them all.
6. The numeric tower of PEP 484 holds: `bool` and `int` fit `float`, and these fit `complex`.
7. A class fits its bases, protocols and abstract classes, as `issubclass` says.
8. Generic types fit if their origins do and their arguments agree. Without arguments on one side there is nothing to
   disagree about: `list` and `list[int]` fit each other. Arguments of read-only types (`Sequence`, `Mapping`, `Iterable`,
   `tuple` ...) may be narrower than wanted (the covariance of PEP 483); those of mutable types have to be equal, or `Any`
   on one side.
"""

from __future__ import annotations

import collections.abc
import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Final, ForwardRef, Literal, TypeVar, Union

_TOWER: Final[Mapping[Any, tuple[type, ...]]] = {float: (int,), complex: (int, float)}

_READ_ONLY: Final = frozenset(
    {
        collections.abc.Collection,
        collections.abc.Container,
        collections.abc.ItemsView,
        collections.abc.Iterable,
        collections.abc.Iterator,
        collections.abc.KeysView,
        collections.abc.Mapping,
        collections.abc.Reversible,
        collections.abc.Sequence,
        collections.abc.Set,
        collections.abc.ValuesView,
        frozenset,
        tuple,
        type,
    }
)


def fits(made: Any, wanted: Any) -> bool:
    """True if a value of type `made` may be passed where `wanted` is annotated.

    >>> fits(int, float), fits(int | None, int), fits(list[int], collections.abc.Sequence[float])
    (True, False, True)
    """
    if made is wanted or wanted is Any or made is Any or wanted is object:
        return True
    made, wanted = _plain(made), _plain(wanted)
    if made is Any or wanted is Any or made == wanted:
        return True
    if isinstance(made, TypeVar) or isinstance(wanted, TypeVar):
        return False
    made_members, wanted_members = _members(made), _members(wanted)
    if len(made_members) > 1 or len(wanted_members) > 1:
        return all(any(fits(one, other) for other in wanted_members) for one in made_members)
    return _one_fits(made_members[0], wanted_members[0])


def is_instance(value: object, wanted: Any) -> bool:
    """True if a value is of a type, looking at the value itself and not inside of containers.

    `None` counts as an instance of everything: an input that is deliberately left empty is the caller's business.

    >>> is_instance(1, float), is_instance("1", float), is_instance(["a"], list[int])
    (True, False, True)
    """
    wanted = _plain(wanted)
    if value is None or wanted is Any or isinstance(wanted, TypeVar):
        return True
    for member in _members(wanted):
        if isinstance(member, _LiteralValue):
            if member.value == value and type(member.value) is type(value):
                return True
            continue
        origin = _origin(member)
        if not isinstance(origin, type) or _is_subclass(type(value), origin):
            return True
        if isinstance(value, _TOWER.get(origin, ())):
            return True
    return False


def classes_of(type_: Any) -> tuple[type, ...] | None:
    """The classes that the values of a type are of, without that of None; None where the type does not tell.

    >>> classes_of(list[int] | str | None), classes_of(Literal["a", 1]), classes_of(None), classes_of(Any)
    ((<class 'list'>, <class 'str'>), (<class 'str'>, <class 'int'>), (<class 'NoneType'>,), None)
    """
    members = _members(_plain(type_))
    origins = [type(member.value) if isinstance(member, _LiteralValue) else _origin(_plain(member)) for member in members]
    if not all(isinstance(origin, type) for origin in origins) or Any in origins:
        return None
    return tuple(origin for origin in dict.fromkeys(origins) if origin is not types.NoneType) or (types.NoneType,)


def displayed(type_: Any) -> str:
    """A type as a reader would write it, without the path of the module.

    >>> displayed(dict[str, collections.abc.Sequence[int] | None])
    'dict[str, Sequence[int] | None]'
    """
    if type_ is None or type_ is types.NoneType:
        return "None"
    if type_ is ...:
        return "..."
    if isinstance(type_, ForwardRef):
        return type_.__forward_arg__.rpartition(".")[2]
    if isinstance(type_, list):  # the parameters of a Callable
        return f"[{', '.join(displayed(argument) for argument in type_)}]"
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    if origin is Annotated:
        return displayed(arguments[0])
    if origin is Literal:
        return f"Literal[{', '.join(repr(argument) for argument in arguments)}]"
    if _is_union(origin):
        return " | ".join(displayed(argument) for argument in arguments)
    if origin is not None and arguments:
        return f"{displayed(origin)}[{', '.join(displayed(argument) for argument in arguments)}]"
    name = getattr(type_, "__qualname__", None) or getattr(type_, "__name__", None) or getattr(type_, "_name", None)
    return str(name or type_).rpartition(".<locals>.")[2]


def hint(made: Any, wanted: Any) -> str:
    """What to do about two types that do not fit, where there is something particular to say."""
    without_none = [member for member in _members(_plain(made)) if member is not types.NoneType]
    if without_none and len(without_none) < len(_members(_plain(made))) and all(fits(one, wanted) for one in without_none):
        shown = displayed(wanted)
        return f"The value may be None: take `{shown} | None` and handle it, or return {shown} only."
    if typing.get_origin(made) and typing.get_origin(made) == typing.get_origin(wanted):
        return (
            "A mutable container's contents have to be of the same type; read-only `Sequence` or `Mapping` take narrower ones."
        )
    return ""


class _LiteralValue:
    """One value of a `Literal`, as a member of a union."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


def _plain(type_: Any) -> Any:
    """A type without `Annotated`, aliases, and with None as its type."""
    if isinstance(type_, type):
        return type_
    if type_ is None:
        return types.NoneType
    if isinstance(type_, ForwardRef):
        return Any
    while True:
        if typing.get_origin(type_) is Annotated:
            type_ = typing.get_args(type_)[0]
        elif type(type_).__name__ == "TypeAliasType":  # `type X = ...`, Python 3.12
            type_ = type_.__value__
        else:
            return type_


def _is_union(origin: Any) -> bool:
    return origin is Union or origin is types.UnionType


def _members(type_: Any) -> list[Any]:
    """The alternatives that a type stands for, `Literal` values each on its own."""
    origin = typing.get_origin(type_)
    if origin is Literal:
        return [_LiteralValue(value) for value in typing.get_args(type_)]
    if _is_union(origin):
        return [member for argument in typing.get_args(type_) for member in _members(_plain(argument))]
    return [type_]


def _origin(type_: Any) -> Any:
    """The class behind a generic alias, a `NewType` or a `TypedDict`; the type itself if it is a class."""
    while hasattr(type_, "__supertype__"):
        type_ = type_.__supertype__
    origin = typing.get_origin(type_) or type_
    return dict if typing.is_typeddict(origin) else origin


def _one_fits(made: Any, wanted: Any) -> bool:
    if isinstance(wanted, _LiteralValue):
        same = isinstance(made, _LiteralValue) and type(made.value) is type(wanted.value)
        return same and made.value == wanted.value
    if isinstance(made, _LiteralValue):
        return fits(type(made.value), wanted)
    if isinstance(made, TypeVar) or isinstance(wanted, TypeVar):
        return made is wanted
    if hasattr(wanted, "__supertype__"):  # a NewType takes only itself, or a NewType made from it
        return made is wanted or (hasattr(made, "__supertype__") and fits(made.__supertype__, wanted))
    if typing.is_typeddict(wanted):
        return made is wanted
    made_origin, wanted_origin = _origin(made), _origin(wanted)
    if not _origins_fit(made_origin, wanted_origin):
        return False
    made_arguments, wanted_arguments = typing.get_args(made), typing.get_args(wanted)
    if not made_arguments or not wanted_arguments:
        return True
    if wanted_origin is tuple:
        return made_origin is not tuple or _tuples_fit(made_arguments, wanted_arguments)
    if len(made_arguments) != len(wanted_arguments):
        # A type with other parameters than its base (a Mapping as an Iterable of its keys): only the first is comparable.
        made_arguments, wanted_arguments = made_arguments[:1], wanted_arguments[:1]
    read_only = wanted_origin in _READ_ONLY
    return all(
        _argument_fits(one, other, read_only=read_only) for one, other in zip(made_arguments, wanted_arguments, strict=True)
    )


def _origins_fit(made: Any, wanted: Any) -> bool:
    if not isinstance(made, type) or not isinstance(wanted, type):
        return True  # special forms (`ParamSpec`, `Self` ...) about which nothing can be said
    return _is_subclass(made, wanted) or any(_is_subclass(made, lower) for lower in _TOWER.get(wanted, ()))


def _is_subclass(made: type, wanted: type) -> bool:
    try:
        return issubclass(made, wanted)
    except TypeError:  # a protocol that is not runtime-checkable: there is no telling
        return True


def _tuples_fit(made: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    if len(wanted) == 2 and wanted[1] is ...:
        return all(fits(one, wanted[0]) for one in made if one is not ...)
    if len(made) == 2 and made[1] is ...:
        return all(fits(made[0], one) for one in wanted)
    return len(made) == len(wanted) and all(fits(one, other) for one, other in zip(made, wanted, strict=True))


def _argument_fits(made: Any, wanted: Any, *, read_only: bool) -> bool:
    if isinstance(made, list) or isinstance(wanted, list) or made is ... or wanted is ...:
        return True  # the parameters of a Callable are not compared
    return fits(made, wanted) if read_only else _same(_plain(made), _plain(wanted))


def _same(made: Any, wanted: Any) -> bool:
    """Equal, where `Any` equals everything, at any depth."""
    if made is Any or wanted is Any or made == wanted:
        return True
    made_arguments, wanted_arguments = typing.get_args(made), typing.get_args(wanted)
    if _origin(made) != _origin(wanted) or _is_union(typing.get_origin(made)):
        return False
    if not made_arguments or not wanted_arguments:
        return typing.get_origin(made) is not Literal
    return len(made_arguments) == len(wanted_arguments) and all(
        _argument_fits(one, other, read_only=False) for one, other in zip(made_arguments, wanted_arguments, strict=True)
    )
