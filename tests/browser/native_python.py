"""The engine in the Python that runs the tests, for tests that cover the page rather than Pyodide.

The page is the real one, built with `playground/tests/native/native-frame.ts` instead of the sandboxed frame: it sends the
requests for Pyodide to the test's server, which answers with the real `bridge.py`. No replies are recorded, so none can become
outdated. Features of Pyodide itself (starting, stopping, isolation, memory, a page that responds while Python is busy) are
tested with the `pyodide` marker.
"""

import importlib.util
import json
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

from repository import ROOT

RUN_PATIENCE = 60  # seconds that a request waits for the previous one


def _bridge_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("_native_bridge", ROOT / "playground/src/runtime/bridge.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class NativePython:
    """The engine for all pages of this process, which answers one request at a time. Each start of Python gets a new bridge."""

    def __init__(self) -> None:
        self._new_bridge: Callable[[], Any] = _bridge_module().Bridge
        self._bridges: dict[str, Any] = {}
        self._sessions: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def answer(self, body: bytes, reply: Callable[[str], None]) -> None:
        """Answer a request, passing on each reply as it arrives.

        Raises:
            TimeoutError: if an earlier request has not ended in time. Threads cannot be stopped.
        """
        message = json.loads(body)
        if not self._lock.acquire(timeout=RUN_PATIENCE):
            raise TimeoutError("endless code runs in the test's own Python: mark its test with `pyodide`")
        try:
            reply(self._answer(message["process"], message["request"], reply))
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the sessions that pages left open."""
        with self._lock:
            for process, session in self._sessions.copy():
                self._answer(process, {"kind": "close", "id": 0, "session": session}, lambda _: None)
            self._bridges.clear()

    def _answer(self, process: str, request: dict[str, Any], tell: Callable[[str], None]) -> str:
        if process not in self._bridges:
            self._bridges[process] = self._new_bridge()
        session = (process, request["session"])
        if request["kind"] == "close":
            self._sessions.discard(session)
        else:
            self._sessions.add(session)
        return self._bridges[process].answer(json.dumps(request), tell)
