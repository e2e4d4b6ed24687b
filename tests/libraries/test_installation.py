"""Errors for libraries that are not installed name the extra that installs them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

import headwater.integrations
from headwater import libraries
from headwater.libraries.installation import import_advice, install_command, require

INTEGRATIONS = sorted(path.parent.name for path in Path(headwater.integrations.__file__).parent.glob("*/__init__.py"))


@pytest.mark.parametrize("library", INTEGRATIONS)
def test_each_integration_names_its_extra_if_its_library_is_missing(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library or f"integrations.{library}" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)  # Python treats a module that is None as not installed
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module(f"headwater.integrations.{library}")
    assert str(caught.value).endswith(f'is not installed. Run `pip install "headwater[{library}]"`.')
    assert str(caught.value.name).partition(".")[0] == library


def test_an_integration_may_need_several_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "absent.client", None)
    monkeypatch.setitem(sys.modules, "absent", libraries)
    with pytest.raises(ModuleNotFoundError) as caught:
        require("tool", "json", "absent.client")
    assert str(caught.value) == (
        'This feature of Headwater needs absent.client, which is not installed. Run `pip install "headwater[tool]"`.'
    )


@pytest.mark.usefixtures("broken")
def test_a_library_that_lacks_its_own_dependency_is_reported_unchanged() -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named 'dependency_of_it'"):
        require("broken_library")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_library.py").write_text("import dependency_of_it", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


def test_a_library_that_is_installed_need_only_be_imported() -> None:
    assert import_advice(["json"]) == "Import it first."
    assert import_advice(["absent", "json"]) == "Import one of them first."


def test_a_library_that_is_not_installed_comes_with_its_command() -> None:
    assert import_advice(["absent"]) == f"Install it with {install_command('absent')}, and import it first."


def test_a_page_gives_no_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.libraries.installation._IN_BROWSER", True)
    assert import_advice(["absent"]) == "Import it first."
