"""Reasons why a value cannot be written as code. The reason determines the form that is tried next."""

from __future__ import annotations

from headwater.errors import NotWritable
from headwater.literals.limits import MAX_CODE_VALUES


class TooLong(NotWritable):
    """The code for the value would be too long to read."""

    def __init__(self, message: str = f"it has more than {MAX_CODE_VALUES:,} values") -> None:
        super().__init__(message)


class NotComparable(NotWritable):
    """`==` cannot compare the value, so its parts must be compared."""


class NoFileFormat(NotWritable):
    """No file format can store the value. Its parts may be stored in files."""


class TooLarge(NotWritable):
    """The value exceeds a limit for both code and files."""
