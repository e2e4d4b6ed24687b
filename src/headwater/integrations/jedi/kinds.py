"""Kinds of completions, such as functions and properties."""

from __future__ import annotations

from types import (
    BuiltinFunctionType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    MethodType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import TYPE_CHECKING, Any, Final

from jedi.inference.compiled.getattr_static import getattr_static
from jedi.inference.compiled.value import CompiledValueName

from headwater.previews.texts import class_of

if TYPE_CHECKING:
    from jedi.api.classes import Completion

_FUNCTIONS: Final = (
    *(BuiltinFunctionType, FunctionType, MethodDescriptorType, MethodType, WrapperDescriptorType),
    *(classmethod, staticmethod),
)
_PROPERTIES: Final = (GetSetDescriptorType, MemberDescriptorType, property)
_KINDS: Final = frozenset({"class", "function", "module", "property"})
_MISSING: Final = object()


def kind_of(completion: Completion) -> str:
    """Return "class", "function", "module", "property", or "value"."""
    name = completion._name  # noqa: SLF001 - `Completion.type` takes half a second for numpy
    name = getattr(name, "_wrapped_name", name)
    parent = getattr(name, "_parent_value", None)
    if isinstance(name, CompiledValueName):
        return "property"  # jedi uses this class for properties with a return annotation
    if parent is None:
        return completion.type if completion.type in _KINDS else "value"
    found, _ = getattr_static(parent.access_handle.access._obj, completion.name, _MISSING)  # noqa: SLF001
    return _kind_of_object(found)


def _kind_of_object(found: Any) -> str:
    class_ = class_of(found)
    if issubclass(class_, ModuleType):
        return "module"
    if issubclass(class_, type):
        return "class"
    if issubclass(class_, _PROPERTIES):
        return "property"
    # Callable objects count as functions. For example, many numpy functions are callable objects.
    is_function = issubclass(class_, _FUNCTIONS) or any("__call__" in vars(base) for base in class_.__mro__)
    return "function" if is_function else "value"
