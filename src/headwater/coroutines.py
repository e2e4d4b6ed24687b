"""`CoroutineRunner`: runs coroutines to completion, one after another, in the thread that calls it."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from typing import Any

from headwater.errors import RunError


class CoroutineRunner:
    """Runs coroutines in a separate event loop, even if another event loop is running in this thread.

    All coroutines share the loop, so a later coroutine can await an object that an earlier one created. The browser has no
    sockets, so its loop can only wait for time to pass and for other coroutines.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine and return its value.

        Raises:
            RunError: the coroutine would wait forever.
        """
        if self._loop is None:
            self._loop = _WaitingLoop() if sys.platform == "emscripten" else asyncio.new_event_loop()
        with _without_running_loop():
            task = self._loop.create_task(coroutine)
            try:
                return self._loop.run_until_complete(task)
            except BaseException:
                if not task.done():  # the loop was interrupted
                    self._cancel(task)
                raise

    def close(self) -> None:
        """Cancel the tasks that coroutines have left behind, and close the loop."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        with _without_running_loop():
            for task in asyncio.all_tasks(loop):
                task.cancel()
                loop.run_until_complete(asyncio.wait([task]))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    def _cancel(self, task: asyncio.Task[Any]) -> None:
        assert self._loop is not None
        task.cancel()
        self._loop.run_until_complete(asyncio.wait([task]))


@contextmanager
def _without_running_loop() -> Generator[None]:
    """Pause the event loop that is running in this thread, if any, so that another loop can run."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        yield
        return
    task = asyncio.current_task()
    if task is not None:
        asyncio.tasks._leave_task(loop, task)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - documented in "Extending asyncio"
    asyncio._set_running_loop(None)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - documented for authors of event loops
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        if task is not None:
            asyncio.tasks._enter_task(loop, task)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


class _Clock:
    """A selector without files. It only waits."""

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RunError("The coroutine would wait forever, because nothing else is running.")
        if timeout > 0:
            time.sleep(timeout)
        return []

    def close(self) -> None: ...


class _WaitingLoop(asyncio.BaseEventLoop):
    """An event loop without sockets."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Clock()

    def _process_events(self, event_list: list[Any]) -> None: ...

    def _write_to_self(self) -> None: ...
