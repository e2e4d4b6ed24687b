"""The parts of a class that affect the behavior of its instances."""

from __future__ import annotations

import dataclasses
from enum import Enum
from functools import cached_property
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any, Final, NamedTuple

_GENERATED: Final = frozenset(
    {
        *("__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__annotations__", "__annotate__"),
        *("__annotate_func__", "__annotations_cache__", "__firstlineno__", "__static_attributes__", "__orig_bases__"),
        *("__parameters__", "__type_params__", "__abstractmethods__", "__dataclass_fields__", "__dataclass_params__"),
        *("__signature__", "_abc_impl", "_abc_registry", "_abc_cache", "_is_protocol", "__slots__"),
        *("__slotnames__", "__protocol_attrs__", "__non_callable_proto_members__", "__final__"),
    }
)
"""Attributes that Python generates, or that only describe the class."""


class ClassParts(NamedTuple):
    """The parts of a class, with their names."""

    values: list[tuple[str, Any]]
    problem: str | None = None


def class_parts(cls: type) -> ClassParts:
    """Return the bases, methods and attributes of a class, as values whose digests identify its behavior.

    >>> class Price:
    ...     currency = "EUR"
    >>> class_parts(Price).values
    [('bases', (<class 'object'>,)), ('metaclass', <class 'type'>), ('currency', 'EUR')]
    """
    values: list[tuple[str, Any]] = [("bases", cls.__bases__), ("metaclass", type(cls))]
    if any("__dataclass_fields__" in vars(base) for base in cls.__mro__):  # `is_dataclass` may call the user's metaclass
        values += _fields(cls)
    if "__pydantic_fields__" in vars(cls):
        described = repr(vars(cls)["__pydantic_fields__"])
        if " at 0x" in described:
            return ClassParts(values, f"the fields of the model `{cls.__qualname__}` cannot be hashed")
        values.append(("fields", described))
    if issubclass(cls, Enum):
        values.append(("members", [(name, member.value) for name, member in cls.__members__.items()]))
        values.append(("attributes of members", [attributes_of_member(member) for member in cls]))
    for name in sorted(vars(cls)):
        if not _is_generated(cls, name):
            values += _attribute(name, vars(cls)[name])
    return ClassParts(values)


def _is_generated(cls: type, name: str) -> bool:
    if name in _GENERATED or name.startswith("__pydantic_"):
        return True
    if issubclass(cls, Enum):
        return name in cls.__members__ or (name.startswith("_") and not _is_method(vars(cls)[name]))
    return False


def attributes_of_member(member: Enum) -> list[tuple[str, Any]]:
    """Return the attributes of an enum member, except its name and value."""
    return [(name, value) for name, value in vars(member).items() if not name.startswith("_")]


def _is_method(value: Any) -> bool:
    return callable(value) or isinstance(value, staticmethod | classmethod | property)


def _attribute(name: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, staticmethod | classmethod):
        return [(name, type(value)), (name, value.__func__)]
    if isinstance(value, property):
        return [(name, (value.fget, value.fset, value.fdel)), *_subclass(name, value, property)]
    if isinstance(value, cached_property):
        return [(name, value.func), *_subclass(name, value, cached_property)]
    if isinstance(value, MemberDescriptorType | GetSetDescriptorType):
        return []  # the descriptor of a slot
    return [(name, value)]


def _subclass(name: str, value: Any, base: type) -> list[tuple[str, Any]]:
    """Return the class and attributes of a descriptor. Empty if the class is `base` itself, not a subclass."""
    if type(value) is base:
        return []
    own = {"attrname", "func", "lock"}  # attributes of `cached_property`
    attributes = {key: item for key, item in vars(value).items() if key not in own and not key.startswith("__")}
    return [(f"kind of {name}", (type(value), attributes))]


def _fields(cls: type) -> list[tuple[str, Any]]:
    """Return the fields of a dataclass without their types. The digest of the class's annotations already covers the types."""
    return [
        (
            f"field {item.name}",
            (item.default, item.default_factory, item.init, item.repr, item.hash, item.compare, item.kw_only, item.metadata),
        )
        for item in dataclasses.fields(cls)
    ]
