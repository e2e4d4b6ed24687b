"""A text told by the lexicon, which whoever reads it knows: what both say is named by its place there.

A place and a length are digits of base 92 behind `MARK`. `playground/src/share/telling.ts` says the same, and reads it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib.resources import files

MARK = "\x7f"
"""A character that no code holds; a text that does is not told."""
DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
MOST_SHORT = len(DIGITS) - 2
"""Lengths up to here take one digit; longer ones begin with the last digit, and take three more."""
LONG_DIGITS = 3
MOST_LONG = len(DIGITS) ** LONG_DIGITS - 1
SHORTEST = 4
"""Naming a shorter piece would not be worth it."""
NEIGHBOURS = 12
"""How many places where a piece begins alike are looked at, before and after the place that was named last."""


@cache
def lexicon() -> str:
    """What dataflows say again and again."""
    return files("headwater").joinpath("lexicon.txt").read_text(encoding="utf-8")


def told(text: str, shortest: int) -> str | None:
    """The text by its pieces in the lexicon; None for a text that cannot be told.

    Args:
        text: what is told.
        shortest: the least number of characters that are worth naming.
    """
    if MARK in text:
        return None
    known = lexicon()
    places = _places(known, shortest)
    width = _width(len(known))
    telling: list[str] = []
    at = last = 0
    while at < len(text):
        place, length = _piece(text, at, known, places.get(text[at : at + shortest], ()), last)
        following = text[at + 1 : at + 1 + shortest]
        # What begins one character later may be longer.
        if length < shortest or _piece(text, at + 1, known, places.get(following, ()), last)[1] > length + 1:
            telling.append(text[at])
            at += 1
            continue
        telling.append(MARK + _digits(place, width) + _length_digits(length))
        last = place + length
        at += length
    return "".join(telling)


@cache
def _places(known: str, length: int) -> dict[str, tuple[int, ...]]:
    """Where pieces of a length begin, in order."""
    places: dict[str, list[int]] = {}
    for at in range(len(known) - length + 1):
        places.setdefault(known[at : at + length], []).append(at)
    return {piece: tuple(found) for piece, found in places.items()}


def _piece(text: str, at: int, known: str, places: tuple[int, ...], last: int) -> tuple[int, int]:
    """The place and the length of the longest piece that begins there, of those nearest to the place named last."""
    best = (0, 0)
    for place in _near(places, last):
        most = min(len(text) - at, len(known) - place, MOST_LONG)
        length = 0
        while length < most and text[at + length] == known[place + length]:
            length += 1
        if length > best[1]:
            best = (place, length)
    return best if best[1] >= SHORTEST else (0, 0)


def _near(places: tuple[int, ...], place: int) -> tuple[int, ...]:
    """What follows there is most likely what follows here."""
    if len(places) <= 2 * NEIGHBOURS:
        return places
    low = bisect_left(places, place)
    return places[max(0, low - NEIGHBOURS) : low + NEIGHBOURS]


def _width(length: int) -> int:
    width = 1
    while len(DIGITS) ** width < length:
        width += 1
    return width


def _length_digits(length: int) -> str:
    short = length - SHORTEST
    return _digits(short, 1) if short <= MOST_SHORT else DIGITS[-1] + _digits(length, LONG_DIGITS)


def _digits(number: int, width: int) -> str:
    text = ""
    while len(text) < width:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text
