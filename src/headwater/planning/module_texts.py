"""Finds the modules that a program must include, because Python cannot import them by name or because they import Headwater."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType


_INSTALLED: Final = frozenset({"site-packages", "dist-packages"})
"""The folders of installed packages."""


def texts_to_include(names: Iterable[str]) -> dict[str, str | None]:
    """Return the source code of the modules that a program must include, keyed by module name.

    A module that imports Headwater, even through another module, is included. `__main__` and modules that Python does not find
    by name are included, too. Relative imports are made absolute. The source code is None if it is not available.
    """
    modules = _ReachedModules(names)
    return {name: modules.texts.get(name) for name in modules.to_include}


def imports_at_run_time(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the import statements of a syntax tree, except those that only type checkers execute."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            pending.extend(node.orelse)
        else:
            pending.extend(ast.iter_child_nodes(node))


def is_engine(name: str) -> bool:
    """Return True for a Headwater module."""
    return name.partition(".")[0] == "headwater"


def _is_library(module: ModuleType) -> bool:
    """Return True for a module in the standard library or in an installed package."""
    if module.__name__.partition(".")[0] in sys.stdlib_module_names:
        return True
    file = getattr(module, "__file__", None)
    return file is None or not _INSTALLED.isdisjoint(Path(file).parts)


class _ReachedModules:
    """The modules of a plan's functions, and the modules that these import."""

    def __init__(self, names: Iterable[str]) -> None:
        self.texts: dict[str, str] = {}
        self._imports: dict[str, frozenset[str]] = {}
        pending = list(dict.fromkeys(names))
        roots = frozenset(pending)
        packages = {name.partition(".")[0] for name in roots}
        for name in pending:  # grows during the loop
            module = sys.modules.get(name)
            if name in self._imports or module is None or is_engine(name):
                continue
            if name not in roots and _is_library(module) and name.partition(".")[0] not in packages:
                continue
            self._imports[name] = frozenset(self._imported(name, module))
            pending.extend(sorted(self._imports[name]))
        self._roots = roots

    @property
    def to_include(self) -> list[str]:
        """Modules that cannot be imported, modules that import Headwater, and modules that import one of these."""
        included = {name for name in self._roots if name in self._imports and not _is_importable(sys.modules[name])}
        included |= {name for name, imports in self._imports.items() if any(map(is_engine, imports))}
        while more := {name for name, imports in self._imports.items() if imports & included} - included:
            included |= more
        return [name for name in self._imports if name in included]

    def _imported(self, name: str, module: ModuleType) -> Iterator[str]:
        """Yield the packages that contain a module, and the modules that its text imports."""
        while "." in name:
            name = name.rpartition(".")[0]
            yield name
        try:
            text = inspect.getsource(module)
            tree = ast.parse(text)
        except (OSError, TypeError, SyntaxError):  # a compiled module, or code that was typed at a prompt
            return
        self.texts[module.__name__] = _with_absolute_imports(text, tree, module)
        for node in imports_at_run_time(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            else:
                imported = _absolute(node, module)
                yield imported
                yield from (f"{imported}.{alias.name}" for alias in node.names if f"{imported}.{alias.name}" in sys.modules)


def _is_importable(module: ModuleType) -> bool:
    """Return True if Python finds the module by name."""
    name = module.__name__
    if name == "__main__" or module is not sys.modules.get(name):
        return False
    if name.partition(".")[0] in sys.stdlib_module_names:
        return True
    parent = sys.modules.get(name.rpartition(".")[0])
    path = None if parent is None else getattr(parent, "__path__", None)
    for finder in sys.meta_path:
        specification = finder.find_spec(name, path, None)
        if specification is not None:
            return specification.origin == getattr(module, "__file__", None)
    return False


def _absolute(node: ast.ImportFrom, module: ModuleType) -> str:
    """Return the full name of the module from which a statement imports."""
    if not node.level:
        return node.module or ""
    package = module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
    return importlib.util.resolve_name("." * node.level + (node.module or ""), package)


def _with_absolute_imports(text: str, tree: ast.Module, module: ModuleType) -> str:
    """Return the text with absolute imports. The line numbers stay the same."""
    lines = text.splitlines(keepends=True)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            line = lines[node.lineno - 1]
            before, after = line[: node.col_offset], line[node.col_offset :]
            relative = after.removeprefix("from").lstrip().partition(" ")[0]
            lines[node.lineno - 1] = before + after.replace(relative, _absolute(node, module), 1)
    return "".join(lines)
