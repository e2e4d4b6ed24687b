"""What the modules of other libraries know of their classes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any, Final

LIBRARIES: Final[Mapping[str, str]] = {
    "numpy": "headwater.integrations.numpy_code",
    "pandas": "headwater.integrations.pandas_code",
    "polars": "headwater.integrations.polars_code",
}
"""For a library's top-level package, the module with what it knows of classes, by their names, in `WRITERS`, `SCALARS` (to be
compared by `==`), `CHECKERS`, `FILERS` and `TEXTS` (single values as texts in JSON)."""


def of_library(cls: type, table: str) -> Any:
    """What a library's module knows of a class or the nearest class above it, from one of its tables; None for nothing."""
    for base in cls.__mro__:
        library = base.__module__.partition(".")[0]
        if library in LIBRARIES and library in sys.modules:
            known: Mapping[str, Any] = getattr(importlib.import_module(LIBRARIES[library]), table, {})
            if base.__name__ in known:
                return known[base.__name__]
    return None
