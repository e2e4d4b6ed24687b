"""Why a value has no literal, where the reason decides what is tried next."""

from __future__ import annotations

from headwater.errors import NotWritable
from headwater.literals.limits import MOST_CODE_VALUES


class TooLong(NotWritable):
    """The value could be written, but nobody would read the code."""

    def __init__(
        self, message: str = f"it holds more than {MOST_CODE_VALUES:,} values, which nobody wants to read as code"
    ) -> None:
        super().__init__(message)


class NotComparable(NotWritable):
    """`==` does not compare the value as a whole, so its parts have to be compared."""


class NoFileFormat(NotWritable):
    """No file holds the value as a whole; its parts may have files."""


class TooLarge(NotWritable):
    """Neither code nor a file holds the value: it exceeds a bound."""
