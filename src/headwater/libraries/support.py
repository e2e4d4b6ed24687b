"""The table of supported libraries. Each library has a module for each of its parts, in `integrations/<library>/`.

A module is imported only after the user's code has imported the library.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Final

SUPPORTED: Final[Mapping[str, frozenset[str]]] = {
    "cloudpickle": frozenset({"functions"}),
    "fsspec": frozenset({"urls"}),
    "jedi": frozenset({"completion"}),
    "matplotlib": frozenset({"adapters", "previews"}),
    "numpy": frozenset({"adapters", "code", "columns", "equality", "formats", "hashing", "inference", "previews", "sizes"}),
    "pandas": frozenset(
        {
            "adapters",
            "code",
            "columns",
            "equality",
            "formats",
            "frames",
            "hashing",
            "inference",
            "isolation",
            "labels",
            "previews",
            "sizes",
            "sweeps",
            "tables",
        }
    ),
    "pandera": frozenset({"schemas"}),
    "plotly": frozenset({"adapters"}),
    "polars": frozenset(
        {"adapters", "code", "columns", "formats", "frames", "hashing", "isolation", "labels", "sizes", "tables"}
    ),
    "pyarrow": frozenset({"formats", "hashing", "sizes"}),
    "pydantic": frozenset({"schemas"}),
    "pyspark": frozenset({"frames"}),
    "pyspark.pandas": frozenset({"frames"}),
    "rich": frozenset({"progress"}),
    "tqdm": frozenset({"progress"}),
    "xarray": frozenset({"sweeps"}),
    "yaml": frozenset({"adapters"}),
}
"""The parts of each library, keyed by its top-level package, or by a subpackage with its own frame classes:

- `adapters`: loaders and savers (`ADAPTERS`)
- `code`: values as code and as files (`WRITERS`, `SCALARS`, `CHECKERS`, `FILERS`, `TEXTS`, by class name)
- `columns`: a `ColumnLibrary`, used by checks
- `completion`: attribute completion (`Completer`)
- `equality`: comparison of two values (`SAME`, by class)
- `formats`: file formats for values in a cache (`FORMATS`, by class)
- `frames`: a `FrameLibrary`, used by decorators
- `functions`: pickling by value (`by_value`), for functions that cannot be sent to another process in any other way
- `hashing`: hashes of values by content (`HASHERS`, and `SCALARS` for immutable values, by class)
- `inference`: result classes of calls that the library does not annotate, for completion (`result`, and `descriptor_value`
  for descriptor classes that only this library has)
- `isolation`: copies that are passed to functions (`ISOLATED`), and detection of changed copies (`DIFFERS`)
- `labels`: the labels of columns and rows, for completion (`LABELS`, by class)
- `previews`: previews of values (`PREVIEWERS`, by class name)
- `progress`: progress bars (`new_bar`), which the `Progress` hook imports if the library is installed
- `schemas`: checks against a schema or model (`validate`)
- `sizes`: sizes of values in memory (`SIZES`, by class)
- `sweeps`: results of sweeps (`from_sweep`), which `Sweep` imports on request
- `tables`: parsers for values entered as a table (`READERS`, by class)
- `urls`: cache files at a URL (`open_url`)
"""


def integration_module(library: str, part: str) -> ModuleType | None:
    """Import and return the module for a part of a library.

    Return None if the library lacks this part or has not been imported.
    """
    if part not in SUPPORTED.get(library, ()) or library not in sys.modules:
        return None
    return importlib.import_module(integration_module_name(library, part))


def integration_module_name(library: str, part: str) -> str:
    """Return the name of the module for a part of a library."""
    return f"headwater.integrations.{library}.{part}"


def package_of(class_: type) -> str:
    """Return the package that defines a class: a subpackage if the table lists it, otherwise the top-level package."""
    module = class_.__module__
    return next((package for package in _INNER_PACKAGES if module.startswith(f"{package}.")), module.partition(".")[0])


_INNER_PACKAGES: Final = tuple(library for library in SUPPORTED if "." in library)


def libraries_with(part: str) -> list[str]:
    """Return the libraries that have a part, in the order of the table."""
    return [library for library, parts in SUPPORTED.items() if part in parts]
