"""Checks whether a driver can use hooks with `async def` methods."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from headwater.execution.policy import Policy

_AWAITED: Final = ("around", "run_started", "queued", "started", "task_started", "task_ended", "ended", "run_ended")
"""The methods that may be `async def` in an `AsyncDriver`."""
_NEVER_AWAITED: Final = (
    *("build_started", "build_ended", "for_run", "around_call", "around_input", "around_result", "is_substitute"),
)


def check_hook_methods(policy: Policy, *, awaits: bool) -> None:
    """Check that every `async def` method of the hooks can be awaited. `awaits` is True for an `AsyncDriver`.

    Raises:
        TypeError: a hook has an `async def` method that is never awaited.
    """
    hooks = (*policy.observers, *policy.middleware)
    if awaits:
        _check_async_hooks(hooks)
    else:
        _check_sync_hooks(hooks)


def _check_sync_hooks(hooks: Iterable[object]) -> None:
    for hook in hooks:
        if method := _find(type(hook), (*_AWAITED, *_NEVER_AWAITED)):
            reason = "which a `Driver` cannot await. Build an `AsyncDriver` with `build_async()`"
            raise TypeError(f"`{type(hook).__name__}.{method}` is `async def`, {reason}.")


def _check_async_hooks(hooks: Iterable[object]) -> None:
    for hook in hooks:
        if method := _find(type(hook), _NEVER_AWAITED):
            raise TypeError(f"`{type(hook).__name__}.{method}` is `async def`, but it is never awaited. Use `def`.")


def _async_method(hook: type[Any], methods: tuple[str, ...]) -> str | None:
    """Return the first of these methods that is `async def`."""
    return next((name for name in methods if _is_async(getattr(hook, name, None))), None)


_find: Final = cast("Callable[[type[Any], tuple[str, ...]], str | None]", lru_cache(maxsize=1024)(_async_method))


def _is_async(method: object) -> bool:
    return inspect.iscoroutinefunction(method) or inspect.isasyncgenfunction(method)
