"""The prose check is a package in `docs/`, which is not on the path."""

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def prose(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return a function that imports a module of the prose check."""
    monkeypatch.syspath_prepend(str(DOCS))
    return lambda name: importlib.import_module(f"prose.{name}")
