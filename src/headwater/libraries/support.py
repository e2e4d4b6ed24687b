"""Which libraries Headwater has something for, and what: one module for each part, in `integrations/<library>/`.

A module is imported only where the user's own code has imported the library.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Final

SUPPORTED: Final[Mapping[str, frozenset[str]]] = {
    "cloudpickle": frozenset({"functions"}),
    "matplotlib": frozenset({"adapters", "previews"}),
    "numpy": frozenset({"adapters", "code", "columns", "equality", "previews"}),
    "pandas": frozenset({"adapters", "code", "columns", "equality", "frames", "isolation", "previews", "tables"}),
    "pandera": frozenset({"schemas"}),
    "plotly": frozenset({"adapters"}),
    "polars": frozenset({"adapters", "code", "columns", "frames", "isolation", "tables"}),
    "pydantic": frozenset({"schemas"}),
    "yaml": frozenset({"adapters"}),
}
"""The parts of each library, by its top-level package:

- `adapters`: loaders and savers (`ADAPTERS`)
- `code`: values as code and as files (`WRITERS`, `SCALARS`, `CHECKERS`, `FILERS`, `TEXTS`, by the name of the class)
- `columns`: a `ColumnLibrary`, what checks look at
- `equality`: whether two values are the same (`SAME`, by class)
- `frames`: a `FrameLibrary`, what decorators do with frames
- `functions`: functions by value (`by_value`), used where a function cannot be sent to another process otherwise
- `isolation`: how values are passed on (`ISOLATED`), and whether a copy was changed (`DIFFERS`)
- `previews`: what is shown of values (`PREVIEWERS`, by the name of the class)
- `schemas`: checks against a schema or a model (`validate`)
- `tables`: values that are typed in as a table (`READERS`, by class)
"""


def integration_module(library: str, part: str) -> ModuleType | None:
    """The module for a part of a library; None if there is none, or nobody has imported the library."""
    if part not in SUPPORTED.get(library, ()) or library not in sys.modules:
        return None
    return importlib.import_module(integration_module_name(library, part))


def integration_module_name(library: str, part: str) -> str:
    """The name of the module for a part of a library."""
    return f"headwater.integrations.{library}.{part}"


def package_of(class_: type) -> str:
    """The top-level package that a class comes from."""
    return class_.__module__.partition(".")[0]


def libraries_with(part: str) -> list[str]:
    """The libraries that have a part, in order."""
    return [library for library, parts in SUPPORTED.items() if part in parts]
