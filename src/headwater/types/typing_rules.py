"""Typing rules: whether the type of a node fits a parameter, and whether a value has a type.

`docs/concepts/types.md` states the rules with tested examples. The rules follow PEP 483 and PEP 484. Types fit each other
unless a rule says otherwise.
"""

from __future__ import annotations

import collections.abc
import sys
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
    "classes_of",
    "fits",
    "format_type",
    "format_types_apart",
    "hint",
    "is_instance",
    "is_subclass",
    "member_fits",
    "runtime_class",
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
"""For each scalar class of a library, given by module and name, the Python class that it can replace."""

_PANDAS_ON_SPARK: Final = "pyspark.pandas."
"""The prefix of the modules whose classes have the interface of pandas."""

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
"""Library classes whose type parameters are covariant, but only in their stubs."""

_STANDARD: Final = frozenset({"builtins", "collections", "collections.abc", "contextlib", "os", "re", "types", "typing"})
"""Modules whose generic classes pass their first parameters to their bases: a `dict[K, V]` is an `Iterable[K]`."""

_MAX_PAIRS: Final = 100
"""The maximum number of compared pairs of aliases and type variables. It stops the comparison of recursive aliases."""

_Pairs = dict[tuple[Any, ...], bool]
"""Cached results, keyed by the comparison function and the two types."""


def fits(source: Any, target: Any) -> bool:
    """Return True if a value of type `source` can be passed to a parameter of type `target`.

    >>> fits(int, float), fits(int | None, int), fits(list[int], collections.abc.Sequence[float])
    (True, False, True)
    """
    if source is target or target is Any or source is Any or target is object:
        return True
    return source == target or _fits(source, target, {})


def is_instance(value: object, target: Any) -> bool:
    """Return True if a value has a type. The contents of containers are not checked.

    `None` is treated as a value of every type, so callers can leave an input empty.

    >>> is_instance(1, float), is_instance("1", float), is_instance(["a"], list[int])
    (True, False, True)
    """
    if value is None:
        return True
    target = unwrap(target)
    if target is Any:
        return True
    if isinstance(target, TypeVar):
        return is_instance(value, bound_of(target))
    if isinstance(target, AllOf):
        return all(is_instance(value, type_) for type_ in target.types)
    return any(_is_of(value, member) for member in members(target))


def classes_of(type_: Any) -> tuple[type, ...] | None:
    """Return the classes of a type's values, except `NoneType`, or None if the type does not determine them.

    >>> from typing import Literal
    >>> classes_of(list[int] | str | None), classes_of(Literal["a", 1]), classes_of(None), classes_of(Any)
    ((<class 'list'>, <class 'str'>), (<class 'str'>, <class 'int'>), (<class 'NoneType'>,), None)
    """
    type_ = unwrap(type_)
    if isinstance(type_, TypeVar):
        return classes_of(bound_of(type_))
    classes: list[Any] = [
        type(member.value) if isinstance(member, LiteralValue) else (member if member is Any else runtime_class(member))
        for member in members(type_)
    ]
    if not all(isinstance(class_, type) for class_ in classes) or Any in classes:
        return None
    return tuple(class_ for class_ in dict.fromkeys(classes) if class_ is not types.NoneType) or (types.NoneType,)


def hint(source: Any, target: Any) -> str:
    """Return a hint about two types that do not fit. Empty if no hint applies."""
    source_members, target_type = members(unwrap(source)), unwrap(target)
    without_none = [member for member in source_members if member is not types.NoneType]
    if without_none and len(without_none) < len(source_members) and all(fits(member, target) for member in without_none):
        type_text = format_type(target)
        return f"The value may be None: accept `{type_text} | None`, or return only {type_text}."
    if isinstance(target_type, TypeVar):
        return f"The type variable `{format_type(target)}` stands for {format_type(bound_of(target_type))}."
    if typing.get_origin(source) and typing.get_origin(source) == typing.get_origin(target):
        return (
            "The item types of mutable containers must match exactly. "
            "The read-only `Sequence` and `Mapping` also accept narrower types."
        )
    return same_name_hint(source, target)


def _fits(source: Any, target: Any, pairs: _Pairs) -> bool:
    if source is target or target is Any or source is Any or target is object:
        return True
    if _is_named(source) or _is_named(target):
        return _once(_unnamed_fits, source, target, pairs)
    return _unnamed_fits(source, target, pairs)


def _unnamed_fits(source: Any, target: Any, pairs: _Pairs) -> bool:
    source, target = unwrap(source), unwrap(target)
    if source is target or source is Any or target is Any or target is object:
        return True
    if isinstance(target, TypeVar):
        return _fits(source, bound_of(target), pairs)
    if isinstance(source, TypeVar):
        return _fits(bound_of(source), target, pairs)
    if isinstance(target, AllOf):
        return all(_fits(source, member, pairs) for member in target.types)
    if isinstance(source, AllOf):
        return any(_fits(member, target, pairs) for member in source.types)
    source_members, target_members = members(source), members(target)
    return all(any(member_fits(member, other, pairs) for other in target_members) for member in source_members)


