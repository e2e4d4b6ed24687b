"""What `from headwater import ...` gives, whatever else was imported before."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import headwater


def test_no_module_of_the_package_hides_a_name_that_it_exports():
    for module in pkgutil.walk_packages(headwater.__path__, "headwater."):
        # Modules of integrations are attributes of that package alone, and import libraries that are not everywhere.
        if not module.name.startswith("headwater.integrations."):
            importlib.import_module(module.name)
    modules = {name for name in headwater.__all__ if isinstance(getattr(headwater, name), ModuleType)}
    assert modules == {"config", "errors"}


def test_every_exported_name_is_there_and_they_stand_in_order():
    assert headwater.__all__ == sorted(headwater.__all__)
    assert all(hasattr(headwater, name) for name in headwater.__all__)
