"""Report the running test to the watchdog, and fail it when the watchdog interrupts it."""

import signal
from collections.abc import Iterator
from types import FrameType
from typing import Protocol

import pytest


class Watchdog(Protocol):
    """The interface of `Watchdog` in watchdog.mjs."""

    def started(self, test: str) -> None: ...

    def finished(self) -> None: ...


class Watched:
    """A pytest plugin that reports tests to the watchdog. `limit` is in seconds."""

    def __init__(self, watchdog: Watchdog, limit: float) -> None:
        self._watchdog = watchdog
        self._limit = limit
        self._running: str | None = None
        self._interrupted = False
        signal.signal(signal.SIGINT, self._interrupt)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._running = nodeid
        self._interrupted = False
        self._watchdog.started(nodeid)

    def pytest_runtest_logfinish(self) -> None:
        self._running = None
        self._watchdog.finished()

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self._running is not None:
            self._interrupted = True
            self._fail()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        yield
        if self._interrupted:  # the code under test caught the failure
            self._fail()

    def _fail(self) -> None:
        pytest.fail(f"{self._running} exceeded its limit of {self._limit:g} s.")
