"""Assertions about a value, as lines of a test."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from headwater.literals.classes import constructor_arguments
from headwater.literals.code import call, in_one_line, lines
from headwater.literals.errors import NotComparable, TooLong
from headwater.literals.libraries import library_entry
from headwater.literals.limits import MAX_CODE_VALUES
from headwater.literals.literals import Literals

Checker = Callable[[str, Any, Literals, str], list[str]]
"""A function that writes the assertions for instances of a library class."""


def check_lines(subject: str, value: Any, literals: Literals, name: str = "result") -> list[str]:
    """Return assertions that fail unless `subject` equals the expected value. Floats are compared with a tolerance.

    Args:
        subject: the expression to check.
        value: the expected value.
        literals: writes the value.
        name: the name for files that store the value.

    Raises:
        NotWritable: if the value cannot be written as code or to a file.
    """
    return _lines(subject, value, literals, name, [MAX_CODE_VALUES])


def _lines(subject: str, value: Any, literals: Literals, name: str, budget: list[int]) -> list[str]:
    budget[0] -= 1
    if budget[0] < 0:
        raise TooLong
    checker: Checker | None = library_entry(type(value), "CHECKERS")
    if checker is not None:
        return checker(subject, value, literals, name)
    if value is None or value is True or value is False:
        return [f"assert {subject} is {value}"]
    try:
        with literals.attempt():
            return _equality(subject, value, literals, name)
    except NotComparable:
        parts = list(_parts(subject, value, literals))
        if not parts:  # the value does not equal itself, like NaT
            return lines(call("repr", literals.piece(value, name)), before=f"assert repr({subject}) == ")
        before, *others = parts
        checks = [before[0]]
        for expression, part in others:
            checks += _lines(expression, part, literals, name, budget)
        return checks


def _equality(subject: str, value: Any, literals: Literals, name: str) -> list[str]:
    with literals.dry_run():
        literals.piece(value, name)  # raises if the exact value cannot be written, even if an approximation could
    return lines(literals.expected(value, name), before=f"assert {subject} == ")


def _parts(subject: str, value: Any, literals: Literals) -> Iterator[tuple[str, Any]]:
    """Yield an assertion about a container, then the expression and value of each part. Yield nothing if there are no parts."""
    cls = type(value)
    if cls is dict:
        keys = [in_one_line(literals.piece(key)) for key in value]
        yield f"assert list({subject}) == [{', '.join(keys)}]", None
        yield from ((f"{subject}[{key}]", part) for key, part in zip(keys, value.values(), strict=True))
    elif cls in (list, tuple):
        yield f"assert (type({subject}), len({subject})) == ({cls.__name__}, {len(value)})", None
        yield from ((f"{subject}[{at}]", part) for at, part in enumerate(value))
    elif (fields := constructor_arguments(cls, value)) is not None and (
        isinstance(value, tuple) or dataclasses.is_dataclass(cls)
    ):
        yield f"assert type({subject}) is {literals.class_name(cls)}", None
        yield from ((f"{subject}.{field}", part) for field, part in fields.items())
