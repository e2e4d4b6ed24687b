"""Completes modules that were imported before one of their optional dependencies was available.

pandas checks for pyarrow only once, when pandas is imported. A page imports pandas long before it loads pyarrow. The build of
the page collects the statements that pandas skips without pyarrow. This module executes them in pandas' modules.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STATEMENTS_PREFIX: Final = "_headwater_late_"
"""The prefix of the name of the module with the statements for a library; see `playground/runtime/recipe.mjs`."""


def complete_imports(library: str) -> None:
    """Make a library available to modules that were imported without it. Do nothing if there are no statements for it.

    If the library cannot be imported, the modules stay as they are, and an import in the user's code reports the error.
    """
    name = f"{STATEMENTS_PREFIX}{library}"
    if PathFinder.find_spec(name) is None:
        return
    try:
        importlib.import_module(library)
    except Exception:  # noqa: BLE001 - a library may raise anything; an import in the user's code reports it
        return
    late = importlib.import_module(name)
    for module in [module for module in sys.modules if module in late.STATEMENTS]:  # in the order in which they were imported
        _execute(late.STATEMENTS[module], module)
    for module in late.EXTENSIONS:
        if module in sys.modules:
            _import_again(module)


def _execute(statements: str, module: str) -> None:
    """Execute statements in a module.

    If a statement changes a flag, also change it in the modules that have imported the flag.
    """
    namespace = vars(sys.modules[module])
    before = _flags(namespace)
    exec(compile(statements, namespace.get("__file__") or module, "exec"), namespace)  # noqa: S102 - the library's own code
    changed = {flag: value for flag, value in _flags(namespace).items() if before.get(flag, value) is not value}
    for other in _namespaces(module):
        other.update({flag: value for flag, value in changed.items() if other.get(flag) is before[flag]})


def _import_again(module: str) -> None:
    """Replace an extension module, because its variables cannot be set. The new module is loaded from a copy of its file."""
    old = sys.modules.pop(module)
    file = Path(str(old.__file__))
    with TemporaryDirectory() as folder:
        spec = spec_from_file_location(module, shutil.copy(file, folder))
        assert spec is not None
        assert spec.loader is not None
        new = sys.modules[module] = module_from_spec(spec)
        spec.loader.exec_module(new)
    replaced = {id(old): new}
    for name, value in vars(old).items():
        if getattr(value, "__module__", None) == module and hasattr(new, name):
            replaced[id(value)] = getattr(new, name)
    for namespace in _namespaces(module):
        namespace.update({name: replaced[id(value)] for name, value in namespace.items() if id(value) in replaced})


def _flags(namespace: Mapping[str, Any]) -> dict[str, bool]:
    return {name: value for name, value in namespace.items() if isinstance(value, bool)}


def _namespaces(module: str) -> Iterator[dict[str, Any]]:
    """Yield the namespaces of all imported modules in a module's top-level package."""
    package = module.partition(".")[0]
    for name, other in list(sys.modules.items()):
        if name.partition(".")[0] == package:
            yield vars(other)
