r"""Fingerprints of code: functions with equal fingerprints do the same thing, as far as their source shows.

The fingerprint of a definition covers the definition, its decorators and, transitively, every module-level binding that it
uses. These bindings are helpers, constants, classes and imports, including those in other modules in the dataflow. The
fingerprint does not cover comments, layout, docstrings or the code of installed libraries.

>>> before = fingerprints({"prices": "RATE = 2\ndef total(price): return price * RATE\ndef tax(price): return 1"})
>>> after = fingerprints({"prices": "RATE = 3\ndef total(price): return price * RATE\ndef tax(price): return 1"})
>>> [before.of("prices", name) == after.of("prices", name) for name in ("total", "tax")]
[False, True]
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from headwater.sources.links import AllModules, AllSideEffects, AllTexts, CodeGraph, ModuleCode, Piece
from headwater.sources.module_cache import ModuleCache
from headwater.sources.statements import Statement, statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


_statements: Final = ModuleCache(statements_of)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of all definitions in a set of modules."""

    graph: CodeGraph
    digests: Mapping[Piece, bytes]
    """The digest of each piece of the graph."""
    texts: bytes
    """The digest of the text of all modules."""

    def of(self, module: str, name: str) -> str | None:
        """Return the fingerprint of a name in a module, or None if no statement in the module binds it."""
        binders = self.graph.binders(module, name)
        if not binders:
            return None
        if len(binders) == 1:
            return self.digests[binders[0]].hex()
        return _digest(self.digests[binder] for binder in binders).hex()

    def of_undecorated(self, module: str, name: str) -> str | None:
        r"""Return the fingerprint of a function without its decorators and the code that only they use.

        Return None if the function has no decorators, or if several statements in the module bind its name.

        >>> before = fingerprints({"prices": "@parameterize(LIST)\ndef total(price): return price\nLIST = 1"})
        >>> after = fingerprints({"prices": "@parameterize(LIST)\ndef total(price): return price\nLIST = 2"})
        >>> before.of("prices", "total") == after.of("prices", "total")
        False
        >>> before.of_undecorated("prices", "total") == after.of_undecorated("prices", "total")
        True
        """
        binders = self.graph.binders(module, name)
        if len(binders) != 1:
            return None
        binder_module, position = binders[0]
        statement = self.graph.modules[binder_module][position]
        undecorated = statement.undecorated
        if undecorated is None:
            return None
        needed = {self.digests[piece] for piece in self.graph.needs_of(statement, undecorated.reads)}
        return blake2b(undecorated.digest + b"".join(sorted(needed)), digest_size=16).hexdigest()

    def of_statement(self, statement: Statement) -> str:
        """Return the fingerprint of a statement and everything that it needs."""
        return self.digests[statement.module, statement.position].hex()

    @property
    def of_side_effects(self) -> str:
        """The fingerprint of all statements with side effects, of everything that they need, and of their order."""
        return self.digests[AllSideEffects()].hex()

    def of_module(self, module: str) -> str:
        """Return the fingerprint of everything that a module defines and does when it is imported."""
        return self.digests[ModuleCode(module, "all")].hex()

    def dependents(self, matches: Callable[[Statement], bool]) -> Dependents:
        """Return the statements that match, and all statements that depend on them.

        Args:
            matches: returns whether a statement itself matches.
        """
        dependents: set[Piece] = {
            (module, statement.position)
            for module, statements in self.graph.modules.items()
            for statement in statements
            if matches(statement)
        }
        if dependents:
            for group in self.graph.groups:
                if any(piece in dependents for piece in group) or any(
                    needed in dependents for piece in group for needed in self.graph.needs(piece)
                ):
                    dependents.update(group)
        return Dependents(self.graph, frozenset(dependents))


@dataclass(frozen=True, slots=True)
class Dependents:
    """The statements that match a condition, and all statements that depend on them. See `Fingerprints.dependents`."""

    graph: CodeGraph
    _pieces: frozenset[Piece]

    def includes(self, module: str, name: str) -> bool:
        """Return whether a name in a module is bound by one of the dependents."""
        return bool(self._pieces) and not self._pieces.isdisjoint(self.graph.binders(module, name))

    def includes_statement(self, statement: Statement) -> bool:
        """Return whether a statement is among the dependents."""
        return (statement.module, statement.position) in self._pieces

    @property
    def includes_side_effects(self) -> bool:
        """Whether any statement with side effects is among the dependents."""
        return any(piece in self._pieces for piece in self.graph.links.side_effects)


def fingerprints(sources: Mapping[str, str], before: Fingerprints | None = None) -> Fingerprints:
    """Return the fingerprints of the definitions in modules that may import one another.

    Takes time linear in the size of the sources.

    Args:
        sources: the source text of each module, keyed by module name.
        before: the fingerprints of earlier versions of these modules. Fingerprints of unchanged code are reused.

    Raises:
        SyntaxError: a module is not valid Python.
    """
    modules = {module: _statements(module, source) for module, source in sources.items()}
    code = CodeGraph(modules, None if before is None else before.graph)
    texts = _digest(f"{module}\0{source}".encode("utf-8", "surrogatepass") for module, source in sources.items())
    if before is None or code.links is not before.graph.links:
        return Fingerprints(code, _compute_digests(code, code.groups, texts, {}), texts)
    changed: set[Piece] = {AllTexts(), *_changed_pieces(before.graph, code)}
    groups: list[Sequence[Piece]] = []
    for group in code.groups:
        if not all(changed.isdisjoint((piece, *code.needs(piece))) for piece in group):
            changed.update(group)
            groups.append(group)
    return Fingerprints(code, _compute_digests(code, groups, texts, before.digests), texts)


def _changed_pieces(before: CodeGraph, after: CodeGraph) -> Iterator[Piece]:
    """Yield the statements with a new digest. The graphs must be equal except for the digests of statements."""
    for module, statements in after.modules.items():
        earlier = before.modules[module]
        if earlier is not statements:
            pairs = zip(earlier, statements, strict=True)
            yield from ((module, new.position) for old, new in pairs if old.digest != new.digest)


def _compute_digests(
    code: CodeGraph, groups: Iterable[Sequence[Piece]], texts: bytes, known: Mapping[Piece, bytes]
) -> Mapping[Piece, bytes]:
    """Return the digests of all pieces. Compute the digests of pieces in `groups`, and take all others from `known`."""
    digests = dict(known)
    for group in groups:
        own_digests = [_own_digest(code, piece, texts) for piece in group]
        needed_pieces = {other for piece in group for other in code.needs(piece)}.difference(group)
        needed = {digests[other] for other in needed_pieces}
        together = b"".join(sorted(needed)) if len(group) == 1 else _digest(own_digests) + _digest(needed)
        for piece, own in zip(group, own_digests, strict=True):
            digests[piece] = blake2b(own + together, digest_size=16).digest()
    return digests


def _own_digest(code: CodeGraph, piece: Piece, texts: bytes) -> bytes:
    match piece:
        case ModuleCode(module, part):
            return f"{part} of {module}".encode()
        case AllModules():
            return b"modules"
        case AllSideEffects():
            return f"side effects{code.effects_order}".encode()
        case AllTexts():
            return texts
        case (module, position):
            return code.modules[module][position].digest


def _digest(digests: Iterable[bytes]) -> bytes:
    return blake2b(b"".join(sorted(digests)), digest_size=16).digest()
