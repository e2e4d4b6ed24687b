"""Runs of code before the files of all modules have come.

A page's Python begins with the modules in its memory that most code imports, and the files of all others follow. A run that
needs none of those need not wait for them. The text of the code tells most of what it imports; what it imports by other ways,
or a library for it, is noticed while it runs.
"""

from __future__ import annotations

import ast
import sys
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Final

from headwater.sources.syntax import parsed

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from types import ModuleType

_COMING: Final = frozenset({"dateutil", "headwater", "numpy", "pandas", "six", "tzdata"}) | sys.stdlib_module_names
"""The packages whose files follow. Any other that is not in memory is not there at all."""
_LOOKING: Final = frozenset({"importlib", "inspect", "pkgutil", "runpy", "sysconfig", "zipimport"})
"""Modules that look at files of modules without importing them."""
_UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)


def may_run(sources: Mapping[str, str]) -> bool:
    """Whether everything that some modules import is in memory, as far as their texts tell."""
    return all(_is_here(name, sources) for module, source in sources.items() for name in _imported(module, source))


def _is_here(name: str, sources: Mapping[str, str]) -> bool:
    root = name.partition(".")[0]
    return root in sources or (name in sys.modules and root not in _LOOKING)


def _imported(module: str, source: str) -> Iterator[str]:
    """The modules that a text imports, anywhere in it."""
    try:
        tree = parsed(module, source)
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


class StillComing(BaseException):
    """A module cannot be imported yet. No `ImportError`: whoever handles that may remember that there is no such module."""


@contextmanager
def watched() -> Generator[Sequence[str]]:
    """Meanwhile no module is imported whose file may be on its way. Yields the names of those that were wanted."""
    finder = _Waiting()
    sys.meta_path.insert(0, finder)
    try:
        yield finder.wanted
    finally:
        sys.meta_path.remove(finder)


class _Waiting(MetaPathFinder):
    """Comes before all finders that look for files."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        del path, target
        if fullname.partition(".")[0] not in _COMING:
            return
        self.wanted.append(fullname)
        raise StillComing(f"The file of {fullname} has not come yet.")
