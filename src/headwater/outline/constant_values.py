"""Values that constant expressions may have, and the budget that bounds the work of computing them."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, Final, ForwardRef, TypeVar

MOST_STEPS: Final = 50_000
"""Steps for one expression and all that its names stand for."""
MOST_CHARACTERS: Final = 20_000
"""Characters of a text that is computed."""
_MOST_BITS: Final = 4_096
_DEEPEST: Final = 60
"""Levels of nested expressions."""
_DEEPEST_VALUE: Final = 30
_CHARACTERS_PER_STEP: Final = 64
_LONG_NUMBER: Final = re.compile(r"\d{4,}")

SCALARS: Final = frozenset({int, float, bool, str, type(None)})
NUMBERS: Final = frozenset({int, float, bool})
INTEGERS: Final = frozenset({int, bool})
SEQUENCES: Final = frozenset({list, tuple, str, range})
SETS: Final = frozenset({set, frozenset})
CONTAINERS: Final = SEQUENCES | SETS | {dict}
PLAIN: Final = SCALARS | CONTAINERS | {bytes, complex, EllipsisType}

T = TypeVar("T")


class UnknownValue(Exception):
    """Source text does not determine the value of an expression."""


@dataclass(slots=True)
class Budget:
    """The steps that are left. Its methods raise `UnknownValue` where a value or the work for it is too large."""

    steps: int = MOST_STEPS
    depth: int = 0
    parent: Budget | None = None
    """The budget of the whole module, which pays for every step as well."""

    def spend(self, steps: int = 1) -> None:
        """Count some steps."""
        self.steps -= steps
        if self.steps < 0:
            raise UnknownValue
        if self.parent is not None:
            self.parent.spend(steps)

    def enter(self) -> None:
        """Begin an expression within another; `leave` ends it."""
        self.depth += 1
        self.spend()
        if self.depth > _DEEPEST:
            raise UnknownValue

    def leave(self) -> None:
        """End an expression."""
        self.depth -= 1

    def charge(self, value: T, *, plain: bool = False) -> T:
        """The value itself, once all its parts are counted: each as often as it is reached, as `==` and `repr` do.

        With `plain`, all parts have to be data of Python's own types.
        """
        waiting: list[tuple[Any, int]] = [(value, 0)]
        while waiting:
            part, depth = waiting.pop()
            self.spend()
            cls = type(part)
            if depth > _DEEPEST_VALUE or (plain and cls not in PLAIN):
                raise UnknownValue
            if cls is str or cls is bytes:
                self.spend(len(part) // _CHARACTERS_PER_STEP)
            elif cls is int:
                if part.bit_length() > _MOST_BITS:
                    raise UnknownValue
            elif isinstance(part, dict):
                self.spend(len(part))
                waiting += [(inner, depth + 1) for pair in part.items() for inner in pair]
            elif isinstance(part, list | tuple | set | frozenset):
                self.spend(len(part))
                waiting += [(inner, depth + 1) for inner in part]
            elif dataclasses.is_dataclass(part) and not isinstance(part, type):
                waiting += [(getattr(part, field.name), depth + 1) for field in dataclasses.fields(part)]
        return value


def of_type(value: T, types: frozenset[Any]) -> T:
    """The value, if it is exactly of one of these types."""
    if type(value) not in types:
        raise UnknownValue
    return value


def is_type(value: object) -> bool:
    """Whether a value is a class, or the name of one."""
    return isinstance(value, type | ForwardRef)


def format_scalar(value: Any, spec: str) -> str:
    """A scalar as `format` writes it."""
    check_spec(spec)
    return format(of_type(value, SCALARS), spec)


def check_spec(spec: str) -> None:
    """Refuse a format that pads without end, or that follows the locale (`n`)."""
    if _LONG_NUMBER.search(spec) or spec.endswith("n"):
        raise UnknownValue


def check_length(length: int, most: int = MOST_CHARACTERS) -> None:
    """Refuse a text or a sequence that would be too long."""
    if length > most:
        raise UnknownValue


def power_fits(base: Any, exponent: Any) -> bool:
    """Whether a power of two numbers is small enough to be computed."""
    whole = type(base) in INTEGERS and type(exponent) in INTEGERS
    return not whole or exponent < 0 or int(base).bit_length() * exponent <= _MOST_BITS


def shift_fits(places: int) -> bool:
    """Whether a number may be shifted by so many places."""
    return places <= _MOST_BITS
