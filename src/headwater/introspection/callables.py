"""Finds the function behind a callable: a `functools.wraps` wrapper, a `partial`, a bound method or a callable object."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FunctionType, MethodType
from typing import Any, Final, TypeGuard, get_origin

_MAX_DEPTH: Final = 100
"""The maximum number of wrappers to follow."""

ASYNCHRONOUS: Final = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
"""The flags of code objects that an `async def` creates."""


def is_callable_value(value: object) -> TypeGuard[Callable[..., Any]]:
    """Return True for a callable that is neither a class nor a type such as `list[int]`."""
    return callable(value) and not isinstance(value, type) and get_origin(value) is None


def bare_signature(function: Callable[..., Any], *, follow_wrapped: bool = True) -> inspect.Signature:
    """Return a signature as `inspect.signature` does, but leave annotations unevaluated: they may contain undefined names.

    Raises:
        TypeError, ValueError: the callable has no signature.
    """
    if sys.version_info >= (3, 14):
        if type(function) is FunctionType and not hasattr(function, "__wrapped__"):
            bare = FunctionType(function.__code__, {}, function.__name__, function.__defaults__, function.__closure__)
            bare.__kwdefaults__ = function.__kwdefaults__
            return inspect.signature(bare)
        from annotationlib import Format

        # This format allows undefined names in annotations. Other errors in annotations, such as `1 / 0`, are raised.
        return inspect.signature(function, follow_wrapped=follow_wrapped, annotation_format=Format.STRING)
    return inspect.signature(function, follow_wrapped=follow_wrapped)


def wrapper_chain(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Yield a callable, the callable that it wraps, and so on, down to the function defined with `def`."""
    for _ in range(_MAX_DEPTH):
        yield function
        inner = _inner(function)
        if inner is None:
            return
        function = inner


def innermost(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function defined with `def`, or the last callable in the chain."""
    *_, last = wrapper_chain(function)
    return last


def name_of(function: Callable[..., Any]) -> str | None:
    """Return the name of a callable or of the function behind it, or None for lambdas and objects without names."""
    name = getattr(function, "__name__", None) or getattr(innermost(function), "__name__", None)
    return None if name is None or name == "<lambda>" or str(name).startswith("__") else str(name)


def is_async_function(function: Callable[..., Any]) -> bool:
    """Return True if a call returns a coroutine or an asynchronous generator, as with `async def`."""
    while isinstance(function, partial | MethodType):
        function = function.func if isinstance(function, partial) else function.__func__
    code = getattr(function, "__code__", None) or getattr(_call_method(function), "__code__", None)
    return bool(code is not None and code.co_flags & ASYNCHRONOUS) or inspect.iscoroutinefunction(function)


def copy_function(function: Any) -> Any:
    """Return a copy of a function or a `partial`, with separate attributes. Return other callables unchanged."""
    if type(function) is partial:
        new: Any = partial(function.func, *function.args, **function.keywords)
    elif type(function) is FunctionType:
        new = FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
        )
        for name in ("__kwdefaults__", "__module__", "__qualname__", "__doc__", "__type_params__"):
            if hasattr(function, name):
                setattr(new, name, getattr(function, name))
        evaluate = getattr(function, "__annotate__", None)  # Python 3.14 evaluates annotations lazily
        if evaluate is not None:
            new.__annotate__ = evaluate
        else:
            new.__annotations__ = dict(function.__annotations__)
    else:
        return function
    new.__dict__.update(function.__dict__)
    return new


def hidden_function(value: object, name: str, module: str) -> FunctionType | None:
    """Find a function by its name and module among the values referenced by a wrapper without `wraps`."""
    pending, visited = [value], 0
    while pending and visited < _MAX_DEPTH:
        part = pending.pop()
        visited += 1
        if type(part) is FunctionType and part is not value and part.__name__ == name and part.__module__ == module:
            return part
        pending.extend(value for value in references(part) if callable(value) and not isinstance(value, type))
    return None


def _inner(function: Any) -> Callable[..., Any] | None:
    """Return the callable that a callable wraps, or None if there is none or it cannot be found."""
    if isinstance(function, partial):
        return function.func
    if isinstance(function, MethodType):
        return function.__func__
    wrapped = getattr(function, "__wrapped__", None)
    if callable(wrapped):
        inner: Callable[..., Any] = wrapped
        return inner
    if isinstance(function, FunctionType | type) or hasattr(function, "__code__"):
        return None
    method = _call_method(function)
    return method if isinstance(method, FunctionType) else None


def _call_method(function: object) -> Any:
    """Return the method that runs when an object is called."""
    return getattr(type(function), "__call__", None)  # noqa: B004 - the attribute is read, not tested


def references(value: Any) -> Iterator[Any]:
    """Yield the values referenced by a callable: its closure or its attributes."""
    if isinstance(value, partial):
        yield value.func
    elif isinstance(value, FunctionType):
        for cell in value.__closure__ or ():
            try:
                yield cell.cell_contents
            except ValueError:  # the variable has not been assigned yet
                continue
    else:
        yield from vars(value).values() if hasattr(value, "__dict__") else ()
        yield from (getattr(value, slot, None) for slot in getattr(type(value), "__slots__", ()) if isinstance(slot, str))
