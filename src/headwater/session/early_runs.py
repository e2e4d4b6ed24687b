"""Runs code before the files of all modules have arrived.

A page's Python starts with the most common modules in memory. The files of all other modules arrive later. A run that needs
none of them does not wait. Most imports are found in the text of the code; the others are noticed while it runs.
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

_LOOKING: Final = frozenset({"importlib", "inspect", "pkgutil", "runpy", "sysconfig", "zipimport"})
"""Modules that look at files of modules without importing them."""
_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)


def can_run(sources: Mapping[str, str]) -> bool:
    """Whether everything that some modules import is in memory, as far as their texts tell."""
    return all(_is_here(name, sources) for module, source in sources.items() for name in _imported(module, source))


def _is_here(name: str, sources: Mapping[str, str]) -> bool:
    root = name.partition(".")[0]
    return root in sources or (name in sys.modules and root not in _LOOKING)


def _imported(module: str, source: str) -> Iterator[str]:
    """The modules that a text imports, anywhere in it."""
    try:
        tree = parse(module, source)
    except _UNREADABLE:
        return  # it does not run
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=str(name), level=0):
                yield name
            case _:
                pass


class PendingImport(BaseException):
    """The file of a module has not arrived. Not an `ImportError`, because libraries catch those and cache the failure."""


@contextmanager
def block_pending_imports() -> Generator[Sequence[str]]:
    """Prevent imports of modules that are not in memory. Yields the names of those that were asked for."""
    finder = _PendingImportFinder()
    sys.meta_path.insert(0, finder)
    try:
        yield finder.wanted
    finally:
        with suppress(ValueError):  # the code that ran has replaced the finders
            sys.meta_path.remove(finder)


class _PendingImportFinder(MetaPathFinder):
    """Stands before all other finders."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> NoReturn:
        del path, target
        self.wanted.append(fullname)
        raise PendingImport(f"The file of {fullname} has not arrived yet.")
