"""Async validators in a synchronous run: each call blocks until the validator returns."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from headwater.errors import RunError


def is_asynchronous(function: Callable[..., Any]) -> bool:
    """Return True for an `async def` function, or an object with an `async def __call__`."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004 - it is inspected, not tested for


class BlockingCall:
    """A synchronous call to an async function.

    The function runs in a new event loop in this thread. If a loop is already running in this thread, as in a notebook or web
    server, another thread is used.
    """

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Callable[..., Coroutine[Any, Any, Any]]) -> None:
        self._name = name
        self._function = function

    def __call__(self, *arguments: Any) -> Any:
        """Run the function and return its result."""
        if sys.platform == "emscripten":
            return self._in_browser(*arguments)
        import asyncio  # imported lazily: takes as long to import as all of Headwater

        async def call() -> Any:
            return await self._function(*arguments)

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(call())
        from concurrent.futures import ThreadPoolExecutor
        from contextvars import copy_context

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(copy_context().run, asyncio.run, call()).result()

    def _in_browser(self, *arguments: Any) -> Any:
        """Run the function in the browser's only event loop. Awaiting it there needs JSPI."""
        from pyodide.ffi import can_run_sync, run_sync  # type: ignore[import-not-found] # pyright: ignore[reportMissingImports]

        if not can_run_sync():
            needs = "a browser with JSPI, and code started with Pyodide's `runPythonAsync`"
            reason = f"is `async def`, but Python cannot await it here. That needs {needs}. Write the validator with `def`."
            raise RunError(f"The validator `{self._name}` {reason}")
        return run_sync(self._function(*arguments))
