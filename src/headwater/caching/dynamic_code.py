"""Code that can look up any other code by name at run time. A function that uses such code has no token."""

from __future__ import annotations

import sys
from types import BuiltinFunctionType, FunctionType
from typing import TYPE_CHECKING, Any, Final

from headwater.sources.effects import READS_SOURCE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.caching.bytecode import Import

DYNAMIC_BUILTINS: Final = frozenset({"__import__", "eval", "exec", "globals"})
"""Built-in functions that can run or read arbitrary code."""
_DYNAMIC_FUNCTIONS: Final = frozenset(
    {
        *(("builtins", name) for name in DYNAMIC_BUILTINS),
        *(("importlib", "__import__"), ("importlib", "import_module"), ("importlib", "reload"), ("inspect", "stack")),
        *(("importlib._bootstrap", "__import__"), ("pkgutil", "resolve_name"), ("pydoc", "locate")),
        *(("runpy", "run_module"), ("runpy", "run_path")),
    }
)
"""Functions that can run or read arbitrary code. Module and name identify them even if an import renames them."""
_DYNAMIC_ATTRIBUTES: Final = {
    "__globals__": "__globals__",
    "__subclasses__": "__subclasses__",
    "f_globals": "f_globals",
    "import_module": "importlib.import_module",
    "resolve_name": "pkgutil.resolve_name",
    "run_module": "runpy.run_module",
    "run_path": "runpy.run_path",
}
"""Maps attributes to their names in messages. Code that reads one of these attributes, on any object, has no token."""
_SPECIAL: Final = READS_SOURCE_TEXT | _DYNAMIC_ATTRIBUTES.keys()
_ANY_CODE: Final = "which gives access to arbitrary code"


def object_problem(value: Any) -> str | None:
    """Return the reason why code that uses an object has no token, or None if the object cannot reach other code."""
    if value is sys.modules:
        return f"uses `sys.modules`, {_ANY_CODE}"
    if isinstance(value, FunctionType | BuiltinFunctionType):
        name = (str(value.__module__), value.__name__)
        if name in _DYNAMIC_FUNCTIONS:
            return f"calls `{name[1]}`, {_ANY_CODE}" if name[0] == "builtins" else f"uses `{'.'.join(name)}`, {_ANY_CODE}"
    return None


def names_problem(names: frozenset[str]) -> str | None:
    """Return the reason why code that mentions these globals and attributes has no token, or None."""
    special = _SPECIAL & names
    if not special:
        return None
    name = min(special)
    if name in READS_SOURCE_TEXT:
        return f"may read source text (`{name}`)"
    return f"uses `{_DYNAMIC_ATTRIBUTES[name]}`, {_ANY_CODE}"


def path_problem(path: tuple[str, ...]) -> str | None:
    """Return the reason why code that reads an attribute of a standard module has no token, or None."""
    if path[:2] == ("sys", "modules"):
        return f"uses `sys.modules`, {_ANY_CODE}"
    if len(path) > 1 and path[:2] in _DYNAMIC_FUNCTIONS:
        return f"uses `{'.'.join(path[:2])}`, {_ANY_CODE}"
    return None


def imports_problem(imports: Iterable[Import], names: frozenset[str]) -> str | None:
    """Return the reason why code with these local imports has no token, or None.

    Args:
        imports: the imports.
        names: all names in the code. Any of them may be an attribute that the code reads from an imported module.
    """
    for imported in imports:
        attributes = names if imported.names is None else imported.names
        for name in sorted(attributes):
            problem = path_problem((imported.module, name))
            if problem is not None:
                return problem
    return None
