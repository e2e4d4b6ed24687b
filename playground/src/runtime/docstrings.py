"""Moves docstrings out of Python's memory, and restores them later.

Docstrings take up a tenth of a memory snapshot, and Python starts without them. Therefore, the build strips them, and the page
restores them from a file that arrives last.
"""

from __future__ import annotations

import dis
import json
import sys
from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

Docstrings = Mapping[str, Mapping[str, str]]
"""The docstrings of each module, keyed by the dotted name of the object. The module itself has an empty name."""

_PROPERTY_PARTS: Final = ("fget", "fset", "fdel")
_LOADS_CONSTANT: Final = frozenset(code for name, code in dis.opmap.items() if name in ("LOAD_CONST", "RETURN_CONST"))


def strip() -> str:
    """Remove the docstrings of all functions, classes and modules that can be found by name. Return them as JSON text."""
    stripped = {name: dict(_strip_module(module)) for name, module in [*sys.modules.items()] if type(module) is ModuleType}
    return json.dumps({name: docstrings for name, docstrings in stripped.items() if docstrings})


def restore(text: str) -> None:
    """Restore docstrings from the JSON text that `strip` returned. Skip objects that are gone or have a new docstring."""
    docstrings: Docstrings = json.loads(text)
    for name, by_path in docstrings.items():
        module = sys.modules.get(name)
        for path, docstring in by_path.items():
            found = _find(module, path)
            if found is not None and found.__doc__ is None:
                found.__doc__ = docstring


def _strip_module(module: ModuleType) -> Iterator[tuple[str, str]]:
    for path, documented in _documented(module):
        docstring = _strip_object(documented)
        if docstring is not None:
            yield path, docstring


def _documented(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield a module, and its functions, classes and their members, with their dotted names."""
    yield "", module
    for name, value in [*vars(module).items()]:
        if isinstance(value, FunctionType | type) and value.__module__ == module.__name__:
            yield from _members(name, value)


def _members(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, type):
        for name, member in [*vars(value).items()]:
            if isinstance(member, type):
                if member.__qualname__ == f"{value.__qualname__}.{name}":
                    yield from _members(f"{path}.{name}", member)
            elif isinstance(member, property):
                yield f"{path}.{name}", member
                yield from ((f"{path}.{name}.{part}", getattr(member, part)) for part in _PROPERTY_PARTS)
            elif isinstance(member, FunctionType | staticmethod | classmethod):
                yield f"{path}.{name}", _wrapped(member)


def _find(module: ModuleType | None, path: str) -> Any:
    """Return the object at a path from `_documented`, or None."""
    found: Any = module
    for name in path.split(".") if path else ():
        found = _wrapped(_members_by_name(found).get(name))
    return found


def _members_by_name(value: Any) -> Mapping[str, Any]:
    if isinstance(value, property):
        return {part: getattr(value, part) for part in _PROPERTY_PARTS}
    return getattr(value, "__dict__", {})


def _wrapped(member: Any) -> Any:
    """Return the function of a static method or class method."""
    return member.__func__ if isinstance(member, staticmethod | classmethod) else member


def _strip_object(documented: Any) -> str | None:
    """Remove a docstring and return it, or return None if it cannot be removed and restored."""
    own = vars(documented).get("__doc__") if isinstance(documented, type) else getattr(documented, "__doc__", None)
    if not isinstance(own, str):
        return None
    try:
        documented.__doc__ = None
    except (AttributeError, TypeError):  # written in C
        return None
    if isinstance(documented, FunctionType):
        documented.__code__ = _without_docstring(documented.__code__)
    return own


def _without_docstring(code: CodeType) -> CodeType:
    """Return a function's code without its docstring, which is the code's first constant."""
    if not code.co_consts or not isinstance(code.co_consts[0], str) or _uses_first_constant(code):
        return code
    return code.replace(co_consts=(None, *code.co_consts[1:]))


def _uses_first_constant(code: CodeType) -> bool:
    pairs = zip(code.co_code[::2], code.co_code[1::2], strict=True)
    return any(operation in _LOADS_CONSTANT and argument == 0 for operation, argument in pairs)