def member_fits(source: Any, target: Any, pairs: _Pairs) -> bool:
    """Return the result of `fits` for two types that are not unions."""
    if isinstance(target, LiteralValue):
        return isinstance(source, LiteralValue) and source.equals(target)
    if isinstance(source, LiteralValue):
        return _fits(type(source.value), target, pairs)
    if isinstance(source, TypeVar) or isinstance(target, TypeVar):
        return _fits(source, target, pairs)
    if source is target or source is Any or target is Any or target is object or source == target:
        return True
    if hasattr(source, "__supertype__"):  # a NewType fits its supertype
        return _fits(source.__supertype__, target, pairs)
    if is_typed_dict(typing.get_origin(target) or target):
        return _typed_dict_fits(source, target, pairs)
    if hasattr(target, "__supertype__") or not _class_fits(runtime_class(source), runtime_class(target)):
        return False  # no other type fits a `NewType`
    return _arguments_fit(source, target, pairs)


def _arguments_fit(source: Any, target: Any, pairs: _Pairs) -> bool:
    target_arguments, target_origin = typing.get_args(target), typing.get_origin(target)
    source_arguments = arguments_as(source, target_origin) if target_arguments else ()
    if not source_arguments:
        return True
    if target_origin is tuple:
        return _tuples_fit(source_arguments, target_arguments, pairs)
    return all(
        _argument_fits(argument, other, target_origin, position, pairs)
        for position, (argument, other) in enumerate(zip(source_arguments, target_arguments, strict=False))
    )


def _typed_dict_fits(source: Any, target: Any, pairs: _Pairs) -> bool:
    if (typing.get_origin(source) or source) is not (typing.get_origin(target) or target):
        return False
    return all(
        _same(member, other, pairs) for member, other in zip(typing.get_args(source), typing.get_args(target), strict=False)
    )


def _tuples_fit(source: tuple[Any, ...], target: tuple[Any, ...], pairs: _Pairs) -> bool:
    if len(target) == 2 and target[1] is ...:
        return all(_fits(member, target[0], pairs) for member in source if member is not ...)
    if len(source) == 2 and source[1] is ...:
        return all(_fits(source[0], member, pairs) for member in target)
    return len(source) == len(target) and all(_fits(member, other, pairs) for member, other in zip(source, target, strict=True))


def _argument_fits(source: Any, target: Any, origin: Any, position: int, pairs: _Pairs) -> bool:
    """Return True if a type argument fits: a narrower type if the parameter is read-only, otherwise the same type."""
    if isinstance(source, list) or isinstance(target, list) or source is ... or target is ...:
        return True  # parameters of a Callable are not compared
    if _is_read_only(origin):
        return _fits(source, target, pairs)
    variable = dict(enumerate(getattr(origin, "__parameters__", ()))).get(position)
    if getattr(variable, "__contravariant__", False):
        return _fits(target, source, pairs)
    if getattr(variable, "__covariant__", False):
        return _fits(source, target, pairs)
    if getattr(variable, "__infer_variance__", False):  # `class Box[T]`: only a type checker infers the variance
        return _fits(source, target, pairs) or _fits(target, source, pairs)
    return _same(source, target, pairs)


def _is_read_only(origin: Any) -> bool:
    if origin in _READ_ONLY:
        return True
    module, name = str(getattr(origin, "__module__", "")), str(getattr(origin, "__name__", ""))
    if module.startswith("pandera.typing"):  # a schema that extends another schema fits that schema
        return name.endswith("Frame")
    return (module, name) in _READ_ONLY_BY_NAME


def _same(source: Any, target: Any, pairs: _Pairs) -> bool:
    """Return True for equal types.

    `Any` equals every type. A generic class without arguments equals the same class with any arguments.
    """
    if source is target or source is Any or target is Any:
        return True
    if _is_named(source) or _is_named(target):
        return _once(_unnamed_same, source, target, pairs)
    return _unnamed_same(source, target, pairs)


def _unnamed_same(source: Any, target: Any, pairs: _Pairs) -> bool:
    source, target = unwrap(source), unwrap(target)
    if source is Any or target is Any or source == target:
        return True
    if isinstance(source, TypeVar) or isinstance(target, TypeVar):
        return _fits(source, target, pairs)
    source_members, target_members = members(source), members(target)
    return all(any(_members_equal(member, other, pairs) for other in target_members) for member in source_members) and all(
        any(_members_equal(member, other, pairs) for member in source_members) for other in target_members
    )


