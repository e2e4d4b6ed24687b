"""Notes on exceptions from users' functions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import short_repr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.introspection.source_location import SourceLocation

_FIRST_WORDS: Final = "Raised in node `"


def add_note(error: BaseException, note: str) -> None:
    """Add a note to an exception, unless its class does not allow attributes."""
    with suppress(Exception):  # the exception's own methods may raise any exception
        error.add_note(note)


def add_call_note(
    error: BaseException, name: str, location: SourceLocation, parameters: Sequence[str], values: Sequence[Any]
) -> None:
    """Add a note with the node's name and location, and the arguments of the failed call."""
    lines = [f"{_FIRST_WORDS}{name}` ({location})"]
    if parameters:
        lines[0] += ", called with"
        lines += [f"  {parameter} = {short_repr(value)}" for parameter, value in zip(parameters, values, strict=True)]
    add_note(error, "\n".join(lines))


def has_call_note(error: BaseException) -> bool:
    """Return True if an exception has a note about a call."""
    return any(note.startswith(_FIRST_WORDS) for note in getattr(error, "__notes__", ()))
