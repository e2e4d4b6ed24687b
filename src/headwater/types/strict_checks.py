"""Checks the types of values, including the contents of containers."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Container, ItemsView, Iterable, KeysView, Mapping, ValuesView
from types import NoneType
from typing import Any, Final, Never, NoReturn, NotRequired, TypeVar, get_args, get_origin, get_type_hints

from headwater.types.type_forms import AllOf, bound_of, members, typed_dict_fields, unwrap
from headwater.types.typing_rules import fits, is_instance

_CONTAINERS: Final = (list, tuple, set, frozenset, deque, range, KeysView, ValuesView, ItemsView)
"""Containers whose elements can be read any number of times."""
_NEVER: Final = (Never, NoReturn)


def is_strict_instance(value: object, target: Any) -> bool:
    """Return True if a value, including the contents of containers, matches a type.

    Unlike `is_instance`, this function does not accept `None` for every type. Iterators are not consumed, so their elements are
    not checked. Values that are nested too deeply are not checked either.

    >>> is_strict_instance([1, 2], list[int]), is_strict_instance(["a"], list[int]), is_strict_instance(None, int)
    (True, False, False)
    """
    try:
        return _fits(value, target)
    except RecursionError:
        return True


def _fits(value: object, target: Any) -> bool:
    if type(value) is target:  # a fast path, because there may be many elements
        return True
    target = unwrap(target)
    if target is Any or target is object:
        return True
    if any(target is never for never in _NEVER):
        return False
    if isinstance(target, TypeVar):
        return _fits(value, bound_of(target))
    if isinstance(target, AllOf):
        return all(_fits(value, type_) for type_ in target.types)
    return any(_is_of_member(value, member) for member in members(target))


def _is_of_member(value: object, member: Any) -> bool:
    if value is None:
        return any(member is accepted for accepted in (NoneType, None, Any, object))
    if not is_instance(value, member):
        return False
    if (fields := typed_dict_fields(member)) is not None:
        assert isinstance(value, Mapping)
        return _required_fields(member) <= value.keys() and all(
            _fits(value[name], type_) for name, type_ in fields.items() if name in value
        )
    arguments = get_args(member)
    origin = get_origin(member)
    if not isinstance(origin, type):
        return True
    if isinstance(value, tuple) and issubclass(origin, tuple):
        return _tuple_fits(value, arguments)
    if isinstance(value, Mapping) and issubclass(origin, Mapping) and len(arguments) == 2:
        key_type, value_type = arguments
        return all(_fits(key, key_type) and _fits(item, value_type) for key, item in value.items())
    if isinstance(value, type) and origin is type:
        return fits(value, arguments[0])
    if issubclass(origin, Iterable | Container) and len(arguments) == 1:
        return _elements_fit(value, arguments[0])
    return True


def _required_fields(typed_dict: Any) -> set[str]:
    """Return the fields that a value must have.

    Python treats a field whose annotation is the string `"NotRequired[...]"` as required.
    """
    class_ = get_origin(typed_dict) or typed_dict
    required: frozenset[str] = class_.__required_keys__
    hints = get_type_hints(class_, include_extras=True) if class_.__module__ in sys.modules else {}
    return {name for name in required if get_origin(hints.get(name)) is not NotRequired}


def _elements_fit(value: object, type_: Any) -> bool:
    if isinstance(value, str):  # the elements of a string are strings, too
        return not value or _fits(value, type_)
    if isinstance(value, range):
        return not value or _fits(value[0], type_)
    return not isinstance(value, _CONTAINERS) or all(_fits(item, type_) for item in value)


def _tuple_fits(value: tuple[Any, ...], arguments: tuple[Any, ...]) -> bool:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return all(_fits(item, arguments[0]) for item in value)
    return len(value) == len(arguments) and all(map(_fits, value, arguments))
