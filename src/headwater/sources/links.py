"""The dependency graph of the statements in several modules, in topological order.

A statement depends on another statement if it reads a name that the other binds, directly or through an import. Every statement
depends on the statements with side effects (`pandas.set_option(...)`, `@REGISTRY.register`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from headwater.sources.effects import REACHES_ANY_MODULE, READS_SOURCE_TEXT
from headwater.sources.execution_order import execution_order
from headwater.sources.import_effects import ImportEffects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.sources.statements import Statement

REFLECTIVE = frozenset({"__import__", "eval", "exec", "globals", "importlib", "locals", "vars"})
"""Names with which code looks up other code by a name in a string."""


# Pieces are named tuples, because they are keys of many dictionaries, and tuples are hashed in C.
class ModuleCode(NamedTuple):
    """All statements in a module, or only the statements with side effects."""

    module: str
    part: Literal["all", "side_effects"]


class AllModules(NamedTuple):
    """All statements in all modules."""

    kind: Literal["modules"] = "modules"


class AllSideEffects(NamedTuple):
    """All statements with side effects, in all modules."""

    kind: Literal["side_effects"] = "side_effects"


class AllTexts(NamedTuple):
    """The text of all modules, including docstrings and comments."""

    kind: Literal["texts"] = "texts"


Piece = tuple[str, int] | ModuleCode | AllModules | AllSideEffects | AllTexts
"""A node of the code graph. A statement is identified by its module and position."""

_ALL_MODULES: Final = AllModules()
_ALL_SIDE_EFFECTS: Final = AllSideEffects()
_ALL_TEXTS: Final = AllTexts()


@dataclass(slots=True, eq=False)
class Links:
    """The dependencies between statements, which are identified by position.

    Versions of the code with the same dependencies share this object.
    """

    binders: Mapping[tuple[str, str], Sequence[tuple[str, int]]]
    """The statements that may bind each name, keyed by module and name."""
    side_effects: frozenset[tuple[str, int]]
    """The statements that do more than bind their names."""
    needs: dict[Piece, Sequence[Piece]] = field(default_factory=dict[Piece, "Sequence[Piece]"])
    """The direct dependencies of pieces, computed on demand."""
    groups: Sequence[Sequence[Piece]] | None = None
    effects_order: str | None = None
    """See `CodeGraph.effects_order`."""


def _binders_of(modules: Mapping[str, Sequence[Statement]]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """Return the statements that may bind each name, keyed by module and name."""
    binders: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for module, statements in modules.items():
        for statement in statements:
            for name in statement.binds:
                binders.setdefault((module, name), []).append((module, statement.position))
    return binders


def _have_same_links(before: Mapping[str, Sequence[Statement]], after: Mapping[str, Sequence[Statement]]) -> bool:
    """Return whether the statements bind and read the same names in the same order. Side effects are compared later."""
    return list(before) == list(after) and all(
        new is old or list(map(_link_key, new)) == list(map(_link_key, old))
        for old, new in zip(before.values(), after.values(), strict=True)
    )


def _link_key(statement: Statement) -> tuple[object, ...]:
    """Return everything on which the links of a statement depend."""
    return (statement.binds, statement.reads, statement.imports, statement.effects.mentions, statement.defines_class)


class CodeGraph:
    """The dependencies between the statements in several modules.

    Most edits do not change the dependencies. If they are unchanged, the links of the earlier graph are reused.
    """

    def __init__(self, modules: Mapping[str, Sequence[Statement]], before: CodeGraph | None = None) -> None:
        self.modules = modules
        mentioned = (statement.effects.mentions for statements in modules.values() for statement in statements)
        self._reads_source_text = any(not READS_SOURCE_TEXT.isdisjoint(names) for names in mentioned)
        known = None if before is None or not _have_same_links(before.modules, modules) else before.links
        binders = _binders_of(modules) if known is None else known.binders
        self._import_effects = ImportEffects(binders, modules)
        side_effects = frozenset(
            (module, statement.position)
            for module, statements in modules.items()
            for statement in statements
            if statement.has_side_effects or self._import_effects.changes(statement)
        )
        self.links: Links = known if known is not None and known.side_effects == side_effects else Links(binders, side_effects)

    def has_side_effects(self, statement: Statement) -> bool:
        """Return whether a statement may do more than bind its own names."""
        return (statement.module, statement.position) in self.links.side_effects

    @property
    def has_any_side_effects(self) -> bool:
        """Whether any statement may do more than bind its own names."""
        return bool(self.links.side_effects)

    @property
    def effects_order(self) -> str:
        """The execution order of the statements that might change values, or use changed ones, as far as imports determine it.

        Empty if no statement has side effects.
        """
        if self.links.effects_order is None:
            side_effects = self.links.side_effects
            order = execution_order(self.modules, side_effects) if side_effects else ()
            self.links.effects_order = "".join(f" {module}" for module in order)
        return self.links.effects_order

    def reachable_values(self, statements: Iterable[Statement]) -> frozenset[Piece]:
        """Return the values that statements may read or change during import, directly or through functions and classes.

        Functions and constants are not included. The result contains `AllModules()` if the statements may reach any value.
        """
        seen: set[Piece] = {(statement.module, statement.position) for statement in statements}
        pending = list(seen)
        while pending:
            needs = self.needs(pending.pop())
            found = [piece for piece in needs if piece != _ALL_SIDE_EFFECTS and piece not in seen]
            seen.update(found)
            pending.extend(found)
        return frozenset(piece for piece in seen if piece == _ALL_MODULES or self._is_value(piece))

    def _is_value(self, piece: Piece) -> bool:
        if isinstance(piece, ModuleCode | AllModules | AllSideEffects | AllTexts):
            return False
        module, position = piece
        statement = self.modules[module][position]
        return not (statement.defines_function or statement.imports or statement.effects.value_kind == "constant")

    def binders(self, module: str, name: str) -> Sequence[tuple[str, int]]:
        """Return the statements that may bind `name` in `module`."""
        return self.links.binders.get((module, name), ())

    def definitions_of(self, module: str, name: str) -> Iterator[Statement]:
        """Yield the statements that define a name, following imports between these modules."""
        return self._import_effects.definitions_of(module, name)

    def is_defined_here(self, module: str, name: str) -> bool:
        """Return whether `name` in `module` comes from these modules rather than from an installed library."""
        binders = [self.modules[module][position] for _, position in self.links.binders.get((module, name), ())]
        return any(
            not statement.imports or any(imported.module in self.modules for imported in statement.imports)
            for statement in binders
        )

    def pieces(self) -> Iterator[Piece]:
        """Yield all pieces of the graph."""
        for module, statements in self.modules.items():
            yield ModuleCode(module, "all")
            yield from ((module, statement.position) for statement in statements)
            yield ModuleCode(module, "side_effects")
        yield from (_ALL_MODULES, _ALL_SIDE_EFFECTS, _ALL_TEXTS)

    def needs(self, piece: Piece) -> Sequence[Piece]:
        """Return the direct dependencies of a piece."""
        needs = self.links.needs.get(piece)
        if needs is None:
            needs = self.links.needs[piece] = tuple(self._needed(piece))
        return needs

    def _needed(self, piece: Piece) -> Iterator[Piece]:
        match piece:
            case ModuleCode(module, part):
                for statement in self.modules[module]:
                    if part == "all" or self.has_side_effects(statement):
                        yield (module, statement.position)
            case AllModules():
                yield from (ModuleCode(module, "all") for module in self.modules)
            case AllSideEffects():
                yield from (ModuleCode(module, "side_effects") for module in self.modules)
            case AllTexts():
                pass
            case (module, position):
                statement = self.modules[module][position]
                yield from self.needs_of(statement, statement.reads)

    def needs_of(self, statement: Statement, reads: Iterable[str]) -> Iterator[Piece]:
        """Yield the direct dependencies of the part of a statement that reads these names. A piece may occur several times."""
        yield _ALL_SIDE_EFFECTS
        for name in reads:
            yield from self.binders(statement.module, name)
        if self.may_reach_any_module(statement):
            yield _ALL_MODULES
        if self._reads_source_text and (
            statement.defines_class or not READS_SOURCE_TEXT.isdisjoint(statement.effects.mentions)
        ):
            yield _ALL_TEXTS
        yield from self._imported(statement)

    @staticmethod
    def may_reach_any_module(statement: Statement) -> bool:
        """Return whether a statement may access any module by a name in a string."""
        by_name = not REFLECTIVE.isdisjoint(statement.reads) or not REFLECTIVE.isdisjoint(statement.binds)
        return by_name or not REACHES_ANY_MODULE.isdisjoint(statement.effects.mentions)

    def _imported(self, statement: Statement) -> Iterator[Piece]:
        for imported in statement.imports:
            if imported.module not in self.modules:
                continue
            binders = self.binders(imported.module, imported.name) if imported.name is not None else ()
            if binders:
                yield from binders
            else:
                # The statement imports the module itself, or a name whose binding is not visible in the module's text.
                yield ModuleCode(imported.module, "all")

    @property
    def groups(self) -> Sequence[Sequence[Piece]]:
        """The strongly connected components in topological order: each component comes after the components that it needs."""
        if self.links.groups is None:
            self.links.groups = tuple(self._compute_groups())
        return self.links.groups

    def _compute_groups(self) -> Iterator[Sequence[Piece]]:
        """Compute the components with Tarjan's algorithm, without recursion, in linear time. Pieces are numbered for speed."""
        pieces = list(self.pieces())
        numbers = {piece: number for number, piece in enumerate(pieces)}
        needs = [[numbers[needed] for needed in self.needs(piece)] for piece in pieces]
        index = [-1] * len(pieces)
        low = [0] * len(pieces)
        is_on_path = [False] * len(pieces)
        path: list[int] = []
        visited = 0
        for start in range(len(pieces)):
            if index[start] >= 0:
                continue
            work = [(start, iter(needs[start]))]
            index[start] = low[start] = visited
            visited += 1
            path.append(start)
            is_on_path[start] = True
            while work:
                piece, needed = work[-1]
                for other in needed:
                    if index[other] < 0:
                        index[other] = low[other] = visited
                        visited += 1
                        path.append(other)
                        is_on_path[other] = True
                        work.append((other, iter(needs[other])))
                        break
                    if is_on_path[other]:
                        low[piece] = min(low[piece], index[other])
                else:
                    work.pop()
                    if work:
                        caller = work[-1][0]
                        low[caller] = min(low[caller], low[piece])
                    if low[piece] == index[piece]:
                        group: list[Piece] = []
                        while is_on_path[piece]:
                            member = path.pop()
                            is_on_path[member] = False
                            group.append(pieces[member])
                        yield group
