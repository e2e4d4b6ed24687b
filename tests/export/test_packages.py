"""The requirements of an exported project."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from headwater.export.packages import requirement_name, requirements


def test_modules_of_the_browser_are_not_packages() -> None:
    assert requirements({"flow": "import js\nimport pyodide.ffi\nfrom pyodide_js import loadPackage\n"}) == []


def test_modules_that_cannot_be_package_names_are_omitted() -> None:
    assert requirements({"flow": "import __main__, _private, größe, ｏｓ, name_\n"}) == []  # noqa: RUF001


def test_a_package_that_is_not_installed_has_no_version() -> None:
    assert requirements({"flow": "import nowhere_at_all\n", "other": "from nowhere_at_all import one\n"}) == ["nowhere_at_all"]


def test_libraries_that_pandas_has_imported_for_a_method_are_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", ModuleType("pyarrow"))
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)
    source = "def report(days):\n    days.to_parquet('days.parquet')\n    return days.plot()\n"
    assert {requirement_name(requirement) for requirement in requirements({"flow": source})} == {"pyarrow"}
