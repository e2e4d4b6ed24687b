"""The statements of several modules, linked by what each needs, in an order in which what is needed comes first.

Statements are linked when one reads a name that the other binds, through `import` between the modules too. What statements
do besides binding names (`pandas.set_option(...)`, `@REGISTRY.register`) is passed on to everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from headwater.sources.effects import REACHES_ANY_MODULE, READS_SOURCE_TEXT
from headwater.sources.import_effects import ImportEffects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.sources.statements import Statement

REFLECTIVE = frozenset({"__import__", "eval", "exec", "globals", "importlib", "locals", "vars"})
"""Names through which code may reach any other code of the session by its name as a string."""


# Pieces are keys of many dictionaries, so they are named tuples: a tuple's hash is computed in C.
class ModuleCode(NamedTuple):
    """A module as one: all its statements, or only those that do something."""

    module: str
    part: Literal["all", "acts"]


class AllModules(NamedTuple):
    """All modules as one."""

    kind: Literal["everything"] = "everything"


class AllSideEffects(NamedTuple):
    """All statements, in all modules, that do something besides binding their names."""

    kind: Literal["acts"] = "acts"


class AllTexts(NamedTuple):
    """The texts of all modules as they are written, docstrings and comments included."""

    kind: Literal["texts"] = "texts"


Piece = tuple[str, int] | ModuleCode | AllModules | AllSideEffects | AllTexts
"""A place in the graph of code; a statement is known by its module and position."""

_ALL_MODULES: Final = AllModules()
_ALL_SIDE_EFFECTS: Final = AllSideEffects()
_ALL_TEXTS: Final = AllTexts()


@dataclass(slots=True, eq=False)
class Links:
    """The links between the statements of some modules, by their positions. They hold for all texts that are linked alike."""

    binders: Mapping[tuple[str, str], Sequence[tuple[str, int]]]
    """The statements that may bind a name in a module."""
    side_effects: frozenset[tuple[str, int]]
    """The statements that do something besides binding their names."""
    needs: dict[Piece, Sequence[Piece]] = field(default_factory=dict[Piece, "Sequence[Piece]"])
    """What pieces need directly, as far as somebody has asked."""
    groups: Sequence[Sequence[Piece]] | None = None


def _binders_of(modules: Mapping[str, Sequence[Statement]]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """The statements that may bind a name in a module."""
    binders: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for module, statements in modules.items():
        for statement in statements:
            for name in statement.binds:
                binders.setdefault((module, name), []).append((module, statement.position))
    return binders


def _have_same_links(before: Mapping[str, Sequence[Statement]], after: Mapping[str, Sequence[Statement]]) -> bool:
    """Whether the statements bind and read the same, in the same order; what acts is for the graph to find out."""
    return list(before) == list(after) and all(
        now is then or list(map(_link_key, now)) == list(map(_link_key, then))
        for then, now in zip(before.values(), after.values(), strict=True)
    )


def _link_key(statement: Statement) -> tuple[object, ...]:
    """All that the links of a statement are made of."""
    return (statement.binds, statement.reads, statement.imports, statement.effects.mentions, statement.defines_class)


class CodeGraph:
    """What the statements of some modules need of one another.

    Most edits change what a function does, and not what it needs: then the links are those of the graph from before.
    """

    def __init__(self, modules: Mapping[str, Sequence[Statement]], before: CodeGraph | None = None) -> None:
        self.modules = modules
        mentioned = (one.effects.mentions for statements in modules.values() for one in statements)
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
        """Whether a statement may change what others have made, or does what no name of its own stands for."""
        return (statement.module, statement.position) in self.links.side_effects

    def binders(self, module: str, name: str) -> Sequence[tuple[str, int]]:
        """The statements that may bind `name` in `module`."""
        return self.links.binders.get((module, name), ())

    def definitions_of(self, module: str, name: str) -> Iterator[Statement]:
        """The statements that make what a name means, through imports from other modules of these, too."""
        return self._import_effects.definitions_of(module, name)

    def is_defined_here(self, module: str, name: str) -> bool:
        """Whether the code of these modules makes what `name` means in `module`, rather than an installed library."""
        found = [self.modules[module][position] for _, position in self.links.binders.get((module, name), ())]
        return any(
            not statement.imports or any(imported.module in self.modules for imported in statement.imports)
            for statement in found
        )

    def pieces(self) -> Iterator[Piece]:
        """Everything in the graph."""
        for module, statements in self.modules.items():
            yield ModuleCode(module, "all")
            yield from ((module, statement.position) for statement in statements)
            yield ModuleCode(module, "acts")
        yield from (_ALL_MODULES, _ALL_SIDE_EFFECTS, _ALL_TEXTS)

    def needs(self, piece: Piece) -> Sequence[Piece]:
        """What a piece of code needs directly."""
        found = self.links.needs.get(piece)
        if found is None:
            found = self.links.needs[piece] = tuple(self._needed(piece))
        return found

    def _needed(self, piece: Piece) -> Iterator[Piece]:
        match piece:
            case ModuleCode(module, part):
                for statement in self.modules[module]:
                    if part == "all" or self.has_side_effects(statement):
                        yield (module, statement.position)
            case AllModules():
                yield from (ModuleCode(module, "all") for module in self.modules)
            case AllSideEffects():
                yield from (ModuleCode(module, "acts") for module in self.modules)
            case AllTexts():
                pass
            case (module, position):
                yield from self._needed_by(self.modules[module][position])

    def _needed_by(self, statement: Statement) -> Iterator[Piece]:
        yield _ALL_SIDE_EFFECTS
        for name in statement.reads:
            yield from self.binders(statement.module, name)
        if self._may_reach_any_module(statement):
            yield _ALL_MODULES
        if self._reads_source_text and (
            statement.defines_class or not READS_SOURCE_TEXT.isdisjoint(statement.effects.mentions)
        ):
            yield _ALL_TEXTS
        yield from self._imported(statement)

    @staticmethod
    def _may_reach_any_module(statement: Statement) -> bool:
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
                # The whole module, or a name that the module makes in a way that cannot be read.
                yield ModuleCode(imported.module, "all")

    @property
    def groups(self) -> Sequence[Sequence[Piece]]:
        """The pieces, those that need one another in a circle together, every group after the groups that it needs."""
        if self.links.groups is None:
            self.links.groups = tuple(self._compute_groups())
        return self.links.groups

    def _compute_groups(self) -> Iterator[Sequence[Piece]]:
        """Tarjan's algorithm with a stack of its own; linear in pieces and links. Pieces are numbered, which makes it fast."""
        pieces = list(self.pieces())
        numbers = {piece: number for number, piece in enumerate(pieces)}
        needs = [[numbers[needed] for needed in self.needs(piece)] for piece in pieces]
        index = [-1] * len(pieces)
        low = [0] * len(pieces)
        is_on_path = [False] * len(pieces)
        path: list[int] = []
        met = 0
        for start in range(len(pieces)):
            if index[start] >= 0:
                continue
            work = [(start, iter(needs[start]))]
            index[start] = low[start] = met
            met += 1
            path.append(start)
            is_on_path[start] = True
            while work:
                piece, needed = work[-1]
                for other in needed:
                    if index[other] < 0:
                        index[other] = low[other] = met
                        met += 1
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
