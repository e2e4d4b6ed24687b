"""Operations whose results an `AsyncDriver` awaits."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Literal

from headwater.graph.executable import elements_of, executable, saved_metadata
from headwater.graph.mapped_call import MappedCall
from headwater.graph.operation import Await, Expand, Fill, FunctionCall, Gather, Load, Map, Operation, Pass, Save, Validate

Awaiting = Literal["never", "possible", "required"]
"""Whether the result of an operation is awaited. A synchronous driver can run an operation unless this is `"required"`."""


def awaiting(operation: Operation) -> Awaiting:
    """Return whether an `AsyncDriver` awaits the result of an operation."""
    match operation:
        case Await(is_wrapper=is_wrapper):
            return "possible" if is_wrapper else "required"
        case Gather(inner) | Fill(inner) | Expand(inner) | Map(inner):
            return awaiting(inner)
        case Validate(validate):
            return "possible" if hasattr(validate, "validate_async") else "never"
        case Load(adapter):
            return "required" if inspect.iscoroutinefunction(getattr(adapter, "load_data", None)) else "never"
        case Save(adapter):
            return "required" if inspect.iscoroutinefunction(getattr(adapter, "save_data", None)) else "never"
        case _:
            return "never"


def awaitable(operation: Operation) -> Callable[..., Any]:
    """Return a callable as `executable` does. If the result of a call is awaitable, the caller must await it."""
    match operation:
        case Await(inner):
            return executable(inner)
        case Gather(inner):
            return executable(replace(operation, inner=FunctionCall(awaitable(inner))))
        case Expand(inner) if awaiting(inner) != "never":
            return partial(_await_elements, operation, awaitable(inner))
        case Map(inner) if awaiting(inner) != "never":
            return MappedCall(operation, awaitable(inner))
        case Fill(inner) if awaiting(inner) != "never":
            return partial(_await_and_finish, awaitable(inner), executable(replace(operation, inner=Pass())))
        case Validate(validate) if hasattr(validate, "validate_async"):
            asynchronous: Callable[..., Any] = getattr(validate, "validate_async")  # noqa: B009 - no protocol has the attribute
            return asynchronous
        case Save(adapter) if adapter is not None and awaiting(operation) == "required":
            return partial(_save, operation)
        case _:
            return executable(operation)


async def _await_and_finish(call: Callable[..., Any], finish: Callable[[Any], Any], *values: Any) -> Any:
    value = call(*values)
    return finish(await value if inspect.isawaitable(value) else value)


async def _await_elements(operation: Expand, call: Callable[..., Any], *values: Any) -> list[Any]:
    value = call(*values)
    if isinstance(value, AsyncIterable):
        return [element async for element in value]
    return elements_of(operation, await value if inspect.isawaitable(value) else value)


async def _save(operation: Save, data: Any, *values: Any) -> Any:
    assert operation.adapter is not None
    saver = operation.adapter(**dict(zip(operation.parameters, values, strict=True)))
    return saved_metadata(operation, await saver.save_data(data))
