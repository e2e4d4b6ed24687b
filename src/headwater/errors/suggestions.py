"""Suggestions of similar names, for "did you mean" in error messages."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: object, known: Iterable[object]) -> str:
    """Return ` Did you mean ...?` with up to three similar names. Empty if no name is similar, or if the name is not a string.

    The name itself is never suggested. If the difference is invisible, the suggestion explains it.

    >>> did_you_mean("rat", ["rate", "price"])
    ' Did you mean `rate`?'
    >>> did_you_mean("mean_temp", ["temp_mean", "rain"])
    ' Did you mean `temp_mean`?'
    >>> did_you_mean("rate", [" rate"])
    " Did you mean `' rate'`?"
    """
    if not isinstance(name, str):
        return ""
    import difflib  # imported lazily: only messages need it, and the import takes longer than creating the message

    known_names = sorted({other for other in known if isinstance(other, str)} - {name})
    matches = difflib.get_close_matches(name, known_names, n=3, cutoff=0.6)
    matches = matches or [other for other in known_names if _words(other) == _words(name)][:3]
    if not matches:
        return ""
    return f" Did you mean {' or '.join(map(_quote, matches))}?{_look_alikes(name, matches[0])}"


def _words(name: str) -> list[str]:
    """Return the words of a name in alphabetical order."""
    return sorted(name.casefold().split("_"))


def _quote(name: str) -> str:
    """Return a name in backticks. If it has invisible characters, such as a trailing space, it is also in quotes."""
    return f"`{name}`" if name == name.strip() and name.isprintable() else f"`{name!r}`"


def _look_alikes(name: str, other: str) -> str:
    """Describe the characters of one name that look like ASCII letters of the other name."""
    if name.isascii() == other.isascii():
        return ""
    import unicodedata

    foreign = name if other.isascii() else other
    characters = dict.fromkeys(character for character in foreign if not character.isascii())
    listed = ", ".join(f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}" for character in list(characters)[:3])
    return f" `{foreign}` contains {listed}."
