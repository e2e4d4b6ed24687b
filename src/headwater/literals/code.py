"""Python code as pieces that know how to be laid out on lines."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

WIDTH = 88
"""Characters on a line, the default of most formatters."""
_STEP = "    "


@dataclass(frozen=True, slots=True)
class BracketGroup:
    """Items between brackets: `pd.Series(` ... `)`. It takes one line where it fits."""

    opening: str
    items: tuple[Piece, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class LabeledPiece:
    """An item with its name: `dtype="int64"`, `"a": 1`."""

    label: str
    piece: Piece


Piece = str | BracketGroup | LabeledPiece


def call(function: str, *arguments: Piece, **named: Piece) -> BracketGroup:
    """A call as code."""
    return BracketGroup(f"{function}(", (*arguments, *(LabeledPiece(f"{name}=", piece) for name, piece in named.items())), ")")


def text_code(text: str) -> str:
    """A text in double quotes, as formatters write it."""
    written = repr(text)
    return written if '"' in text or written[0] == '"' else f'"{written[1:-1]}"'


def in_one_line(piece: Piece) -> str:
    """A piece as an expression without line breaks."""
    match piece:
        case str():
            return piece
        case LabeledPiece(label, inner):
            return label + in_one_line(inner)
        case BracketGroup(opening, items, closing):
            return opening + ", ".join(map(in_one_line, items)) + closing


def lines(piece: Piece, *, before: str = "", after: str = "", indent: str = "") -> list[str]:
    """A piece laid out as formatters do, with what stands before and after it."""
    whole = f"{indent}{before}{in_one_line(piece)}{after}"
    if len(whole) <= WIDTH or isinstance(piece, str):
        return [whole]
    if isinstance(piece, LabeledPiece):
        return lines(piece.piece, before=before + piece.label, after=after, indent=indent)
    items = _filled(piece.items, indent + _STEP) if _is_flat(piece) else _stacked(piece.items, indent + _STEP)
    closing = piece.closing.removeprefix(",")  # of a tuple of one item, after which there is a comma already
    return [f"{indent}{before}{piece.opening}", *items, f"{indent}{closing}{after}"]


def identifier(name: str) -> str:
    """A name that Python takes, as near as can be: nodes may be called like the columns of a table.

    >>> identifier("rain (mm)"), identifier("2026"), identifier("class")
    ('rain_mm', '_2026', 'class_')
    """
    word = re.sub(r"\W+", "_", name)
    word = word if word == name else word.strip("_")
    word = word if word.isidentifier() else f"_{word}"
    return f"{word}_" if keyword.iskeyword(word) else word


def unique_name(wanted: str, taken: Sequence[str] | frozenset[str] | set[str], *, suffix: str = "_") -> str:
    """The name, with something added where it is taken."""
    if wanted not in taken:
        return wanted
    candidates = (f"{wanted}{suffix}{number or ''}" for number in count())
    return next(name for name in candidates if name not in taken)


def _is_flat(group: BracketGroup) -> bool:
    """Whether many short items stand side by side, as the numbers of a list."""
    return group.opening == "[" and all(isinstance(item, str) and len(item) < WIDTH // 2 for item in group.items)


def _stacked(items: Sequence[Piece], indent: str) -> Iterator[str]:
    for item in items:
        yield from lines(item, after=",", indent=indent)


def _filled(items: Sequence[Piece], indent: str) -> Iterator[str]:
    line = indent
    for item in items:
        text = f"{in_one_line(item)},"
        if line != indent and len(line) + 1 + len(text) > WIDTH:
            yield line
            line = indent
        line += text if line == indent else f" {text}"
    if line != indent:
        yield line
