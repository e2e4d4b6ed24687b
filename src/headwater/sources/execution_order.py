"""The order in which the statements of several modules are executed, as far as their imports determine it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from headwater.sources.statements import Statement


def execution_order(modules: Mapping[str, Sequence[Statement]], side_effects: Container[tuple[str, int]]) -> Iterator[str]:
    """Yield the modules that have statements whose order matters, in execution order.

    If an import interrupts a module, also yield the module with the number of such statements executed so far: `prices:2`.

    Args:
        modules: the statements in each module, keyed by module name.
        side_effects: the statements with side effects, identified by module and position.
    """
    order = _StatementOrder(modules, side_effects)
    started: set[str] = set()
    for first in modules:
        path = [] if first in started else [_ModuleExecution(first, iter(modules[first]))]
        while path:
            execution = path[-1]
            started.add(execution.module)
            following = execution.run_until_import(lambda name: name in modules and name not in started, order.matters)
            if execution.count:
                yield execution.module if following is None else f"{execution.module}:{execution.count}"
            if following is None:
                path.pop()
            else:
                path.append(_ModuleExecution(following, iter(modules[following])))


@dataclass(slots=True)
class _ModuleExecution:
    """The execution of a module."""

    module: str
    statements: Iterator[Statement]
    count: int = 0
    """The number of executed statements whose order matters."""
    current: Statement | None = None
    imports: list[str] = field(default_factory=list[str])
    """The modules that the current statement has not imported yet."""

    def run_until_import(self, is_new: Callable[[str], bool], matters: Callable[[Statement], bool]) -> str | None:
        """Execute statements until one imports a new module, and return the new module's name. Return None at the end."""
        while True:
            while self.imports:
                if is_new(name := self.imports.pop(0)):
                    return name
            if self.current is not None:
                self.count += matters(self.current)
            self.current = next(self.statements, None)
            if self.current is None:
                return None
            if not self.current.defines_function:
                self.imports = [imported.module for imported in self.current.imports]


class _StatementOrder:
    """Decides whether the order of execution matters to a statement."""

    def __init__(self, modules: Mapping[str, Sequence[Statement]], side_effects: Container[tuple[str, int]]) -> None:
        self._modules = modules
        self._side_effects = side_effects
        statements = (statement for body in modules.values() for statement in body)
        self._sets_attributes = any(
            self._has_side_effects(statement) and _sets_attributes(statement.node) for statement in statements
        )

    def matters(self, statement: Statement) -> bool:
        """Return whether a statement may change values of other statements, or may see such changes."""
        if self._has_side_effects(statement):
            return True
        if statement.defines_function:
            return False
        if statement.imports:  # a side effect may have replaced the value of an imported name
            return self._sets_attributes and any(
                imported.module in self._modules and imported.name is not None for imported in statement.imports
            )
        return statement.effects.value_kind != "constant"

    def _has_side_effects(self, statement: Statement) -> bool:
        return (statement.module, statement.position) in self._side_effects


def _sets_attributes(statement: ast.stmt) -> bool:
    return any(
        (isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store))
        or (isinstance(part, ast.Name) and part.id == "setattr")
        for part in ast.walk(statement)
    )
