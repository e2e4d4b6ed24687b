"""Reasons why a value cannot be written as code. The reason determines the form that is tried next."""

from __future__ import annotations

from headwater.errors import NotWritable
from headwater.literals.limits import MAX_CODE_VALUES


class TooLong(NotWritable, has_page=False):
    """The code for the value would be too long to read."""

    def __init__(self, message: str = f"it has more than {MAX_CODE_VALUES:,} values") -> None:
        super().__init__(message)


class NotComparable(NotWritable, has_page=False):
    """`==` cannot compare the value, so its parts must be compared."""


class NoFileFormat(NotWritable, has_page=False):
    """No file format can store the value. Its parts may be stored in files."""


class TooLarge(NotWritable, has_page=False):
    """The value is too large for code and for files."""
