"""May a value of this type flow into that parameter? Is this value of that type?

The rules, with examples that are run as tests, are in `docs/concepts/types.md`. They follow type checkers (PEP 483, PEP 484)
where these are decided by the types alone; what cannot be told from the types fits.
"""

from __future__ import annotations

import collections.abc
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from headwater.types.type_forms import (
    AllOf,
    LiteralValue,
    bound_of,
    is_alias,
    is_typed_dict,
    members,
    substitute,
    union_of,
    unwrap,
)
from headwater.types.type_names import format_type, format_types_apart, same_name_hint

__all__ = [
    "arguments_as",
    "class_of",
    "classes_of",
    "fits",
    "format_type",
    "format_types_apart",
    "hint",
    "is_instance",
    "is_subclass",
    "member_fits",
]

_TOWER: Final[Mapping[Any, tuple[type, ...]]] = {float: (int,), complex: (int, float)}

_SCALARS: Final[Mapping[tuple[str, str], type]] = {
    ("numpy", "bool"): bool,
    ("numpy", "bool_"): bool,
    ("numpy", "integer"): int,
    ("numpy", "floating"): float,
    ("numpy", "complexfloating"): complex,
    ("numpy", "str_"): str,
    ("numpy", "bytes_"): bytes,
}
"""Scalar classes of libraries, by module and name, with the class of Python that their instances can stand in for."""

