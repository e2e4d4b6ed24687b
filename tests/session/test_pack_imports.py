"""Imports of libraries that the page installs when code imports them."""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from headwater.session.pack_imports import MissingPack, PackImports

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.interpreter


@pytest.fixture
def packs() -> PackImports:
    packs = PackImports()
    packs.register({"not_installed": "one.zip", "also_missing": "two.zip", "same_pack": "one.zip"})
    return packs


@pytest.mark.parametrize(
    ("name", "pack"), [("not_installed", "one.zip"), ("not_installed.part", "one.zip"), ("also_missing", "two.zip")]
)
def test_an_import_of_a_pack_is_aborted_and_reported(packs: PackImports, name: str, pack: str) -> None:
    with packs.watch() as missing, pytest.raises(MissingPack, match="has not been downloaded yet"):
        importlib.import_module(name)
    assert missing == [pack]


def test_code_that_handles_import_errors_does_not_continue_without_the_pack(packs: PackImports) -> None:
    with packs.watch() as missing, pytest.raises(MissingPack), suppress(ImportError):
        importlib.import_module("not_installed")
    assert missing == ["one.zip"]


def test_a_search_for_a_pack_is_reported(packs: PackImports) -> None:
    with packs.watch() as missing, suppress(MissingPack):
        find_spec("not_installed")
    assert missing == ["one.zip"]


def test_an_installed_pack_and_other_modules_are_imported_as_usual(packs: PackImports) -> None:
    packs.installed("one.zip")
    with packs.watch() as missing:
        for name in ("not_installed", "same_pack", "unknown"):
            with pytest.raises(ModuleNotFoundError):
                importlib.import_module(name)
        importlib.import_module("json")
    assert missing == []


def test_a_module_on_the_path_hides_a_pack(packs: PackImports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "not_installed.py").write_text("value = 1")
    monkeypatch.syspath_prepend(tmp_path)
    with packs.watch() as missing:
        assert importlib.import_module("not_installed").value == 1
    sys.modules.pop("not_installed")
    assert missing == []


def test_nothing_is_aborted_between_requests(packs: PackImports) -> None:
    finders = list(sys.meta_path)
    with packs.watch():
        assert len(sys.meta_path) == len(finders) + 1
    assert sys.meta_path == finders


def test_pandas_accepts_the_version_of_an_installed_pack(packs: PackImports, monkeypatch: pytest.MonkeyPatch) -> None:
    pandas_requirements = importlib.import_module("pandas.compat._optional")
    monkeypatch.setattr(pandas_requirements, "VERSIONS", {"not_installed": "99", "also_missing": "99"})
    packs.installed("one.zip")
    assert pandas_requirements.VERSIONS == {"also_missing": "99"}
