"""The exports of `headwater`, regardless of the import order."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

import headwater
import headwater.decorators
import headwater.io


def test_no_module_of_the_package_hides_a_name_that_it_exports():
    for module in pkgutil.walk_packages(headwater.__path__, "headwater."):
        # Modules of integrations import libraries that may be missing.
        if not module.name.startswith("headwater.integrations."):
            importlib.import_module(module.name)
    modules = {name for name in headwater.__all__ if isinstance(getattr(headwater, name), ModuleType)}
    assert modules == {"config", "errors"}


def test_every_exported_name_exists_and_they_are_sorted():
    assert headwater.__all__ == sorted(headwater.__all__)
    assert all(hasattr(headwater, name) for name in headwater.__all__)


def test_all_lists_exactly_the_public_names():
    assert all(hasattr(headwater, name) for name in headwater.__all__)  # some are imported on first access
    modules = {name for name, value in vars(headwater).items() if type(value) is type(headwater)}
    public = {name for name in vars(headwater) if not name.startswith("_")} - modules
    assert set(headwater.__all__) == public | {"config", "errors"}


@pytest.mark.parametrize("package", [headwater, headwater.io, headwater.decorators], ids=lambda package: package.__name__)
def test_lazily_imported_names_are_listed(package):
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'nowhere'"):
        package.nowhere  # noqa: B018 - the attribute access raises


def test_every_public_name_has_a_docstring():
    for name in headwater.__all__:
        assert getattr(headwater, name).__doc__, name