def _members_equal(source: Any, target: Any, pairs: _Pairs) -> bool:
    if isinstance(source, LiteralValue) or isinstance(target, LiteralValue):
        return isinstance(source, LiteralValue) and isinstance(target, LiteralValue) and source.equals(target)
    if source is Any or target is Any or source == target:
        return True
    if isinstance(source, TypeVar) or isinstance(target, TypeVar):
        return _fits(source, target, pairs)
    if any(hasattr(member, "__supertype__") or is_typed_dict(member) for member in (source, target)):
        return False
    if runtime_class(source) is not runtime_class(target):
        return False
    source_arguments, target_arguments = typing.get_args(source), typing.get_args(target)
    if not source_arguments or not target_arguments:
        return True
    return len(source_arguments) == len(target_arguments) and all(
        isinstance(member, list)
        or isinstance(other, list)
        or ((member is ...) == (other is ...) and _same(member, other, pairs))
        for member, other in zip(source_arguments, target_arguments, strict=True)
    )


def _is_named(type_: Any) -> bool:
    """Return True for aliases and type variables. Only these types can be recursive."""
    return not isinstance(type_, type) and (isinstance(type_, TypeVar) or is_alias(type_) or is_alias(typing.get_origin(type_)))


def _once(compare: Callable[[Any, Any, _Pairs], bool], source: Any, target: Any, pairs: _Pairs) -> bool:
    """Compare two types. If they are already being compared, assume that they fit."""
    question = (compare, source, target)
    try:
        known = pairs.get(question)
    except TypeError:  # a part is unhashable, such as the metadata of an `Annotated`
        return compare(source, target, pairs)
    if known is not None or len(pairs) >= _MAX_PAIRS:
        return known is not False
    pairs[question] = True
    pairs[question] = answer = compare(source, target, pairs)
    return answer


def _is_of(value: object, member: Any) -> bool:
    if isinstance(member, LiteralValue):
        class_ = _python_class(type(value)) or type(value)
        return class_ is type(member.value) and bool(member.value == value)
    if isinstance(member, TypeVar):
        return is_instance(value, bound_of(member))
    if hasattr(member, "__supertype__"):
        return is_instance(value, member.__supertype__)
    class_ = runtime_class(member)
    return member is Any or _class_fits(type(value), class_)


def runtime_class(type_: Any) -> Any:
    """Return the class behind a generic alias, a `NewType` or a `TypedDict`. A class is returned unchanged."""
    while hasattr(type_, "__supertype__"):
        type_ = unwrap(type_.__supertype__)
    origin = typing.get_origin(type_) or type_
    if is_typed_dict(origin):
        return dict
    if str(getattr(origin, "__module__", "")).startswith("pandera.typing") and isinstance(origin, type):
        return next((base for base in origin.__mro__ if not base.__module__.startswith(("pandera", "typing"))), origin)
    return origin


def _class_fits(source: Any, target: Any) -> bool:
    if not isinstance(source, type) or not isinstance(target, type):
        return True  # special forms such as `ParamSpec` and `Self` are not compared
    if is_subclass(source, target) or any(is_subclass(source, lower) for lower in _TOWER.get(target, ())):
        return True
    replaced = _python_class(source) or _pandas_class(source)
    return replaced is not None and _class_fits(replaced, target)


def is_subclass(source: type, target: type) -> bool:
    """Return the result of `issubclass`, or True for a protocol that cannot be checked at run time."""
    try:
        return issubclass(source, target)
    except TypeError:
        return True


def _python_class(class_: type) -> type | None:
    """Return the Python class that a library's scalar class can replace."""
    return next((_SCALARS[key] for base in class_.__mro__ if (key := (base.__module__, base.__name__)) in _SCALARS), None)


def _pandas_class(class_: type) -> Any:
    """Return the pandas class that a class of pandas-on-Spark can replace. The two classes have the same name."""
    if not any(base.__module__.startswith(_PANDAS_ON_SPARK) for base in class_.__mro__):
        return None
    pandas = sys.modules.get("pandas")
    return next((found for base in class_.__mro__ if (found := getattr(pandas, base.__name__, None)) is not None), None)


def arguments_as(type_: Any, target: Any) -> tuple[Any, ...]:
    """Return a type's arguments for one of its generic bases. Empty if they are unknown.

    For example, for `class Prices(list[float])` and `Sequence`, return `(float,)`.
    """
    class_ = typing.get_origin(type_) or type_
    arguments = typing.get_args(type_)
    if class_ is target or not isinstance(class_, type) or not isinstance(target, type):
        return arguments if class_ is target else ()
    if class_.__module__ in _STANDARD:
        if target.__module__ not in _STANDARD:
            return ()  # another library's protocol: only its methods define its parameters
        if class_ is tuple and arguments:
            return (union_of(argument for argument in arguments if argument is not ...),)
        return arguments
    bound = dict(zip(getattr(class_, "__parameters__", ()), arguments, strict=False))
    for base in vars(class_).get("__orig_bases__", class_.__bases__):
        base_class = typing.get_origin(base) or base
        if isinstance(base_class, type) and is_subclass(base_class, target):
            return arguments_as(substitute(base, bound), target)
    return ()
