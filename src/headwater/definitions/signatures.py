"""Signatures of functions: the parameters, the return type, and how to call the function.

The signature of a plain function is read from its code object and annotations, which takes one microsecond. For a callable
without its own code object (wrapped by `functools.wraps`, cached, partial), `inspect.signature` is used, which takes
seven microseconds.
"""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import FunctionType
from typing import Any, Final

from headwater.errors import (
    MissingAnnotation,
    NotAFunction,
    UnresolvedAnnotation,
    UnsupportedParameter,
    UnwrappedFunction,
)
from headwater.graph.node import Dependency
from headwater.graph.operation import REQUIRED
from headwater.introspection.callables import bare_signature, innermost, references, wrapper_chain
from headwater.introspection.source_location import SourceLocation, source_location
from headwater.types.type_forms import require_resolvable

_VARARGS: Final = inspect.CO_VARARGS
_VARKEYWORDS: Final = inspect.CO_VARKEYWORDS
_UNUSUAL: Final = _VARARGS | _VARKEYWORDS

_EVALUATES_LATE: Final = sys.version_info >= (3, 12)
"""True if Python evaluates the values of aliases and the bounds of type variables only on access."""


Signature = tuple[tuple[Dependency, ...], Any, tuple[str, ...]]
"""The parameters, the return type, and the names of the parameters to pass by keyword.

Parameters that are passed by keyword come last.
"""


Locate = Callable[[], SourceLocation]
"""A function that returns the source location of a function. It is called only for errors."""


DependencyCache = dict[tuple[str, type], Dependency]
"""Required parameters, keyed by name and type. Functions share them, because many parameters have the same name and type."""


def signature_of(name: str, function: Callable[..., Any], locate: Locate, shared: DependencyCache | None = None) -> Signature:
    """Return the signature of a function for the node `name`. Functions share equal parameters through `shared`.

    Raises:
        DefinitionError: if the function cannot be a node. The error names the function and its source location.
    """
    if type(function) is FunctionType and not hasattr(function, "__wrapped__"):
        return _from_code(name, function, locate, {} if shared is None else shared)
    return _from_layers(name, function, locate)


def _from_code(name: str, function: FunctionType, locate: Locate, shared: DependencyCache) -> Signature:
    code = function.__code__
    positional, keyword_only = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames[: positional + keyword_only]
    if code.co_posonlyargcount or code.co_flags & _UNUSUAL:
        raise _unsupported_error(name, function, locate)
    annotations = _annotations(name, function, locate)
    defaults = function.__defaults__ or ()
    default_of = dict(zip(names[positional - len(defaults) : positional], defaults, strict=True)) if defaults else {}
    if keyword_only and function.__kwdefaults__:
        default_of.update(function.__kwdefaults__)
    for parameter in names:
        if parameter not in annotations:
            raise MissingAnnotation(name, parameter, locate(), default_of.get(parameter))
    if "return" not in annotations:
        raise MissingAnnotation(name, None, locate())
    dependencies: list[Dependency] = []
    for parameter in names:
        type_ = annotations[parameter]
        if parameter in default_of or type(type_) is not type:
            dependencies.append(Dependency(parameter, parameter, type_, default_of.get(parameter, REQUIRED)))
            continue
        known = shared.get((parameter, type_))
        if known is None:
            known = shared[parameter, type_] = Dependency(parameter, parameter, type_)
        dependencies.append(known)
    return tuple(dependencies), annotations["return"], names[positional:]


def _unsupported_error(name: str, function: FunctionType, locate: Locate) -> Exception:
    code = function.__code__
    count = code.co_argcount + code.co_kwonlyargcount
    if code.co_posonlyargcount:
        return UnsupportedParameter(name, code.co_varnames[0], "/", locate())
    if code.co_flags & _VARARGS and code.co_flags & _VARKEYWORDS:
        inner = next((value for value in references(function) if isinstance(value, FunctionType)), None)
        if inner is not None:
            return UnwrappedFunction(name, locate(), inner.__name__, source_location(inner))
    return UnsupportedParameter(name, code.co_varnames[count], "*" if code.co_flags & _VARARGS else "**", locate())


def _annotations(name: str, function: FunctionType, locate: Locate) -> Mapping[str, Any]:
    """Return the annotations, with strings (`from __future__ import annotations`) resolved."""
    try:
        annotations = function.__annotations__  # Python 3.14 evaluates annotations on this access
        if all(isinstance(annotation, type) or annotation is None for annotation in annotations.values()):
            return annotations
        return _resolved(function)
    except Exception as error:  # noqa: BLE001 - an annotation can be any expression
        raise _unresolved(name, error, locate) from None


def _unresolved(name: str, error: Exception, locate: Locate) -> UnresolvedAnnotation:
    """Return the error for an annotation that raises an exception when it is evaluated."""
    if isinstance(error, NameError | AttributeError):
        return UnresolvedAnnotation(name, str(error), locate())
    is_clear = isinstance(error, TypeError | SyntaxError)
    reason = str(error) if is_clear else f"{type(error).__name__}: {error}"
    return UnresolvedAnnotation(name, reason.removesuffix("."), locate(), is_name=False)


