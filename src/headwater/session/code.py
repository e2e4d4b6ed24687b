"""`Code`: the present sources of a session, and what tells whether a statement or a node has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.introspection.callables import innermost
from headwater.sources.fingerprints import Dependents, Fingerprints, fingerprints
from headwater.sources.state import SharedState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.graph.node import Node
    from headwater.session.data import DataFileNames
    from headwater.sources.statements import Statement


@dataclass(frozen=True, slots=True)
class NodeCode:
    """What is known of the code of a node."""

    fingerprint: str | None
    """None if the code is not found: then it counts as changed."""
    reads_data: bool
    writes_files: bool = False
    """Whether it may write files. Then whatever reads its value may read one of them."""
    state: str | None = None
    """The name of a module-level value that functions change and that this code uses. Then its values are never reused."""


@dataclass(frozen=True, slots=True)
class Code:
    """Sources by module, with fingerprints that cover the data files where code may read them."""

    sources: Mapping[str, str]
    fingerprints: Fingerprints
    reading: Dependents
    """What may read a data file."""
    data: str
    """The digest of all data files."""
    writing: Dependents
    """What may write files."""
    state: SharedState
    """What functions change while they run."""

    @classmethod
    def of(cls, sources: Mapping[str, str], data: DataFileNames, digest: str, before: Code | None = None) -> Code:
        """Read sources; what has not changed since is taken over from `before`.

        Raises:
            SyntaxError: a source is not Python.
        """
        found = fingerprints(sources, None if before is None else before.fingerprints)
        writing = found.dependents(lambda statement: statement.effects.writes_files)
        return cls(sources, found, found.dependents(data.may_be_read_by), digest, writing, SharedState(found.graph))

    def statements(self, module: str) -> Sequence[Statement]:
        """The statements of a module."""
        return self.fingerprints.graph.modules[module]

    def has_side_effects(self, statement: Statement) -> bool:
        """Whether a statement may change what others have made, or does what no name of its own stands for."""
        return self.fingerprints.graph.has_side_effects(statement)

    @property
    def reloads_everything(self) -> bool:
        """Whether all modules are executed as a whole in every run: functions change state, and statements may build on it."""
        statements = (statement for of_module in self.fingerprints.graph.modules.values() for statement in of_module)
        return not self.state.is_empty and any(self.has_side_effects(statement) for statement in statements)

    def stamp(self, statement: Statement) -> str:
        """Changes with a statement, with what it uses, and with the data that it may read."""
        own = self.fingerprints.of_statement(statement)
        return f"{own} {self.data}" if self.reading.includes_statement(statement) else own

    def stamp_of_module(self, module: str) -> str:
        """Changes with any statement of a module."""
        return " ".join(self.stamp(statement) for statement in self.statements(module))

    def of_node(self, node: Node) -> NodeCode:
        """The code of the function behind a node, and how its parameters are bound."""
        # What a `partial` binds is written in the decorator that it is given to, so that `shaped_by` covers it.
        own = node.function if node.function is None or not node.shaped_by else innermost(node.function)
        written = [(node.module or "", getattr(own, "__name__", ""))]
        written += [(function.__module__, function.__name__) for function in map(innermost, node.shaped_by)]
        # What decorators pipe a value through may come from an installed library, of which no code changes in a session.
        written = [(module, name) for module, name in written if module in self.sources or not node.shaped_by]
        found = [self.fingerprints.of(module, name) for module, name in written]
        if None in found:
            return NodeCode(None, reads_data=True, writes_files=True)
        reads_data = any(self.reading.includes(module, name) for module, name in written)
        writes_files = any(self.writing.includes(module, name) for module, name in written)
        states = (self.state.used_by(module, name) for module, name in written)
        if (state := next(filter(None, states), None)) is not None:
            return NodeCode(None, reads_data, writes_files, state)
        sources = ",".join(f"{read.parameter}={read.source}" for read in node.dependencies)
        return NodeCode(f"{' '.join(map(str, found))}({sources}){self.data if reads_data else ''}", reads_data, writes_files)

    def is_always_executed(self, statement: Statement) -> bool:
        """Whether a statement is executed at every load, changed or not."""
        if self.state.binds(statement):
            return True
        if statement.defines_function:
            return not any(self.fingerprints.graph.is_defined_here(statement.module, name) for name in statement.decorators)
        return bool(statement.imports)
