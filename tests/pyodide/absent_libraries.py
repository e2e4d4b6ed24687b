"""Skips what needs a library that there is no build of for a Pyodide."""

import builtins
from collections.abc import Generator
from types import ModuleType
from typing import Any

import pytest


class Absent:
    """What a module of the tests gets for a library: a test that uses it is skipped, and the others of the module run."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # read from every object of a module when tests are collected
            raise AttributeError(attribute)
        pytest.skip(self._reason, allow_module_level=True)


class AbsentLibraries:
    """A plugin of pytest.

    A test may run a text or an example that imports such a library. If it fails after that, it is skipped: its
    failure says nothing about the engine. It is not skipped in advance, because the import may be beside the point.
    """

    def __init__(self, names: list[str]) -> None:
        self._names = list(names)
        self._reason = ""
        self._import = builtins.__import__
        builtins.__import__ = self._import_or_stand_in

    def _import_or_stand_in(self, name: str, names: Any = None, *rest: Any, **more: Any) -> ModuleType | Absent:
        try:
            return self._import(name, names, *rest, **more)
        except ModuleNotFoundError as error:
            if error.name not in self._names:
                raise
            self._reason = f"this Pyodide has no {error.name}"
            if str((names or {}).get("__file__")).startswith("/repository/tests/"):
                return Absent(self._reason)
            raise

    def pytest_runtest_logstart(self) -> None:
        self._reason = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.failed and self._reason:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), (item.location[1] or 0) + 1, f"Skipped: {self._reason}")
        return report