_READ_ONLY: Final = frozenset(
    {
        collections.abc.AsyncIterable,
        collections.abc.AsyncIterator,
        collections.abc.Awaitable,
        collections.abc.Callable,
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
_READ_ONLY_BY_NAME: Final = frozenset({("numpy", "ndarray"), ("numpy", "dtype")})
"""Classes of libraries whose type parameters are covariant in the library's own stubs, where Python cannot see it."""

_STANDARD: Final = frozenset({"builtins", "collections", "collections.abc", "contextlib", "os", "re", "types", "typing"})
"""Modules whose generic classes hand their first parameters on to their bases: a `dict[K, V]` is an `Iterable[K]`."""

_MOST_PAIRS: Final = 100
"""Pairs of aliases and type variables that are compared within one question; recursive ones could go on forever."""

_Pairs = dict[tuple[Any, ...], bool]
"""What is known so far of pairs of types: the question (the function that answers it), the two types, the answer."""


def fits(made: Any, wanted: Any) -> bool:
    """True if a value of type `made` may be passed where `wanted` is annotated.

    >>> fits(int, float), fits(int | None, int), fits(list[int], collections.abc.Sequence[float])
    (True, False, True)
    """
    if made is wanted or wanted is Any or made is Any or wanted is object:
        return True
    return made == wanted or _fits(made, wanted, {})


def is_instance(value: object, wanted: Any) -> bool:
    """True if a value is of a type. The contents of containers are not looked at.

    `None` counts as an instance of everything: an input that is deliberately left empty is the caller's business.

    >>> is_instance(1, float), is_instance("1", float), is_instance(["a"], list[int])
    (True, False, True)
    """
    if value is None:
        return True
    wanted = unwrap(wanted)
    if wanted is Any:
        return True
    if isinstance(wanted, TypeVar):
        return is_instance(value, bound_of(wanted))
    if isinstance(wanted, AllOf):
        return all(is_instance(value, one) for one in wanted.types)
    return any(_is_of(value, member) for member in members(wanted))


def classes_of(type_: Any) -> tuple[type, ...] | None:
    """The classes that the values of a type are of, without that of None; None where the type does not tell.

    >>> from typing import Literal
    >>> classes_of(list[int] | str | None), classes_of(Literal["a", 1]), classes_of(None), classes_of(Any)
    ((<class 'list'>, <class 'str'>), (<class 'str'>, <class 'int'>), (<class 'NoneType'>,), None)
    """
    type_ = unwrap(type_)
    if isinstance(type_, TypeVar):
        return classes_of(bound_of(type_))
    found: list[Any] = [
        type(member.value) if isinstance(member, LiteralValue) else (member if member is Any else class_of(member))
        for member in members(type_)
    ]
    if not all(isinstance(class_, type) for class_ in found) or Any in found:
        return None
    return tuple(class_ for class_ in dict.fromkeys(found) if class_ is not types.NoneType) or (types.NoneType,)


def hint(made: Any, wanted: Any) -> str:
    """What to do about two types that do not fit, where there is something particular to say."""
    made_members, wanted_type = members(unwrap(made)), unwrap(wanted)
    without_none = [member for member in made_members if member is not types.NoneType]
    if without_none and len(without_none) < len(made_members) and all(fits(one, wanted) for one in without_none):
        shown = format_type(wanted)
        return f"The value may be None: accept `{shown} | None`, or return only {shown}."
    if isinstance(wanted_type, TypeVar):
        return f"The type variable `{format_type(wanted)}` stands for {format_type(bound_of(wanted_type))}."
    if typing.get_origin(made) and typing.get_origin(made) == typing.get_origin(wanted):
        return "Items of a mutable container must have the same type. Read-only `Sequence` and `Mapping` accept narrower ones."
    return same_name_hint(made, wanted)


def _fits(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    if made is wanted or wanted is Any or made is Any or wanted is object:
        return True
    if _is_named(made) or _is_named(wanted):
        return _once(_unnamed_fits, made, wanted, pairs)
    return _unnamed_fits(made, wanted, pairs)


def _unnamed_fits(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    made, wanted = unwrap(made), unwrap(wanted)
    if made is wanted or made is Any or wanted is Any or wanted is object:
        return True
    if isinstance(wanted, TypeVar):
        return _fits(made, bound_of(wanted), pairs)
    if isinstance(made, TypeVar):
        return _fits(bound_of(made), wanted, pairs)
    if isinstance(wanted, AllOf):
        return all(_fits(made, one, pairs) for one in wanted.types)
    if isinstance(made, AllOf):
        return any(_fits(one, wanted, pairs) for one in made.types)
    made_members, wanted_members = members(made), members(wanted)
    return all(any(member_fits(one, other, pairs) for other in wanted_members) for one in made_members)


def member_fits(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    """As `fits`, for two types that are not unions."""
    if isinstance(wanted, LiteralValue):
        return isinstance(made, LiteralValue) and made.equals(wanted)
    if isinstance(made, LiteralValue):
        return _fits(type(made.value), wanted, pairs)
    if isinstance(made, TypeVar) or isinstance(wanted, TypeVar):
        return _fits(made, wanted, pairs)
    if made is wanted or made is Any or wanted is Any or wanted is object or made == wanted:
        return True
    if hasattr(made, "__supertype__"):  # a NewType fits what it was made from
        return _fits(made.__supertype__, wanted, pairs)
    if is_typed_dict(typing.get_origin(wanted) or wanted):
        return _typed_dict_fits(made, wanted, pairs)
    if hasattr(wanted, "__supertype__") or not _class_fits(class_of(made), class_of(wanted)):
        return False  # a NewType takes nothing else
    return _arguments_fit(made, wanted, pairs)


def _arguments_fit(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    wanted_arguments, wanted_origin = typing.get_args(wanted), typing.get_origin(wanted)
    made_arguments = arguments_as(made, wanted_origin) if wanted_arguments else ()
    if not made_arguments:
        return True
    if wanted_origin is tuple:
        return _tuples_fit(made_arguments, wanted_arguments, pairs)
    return all(
        _argument_fits(one, other, wanted_origin, place, pairs)
        for place, (one, other) in enumerate(zip(made_arguments, wanted_arguments, strict=False))
    )


def _typed_dict_fits(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    if (typing.get_origin(made) or made) is not (typing.get_origin(wanted) or wanted):
        return False
    return all(_same(one, other, pairs) for one, other in zip(typing.get_args(made), typing.get_args(wanted), strict=False))


def _tuples_fit(made: tuple[Any, ...], wanted: tuple[Any, ...], pairs: _Pairs) -> bool:
    if len(wanted) == 2 and wanted[1] is ...:
        return all(_fits(one, wanted[0], pairs) for one in made if one is not ...)
    if len(made) == 2 and made[1] is ...:
        return all(_fits(made[0], one, pairs) for one in wanted)
    return len(made) == len(wanted) and all(_fits(one, other, pairs) for one, other in zip(made, wanted, strict=True))


def _argument_fits(made: Any, wanted: Any, origin: Any, place: int, pairs: _Pairs) -> bool:
    """True if a type argument suits: narrower where the parameter is read-only, else the same."""
    if isinstance(made, list) or isinstance(wanted, list) or made is ... or wanted is ...:
        return True  # the parameters of a Callable are not compared
    if _is_read_only(origin):
        return _fits(made, wanted, pairs)
    variable = dict(enumerate(getattr(origin, "__parameters__", ()))).get(place)
    if getattr(variable, "__contravariant__", False):
        return _fits(wanted, made, pairs)
    if getattr(variable, "__covariant__", False):
        return _fits(made, wanted, pairs)
    if getattr(variable, "__infer_variance__", False):  # `class Box[T]`: only a type checker reads the class to find out
        return _fits(made, wanted, pairs) or _fits(wanted, made, pairs)
    return _same(made, wanted, pairs)


def _is_read_only(origin: Any) -> bool:
    if origin in _READ_ONLY:
        return True
    module, name = str(getattr(origin, "__module__", "")), str(getattr(origin, "__name__", ""))
    if module.startswith("pandera.typing"):  # a schema that extends another promises all that the other does
        return name.endswith("Frame")
    return (module, name) in _READ_ONLY_BY_NAME


def _same(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    """Equal, where `Any` equals everything and a generic class without arguments equals itself with any."""
    if made is wanted or made is Any or wanted is Any:
        return True
    if _is_named(made) or _is_named(wanted):
        return _once(_unnamed_same, made, wanted, pairs)
    return _unnamed_same(made, wanted, pairs)


def _unnamed_same(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    made, wanted = unwrap(made), unwrap(wanted)
    if made is Any or wanted is Any or made == wanted:
        return True
    if isinstance(made, TypeVar) or isinstance(wanted, TypeVar):
        return _fits(made, wanted, pairs)
    made_members, wanted_members = members(made), members(wanted)
    return all(any(_one_same(one, other, pairs) for other in wanted_members) for one in made_members) and all(
        any(_one_same(one, other, pairs) for one in made_members) for other in wanted_members
    )


def _one_same(made: Any, wanted: Any, pairs: _Pairs) -> bool:
    if isinstance(made, LiteralValue) or isinstance(wanted, LiteralValue):
        return isinstance(made, LiteralValue) and isinstance(wanted, LiteralValue) and made.equals(wanted)
    if made is Any or wanted is Any or made == wanted:
        return True
    if isinstance(made, TypeVar) or isinstance(wanted, TypeVar):
        return _fits(made, wanted, pairs)
    if any(hasattr(one, "__supertype__") or is_typed_dict(one) for one in (made, wanted)):
        return False
    if class_of(made) is not class_of(wanted):
        return False
    made_arguments, wanted_arguments = typing.get_args(made), typing.get_args(wanted)
    if not made_arguments or not wanted_arguments:
        return True
    return len(made_arguments) == len(wanted_arguments) and all(
        isinstance(one, list) or isinstance(other, list) or ((one is ...) == (other is ...) and _same(one, other, pairs))
        for one, other in zip(made_arguments, wanted_arguments, strict=True)
    )


def _is_named(type_: Any) -> bool:
    """True for what can be recursive, since its meaning is behind a name: an alias, a type variable."""
    return not isinstance(type_, type) and (isinstance(type_, TypeVar) or is_alias(type_) or is_alias(typing.get_origin(type_)))


def _once(compare: Callable[[Any, Any, _Pairs], bool], made: Any, wanted: Any, pairs: _Pairs) -> bool:
    """Compares two types, unless they are being compared already: then nothing speaks against them so far."""
    question = (compare, made, wanted)
    try:
        known = pairs.get(question)
    except TypeError:  # an unhashable part, such as the metadata of an `Annotated`
        return compare(made, wanted, pairs)
    if known is not None or len(pairs) >= _MOST_PAIRS:
        return known is not False
    pairs[question] = True
    pairs[question] = answer = compare(made, wanted, pairs)
    return answer


def _is_of(value: object, member: Any) -> bool:
    if isinstance(member, LiteralValue):
        class_ = _python_class(type(value)) or type(value)
        return class_ is type(member.value) and bool(member.value == value)
    if isinstance(member, TypeVar):
        return is_instance(value, bound_of(member))
    if hasattr(member, "__supertype__"):
        return is_instance(value, member.__supertype__)
    class_ = class_of(member)
    return member is Any or _class_fits(type(value), class_)


def class_of(type_: Any) -> Any:
    """The class behind a generic alias, a `NewType` or a `TypedDict`; the type itself if it is a class."""
    while hasattr(type_, "__supertype__"):
        type_ = unwrap(type_.__supertype__)
    origin = typing.get_origin(type_) or type_
    if is_typed_dict(origin):
        return dict
    if str(getattr(origin, "__module__", "")).startswith("pandera.typing") and isinstance(origin, type):
        return next((base for base in origin.__mro__ if not base.__module__.startswith(("pandera", "typing"))), origin)
    return origin


def _class_fits(made: Any, wanted: Any) -> bool:
    if not isinstance(made, type) or not isinstance(wanted, type):
        return True  # special forms (`ParamSpec`, `Self` ...) about which nothing can be said
    if is_subclass(made, wanted) or any(is_subclass(made, lower) for lower in _TOWER.get(wanted, ())):
        return True
    python = _python_class(made)
    return python is not None and _class_fits(python, wanted)


def is_subclass(made: type, wanted: type) -> bool:
    """As `issubclass`; True for a protocol that cannot be checked while running."""
    try:
        return issubclass(made, wanted)
    except TypeError:
        return True


def _python_class(class_: type) -> type | None:
    """The class of Python that a library's scalar class stands in for."""
    return next((_SCALARS[key] for base in class_.__mro__ if (key := (base.__module__, base.__name__)) in _SCALARS), None)


def arguments_as(made: Any, target: Any) -> tuple[Any, ...]:
    """The type arguments of a type, seen as one of its generic bases; empty where they are not known.

    For `class Prices(list[float])`, seen as a `Sequence`, they are `(float,)`.
    """
    class_ = typing.get_origin(made) or made
    arguments = typing.get_args(made)
    if class_ is target or not isinstance(class_, type) or not isinstance(target, type):
        return arguments if class_ is target else ()
    if class_.__module__ in _STANDARD:
        if target.__module__ not in _STANDARD:
            return ()  # a protocol of somebody else: what its parameters mean, only its methods tell
        if class_ is tuple and arguments:
            return (union_of(one for one in arguments if one is not ...),)
        return arguments
    bound = dict(zip(getattr(class_, "__parameters__", ()), arguments, strict=False))
    for base in vars(class_).get("__orig_bases__", class_.__bases__):
        base_class = typing.get_origin(base) or base
        if isinstance(base_class, type) and is_subclass(base_class, target):
            return arguments_as(substitute(base, bound), target)
    return ()
