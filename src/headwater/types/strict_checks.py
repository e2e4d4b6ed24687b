"""Checks the types of values, including the contents of containers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin

from headwater.types.type_forms import AllOf, bound_of, members, typed_dict_fields, unwrap
from headwater.types.typing_rules import is_instance


def is_strict_instance(value: object, target: Any) -> bool:
    """Return True if a value has a type, including the contents of containers. `None` must be part of the type.

    Iterators are not consumed, so their elements are not checked.

    >>> is_strict_instance([1, 2], list[int]), is_strict_instance(["a"], list[int]), is_strict_instance(None, int)
    (True, False, False)
    """
    target = unwrap(target)
    if target is Any or target is object:
        return True
    if isinstance(target, TypeVar):
        return is_strict_instance(value, bound_of(target))
    if isinstance(target, AllOf):
        return all(is_strict_instance(value, type_) for type_ in target.types)
    return any(_is_of_member(value, member) for member in members(target))


def _is_of_member(value: object, member: Any) -> bool:
    if value is None:
        return any(member is accepted for accepted in (NoneType, None, Any, object))
    if not is_instance(value, member):
        return False
    if (fields := typed_dict_fields(member)) is not None:
        assert isinstance(value, Mapping)
        return all(is_strict_instance(value[name], type_) for name, type_ in fields.items() if name in value)
    arguments = get_args(member)
    origin = get_origin(member)
    if not isinstance(origin, type):
        return True
    if isinstance(value, tuple) and issubclass(origin, tuple):
        return _tuple_fits(value, arguments)
    if isinstance(value, Mapping) and issubclass(origin, Mapping) and len(arguments) == 2:
        key_type, value_type = arguments
        return all(is_strict_instance(key, key_type) and is_strict_instance(item, value_type) for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset) and issubclass(origin, Collection) and len(arguments) == 1:
        return all(is_strict_instance(item, arguments[0]) for item in value)
    return True


def _tuple_fits(value: tuple[Any, ...], arguments: tuple[Any, ...]) -> bool:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return all(is_strict_instance(item, arguments[0]) for item in value)
    return len(value) == len(arguments) and all(map(is_strict_instance, value, arguments))
