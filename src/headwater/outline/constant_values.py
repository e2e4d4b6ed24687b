"""The values of constant expressions, and the budget that limits the work of computing them."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, Final, ForwardRef, TypeVar

MAX_STEPS: Final = 50_000
"""The maximum number of steps for one expression, including the expressions assigned to the names that it uses."""
MAX_CHARACTERS: Final = 20_000
"""The maximum length of a computed string."""
_MAX_BITS: Final = 4_096
_MAX_DEPTH: Final = 60
"""The maximum depth of nested expressions."""
_MAX_VALUE_DEPTH: Final = 30
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
    """A limit on evaluation steps. The methods raise `UnknownValue` if a value, or the work of computing it, is too large."""

    steps: int = MAX_STEPS
    depth: int = 0
    parent: Budget | None = None
    """The budget of the whole module. Every step is also charged to the module's budget."""

    def spend(self, steps: int = 1) -> None:
        """Deduct steps from this budget and from the module's budget."""
        self.steps -= steps
        if self.steps < 0:
            raise UnknownValue
        if self.parent is not None:
            self.parent.spend(steps)

    def enter(self) -> None:
        """Enter a nested expression. Call `leave` at its end."""
        self.depth += 1
        self.spend()
        if self.depth > _MAX_DEPTH:
            raise UnknownValue

    def leave(self) -> None:
        """Leave a nested expression."""
        self.depth -= 1

    def charge(self, value: T, *, plain: bool = False) -> T:
        """Deduct a step for each time that `==` or `repr` would visit a part of a value. Return the value.

        With `plain`, all parts must be of builtin types.
        """
        pending: list[tuple[Any, int]] = [(value, 0)]
        while pending:
            part, depth = pending.pop()
            self.spend()
            cls = type(part)
            if depth > _MAX_VALUE_DEPTH or (plain and cls not in PLAIN):
                raise UnknownValue
            if cls is str or cls is bytes:
                self.spend(len(part) // _CHARACTERS_PER_STEP)
            elif cls is int:
                if part.bit_length() > _MAX_BITS:
                    raise UnknownValue
            elif isinstance(part, dict):
                self.spend(len(part))
                pending += [(inner, depth + 1) for pair in part.items() for inner in pair]
            elif isinstance(part, list | tuple | set | frozenset):
                self.spend(len(part))
                pending += [(inner, depth + 1) for inner in part]
            elif dataclasses.is_dataclass(part) and not isinstance(part, type):
                pending += [(getattr(part, field.name), depth + 1) for field in dataclasses.fields(part)]
        return value


def of_type(value: T, types: frozenset[Any]) -> T:
    """Return the value if its type is exactly one of these."""
    if type(value) not in types:
        raise UnknownValue
    return value


def is_type(value: object) -> bool:
    """Return whether a value is a class or a forward reference."""
    return isinstance(value, type | ForwardRef)


def format_scalar(value: Any, spec: str) -> str:
    """Format a scalar."""
    check_spec(spec)
    return format(of_type(value, SCALARS), spec)


def check_spec(spec: str) -> None:
    """Raise `UnknownValue` for a format with excessive padding, or for a format that depends on the locale (`n`)."""
    if _LONG_NUMBER.search(spec) or spec.endswith("n"):
        raise UnknownValue


def check_length(length: int, limit: int = MAX_CHARACTERS) -> None:
    """Raise `UnknownValue` if a string or sequence would be too long."""
    if length > limit:
        raise UnknownValue


def power_fits(base: Any, exponent: Any) -> bool:
    """Return whether a power is small enough to be computed."""
    are_integers = type(base) in INTEGERS and type(exponent) in INTEGERS
    return not are_integers or exponent < 0 or int(base).bit_length() * exponent <= _MAX_BITS


def shift_fits(bits: int) -> bool:
    """Return whether shifting a number by this many bits is allowed."""
    return bits <= _MAX_BITS
