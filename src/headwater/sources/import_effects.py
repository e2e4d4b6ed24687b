"""Which statements may change what other statements have made, while their module is executed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.sources.effects import CHANGING_FUNCTIONS, CHANGING_METHODS, COLLECTS_SUBCLASSES, changes_anything

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.sources.effects import ImportTimeCall
    from headwater.sources.statements import Statement


class ImportEffects:
    """Finds the statements that may change values of other statements. It reports a change where the text does not decide."""

    def __init__(
        self, binders: Mapping[tuple[str, str], Sequence[tuple[str, int]]], modules: Mapping[str, Sequence[Statement]]
    ) -> None:
        # Not the graph, which has this: a circle would be garbage for the collector with every key that is pressed.
        self._binders = binders
        self._modules = modules

    def changes(self, statement: Statement) -> bool:
        """Whether a statement may change a value that another statement has made."""
        effects = statement.effects
        if statement.defines_function and not effects.calls:
            return False  # nearly every statement of a dataflow
        if any(self._call_changes(statement.module, call) for call in effects.calls):
            return True
        if any(self._may_change(statement.module, name) for name in effects.augmented):
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
        if not targets:  # a function of Python or of a library
            changes = call.name in CHANGING_FUNCTIONS and not call.decorates
            return changes and any(self._may_change(module, name) for name in call.argument_names)
        return any(self._target_changes(module, call, target) for target in targets)

    def _target_changes(self, module: str, call: ImportTimeCall, target: Statement) -> bool:
        if target.defines_function:
            if target.decorators and (call.is_method or call.decorates):
                return True  # its decorator made it: `@area.register`
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
                is_own = effects.callee is not None and any(True for _ in self.definitions_of(target.module, effects.callee))
                return is_own or call.is_in_place or (call.is_method and call.name in CHANGING_METHODS)

    def _body_changes(self, module: str, call: ImportTimeCall, target: Statement) -> bool:
        """Whether a function or a class changes something, and has something to change."""
        reached = list(self._reached(target))
        if not any(changes_anything(one.node) for one in reached):
            return False
        return any(self._may_change(module, name) for name in call.argument_names) or any(
            self._may_change(one.module, name) for one in reached for name in one.reads
        )

    def _reached(self, start: Statement) -> Iterator[Statement]:
        seen = {(start.module, start.position)}
        waiting = [start]
        while waiting:
            statement = waiting.pop()
            yield statement
            for name in statement.reads:
                for definition in self.definitions_of(statement.module, name):
                    if (definition.module, definition.position) not in seen:
                        seen.add((definition.module, definition.position))
                        waiting.append(definition)

    def _may_change(self, module: str, name: str) -> bool:
        return any(
            definition.defines_class
            or (bool(definition.decorators) if definition.defines_function else definition.effects.value_kind != "constant")
            for definition in self.definitions_of(module, name)
        )

    def _is_collected(self, statement: Statement) -> bool:
        """Whether a class has a base that notes its subclasses, or may be asked for them."""
        bases = [definition for name in statement.effects.bases for definition in self.definitions_of(statement.module, name)]
        if not bases:
            return False
        mentioned = (one.effects.mentions for statements in self._modules.values() for one in statements)
        return any(not COLLECTS_SUBCLASSES.isdisjoint(names) for names in mentioned)

    def definitions_of(self, module: str, name: str) -> Iterator[Statement]:
        """The statements of the session that make what a name means: through imports from other modules of it, too."""
        waiting, seen = [(module, name)], set[tuple[str, str]]()
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            for found, position in self._binders.get(place, ()):
                statement = self._modules[found][position]
                if isinstance(statement.node, ast.Import | ast.ImportFrom):
                    waiting += self._imported(statement, place[1])
                else:
                    yield statement

    def _imported(self, statement: Statement, name: str) -> Iterator[tuple[str, str]]:
        for imported in statement.imports:
            if imported.module not in self._modules:
                continue
            if imported.name is None:  # a module: any of its values
                yield from ((imported.module, bound) for one in self._modules[imported.module] for bound in one.binds)
            elif name in statement.binds:
                yield (imported.module, imported.name)
