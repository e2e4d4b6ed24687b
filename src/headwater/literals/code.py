"""Python code as a tree of pieces, and its layout on lines."""

from __future__ import annotations

import keyword
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

WIDTH = 88
"""The maximum line length, the default of most formatters."""
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class BracketGroup:
    """Items between brackets, such as the arguments of `pd.Series(...)`. They are laid out on one line if they fit."""

    opening: str
    items: tuple[Piece, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class LabeledPiece:
    """An item with its keyword or key: `dtype="int64"`, `"a": 1`."""

    label: str
    piece: Piece


Piece = str | BracketGroup | LabeledPiece


def call(function: str, *arguments: Piece, **named: Piece) -> BracketGroup:
    """Return the code for a call."""
    return BracketGroup(f"{function}(", (*arguments, *(LabeledPiece(f"{name}=", piece) for name, piece in named.items())), ")")


def text_code(text: str) -> str:
    """Return a string literal in double quotes, as formatters write it."""
    literal = repr(text)
    return literal if '"' in text or literal[0] == '"' else f'"{literal[1:-1]}"'


def in_one_line(piece: Piece) -> str:
    """Return a piece as an expression without line breaks."""
    match piece:
        case str():
            return piece
        case LabeledPiece(label, inner):
            return label + in_one_line(inner)
        case BracketGroup(opening, items, closing):
            return opening + ", ".join(map(in_one_line, items)) + closing


def lines(piece: Piece, *, before: str = "", after: str = "", indent: str = "") -> list[str]:
    """Lay out a piece as formatters do, including the code before and after it."""
    line = f"{indent}{before}{in_one_line(piece)}{after}"
    if len(line) <= WIDTH or isinstance(piece, str):
        return [line]
    if isinstance(piece, LabeledPiece):
        return lines(piece.piece, before=before + piece.label, after=after, indent=indent)
    items = _filled(piece.items, indent + _INDENT) if _is_flat(piece) else _stacked(piece.items, indent + _INDENT)
    closing = piece.closing.removeprefix(",")  # in a one-item tuple, the item already ends with a comma
    return [f"{indent}{before}{piece.opening}", *items, f"{indent}{closing}{after}"]


def identifier(name: str) -> str:
    """Convert a name to a similar Python identifier. Nodes may be named after columns in a table.

    >>> identifier("rain (mm)"), identifier("2026"), identifier("class")
    ('rain_mm', '_2026', 'class_')
    """
    word = re.sub(r"\W+", "_", name)
    word = word if word == name else word.strip("_")
    word = word if word.isidentifier() else f"_{word}"
    return f"{word}_" if keyword.iskeyword(word) else word


def unique_name(name: str, used_names: Container[str], *, suffix: str = "_") -> str:
    """Return the name, with a suffix if it is already taken."""
    if name not in used_names:
        return name
    candidates = (f"{name}{suffix}{number or ''}" for number in count())
    return next(candidate for candidate in candidates if candidate not in used_names)


def _is_flat(group: BracketGroup) -> bool:
    """Return True for a list of short items, which are laid out side by side."""
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
