"""Runs that start before all module files have arrived.

A page's Python starts with the most common modules in memory. All docstrings, and the files of all other modules, arrive later.
A run that does not need these files starts without waiting for them. Most imports that need these files are found in the
source. The others are detected during the run.
"""

from __future__ import annotations

import ast
import sys
from contextlib import contextmanager, suppress
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Final, NoReturn

from headwater.sources.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from types import ModuleType

_MODULE_INSPECTORS: Final = frozenset({"importlib", "inspect", "pkgutil", "runpy", "sysconfig", "zipimport"})
"""Modules that inspect the files of other modules without importing them."""
_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)


def can_run(sources: Mapping[str, str]) -> bool:
    """Return whether, according to the source of these modules, everything that they need is in memory."""
    return not any(_needs_file(node, sources) for module, source in sources.items() for node in _nodes(module, source))


def _nodes(module: str, source: str) -> Iterator[ast.AST]:
    try:
        return ast.walk(parse(module, source))
    except _UNREADABLE:
        return iter(())  # the run reports the error


def _needs_file(node: ast.AST, sources: Mapping[str, str]) -> bool:
    """Return whether a part of the code imports a module that is not in memory, or reads a docstring."""
    match node:
        case ast.Import(names=aliases):
            return not all(_is_loaded(alias.name, sources) for alias in aliases)
        case ast.ImportFrom(module=str(name), level=0):
            return not _is_loaded(name, sources)
        case ast.Attribute(attr="__doc__") | ast.Constant(value="__doc__") | ast.Name(id="help"):
            return True
        case _:
            return False


def _is_loaded(name: str, sources: Mapping[str, str]) -> bool:
    root = name.partition(".")[0]
    return root in sources or (name in sys.modules and root not in _MODULE_INSPECTORS)


class PendingImport(BaseException):
    """The file of an imported module has not arrived.

    Not an `ImportError`: libraries catch import errors and cache the failure.
    """


@contextmanager
def block_pending_imports() -> Generator[Sequence[str]]:
    """Block imports of modules that are not in memory. Yield the names of the modules that the code tried to import."""
    finder = _PendingImportFinder()
    sys.meta_path.insert(0, finder)
    try:
        yield finder.blocked
    finally:
        with suppress(ValueError):  # the code may have replaced the finders
            sys.meta_path.remove(finder)


class _PendingImportFinder(MetaPathFinder):
    """A finder that raises `PendingImport`. It must precede all other finders."""

    def __init__(self) -> None:
        self.blocked: list[str] = []

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> NoReturn:
        del path, target
        self.blocked.append(fullname)
        raise PendingImport(f"The file for {fullname} has not been downloaded yet.")
