"""What a test asks of a value, as lines of code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from headwater.takehome.code import lines
from headwater.takehome.literals import Literals, of_library

Checker = Callable[[str, Any, Literals], list[str]]
"""Writes the check of values of one class of a library."""


def check_lines(subject: str, value: Any, literals: Literals) -> list[str]:
    """Lines that fail if `subject` is not this value: floats may differ by a rounding error, all else must be equal.

    Raises:
        NotWritable: the value cannot be written down.
    """
    checker: Checker | None = of_library(type(value), "CHECKERS")
    if checker is not None:
        return checker(subject, value, literals)
    if value is None or value is True or value is False:
        return [f"assert {subject} is {value}"]
    literals.piece(value)  # the exact value has to be writable too, or the comparison would say less than it seems to
    return lines(literals.expected(value), before=f"assert {subject} == ")
