"""The nearest known names, for "did you mean" in error messages."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: object, known: Iterable[object]) -> str:
    """Returns ` Did you mean ...?` with up to three near names, or nothing if none is near, or where a name is no text.

    The name itself is never suggested. A suggestion that differs in what cannot be seen says in what.

    >>> did_you_mean("rat", ["rate", "price"])
    ' Did you mean `rate`?'
    >>> did_you_mean("rate", [" rate"])
    " Did you mean `' rate'`?"
    """
    if not isinstance(name, str):
        return ""
    import difflib  # only a message needs it, and importing it takes longer than the message

    others = sorted({one for one in known if isinstance(one, str)} - {name})
    near = difflib.get_close_matches(name, others, n=3, cutoff=0.6)
    if not near:
        return ""
    return f" Did you mean {' or '.join(map(_shown, near))}?{_look_alikes(name, near[0])}"


def _shown(name: str) -> str:
    """A name as code; with quotes where blanks at its ends, or other characters that are not printed, would be overlooked."""
    return f"`{name}`" if name == name.strip() and name.isprintable() else f"`{name!r}`"


def _look_alikes(name: str, other: str) -> str:
    """What is in one of two names in place of an ASCII letter of the other."""
    if name.isascii() == other.isascii():
        return ""
    import unicodedata

    foreign = name if other.isascii() else other
    found = dict.fromkeys(character for character in foreign if not character.isascii())
    listed = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, 'unnamed')}" for one in list(found)[:3])
    return f" `{foreign}` contains {listed}."
