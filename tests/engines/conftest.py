"""Tests on real engines. The fixtures start an engine and stop it; a test is skipped if its engine is not installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests in this folder: engines start processes, which Pyodide does not have."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.engine)
            item.add_marker(pytest.mark.native)
            item.add_marker(pytest.mark.filterwarnings("default"))  # issued by the engines


@pytest.fixture(scope="session")
def library() -> Callable[[str], ModuleType]:
    """Return a function that imports an engine, or skips the test if the engine is not installed."""
    return lambda name: pytest.importorskip(name, reason=f"{name} is not installed. `make engines` installs it.")
