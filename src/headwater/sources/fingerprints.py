r"""Fingerprints of code: two functions with the same fingerprint do the same, as far as their source can tell.

The fingerprint of a definition covers the definition itself, its decorators included, and through any number of steps
every module-level binding that it uses: helpers, constants, classes and imports, in other modules of the same dataflow
too. It does not cover comments, layout, docstrings and the code of installed libraries.

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
    """The fingerprints of all definitions of some modules."""

    graph: CodeGraph
    digests: Mapping[Piece, bytes]
    """Of each piece of the graph."""

    def of(self, module: str, name: str) -> str | None:
        """The fingerprint of what `name` means in `module`, None if no statement of the module binds it."""
        binders = self.graph.binders(module, name)
        if not binders:
            return None
        if len(binders) == 1:
            return self.digests[binders[0]].hex()
        return _digest(self.digests[binder] for binder in binders).hex()

    def of_statement(self, statement: Statement) -> str:
        """The fingerprint of a statement and of all that it needs."""
        return self.digests[statement.module, statement.position].hex()

    def of_module(self, module: str) -> str:
        """The fingerprint of all that a module defines and does when it is imported."""
        return self.digests[ModuleCode(module, "all")].hex()

    def dependents(self, matches: Callable[[Statement], bool]) -> Dependents:
        """Which definitions touch something, themselves or through what they need.

        Args:
            matches: whether a statement does so by itself.
        """
        touched: set[Piece] = {
            (module, statement.position)
            for module, statements in self.graph.modules.items()
            for statement in statements
            if matches(statement)
        }
        if touched:
            for group in self.graph.groups:
                if any(piece in touched for piece in group) or any(
                    needed in touched for piece in group for needed in self.graph.needs(piece)
                ):
                    touched.update(group)
        return Dependents(self.graph, frozenset(touched))


@dataclass(frozen=True, slots=True)
class Dependents:
    """The definitions that touch something."""

    graph: CodeGraph
    _pieces: frozenset[Piece]

    def includes(self, module: str, name: str) -> bool:
        """Whether what `name` means in `module` touches it."""
        return bool(self._pieces) and not self._pieces.isdisjoint(self.graph.binders(module, name))

    def includes_statement(self, statement: Statement) -> bool:
        """Whether a statement touches it."""
        return (statement.module, statement.position) in self._pieces


def fingerprints(sources: Mapping[str, str], before: Fingerprints | None = None) -> Fingerprints:
    """The fingerprints of the definitions in some modules that may import one another.

    Linear in the size of the sources.

    Args:
        sources: the source text of each module by the module's name.
        before: the fingerprints of earlier texts of these modules. What has not changed since is taken over from there.

    Raises:
        SyntaxError: a source is not Python.
    """
    modules = {module: _statements(module, source) for module, source in sources.items()}
    code = CodeGraph(modules, None if before is None else before.graph)
    texts = _digest(f"{module}\0{source}".encode("utf-8", "surrogatepass") for module, source in sources.items())
    if before is None or code.links is not before.graph.links:
        return Fingerprints(code, _compute_digests(code, code.groups, texts, {}))
    changed: set[Piece] = {AllTexts(), *_changed_pieces(before.graph, code)}
    groups: list[Sequence[Piece]] = []
    for group in code.groups:
        if not all(changed.isdisjoint((piece, *code.needs(piece))) for piece in group):
            changed.update(group)
            groups.append(group)
    return Fingerprints(code, _compute_digests(code, groups, texts, before.digests))


def _changed_pieces(before: CodeGraph, after: CodeGraph) -> Iterator[Piece]:
    """The statements that say something else than before, in modules that have as many."""
    for module, statements in after.modules.items():
        then = before.modules[module]
        if then is not statements:
            yield from ((module, now.position) for was, now in zip(then, statements, strict=True) if was.digest != now.digest)


def _compute_digests(
    code: CodeGraph, groups: Iterable[Sequence[Piece]], texts: bytes, known: Mapping[Piece, bytes]
) -> Mapping[Piece, bytes]:
    """The digests of all pieces: those that are known, and those of the pieces in some groups computed anew."""
    digests = dict(known)
    for group in groups:
        said = [_own_digest(code, piece, texts) for piece in group]
        others = {other for piece in group for other in code.needs(piece)}.difference(group)
        needed = {digests[other] for other in others}
        together = b"".join(sorted(needed)) if len(group) == 1 else _digest(said) + _digest(needed)
        for piece, own in zip(group, said, strict=True):
            digests[piece] = blake2b(own + together, digest_size=16).digest()
    return digests


def _own_digest(code: CodeGraph, piece: Piece, texts: bytes) -> bytes:
    match piece:
        case ModuleCode(module, part):
            return f"{part} of {module}".encode()
        case AllModules():
            return b"everything"
        case AllSideEffects():
            return b"acts"
        case AllTexts():
            return texts
        case (module, position):
            return code.modules[module][position].digest


def _digest(digests: Iterable[bytes]) -> bytes:
    return blake2b(b"".join(sorted(digests)), digest_size=16).digest()
