"""`Programs`: the compiled statements of the modules in a session."""

from __future__ import annotations
import __future__

import ast
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from headwater.sources.statements import Statement


@dataclass(slots=True)
class Programs:
    """The latest source code and compiled statements of each module.

    Cached, because a module is executed more often than it changes.
    """

    _known: dict[str, tuple[str, list[CodeType]]] = field(default_factory=dict[str, "tuple[str, list[CodeType]]"])

    def has(self, name: str, source: str) -> bool:
        """Return whether the compiled module is cached. If it is not, compiling it issues warnings again."""
        return name in self._known and self._known[name][0] == source

    def of(self, name: str, source: str, path: str, statements: Sequence[Statement]) -> list[CodeType]:
        """Return the compiled statements of a module.

        Args:
            name: the name of the module.
            source: the source code of the module.
            path: the path of the module, for tracebacks.
            statements: the statements in the module.
        """
        if self.has(name, source):
            return self._known[name][1]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                programs = _compile(path, statements)
        except SyntaxError:  # do not cache the program: the compiler must issue its warning at every execution of the module
            return _compile(path, statements)
        self._known[name] = source, programs
        return programs

    def forget(self, name: str) -> None:
        """Forget a module."""
        self._known.pop(name, None)


def _compile(path: str, statements: Sequence[Statement]) -> list[CodeType]:
    flags = _future_flags(statements)
    return [compile(ast.Module([statement.node], []), path, "exec", flags, dont_inherit=True) for statement in statements]


def _future_flags(statements: Sequence[Statement]) -> int:
    """Return the compiler flags for the `from __future__ import ...` statements in a module."""
    flags = 0
    for statement in statements:
        for target in statement.imports:
            if target.module == "__future__" and target.name in __future__.all_feature_names:
                flags |= getattr(__future__, target.name).compiler_flag
    return flags
