"""`Code`: the current sources of a session, with stamps that change when a statement or a node changes."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from headwater.introspection.callables import innermost
from headwater.session.decorator_effects import bindings_text, uses_only_own_decorators
from headwater.sources.engine_names import engine_name
from headwater.sources.fingerprints import Dependents, Fingerprints, fingerprints
from headwater.sources.links import AllModules
from headwater.sources.state import SharedState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from headwater.graph.node import Node
    from headwater.session.data import DataFileNames
    from headwater.session.files import SessionFiles
    from headwater.sources.statements import Statement


@dataclass(frozen=True, slots=True)
class NodeCode:
    """The code of a node."""

    functions: tuple[tuple[str, str], ...]
    """The module and name of the node's function, and of each function whose decorators define the node."""
    fingerprint: str | None
    """A string that changes with the code. None if the code is not found; the node is then treated as changed."""
    reads_data: bool
    writes_files: bool = False
    """Whether the code may write files that downstream nodes may read."""
    state: str | None = None
    """The name of a module-level value that this code uses and that some function changes.

    If there is such a value, the node's value is never reused.
    """


class SharedCode(NamedTuple):
    """The code that all nodes with the same functions share."""

    code: NodeCode
    undecorated: str | None
    """A string that changes with the undecorated functions. None if decorators may do more than bind arguments."""

    def of_node(self, node: Node) -> NodeCode:
        """Return the code of one of the nodes, with the bindings of its parameters."""
        if self.code.fingerprint is None:
            return self.code
        bindings = None if self.undecorated is None else bindings_text(node)
        functions = self.code.fingerprint if bindings is None else f"{self.undecorated} {bindings}"
        sources = ",".join([f"{read.parameter}={read.source}" for read in node.dependencies])
        return replace(self.code, fingerprint=f"{functions}({sources})")


