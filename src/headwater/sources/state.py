"""Module-level values that functions change while a dataflow runs: counters, caches, random generators.

Such a value connects functions that the graph does not connect. A session computes these functions in every run, from a fresh
value, so that their results are those of a new process. Classes, and state inside other libraries, are not covered.
"""

from __future__ import annotations

import ast
from copy import copy
from typing import TYPE_CHECKING, Final

from headwater.sources.body_changes import GENERATORS, is_seed, random_library
from headwater.sources.effects import changes_anything
from headwater.sources.scopes import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.sources.links import CodeGraph
    from headwater.sources.statements import Statement

_CONSTRUCTORS: Final = frozenset({"__init__", "__new__", "__post_init__"})

Position = tuple[str, int]
"""A statement: its module and its place there."""


class SharedState:
    """The module-level values that functions of some modules change, and the functions that use them."""

    def __init__(self, graph: CodeGraph) -> None:
        self._graph = graph
        self._state_bindings: dict[Position, str] = {}
        """The statements that bind state, with its name."""
        self._users: dict[Position, str] = {}
        """The functions that use state, with its name."""
        self.changers: tuple[Statement, ...] = ()
        """The functions that change state."""
        definitions = [
            one for statements in graph.modules.values() for one in statements if one.defines_function or one.defines_class
        ]
        self._find(definitions)
        self._find_random(definitions)

    @property
    def is_empty(self) -> bool:
        """Whether no function changes a module-level value."""
        return not self._state_bindings and not self._users

    def binds(self, statement: Statement) -> bool:
        """Whether a statement binds a value that functions change."""
        return (statement.module, statement.position) in self._state_bindings

    def used_by(self, module: str, name: str) -> str | None:
        """The name of state that a function uses, itself or through other functions; None if it uses none."""
        if not self._users:
            return None  # nearly always
        found = (self._users.get(binder) for binder in self._graph.binders(module, name))
        return next((state for state in found if state is not None), None)

    def _find(self, definitions: list[Statement]) -> None:
        changing = [one for one in definitions if any(one.changes) and any(True for _ in self._states_of(one))]
        if not changing:
            return  # nearly always, before bodies are read
        bodies = self._reads_of_bodies(definitions)
        called = {position for reads in bodies.values() for position in reads}
        # A function that is only used as a decorator changes values while its module is executed.
        self.changers = tuple(one for one in changing if (one.module, one.position) in called or _is_node(one))
        for changer in self.changers:
            self._state_bindings.update(self._states_of(changer))
        if self._state_bindings:
            self._include_parts_of_state()
            self._users = self._users_of_state(bodies)
            self._include_values_computed_from_state()

    def _find_random(self, definitions: list[Statement]) -> None:
        """Where a global generator is seeded, what a function draws depends on what others have drawn before.

        Not so if every function seeds it for itself.
        """
        drawing = [one for one in definitions if one.changes.draws or one.changes.seeds]
        is_shared = any(not one.changes.seeds for one in drawing)
        top = (one.node for statements in self._graph.modules.values() for one in statements if isinstance(one.node, ast.Expr))
        is_seeded = any(one.changes.seeds for one in drawing) or any(
            isinstance(node.value, ast.Call) and is_seed(node.value) and random_library(node.value) for node in top
        )
        if not is_shared or not is_seeded:
            return
        self.changers += tuple(one for one in drawing if one not in self.changers)
        named = {(one.module, one.position): min(one.changes.draws | one.changes.seeds) for one in drawing}
        self._users |= self._propagate(named, self._reads_of_bodies(definitions))

    def _include_parts_of_state(self) -> None:
        """A list that is a part of a changed dictionary may change, too."""
        waiting = list(self._state_bindings.items())
        while waiting:
            (module, position), state = waiting.pop()
            for name in self._graph.modules[module][position].reads:
                for definition in self._graph.definitions_of(module, name):
                    place = (definition.module, definition.position)
                    is_value = (
                        not definition.defines_function
                        and not definition.defines_class
                        and definition.effects.value_kind != "constant"
                    )
                    if is_value and place not in self._state_bindings:
                        self._state_bindings[place] = name
                        waiting.append((place, state))

    def _include_values_computed_from_state(self) -> None:
        """A value that is computed from state, when the module is executed, begins anew with it."""
        for statements in self._graph.modules.values():
            for statement in statements:  # each after what it reads
                if statement.defines_function or statement.defines_class or statement.imports:
                    continue
                definitions = (
                    definition for name in statement.reads for definition in self._graph.definitions_of(statement.module, name)
                )
                states = (self._state_bindings.get((maker.module, maker.position)) for maker in definitions)
                state = next(filter(None, states), None)
                if state is not None:
                    self._state_bindings.setdefault((statement.module, statement.position), state)

    def _states_of(self, changer: Statement) -> Iterator[tuple[Position, str]]:
        """The statements that bind what a function changes."""
        changes = changer.changes
        for name in sorted(changes.changed | changes.rebound | changes.used):
            for definition in self._graph.definitions_of(changer.module, name):
                if definition.defines_function or definition.defines_class:
                    continue
                is_changed = name in changes.changed and definition.effects.value_kind != "constant"
                if name in changes.rebound or is_changed or _makes_generator(definition.node) or self._has_state(definition):
                    yield (definition.module, definition.position), name

    def _has_state(self, value: Statement) -> bool:
        """Whether a value changes when it is called: an object whose methods change it, or a closure over variables."""
        callee = value.effects.callee
        for definition in self._graph.definitions_of(value.module, callee) if callee is not None else ():
            if isinstance(definition.node, ast.ClassDef) and any(map(_changes_itself, definition.node.body)):
                return True
            if definition.defines_function and any(isinstance(part, ast.Nonlocal) for part in ast.walk(definition.node)):
                return True
        return False

    def _reads_of_bodies(self, definitions: list[Statement]) -> dict[Position, list[Position]]:
        """For each definition, the statements that make what its body reads."""
        return {
            (definition.module, definition.position): [
                (used.module, used.position)
                for name in _names_in_body(definition)
                for used in self._graph.definitions_of(definition.module, name)
            ]
            for definition in definitions
        }

    def _users_of_state(self, bodies: dict[Position, list[Position]]) -> dict[Position, str]:
        """The definitions whose bodies read state, or call something that does."""
        # A function that only rebinds a name does not read it.
        changing = {
            (changer.module, changer.position): name for changer in self.changers for _, name in self._states_of(changer)
        }
        found = self._propagate({**self._state_bindings, **changing}, bodies)
        return {position: state for position, state in found.items() if position in bodies}

    @staticmethod
    def _propagate(named: dict[Position, str], bodies: dict[Position, list[Position]]) -> dict[Position, str]:
        """Some statements with a name each, and the definitions whose bodies reach them with the same name."""
        readers: dict[Position, list[Position]] = {}
        for definition, reads in bodies.items():
            for read in reads:
                readers.setdefault(read, []).append(definition)
        found = dict(named)
        waiting = list(named.items())
        while waiting:
            position, name = waiting.pop()
            for reader in readers.get(position, ()):
                if reader not in found:
                    found[reader] = name
                    waiting.append((reader, name))
        return found


def _names_in_body(definition: Statement) -> frozenset[str]:
    """The module-level names that a definition reads when it is called, and not when it is defined."""
    node = copy(definition.node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        node.decorator_list = []
        node.args = copy(node.args)
        node.args.defaults = []
        node.args.kw_defaults = [None for _ in node.args.kw_defaults]
    return names_of(node).reads


def _is_node(definition: Statement) -> bool:
    """Whether a definition is a function that a dataflow calls."""
    return definition.defines_function and not any(name.startswith("_") for name in definition.binds)


def _changes_itself(member: ast.stmt) -> bool:
    """Whether a member of a class may change an object after it was made."""
    return not (isinstance(member, ast.FunctionDef) and member.name in _CONSTRUCTORS) and changes_anything(member)


def _makes_generator(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(value=ast.Call(func=called)) | ast.AnnAssign(value=ast.Call(func=called)):
            name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
            return name in GENERATORS
        case _:
            return False
