"""Recordings of dataflows, and execution of exported programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headwater.export import Recording
from headwater.session import Session

Recorded = Callable[..., Recording]
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    """Run files in a session and record the values. A string is the content of `flow.py`."""
    sessions: list[Session] = []

    def recording(files: str | Mapping[str, str], outputs: list[str] | None = None, **settings: Any) -> Recording:
        session = Session()
        sessions.append(session)
        session.update({"flow.py": files} if isinstance(files, str) else files, **settings)
        run = session.run(outputs)
        assert [problem["message"] for problem in run["problems"] if problem["severity"] == "error"] == []
        return session.recording()

    yield recording
    for session in sessions:
        session.close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a program as `__main__`, next to its files. Return its variables."""
    monkeypatch.syspath_prepend(tmp_path)
    # Python reuses bytecode if the size and the modification time (in seconds) of the source are unchanged. Both may be
    # unchanged after a test writes a file twice.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)

    def running(text: str, files: Mapping[str, str] | None = None) -> dict[str, Any]:
        for name, content in (files or {}).items():
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8")
            sys.modules.pop(file.name.removesuffix(".py"), None)
        program = ModuleType("__main__")
        program.__file__ = str(tmp_path / "program.py")
        monkeypatch.setitem(sys.modules, "__main__", program)  # annotations of classes are resolved in this module
        exec(compile(text, program.__file__, "exec"), vars(program))  # noqa: S102
        return vars(program)

    yield running
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and tmp_path in Path(str(sys.modules[name].__file__)).parents:
            del sys.modules[name]
