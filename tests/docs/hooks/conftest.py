"""The modules in `docs/hooks` import each other like scripts in one folder."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HOOKS = Path(__file__).parents[3] / "docs" / "hooks"


@pytest.fixture(scope="module")
def load_hook() -> Callable[[str], Any]:
    """Return a function that imports a module with the import path that MkDocs uses."""

    def load(name: str) -> Any:
        sys.path.insert(0, str(HOOKS))
        try:
            return importlib.import_module(name)
        finally:
            sys.path.remove(str(HOOKS))

    return load
