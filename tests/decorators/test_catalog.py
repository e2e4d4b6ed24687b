"""The catalog has an entry for each public decorator name, with its module."""

from __future__ import annotations

import importlib
from operator import attrgetter

import pytest

import headwater
import headwater.decorators
from headwater.decorators.catalog import CATALOG, ENTRIES, Family, Usage, exports


@pytest.mark.parametrize("family", CATALOG, ids=attrgetter("module"))
def test_a_module_exports_the_names_of_its_family(family: Family) -> None:
    module = importlib.import_module(f"headwater.decorators.{family.module}")
    names = {entry.export for entry in family.entries} - {family.module}
    if hasattr(module, "__all__"):
        assert set(module.__all__) == names
    assert all(hasattr(module, name) for name in names)


@pytest.mark.parametrize("name", ENTRIES)
def test_a_name_can_be_imported_and_is_documented(name: str) -> None:
    package = headwater.decorators if ENTRIES[name].usage is Usage.TOOL else headwater
    assert attrgetter(name)(package).__doc__


def test_both_packages_export_what_the_catalog_has() -> None:
    assert headwater.decorators.__all__ == exports(tools=True)
    of_the_engine = {
        *(
            "AsyncDriver",
            "Builder",
            "Collect",
            "Driver",
            "HeadwaterError",
            "HeadwaterWarning",
            "Node",
            "Parallelizable",
            "errors",
        )
    }
    assert set(headwater.__all__) == {*exports(tools=False), *of_the_engine}
    assert "attach" not in headwater.__all__
