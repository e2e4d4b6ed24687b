"""Skip tests that need a library that has no build for this Pyodide."""

import builtins
from collections.abc import Generator
from types import ModuleType
from typing import Any

import pytest


class Absent:
    """A placeholder for a missing library in a test module. Tests that use it are skipped. All other tests run."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # pytest reads such attributes during collection
            raise AttributeError(attribute)
        pytest.skip(self._reason, allow_module_level=True)


class AbsentLibraries:
    """A pytest plugin for missing libraries.

    A test may run code or an example that imports a missing library. A test that then fails is skipped, because the failure is
    not the engine's. Tests are not skipped in advance, because the import may be irrelevant to them.
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
