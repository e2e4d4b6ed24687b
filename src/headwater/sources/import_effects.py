"""Finds the statements that, while their module is executed, may change values that other statements bind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.sources.effects import CHANGING_FUNCTIONS, CHANGING_METHODS, COLLECTS_SUBCLASSES, changes_anything
from headwater.sources.random_generators import creates_generator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.sources.effects import ImportTimeCall
    from headwater.sources.statements import Statement


class ImportEffects:
    """The statements that may change values that other statements bind.

    A statement is included unless its text shows that it changes nothing.
    """

    def __init__(
        self, binders: Mapping[tuple[str, str], Sequence[tuple[str, int]]], modules: Mapping[str, Sequence[Statement]]
    ) -> None:
        # Store these parts instead of the graph. The graph refers to this object, so each key press would create a reference
        # cycle.
        self._binders = binders
        self._modules = modules

    def changes(self, statement: Statement) -> bool:
        """Return whether a statement may change a value that another statement binds."""
        effects = statement.effects
        if statement.defines_function and not effects.calls:
            return False  # the usual case
        if any(self._call_changes(statement.module, call) for call in effects.calls):
            return True
        if any(self._may_change(statement.module, name) for name in effects.augmented):
            return True
        if effects.draws and self._is_seeded():
            return True
        if effects.bases and self._is_collected(statement):
            return True
        return not statement.defines_function and any(
            definition.effects.value_kind == "iterator"
            for name in statement.reads
            for definition in self.definitions_of(statement.module, name)
        )

    def _call_changes(self, module: str, call: ImportTimeCall) -> bool:
        targets = [] if call.root is None else list(self.definitions_of(module, call.root))
        if not targets:  # the function comes from Python or a library
            if call.decorates:
                return False
            if call.name in CHANGING_FUNCTIONS and any(self._may_change(module, name) for name in call.argument_names):
                return True
            return any(self._body_changes(module, call, function) for function in self._functions_among_arguments(module, call))
        return any(self._target_changes(module, call, target) for target in targets)

    def _functions_among_arguments(self, module: str, call: ImportTimeCall) -> Iterator[Statement]:
        """Yield the functions that a call receives and may call: `_register` in `list(map(_register, PRICES))`."""
        for name in call.argument_names:
            yield from (target for target in self.definitions_of(module, name) if target.defines_function)

    def _target_changes(self, module: str, call: ImportTimeCall, target: Statement) -> bool:
        if target.defines_function:
            if target.decorators and (call.is_method or call.decorates):
                return True  # the decorator may have returned another object: `@area.register`
            return self._body_changes(module, call, target)
        if target.defines_class:
            return call.is_method or self._body_changes(module, call, target)
        effects = target.effects
        match effects.value_kind:
            case "constant":
                return False
            case "collection":
                return call.is_method and call.name in CHANGING_METHODS
            case "iterator":
                return True
            case _:
                is_session_code = effects.callee is not None and any(
                    True for _ in self.definitions_of(target.module, effects.callee)
                )
                is_draw = call.is_method and creates_generator(getattr(target.node, "value", None))
                return is_session_code or is_draw or call.is_in_place or (call.is_method and call.name in CHANGING_METHODS)

    def _body_changes(self, module: str, call: ImportTimeCall, target: Statement) -> bool:
        """Return whether a function or class changes anything, and has access to a value that it could change."""
        reachable = list(self._reachable(target))
        if any(isinstance(part, ast.Global) for statement in reachable for part in ast.walk(statement.node)):
            return True
        if not any(changes_anything(statement.node) for statement in reachable):
            return False
        return any(self._may_change(module, name) for name in call.argument_names) or any(
            self._may_change(statement.module, name) for statement in reachable for name in statement.reads
        )

    def _reachable(self, start: Statement) -> Iterator[Statement]:
        seen = {(start.module, start.position)}
        pending = [start]
        while pending:
            statement = pending.pop()
            yield statement
            for name in statement.reads:
                for definition in self.definitions_of(statement.module, name):
                    if (definition.module, definition.position) not in seen:
                        seen.add((definition.module, definition.position))
                        pending.append(definition)

    def _may_change(self, module: str, name: str) -> bool:
        return any(
            definition.defines_class
            or (bool(definition.decorators) if definition.defines_function else definition.effects.value_kind != "constant")
            for definition in self.definitions_of(module, name)
        )

    def _is_seeded(self) -> bool:
        """Return whether a global random generator is seeded. Otherwise, its numbers differ between processes anyway."""
        return any(statement.effects.seeds or statement.changes.seeds for body in self._modules.values() for statement in body)

    def _is_collected(self, statement: Statement) -> bool:
        """Return whether a class has a base that may keep track of its subclasses."""
        bases = [definition for name in statement.effects.bases for definition in self.definitions_of(statement.module, name)]
        if not bases:
            return False
        mentioned = (statement.effects.mentions for body in self._modules.values() for statement in body)
        return any(not COLLECTS_SUBCLASSES.isdisjoint(names) for names in mentioned)

    def definitions_of(self, module: str, name: str) -> Iterator[Statement]:
        """Yield the statements that define a name, following imports between the modules in the session."""
        pending, seen = [(module, name)], set[tuple[str, str]]()
        while pending:
            key = pending.pop()
            if key in seen:
                continue
            seen.add(key)
            for owner, position in self._binders.get(key, ()):
                statement = self._modules[owner][position]
                if isinstance(statement.node, ast.Import | ast.ImportFrom):
                    pending += self._imported(statement, key[1])
                else:
                    yield statement

    def _imported(self, statement: Statement, name: str) -> Iterator[tuple[str, str]]:
        for imported in statement.imports:
            if imported.module not in self._modules:
                continue
            if imported.name is None:  # if a module is imported, any of its names may be used
                yield from ((imported.module, bound) for other in self._modules[imported.module] for bound in other.binds)
            elif name in statement.binds:
                yield (imported.module, imported.name)
