"""Whether a value cannot be told from the one before, so that what follows it need not run again.

Decided for numbers, texts and moments, for lists, tuples, dictionaries, sets and dataclasses of such, and for what the
modules of `libraries/support.py` know. Types, order, the sign of a zero and names count; NaN is NaN. Whatever else there
is, and what is too large to look through, counts as changed: running once too often is slow, keeping once too often is
wrong. Nothing of a user's class is called, `__eq__` least of all.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from math import isnan
from types import MemberDescriptorType
from typing import Any, Final, Generic

from headwater.libraries.support import integration_module, package_of

MOST: Final = 50_000
"""Objects that are looked at before a value counts as too large."""
BYTES: Final = 2_000
"""Bytes of a text or an array that take about as long as one object."""
DEPTH: Final = 50

_PLAIN: Final = frozenset({bool, int, type(None)})
_TEXTS: Final = frozenset({bytes, str})
_IMMUTABLE: Final = frozenset(
    {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone", "zoneinfo.ZoneInfo"}
    | {"decimal.Decimal", "fractions.Fraction", "uuid.UUID", "builtins.range", "builtins.complex"}
)
"""Classes whose `repr` says all there is to a value."""


def is_equal(before: Any, value: Any, comparison: Comparison | None = None) -> bool:
    """Whether a value cannot be told from the one before. A `comparison` of its own tells, too, whether a no is certain."""
    comparison = comparison or Comparison()
    try:
        return comparison.same(before, value)
    except _BudgetExceededError:
        comparison.inconclusive = True
        return False


class Comparison:
    """One comparison of two values, with what is left of its patience."""

    def __init__(self) -> None:
        self._left = MOST
        self._depth = 0
        self._met: dict[int, int] = {}
        self._met_by: dict[int, int] = {}
        self.inconclusive = False
        """True once something was met that may be the same, for all that is known."""

    def same(self, before: Any, value: Any) -> bool:
        """Whether two values are the same, down to their parts."""
        self.spend(0)
        cls = type(before)
        if cls is not type(value):
            # A class that two sessions have each made for themselves.
            self.inconclusive |= (cls.__module__, cls.__qualname__) == (type(value).__module__, type(value).__qualname__)
            return False
        if cls in _PLAIN:
            return bool(before == value)
        if cls is float:
            return bool(before == value and (before != 0 or str(before) == str(value))) or (isnan(before) and isnan(value))
        if cls in _TEXTS:
            self.spend(len(before))
            return bool(before == value)
        if _is_immutable(cls):
            return repr(before) == repr(value) and self._same_zone(before, value)
        if id(before) in self._met or id(value) in self._met_by:
            # Met before: where the one stands twice, the other has to.
            return self._met.get(id(before)) == id(value) and self._met_by.get(id(value)) == id(before)
        return self._same_parts(cls, before, value)

    def spend(self, size: int) -> None:
        """Count one more object that is looked at, and its bytes."""
        self._left -= 1 + size // BYTES
        if self._left < 0:
            raise _BudgetExceededError

    def _same_parts(self, cls: type, before: Any, value: Any) -> bool:
        test = _of_library(cls)
        if test is not None:
            return test(before, value, self)
        parts = _parts_of(cls)
        if parts is None or (before is value and cls not in (tuple, frozenset)):
            self.inconclusive = True
            return False
        if before is not value:
            self._met[id(before)], self._met_by[id(value)] = id(value), id(before)
        self._depth += 1
        if self._depth > DEPTH:
            raise _BudgetExceededError
        ours, theirs = parts(before), parts(value)
        same = len(ours) == len(theirs) and all(map(self.same, ours, theirs))
        self._depth -= 1
        return same

    def _same_zone(self, before: Any, value: Any) -> bool:
        """Time zones may be of a user's class, with a `repr` of its own."""
        zone = getattr(before, "tzinfo", None)
        return zone is None or (_is_immutable(type(zone)) and self.same(zone, value.tzinfo))


class _BudgetExceededError(Exception):
    """There is more to compare than is worth it."""


EqualityTest = Callable[[Any, Any, Comparison], bool]
"""Whether two values of one class are the same."""


def _is_immutable(cls: type) -> bool:
    name = f"{cls.__module__}.{cls.__name__}"
    return name in _IMMUTABLE and getattr(sys.modules.get(cls.__module__), cls.__name__, None) is cls


def _of_library(cls: type) -> EqualityTest | None:
    if (module := integration_module(package_of(cls), "equality")) is None:
        return None
    tests: Mapping[type, EqualityTest] = module.SAME
    return tests.get(cls)


def _parts_of(cls: type) -> Callable[[Any], list[Any]] | None:
    """How to take the values of a class apart, in order; None for classes of which that would not show everything."""
    if cls in (list, tuple, set, frozenset):
        return list
    if cls is dict:
        return _pairs
    if cls.__bases__ == (tuple,) and "_fields" in vars(cls) and vars(cls).get("__slots__") == ():
        return lambda value: list(tuple.__iter__(value))
    if dataclasses.is_dataclass(cls) and all(
        "__dataclass_fields__" in vars(base) or base is Generic for base in cls.__mro__[:-1]
    ):
        return _fields
    return None


def _pairs(value: dict[Any, Any]) -> list[Any]:
    return [part for pair in value.items() for part in pair]


def _fields(value: Any) -> list[Any]:
    """What a dataclass holds, whatever its class makes of `getattr`: its attributes, and its slots."""
    parts: list[Any] = []
    for base in type(value).__mro__:
        slots = [slot for slot in vars(base).values() if isinstance(slot, MemberDescriptorType)]
        for slot in slots:
            try:
                parts += [slot.__name__, slot.__get__(value)]
            except AttributeError:  # nothing was put there
                parts.append(slot.__name__)
    if type(value).__dictoffset__ != 0:
        parts += _pairs(object.__getattribute__(value, "__dict__"))
    return parts
