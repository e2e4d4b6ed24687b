"""What is behind a callable: the function under `functools.wraps`, `partial`, a bound method or an object's `__call__`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FunctionType, MethodType
from typing import Any, Final

_DEEPEST: Final = 100
"""Layers that are followed."""

_ASYNCHRONOUS: Final = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


def bare_signature(function: Callable[..., Any], *, follow_wrapped: bool = True) -> inspect.Signature:
    """As `inspect.signature`, without evaluating annotations: what they name may be missing.

    Raises:
        TypeError, ValueError: for what has no signature.
    """
    if sys.version_info >= (3, 14):
        if type(function) is FunctionType and not hasattr(function, "__wrapped__"):
            bare = FunctionType(function.__code__, {}, function.__name__, function.__defaults__, function.__closure__)
            bare.__kwdefaults__ = function.__kwdefaults__
            return inspect.signature(bare)
        from annotationlib import Format

        # Names that are missing do no harm here, only what fails without them, such as `1 / 0`.
        return inspect.signature(function, follow_wrapped=follow_wrapped, annotation_format=Format.STRING)
    return inspect.signature(function, follow_wrapped=follow_wrapped)


def wrapper_chain(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """A callable, what it calls, what that calls, and so on down to the function that was written with `def`."""
    for _ in range(_DEEPEST):
        yield function
        inner = _inner(function)
        if inner is None:
            return
        function = inner


def innermost(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function that was written with `def`, as far as it can be found."""
    *_, last = wrapper_chain(function)
    return last


def name_of(function: Callable[..., Any]) -> str | None:
    """The name of a callable, or of what is behind it, as of a `partial`; None for a lambda and for an object without one."""
    name = getattr(function, "__name__", None) or getattr(innermost(function), "__name__", None)
    return None if name is None or name == "<lambda>" or str(name).startswith("__") else str(name)


def is_asynchronous(function: Callable[..., Any]) -> bool:
    """True if calling it makes a coroutine or an asynchronous generator, as it does for what is written with `async def`."""
    while isinstance(function, partial | MethodType):
        function = function.func if isinstance(function, partial) else function.__func__
    code = getattr(function, "__code__", None) or getattr(_call_method(function), "__code__", None)
    return bool(code is not None and code.co_flags & _ASYNCHRONOUS) or inspect.iscoroutinefunction(function)


def copy_function(function: Any) -> Any:
    """A function that does the same and has attributes of its own; other callables are returned as they are."""
    if type(function) is partial:
        new: Any = partial(function.func, *function.args, **function.keywords)
    elif type(function) is FunctionType:
        new = FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
        )
        for name in ("__kwdefaults__", "__module__", "__qualname__", "__doc__", "__type_params__"):
            if hasattr(function, name):
                setattr(new, name, getattr(function, name))
        evaluate = getattr(function, "__annotate__", None)  # Python 3.14: annotations are evaluated when they are asked for
        if evaluate is not None:
            new.__annotate__ = evaluate
        else:
            new.__annotations__ = dict(function.__annotations__)
    else:
        return function
    new.__dict__.update(function.__dict__)
    return new


def hidden_function(value: object, name: str, module: str) -> FunctionType | None:
    """The function of a name and module that a callable holds on to without saying so: a decorator's, without `wraps`."""
    waiting, seen = [value], 0
    while waiting and seen < _DEEPEST:
        part = waiting.pop()
        seen += 1
        if type(part) is FunctionType and part is not value and part.__name__ == name and part.__module__ == module:
            return part
        waiting.extend(one for one in references(part) if callable(one) and not isinstance(one, type))
    return None


def _inner(function: Any) -> Callable[..., Any] | None:
    """What a callable calls, or None for a plain function and for what does not say."""
    if isinstance(function, partial):
        return function.func
    if isinstance(function, MethodType):
        return function.__func__
    wrapped = getattr(function, "__wrapped__", None)
    if callable(wrapped):
        found: Callable[..., Any] = wrapped
        return found
    if isinstance(function, FunctionType | type) or hasattr(function, "__code__"):
        return None
    method = _call_method(function)
    return method if isinstance(method, FunctionType) else None


def _call_method(function: object) -> Any:
    """The method that is run when an object is called."""
    return getattr(type(function), "__call__", None)  # noqa: B004 - it is looked at, not tested for


def references(value: Any) -> Iterator[Any]:
    """What a callable refers to: the variables that it closes over, or its attributes."""
    if isinstance(value, partial):
        yield value.func
    elif isinstance(value, FunctionType):
        for cell in value.__closure__ or ():
            try:
                yield cell.cell_contents
            except ValueError:  # not assigned yet
                continue
    else:
        yield from vars(value).values() if hasattr(value, "__dict__") else ()
        yield from (getattr(value, slot, None) for slot in getattr(type(value), "__slots__", ()) if isinstance(slot, str))