@dataclass(frozen=True, slots=True)
class Code:
    """The source code of a session's modules. Fingerprints of code that may read data files also cover these files."""

    sources: Mapping[str, str]
    fingerprints: Fingerprints
    data_readers: Dependents
    """The code that may read a data file."""
    data: str
    """The digest of all data files."""
    data_files: Mapping[str, str]
    """The text of the data files, keyed by file name."""
    file_writers: Dependents
    """The code that may write files."""
    state: SharedState
    """The module-level values that functions change while they run."""
    _shared: dict[tuple[object, ...], SharedCode] = field(default_factory=dict[tuple[object, ...], "SharedCode"])
    """The code that nodes share, computed on demand. See `of_functions`."""

    @classmethod
    def of(cls, files: SessionFiles, data_names: DataFileNames, before: Code | None = None) -> Code:
        """Analyze the modules in a session. Unchanged parts are reused from `before`.

        Args:
            files: the files of the session.
            data_names: the names of all data files that the session has, or has had.
            before: the code before the latest edit.

        Raises:
            SyntaxError: a module is not valid Python.
        """
        sources = files.modules
        prints = fingerprints(sources, None if before is None else before.fingerprints)
        return cls(
            sources,
            prints,
            data_readers=prints.dependents(data_names.may_be_read_by),
            data=files.data_digest,
            data_files=files.data,
            file_writers=prints.dependents(lambda statement: statement.effects.writes_files),
            state=SharedState(prints.graph),
        )

    def statements(self, module: str) -> Sequence[Statement]:
        """Return the statements in a module."""
        return self.fingerprints.graph.modules[module]

    def has_side_effects(self, statement: Statement) -> bool:
        """Return whether a statement may do more than bind its own names."""
        return self.fingerprints.graph.has_side_effects(statement)

    def affected_by(self, changed: Collection[str]) -> Collection[str]:
        """Return the changed modules and all modules that may hold objects from them.

        Assumes that no statement has side effects.
        """
        importers: dict[str, list[str]] = {}
        for module in self.sources:
            for imported in self._imported_by(module):
                importers.setdefault(imported, []).append(module)
        affected: set[str] = set()
        pending = list(changed)
        while pending:
            name = pending.pop()
            if name not in affected:
                affected.add(name)
                pending.extend(importers.get(name, ()))
        return affected

    def _imported_by(self, module: str) -> Iterable[str]:
        statements = self.statements(module)
        if any(map(self.fingerprints.graph.may_reach_any_module, statements)):
            return self.sources
        return {imported.module.partition(".")[0] for statement in statements for imported in statement.imports}

    @property
    def side_effects(self) -> str:
        """A string that changes with the side effects of importing the modules. Empty if there are none."""
        if not self.fingerprints.graph.has_any_side_effects:
            return ""
        data = self.data if self.data_readers.includes_side_effects else ""
        return f"{self.fingerprints.of_side_effects} {data}"

    def may_see_later_effects(self, statement: Statement) -> bool:
        """Return whether the value of a statement may depend on whether side effects happen before or after it."""
        graph = self.fingerprints.graph
        seen = graph.reachable_values([statement])
        later = [
            graph.modules[module][position]
            for module, position in graph.links.side_effects
            if module != statement.module or position > statement.position
        ]
        return bool(later) and (AllModules() in seen or not seen.isdisjoint(graph.reachable_values(later)))

    @property
    def reloads_everything(self) -> bool:
        """Whether every run executes all modules in full.

        This is necessary if functions change state that is initialized by statements with side effects.
        """
        if self.state.is_empty or not self.fingerprints.graph.has_any_side_effects:
            return False
        graph = self.fingerprints.graph
        initialized = graph.reachable_values(graph.modules[module][position] for module, position in graph.links.side_effects)
        return self.state.is_random or AllModules() in initialized or self.state.binds_any(initialized)

    def stamp(self, statement: Statement) -> str:
        """Return a string that changes with a statement, with the code that it uses, and with the data that it may read."""
        own = self.fingerprints.of_statement(statement)
        return f"{own} {self.data}" if self.data_readers.includes_statement(statement) else own

    def stamp_of_module(self, module: str) -> str:
        """Return a string that changes with the stamp of any statement in a module."""
        return " ".join(self.stamp(statement) for statement in self.statements(module))

    def of_functions(self, node: Node) -> SharedCode:
        """Return the code of a node's functions."""
        # The arguments of a `partial` are part of the decorator that uses the `partial`, and `shaped_by` covers that decorator.
        own = node.function if node.function is None or not node.shaped_by else innermost(node.function)
        names = [(node.module or "", getattr(own, "__name__", ""))]
        names += [(function.__module__, function.__name__) for function in map(innermost, node.shaped_by)]
        # A function from an installed library, such as a step of a pipe, does not change during a session.
        names = [(module, name) for module, name in names if module in self.sources or not node.shaped_by]
        key = tuple(names), bool(node.shaped_by)
        if key not in self._shared:
            self._shared[key] = self._shared_code(node, key[0])
        return self._shared[key]

    def _shared_code(self, node: Node, functions: tuple[tuple[str, str], ...]) -> SharedCode:
        prints = [self.fingerprints.of(module, name) for module, name in functions]
        if None in prints:
            return SharedCode(NodeCode(functions, None, reads_data=True, writes_files=True), None)
        reads_data = any(self.data_readers.includes(module, name) for module, name in functions)
        writes_files = any(self.file_writers.includes(module, name) for module, name in functions)
        states = (self.state.used_by(module, name) for module, name in functions)
        if (state := next(filter(None, states), None)) is not None:
            return SharedCode(NodeCode(functions, None, reads_data, writes_files, state), None)
        data = self.data if reads_data else ""
        undecorated = None if node.shaped_by else self._undecorated_fingerprint(node.function, *functions[0])
        return SharedCode(
            NodeCode(functions, f"{' '.join(map(str, prints))} {data}", reads_data, writes_files),
            None if undecorated is None else f"{undecorated} {data}",
        )

    def _undecorated_fingerprint(self, function: object, module: str, name: str) -> str | None:
        """Return the fingerprint of a function without its decorators. None if one of them is not Headwater's."""
        binders = self.fingerprints.graph.binders(module, name)
        names = [decorator for _, position in binders for decorator in self.statements(module)[position].decorators]
        return self.fingerprints.of_undecorated(module, name) if uses_only_own_decorators(function, names) else None

    def is_always_executed(self, statement: Statement) -> bool:
        """Return whether a statement is executed every time its module is loaded, even if the statement has not changed."""
        if self.state.binds(statement):
            return True
        if statement.defines_function:
            return not any(self.fingerprints.graph.is_defined_here(statement.module, name) for name in statement.decorators)
        return bool(statement.imports) or statement.effects.prints

    def is_executed_in_every_update(self, statement: Statement) -> bool:
        """Return whether a statement is executed in every update, even one that reuses the objects of unchanged statements."""
        return self.state.binds(statement) or (statement.effects.prints and not statement.binds)

    def mutators_in(self, module: str) -> tuple[str, ...]:
        """Return the stamps of a module's functions that change other functions, for example with `@mutate(price)`."""
        if "mutate" not in self.sources[module]:
            return ()  # the usual case
        return tuple([self.stamp(statement) for statement in self.statements(module) if self._mutates(statement)])

    def _mutates(self, statement: Statement) -> bool:
        decorators: list[ast.expr] = getattr(statement.node, "decorator_list", [])
        callees = [decorator.func for decorator in decorators if isinstance(decorator, ast.Call)]
        names = [engine_name(callee, statement.module, self.fingerprints.graph) for callee in callees]
        return any(name is not None and name.rpartition(".")[2] == "mutate" for name in names)
