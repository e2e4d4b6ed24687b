"""The return types of functions and descriptors that are compiled or shipped as bytecode, without source text.

jedi infers them from annotations, but only if `typing.get_type_hints` can evaluate them. Most libraries import the names in
their annotations only for type checkers. This module finds the classes with these names among the loaded modules, replaces
`Self` with the class of the instance, and adds return types that a library does not annotate.
"""

from __future__ import annotations

import ast
import builtins
import sys
from functools import wraps
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, Final, Self, Union
from weakref import WeakKeyDictionary

from jedi.inference.base_value import ValueSet
from jedi.inference.compiled.access import DirectObjectAccess
from jedi.inference.compiled.getattr_static import getattr_static
from jedi.inference.value.instance import CompiledBoundMethod, CompiledInstanceClassFilter, CompiledInstanceName

from headwater.libraries.support import integration_module, libraries_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jedi.inference.compiled.access import AccessPath

_evaluated: Final[WeakKeyDictionary[FunctionType, Any]] = WeakKeyDictionary()
"""The evaluated annotations of functions, cached because searching the loaded modules takes a millisecond."""


def install() -> None:
    """Let jedi use this module. jedi has no extension point for this, so its methods are replaced."""
    DirectObjectAccess.get_return_annotation = _return_annotation
    DirectObjectAccess.is_allowed_getattr = _with_descriptors(DirectObjectAccess.is_allowed_getattr)
    CompiledInstanceClassFilter._convert = _names_of_instance  # noqa: SLF001


def _return_annotation(access: Any) -> AccessPath | None:
    return _path(access, _result_of(access._obj))  # noqa: SLF001


def _path(access: Any, result: Any) -> AccessPath | None:
    return None if result is None else access._create_access_path(result)  # noqa: SLF001


def _with_descriptors(is_allowed_getattr: Callable[..., Any]) -> Callable[..., Any]:
    """Return a replacement for `is_allowed_getattr` that also finds the classes of values from library-specific descriptors."""

    @wraps(is_allowed_getattr)
    def with_descriptors(access: Any, name: str, *args: Any, **options: Any) -> Any:
        exists, is_descriptor, annotation = is_allowed_getattr(access, name, *args, **options)
        if is_descriptor and annotation is None:
            descriptor, _ = getattr_static(access._obj, name)  # noqa: SLF001
            annotation = _path(access, _known("descriptor_value", descriptor))
        return exists, is_descriptor, annotation

    return with_descriptors


def _names_of_instance(names_filter: Any, names: list[Any]) -> list[Any]:
    return [_InstanceName(name, names_filter._instance) for name in names]  # noqa: SLF001


class _InstanceName(CompiledInstanceName):
    """An attribute of an instance."""

    def __init__(self, name: Any, instance: Any) -> None:
        super().__init__(name)
        self._instance = instance

    def infer(self) -> ValueSet:
        return ValueSet(
            _Method(value._wrapped_value, self._instance) if isinstance(value, CompiledBoundMethod) else value  # noqa: SLF001
            for value in super().infer()
        )


class _Method(CompiledBoundMethod):
    """A method of an instance."""

    def __init__(self, function: Any, instance: Any) -> None:
        super().__init__(function)
        self._instance = instance

    def py__call__(self, arguments: Any) -> ValueSet:
        if _returns_self(self._wrapped_value.access_handle.access._obj):  # noqa: SLF001
            return ValueSet([self._instance])
        result: ValueSet = self._wrapped_value.py__call__(arguments)
        return result


def _annotation_of(function: Any) -> Any:
    return function.__annotations__.get("return") if type(function) is FunctionType else None


def _returns_self(function: Any) -> bool:
    annotation = _annotation_of(function)
    return annotation is Self or annotation == "Self" or (isinstance(annotation, str) and annotation.startswith("Self |"))


def _result_of(function: Any) -> Any:
    """Return the class of a function's result, a union of classes, or None if the class is not known."""
    annotation = _annotation_of(function)
    if annotation is None:
        return _known("result", function)
    if not isinstance(annotation, str):
        return annotation
    if function not in _evaluated:
        _evaluated[function] = _evaluate(annotation, function)
    return _evaluated[function]


def _evaluate(annotation: str, function: FunctionType) -> Any:
    try:
        expression = ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return None
    classes = tuple(dict.fromkeys(_classes(expression, function)))
    return Union[classes] if classes else None  # noqa: UP007 - a union of a variable number of classes


def _classes(expression: ast.expr, function: FunctionType) -> Iterator[type]:
    """Yield the classes that an annotation mentions as alternatives. Type arguments of generic classes are dropped."""
    match expression:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _classes(left, function)
            yield from _classes(right, function)
        case ast.Subscript(value=value):
            yield from _classes(value, function)
        case ast.Name(id=name):
            yield from _classes_named(name, function)
        case ast.Attribute(value=ast.Name(id=module), attr=name) if type(function.__globals__.get(module)) is ModuleType:
            found = vars(function.__globals__[module]).get(name)
            if isinstance(found, type):
                yield found
        case _:
            pass


def _classes_named(name: str, function: FunctionType) -> Iterator[type]:
    """Yield the class with this name in the function's module, in `builtins`, or in the other modules of the package."""
    package = str(function.__globals__.get("__name__")).partition(".")[0]
    own = function.__globals__.get(name, vars(builtins).get(name))
    others = (
        vars(module).get(name) for module_name, module in list(sys.modules.items()) if module_name.startswith(f"{package}.")
    )
    found = next((value for value in (own, *others) if isinstance(value, type)), None)
    if found is not None and found is not type(None):
        yield found


def _known(function_name: str, argument: Any) -> Any:
    """Call a function in the `inference` module of each imported library until one of them returns the class."""
    for library in libraries_with("inference"):
        module = integration_module(library, "inference")
        function = getattr(module, function_name, None)
        if function is not None and (found := function(argument)) is not None:
            return found
    return None
