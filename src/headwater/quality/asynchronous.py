"""Async validators in a run that is not: each is run to its end where it stands."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from headwater.errors import RunError


def is_asynchronous(function: Callable[..., Any]) -> bool:
    """True for what is written with `async def`, also where it is the `__call__` of an object."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004 - it is looked at, not tested for


class BlockingCall:
    """An async function, called as one that is not.

    It runs in an event loop of its own: in this thread, or, where a loop runs here already (a notebook, a web server), in
    another thread that this one waits for.
    """

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Callable[..., Coroutine[Any, Any, Any]]) -> None:
        self._name = name
        self._function = function

    def __call__(self, *arguments: Any) -> Any:
        """What the function returns in the end."""
        if sys.platform == "emscripten":
            return self._in_browser(*arguments)
        import asyncio  # takes as long to import as all of Headwater

        async def awaited() -> Any:
            return await self._function(*arguments)

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(awaited())
        from concurrent.futures import ThreadPoolExecutor
        from contextvars import copy_context

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(copy_context().run, asyncio.run, awaited()).result()

    def _in_browser(self, *arguments: Any) -> Any:
        """In Python in a browser there is one event loop, and waiting for it takes support by the browser (JSPI)."""
        from pyodide.ffi import can_run_sync, run_sync  # type: ignore[import-not-found] # pyright: ignore[reportMissingImports]

        if not can_run_sync():
            where = "in a browser that takes JSPI and code that was started with Pyodide's `runPythonAsync`"
            reason = f"is `async def`, and Python cannot wait for it here: {where}. Write it with `def`."
            raise RunError(f"The validator `{self._name}` {reason}")
        return run_sync(self._function(*arguments))
