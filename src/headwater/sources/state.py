"""Module-level values that functions change while a dataflow runs: counters, caches, random generators.

These values connect functions that the graph does not connect. In every run, a session resets these values and reruns the
functions that use them, so the results match those of a new process. Functions and classes count as such values if a function
changes their attributes, their cached results or the defaults of their parameters. State inside libraries is not covered.
"""

from __future__ import annotations

import ast
from copy import copy
from typing import TYPE_CHECKING, Final

from headwater.sources.effects import changes_anything
from headwater.sources.random_generators import creates_generator, is_seed, random_library
from headwater.sources.scopes import names_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from headwater.sources.links import CodeGraph
    from headwater.sources.statements import Statement

_CACHES: Final = frozenset({"cache", "cached", "lru_cache", "functools"})
"""Names of decorators that store the results of a function."""
_CONSTRUCTORS: Final = frozenset({"__init__", "__new__", "__post_init__"})

Position = tuple[str, int]
"""A statement, identified by its module and its index in the module."""


class SharedState:
    """The module-level values that functions change, and the functions that use them."""

    def __init__(self, graph: CodeGraph) -> None:
        self._graph = graph
        self._state_bindings: dict[Position, str] = {}
        """The name of the state that a statement binds, keyed by the position of the statement."""
        self._users: dict[Position, str] = {}
        """The name of the state that a function uses, keyed by the position of the function."""
        self.changers: tuple[Statement, ...] = ()
        """The functions that change state."""
        self.is_random = False
        """Whether functions share a seeded global random generator."""
        definitions = [
            statement
            for statements in graph.modules.values()
            for statement in statements
            if statement.defines_function or statement.defines_class
        ]
        self._find(definitions)
        self._find_random(definitions)

    @property
    def is_empty(self) -> bool:
        """Whether no function changes a module-level value."""
        return not self._state_bindings and not self._users

    def binds(self, statement: Statement) -> bool:
        """Return whether a statement binds a value that functions change."""
        return (statement.module, statement.position) in self._state_bindings

    def binds_any(self, positions: Container[object]) -> bool:
        """Return whether any of the statements at these positions binds a value that functions change."""
        return any(position in positions for position in self._state_bindings)

    def used_by(self, module: str, name: str) -> str | None:
        """Return the name of the state that a function uses, directly or through other functions, or None."""
        if not self._users:
            return None  # the usual case
        states = (self._users.get(binder) for binder in self._graph.binders(module, name))
        return next((state for state in states if state is not None), None)

    def _find(self, definitions: list[Statement]) -> None:
        changing = [
            definition
            for definition in definitions
            if any(definition.changes) and any(True for _ in self._states_of(definition))
        ]
        if not changing:
            return  # the usual case
        bodies = self._reads_of_bodies(definitions)
        used = {position for reads in bodies.values() for position in reads}
        # Exclude functions that are used only as decorators, because they change values only during import.
        self.changers = tuple(
            changer for changer in changing if (changer.module, changer.position) in used or _is_node(changer)
        )
        for changer in self.changers:
            self._state_bindings.update(self._states_of(changer))
        if self._state_bindings:
            self._include_parts_of_state()
            self._users = self._users_of_state(bodies)
            self._include_values_computed_from_state()

    def _find_random(self, definitions: list[Statement]) -> None:
        """Find functions that share a seeded global random generator.

        The numbers that each function draws depend on earlier draws.

        If every function seeds the generator, the functions do not share its state.
        """
        drawing = [definition for definition in definitions if definition.changes.draws or definition.changes.seeds]
        is_shared = any(not definition.changes.seeds for definition in drawing)
        top_level = (
            statement.node
            for statements in self._graph.modules.values()
            for statement in statements
            if isinstance(statement.node, ast.Expr)
        )
        is_seeded = any(definition.changes.seeds for definition in drawing) or any(
            isinstance(node.value, ast.Call) and is_seed(node.value) and random_library(node.value) for node in top_level
        )
        if not is_shared or not is_seeded:
            return
        self.is_random = True
        self.changers += tuple(definition for definition in drawing if definition not in self.changers)
        libraries = {
            (definition.module, definition.position): min(definition.changes.draws | definition.changes.seeds)
            for definition in drawing
        }
        self._users |= self._propagate(libraries, self._reads_of_bodies(definitions))

    def _include_parts_of_state(self) -> None:
        """Treat the parts of a changed value as state. For example, a list in a changed dictionary may also change."""
        pending = list(self._state_bindings.items())
        while pending:
            (module, position), state = pending.pop()
            binding = self._graph.modules[module][position]
            if binding.defines_function or binding.defines_class:
                continue  # executing a definition again resets it
            for name in binding.reads:
                for definition in self._graph.definitions_of(module, name):
                    part = (definition.module, definition.position)
                    is_value = (
                        not definition.defines_function
                        and not definition.defines_class
                        and definition.effects.value_kind != "constant"
                    )
                    if is_value and part not in self._state_bindings:
                        self._state_bindings[part] = name
                        pending.append((part, state))

    def _include_values_computed_from_state(self) -> None:
        """Treat values that are computed from state during import as state, because they are reset together with the state."""
        for statements in self._graph.modules.values():
            for statement in statements:  # a statement comes after the statements whose names it reads
                if statement.defines_class or statement.imports:
                    continue
                reads = _names_in_definition(statement) if statement.defines_function else statement.reads
                definitions = (
                    definition for name in reads for definition in self._graph.definitions_of(statement.module, name)
                )
                states = (self._state_bindings.get((definition.module, definition.position)) for definition in definitions)
                state = next(filter(None, states), None)
                if state is not None:
                    self._state_bindings.setdefault((statement.module, statement.position), state)

    def _states_of(self, changer: Statement) -> Iterator[tuple[Position, str]]:
        """Yield the statements that bind the values that a function changes."""
        changes = changer.changes
        if changes.keeps_state:
            yield (changer.module, changer.position), min(changer.binds)
        yield from self._marked_by(changer)
        for name in sorted(changes.changed | changes.rebound | changes.used):
            for definition in self._graph.definitions_of(changer.module, name):
                if definition.defines_function or definition.defines_class:
                    continue
                is_changed = name in changes.changed and definition.effects.value_kind != "constant"
                is_generator = creates_generator(getattr(definition.node, "value", None))
                if name in changes.rebound or is_changed or is_generator or self._has_state(definition):
                    yield (definition.module, definition.position), name

    def _marked_by(self, changer: Statement) -> Iterator[tuple[Position, str]]:
        """Yield the functions and classes whose attributes or cached results a function changes."""
        changes = changer.changes
        for name in sorted(changes.marked | changes.changed):
            if self._is_module(changer.module, name):
                continue
            for definition in self._graph.definitions_of(changer.module, name):
                is_definition = definition.defines_function or definition.defines_class
                if is_definition and (name in changes.marked or not _CACHES.isdisjoint(definition.decorators)):
                    yield (definition.module, definition.position), name

    def _is_module(self, module: str, name: str) -> bool:
        binders = (self._graph.modules[owner][position] for owner, position in self._graph.binders(module, name))
        return any(imported.name is None for binder in binders for imported in binder.imports)

    def _has_state(self, value: Statement) -> bool:
        """Return whether a value has state that calls may change.

        Such a value is an object with methods that change it, or a closure that rebinds its variables.
        """
        callee = value.effects.callee
        for definition in self._graph.definitions_of(value.module, callee) if callee is not None else ():
            if isinstance(definition.node, ast.ClassDef) and any(map(_changes_itself, definition.node.body)):
                return True
            if definition.defines_function and any(isinstance(part, ast.Nonlocal) for part in ast.walk(definition.node)):
                return True
        return False

    def _reads_of_bodies(self, definitions: list[Statement]) -> dict[Position, list[Position]]:
        """Return the statements that define the names in the body of each definition."""
        return {
            (definition.module, definition.position): [
                (used.module, used.position)
                for name in _names_in_body(definition)
                for used in self._graph.definitions_of(definition.module, name)
            ]
            for definition in definitions
        }

    def _users_of_state(self, bodies: dict[Position, list[Position]]) -> dict[Position, str]:
        """Return the definitions whose bodies read state, directly or through another definition."""
        # Add the functions that change state, because a function that only rebinds a name does not read it.
        changing = {
            (changer.module, changer.position): name for changer in self.changers for _, name in self._states_of(changer)
        }
        users = self._propagate({**self._state_bindings, **changing}, bodies)
        return {position: state for position, state in users.items() if position in bodies}

    @staticmethod
    def _propagate(names: dict[Position, str], bodies: dict[Position, list[Position]]) -> dict[Position, str]:
        """Copy the names to all definitions whose bodies use a statement in `names`, directly or through other definitions."""
        readers: dict[Position, list[Position]] = {}
        for definition, reads in bodies.items():
            for read in reads:
                readers.setdefault(read, []).append(definition)
        reached = dict(names)
        pending = list(names.items())
        while pending:
            position, name = pending.pop()
            for reader in readers.get(position, ()):
                if reader not in reached:
                    reached[reader] = name
                    pending.append((reader, name))
        return reached


def _names_in_body(definition: Statement) -> frozenset[str]:
    """Return the module-level names that a definition reads when it is called, not when it is defined."""
    node = copy(definition.node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        node.decorator_list = []
        node.args = copy(node.args)
        node.args.defaults = []
        node.args.kw_defaults = [None for _ in node.args.kw_defaults]
    names = names_of(node)
    return names.reads | (names.in_queries & definition.reads)


def _names_in_definition(function: Statement) -> frozenset[str]:
    """Return the module-level names that a function reads when it is defined: in decorators and defaults."""
    node = copy(function.node)
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    node.body = []
    return names_of(node).reads


def _is_node(definition: Statement) -> bool:
    """Return whether a definition is the function of a node."""
    return definition.defines_function and not any(name.startswith("_") for name in definition.binds)


def _changes_itself(member: ast.stmt) -> bool:
    """Return whether a member of a class may change an object after its construction."""
    return not (isinstance(member, ast.FunctionDef) and member.name in _CONSTRUCTORS) and changes_anything(member)
