"""The table of libraries lists exactly the existing modules."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import headwater.integrations
from headwater.libraries.support import SUPPORTED, integration_module, libraries_with, package_of

INTEGRATIONS = Path(headwater.integrations.__file__).parent
ATTRIBUTES = {
    "adapters": "ADAPTERS",
    "code": "WRITERS",
    "columns": "COLUMN_CLASS",
    "completion": "Completer",
    "equality": "SAME",
    "formats": "FORMATS",
    "frames": "is_frame",
    "functions": "by_value",
    "hashing": "HASHERS",
    "inference": "result",
    "isolation": "ISOLATED",
    "labels": "LABELS",
    "previews": "PREVIEWERS",
    "progress": "new_bar",
    "schemas": "validate",
    "sizes": "SIZES",
    "sweeps": "from_sweep",
    "tables": "READERS",
    "urls": "open_url",
}
PARTS = [(library, part) for library, parts in SUPPORTED.items() for part in sorted(parts)]


def test_each_module_for_a_part_of_a_library_is_in_the_table() -> None:
    paths = [path.relative_to(INTEGRATIONS) for path in INTEGRATIONS.rglob("*.py") if path.stem in ATTRIBUTES]
    found = [(".".join(path.parent.parts), path.stem) for path in paths]
    assert sorted(found) == sorted(PARTS)


@pytest.mark.parametrize(("library", "part"), PARTS)
def test_a_module_defines_the_names_of_its_part(library: str, part: str) -> None:
    pytest.importorskip(library, exc_type=ImportError)
    assert hasattr(integration_module(library, part), ATTRIBUTES[part])


def test_nothing_is_imported_for_a_library_that_is_not_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    assert integration_module("pandas", "frames") is None
    assert integration_module("json", "frames") is None
    assert integration_module("numpy", "frames") is None


def test_the_package_of_a_class_is_the_innermost_in_the_table() -> None:
    modules = {"pyspark.sql.dataframe": "pyspark", "pyspark.pandas.frame": "pyspark.pandas", "pandas.core.frame": "pandas"}
    assert {module: package_of(type("Frame", (), {"__module__": module})) for module in modules} == modules


def test_the_libraries_with_a_part_are_found() -> None:
    assert libraries_with("frames") == ["pandas", "polars", "pyspark", "pyspark.pandas"]
    assert libraries_with("nothing") == []
