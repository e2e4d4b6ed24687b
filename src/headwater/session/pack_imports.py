"""Imports of packs: libraries that a page loads when code imports them.

A run cannot wait for a download, because Python in a page answers one request at a time and cannot be suspended. Therefore, an
import of a pack that is not installed aborts the request. The page then installs the pack and sends the request again.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

from headwater.session.late_imports import complete_imports

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from types import ModuleType


class MissingPack(BaseException):
    """A pack is not installed. Not an `ImportError`, because libraries catch import errors and continue without the library."""


class PackImports:
    """The packs that are not installed, keyed by the top-level modules that they contain."""

    def __init__(self) -> None:
        self._packs: dict[str, str] = {}

    def register(self, packs: Mapping[str, str]) -> None:
        """Add packs that can be installed, keyed by module."""
        self._packs.update(packs)

    def installed(self, pack: str) -> None:
        """Record that a pack is installed, and allow imports of its modules."""
        # pandas requires minimum versions of libraries. Drop the requirement, because the site has only one version of each.
        required_versions: dict[str, str] = getattr(sys.modules.get("pandas.compat._optional"), "VERSIONS", {})
        for module in [module for module, other in self._packs.items() if other == pack]:
            del self._packs[module]
            required_versions.pop(module, None)
            complete_imports(module)

    @contextmanager
    def watch(self) -> Generator[Sequence[str]]:
        """Abort imports of packs that are not installed. Yield the names of these packs."""
        finder = _PackFinder(self._packs)
        sys.meta_path.insert(_position_after_paths(), finder)
        try:
            yield finder.missing
        finally:
            with suppress(ValueError):  # the code may have replaced the finders
                sys.meta_path.remove(finder)


class _PackFinder(MetaPathFinder):
    def __init__(self, packs: Mapping[str, str]) -> None:
        self.missing: list[str] = []
        self._packs = packs

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        del path, target
        pack = self._packs.get(fullname.partition(".")[0])
        if pack is not None:
            self.missing.append(pack)
            raise MissingPack(f"{fullname} has not been downloaded yet.")


def _position_after_paths() -> int:
    """Return the position in `sys.meta_path` after the file finder.

    Files take precedence over packs. Finders at the end would not be reached, because Pyodide's last finder raises errors.
    """
    return sys.meta_path.index(PathFinder) + 1 if PathFinder in sys.meta_path else len(sys.meta_path)
