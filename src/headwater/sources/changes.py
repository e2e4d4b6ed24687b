r"""`CodeChanges`: the definitions that differ between two versions of the same modules.

The fingerprint of a function changes if its own text, or the text of code that it needs, has changed. The function may need the
code directly or through other code.

>>> from headwater.sources.fingerprints import fingerprints
>>> before = fingerprints({"prices": "RATE = 2\ndef net(price): return price * RATE\ndef total(net): return net"})
>>> after = fingerprints({"prices": "RATE = 3\ndef net(price): return price * RATE\ndef total(net): return net"})
>>> changes = CodeChanges(before, after)
>>> [[change.name for change in changes.of([("prices", name)])] for name in ("net", "total")]
[['RATE'], []]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from headwater.sources.links import AllTexts, ModuleCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from headwater.sources.fingerprints import Fingerprints
    from headwater.sources.links import Piece
    from headwater.sources.statements import Statement

MAX_CHANGES: Final = 8
"""The maximum number of changes that are listed for a function."""


@dataclass(frozen=True, slots=True)
class ChangedCode:
    """One piece of code that was changed, added or removed."""

    kind: Literal["definition", "statement", "module", "text"]
    """The kind of the code.

    A `definition` binds a name, and a `statement` binds none. A `module` was added or removed. A `text` is the text of all
    modules.
    """
    module: str = ""
    name: str = ""
    """The name that was changed. If the definition binds several names, one that the function reads is preferred."""


class CodeChanges:
    """Finds the differences between two versions of the same modules, in linear time."""

    def __init__(self, before: Fingerprints, after: Fingerprints) -> None:
        self._before = before
        self._after = after

    def of(self, names: Iterable[tuple[str, str]]) -> Sequence[ChangedCode]:
        """Return the first changes that affect functions. `names` contains `(module, function name)` pairs."""
        names = list(names)
        # If no current code explains the change, look for removed code, which only the earlier version needs.
        return _changes_of(names, self._after, self._changed) or _changes_of(names, self._before, self._removed)

    @cached_property
    def _changed(self) -> Mapping[Piece, Sequence[Piece]]:
        return _changed_pieces(self._before, self._after)

    @cached_property
    def _removed(self) -> Mapping[Piece, Sequence[Piece]]:
        return _changed_pieces(self._after, self._before)


def _changes_of(
    names: Sequence[tuple[str, str]], prints: Fingerprints, changed: Mapping[Piece, Sequence[Piece]]
) -> Sequence[ChangedCode]:
    functions = [binder for module, name in names for binder in prints.graph.binders(module, name)]
    preferred = {name for _, name in names}.union(*(_statement(function, prints).reads for function in functions))
    changes = (_change(piece, prints, preferred) for function in functions for piece in changed.get(function, ()))
    return tuple(dict.fromkeys(changes))


def _changed_pieces(before: Fingerprints, after: Fingerprints) -> Mapping[Piece, Sequence[Piece]]:
    """For each piece in `after`, return the pieces with new text that it needs, starting with the piece itself."""
    known = set(before.digests.values())
    known_texts = {statement.digest for statements in before.graph.modules.values() for statement in statements}

    def is_new(piece: Piece) -> bool:
        match piece:
            case (str(module), int(position)):
                return after.graph.modules[module][position].digest not in known_texts
            case ModuleCode(module, _):
                return module not in before.graph.modules
            case AllTexts():
                return before.texts != after.texts
            case _:
                return False

    changed: dict[Piece, Sequence[Piece]] = {}
    for group in after.graph.groups:
        affected = [piece for piece in group if after.digests[piece] not in known]
        if not affected:
            continue
        own = [piece for piece in affected if is_new(piece)]
        needed = [other for piece in affected for needs in after.graph.needs(piece) for other in changed.get(needs, ())]
        changed.update(dict.fromkeys(affected, tuple(dict.fromkeys([*own, *needed]))[:MAX_CHANGES]))
    return changed


def _change(piece: Piece, prints: Fingerprints, preferred: AbstractSet[str]) -> ChangedCode:
    match piece:
        case ModuleCode(module, _):
            return ChangedCode("module", module)
        case AllTexts():
            return ChangedCode("text")
        case (str(module), int()):
            names = sorted(_statement((module, piece[1]), prints).binds)
            if not names:
                return ChangedCode("statement", module)
            return ChangedCode("definition", module, next((name for name in names if name in preferred), names[0]))
        case _:
            raise AssertionError(f"The text of {piece} never changes.")


def _statement(piece: tuple[str, int], prints: Fingerprints) -> Statement:
    module, position = piece
    return prints.graph.modules[module][position]