def _resolved(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the annotations of a function with all names resolved."""
    parameters: Sequence[Any] = getattr(function, "__type_params__", ())  # the type parameters of `def f[T]`, since Python 3.12
    names = {parameter.__name__: parameter for parameter in parameters} or None
    hints = typing.get_type_hints(function, localns=names, include_extras=True)
    if _EVALUATES_LATE:
        for hint in hints.values():
            require_resolvable(hint)
    return hints


def _from_layers(name: str, function: Callable[..., Any], locate: Locate) -> Signature:
    """Return the signature of a callable that has no code object of its own, using `inspect`."""
    # must come first, because computing the signature may evaluate annotations
    annotation_of = _annotation_finder(name, function, locate)
    try:
        signature = _signature(function)
    except (TypeError, ValueError) as error:
        raise NotAFunction(f"`{name}` ({locate()}) cannot be called as a node: {error}.") from None
    except Exception as error:  # noqa: BLE001 - an annotation can be any expression
        raise _unresolved(name, error, locate) from None
    kinds = {
        inspect.Parameter.POSITIONAL_ONLY: "/",
        inspect.Parameter.VAR_POSITIONAL: "*",
        inspect.Parameter.VAR_KEYWORD: "**",
    }
    dependencies, keyword_only = [], []
    for parameter in signature.parameters.values():
        if parameter.kind in kinds:
            raise UnsupportedParameter(name, parameter.name, kinds[parameter.kind], locate())
        if parameter.annotation is inspect.Parameter.empty:
            raise MissingAnnotation(name, parameter.name, locate(), parameter.default)
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            keyword_only.append(parameter.name)
        default = REQUIRED if parameter.default is inspect.Parameter.empty else parameter.default
        annotation = annotation_of(parameter.name, parameter.annotation)
        dependencies.append(Dependency(parameter.name, parameter.name, annotation, default))
    if signature.return_annotation is inspect.Signature.empty:
        raise MissingAnnotation(name, None, locate())
    returns = annotation_of("return", signature.return_annotation)
    names = tuple(dependency.parameter for dependency in dependencies)
    return tuple(dependencies), returns, _by_keyword(function, names, tuple(keyword_only))


def _signature(function: Callable[..., Any]) -> inspect.Signature:
    """Return a signature as `inspect.signature` does, but omit parameters that a `partial` binds at any level of wrapping."""
    if isinstance(function, partial):

        def inner() -> None: ...

        inner.__signature__ = _signature(function.func)  # type: ignore[attr-defined] # pyright: ignore[reportFunctionMemberAccess]
        unbound = inspect.signature(partial(inner, *function.args, **function.keywords))
        parameters = [parameter for parameter in unbound.parameters.values() if parameter.name not in function.keywords]
        return unbound.replace(parameters=parameters)
    wrapped = getattr(function, "__wrapped__", None)
    if callable(wrapped) and not hasattr(function, "__signature__"):
        return _signature(wrapped)
    return inspect.signature(function)


def _annotation_finder(name: str, function: Callable[..., Any], locate: Locate) -> Callable[[str, Any], Any]:
    """Return a function that resolves string annotations in the module of the innermost function."""
    written = innermost(function)
    try:
        raw: Mapping[str, Any] = getattr(written, "__annotations__", {})
        resolved = _resolved(written) if isinstance(written, FunctionType) else {}
    except Exception as error:  # noqa: BLE001 - an annotation can be any expression
        raise _unresolved(name, error, locate) from None

    def find(parameter: str, annotation: Any) -> Any:
        if parameter in resolved and (isinstance(annotation, str) or annotation is raw.get(parameter)):
            return resolved[parameter]
        if isinstance(annotation, str):
            raise UnresolvedAnnotation(name, f"{annotation!r} contains an undefined name", locate())
        return annotation

    return find


def _by_keyword(function: Callable[..., Any], names: tuple[str, ...], keyword_only: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parameters to pass by keyword: all of them if a wrapper takes `**kwargs` or no positional arguments."""
    wrappers = [own for layer in wrapper_chain(function) if (own := _own_signature(layer)) is not None]
    if not wrappers or not all(_takes(own, keywords=names) for own in wrappers):
        return keyword_only
    first = next(iter(names), None)
    positional = names[: len(names) - len(keyword_only)]
    if first in positional and any(_dispatches(layer) for layer in wrapper_chain(function)):
        return names[1:]
    takes_any = any(
        parameter.kind is inspect.Parameter.VAR_KEYWORD for own in wrappers for parameter in own.parameters.values()
    )
    if takes_any or not all(_takes(own, positional=len(positional), keywords=keyword_only) for own in wrappers):
        return names
    return keyword_only


def _own_signature(layer: Callable[..., Any]) -> inspect.Signature | None:
    """Return the signature of a wrapper written in Python, or None for any other callable.

    Wrappers written in C pass on all arguments.
    """
    if not hasattr(layer, "__wrapped__") or isinstance(layer, partial):
        return None
    try:
        return bare_signature(layer, follow_wrapped=False)
    except (TypeError, ValueError):
        return None


def _takes(own: inspect.Signature, *, positional: int = 0, keywords: Sequence[str] = ()) -> bool:
    try:
        own.bind(*[None] * positional, **dict.fromkeys(keywords))
    except TypeError:
        return False
    return True


def _dispatches(layer: Any) -> bool:
    """Return True for a `functools.singledispatch` function, which dispatches on its first positional argument."""
    return callable(getattr(layer, "dispatch", None)) and callable(getattr(layer, "register", None))
