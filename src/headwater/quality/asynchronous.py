"""Async validators. A synchronous run blocks until the validator returns."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Coroutine
from typing import Any


def is_asynchronous(function: Callable[..., Any]) -> bool:
    """Return True for an `async def` function, or an object with an `async def __call__`."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004 - the attribute is read, not tested


def call_blocking(function: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any) -> Any:
    """Call an async function and return its result.

    The function runs in a new event loop in this thread. If a loop is already running in this thread, as in a notebook or web
    server, another thread is used. In a browser, which has no threads, the running loop is paused.
    """
    if sys.platform == "emscripten":
        return _call_in_browser(function(*arguments))
    import asyncio  # imported lazily: takes as long to import as all of Headwater

    async def call() -> Any:
        return await function(*arguments)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(call())
    from concurrent.futures import ThreadPoolExecutor
    from contextvars import copy_context

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, asyncio.run, call()).result()


def _call_in_browser(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in the browser's event loop if JSPI is available.

    Otherwise, run it in an event loop that cannot wait for the browser.
    """
    from pyodide.ffi import can_run_sync, run_sync  # type: ignore[import-not-found] # pyright: ignore[reportMissingImports]

    if can_run_sync():
        return run_sync(coroutine)
    from headwater.coroutines import CoroutineRunner

    runner = CoroutineRunner()
    try:
        return runner.run(coroutine)
    finally:
        runner.close()
