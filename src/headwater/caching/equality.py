"""`is_equal`: compares a value with the previous one, to decide whether downstream nodes must run again.

Supports numbers, strings, dates and times, and lists, tuples, dictionaries, sets and dataclasses that contain them. The modules
listed in `libraries/support.py` add library types. Types, order, names and the sign of zero matter. NaN equals NaN.

A value of any other type is treated as changed, and so is a value that is too large to compare quickly: an unnecessary run only
takes time, but a stale value is wrong. No method of a user's class is called, not even `__eq__`.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from math import isnan
from types import MemberDescriptorType
from typing import Any, Final, Generic

from headwater.libraries.support import integration_module, package_of

MAX_OBJECTS: Final = 50_000
"""The maximum number of objects in a value that is compared. A larger value is treated as changed."""
BYTES_PER_OBJECT: Final = 2_000
"""The number of bytes of a string or array that take about as long to compare as one object."""
MAX_DEPTH: Final = 50

_PLAIN: Final = frozenset({bool, int, type(None)})
_TEXTS: Final = frozenset({bytes, str})
_IMMUTABLE: Final = frozenset(
    {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone", "zoneinfo.ZoneInfo"}
    | {"decimal.Decimal", "fractions.Fraction", "uuid.UUID", "builtins.range", "builtins.complex"}
)
"""Classes whose `repr` identifies a value."""


def is_equal(before: Any, value: Any, comparison: Comparison | None = None) -> bool:
    """Return True if a value equals the previous one.

    If the result is False, but the values may be equal after all, `comparison.inconclusive` is set to True.
    """
    comparison = comparison or Comparison()
    try:
        return comparison.same(before, value)
    except _BudgetExceededError:
        comparison.inconclusive = True
        return False


class Comparison:
    """A comparison of two values, within a work budget."""

    def __init__(self) -> None:
        self._remaining = MAX_OBJECTS
        self._depth = 0
        self._seen: dict[int, int] = {}
        self._seen_by: dict[int, int] = {}
        self.inconclusive = False
        """True if parts could not be compared, so the values may be equal after all."""

    def same(self, before: Any, value: Any) -> bool:
        """Return True if two values and all their parts are equal."""
        self.spend(0)
        cls = type(before)
        if cls is not type(value):
            # Two sessions may each have defined the same class.
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
        if id(before) in self._seen or id(value) in self._seen_by:
            # An object that occurs several times must match an object that occurs in the same positions.
            return self._seen.get(id(before)) == id(value) and self._seen_by.get(id(value)) == id(before)
        return self._same_parts(cls, before, value)

    def spend(self, size: int) -> None:
        """Charge the budget for one more object of `size` bytes."""
        self._remaining -= 1 + size // BYTES_PER_OBJECT
        if self._remaining < 0:
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
            self._seen[id(before)], self._seen_by[id(value)] = id(value), id(before)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _BudgetExceededError
        parts_before, parts_now = parts(before), parts(value)
        same = len(parts_before) == len(parts_now) and all(map(self.same, parts_before, parts_now))
        self._depth -= 1
        return same

    def _same_zone(self, before: Any, value: Any) -> bool:
        """Compare time zones. A time zone's class may be the user's own, with a custom `repr`."""
        zone = getattr(before, "tzinfo", None)
        return zone is None or (_is_immutable(type(zone)) and self.same(zone, value.tzinfo))


class _BudgetExceededError(Exception):
    """The comparison would take too long."""


EqualityTest = Callable[[Any, Any, Comparison], bool]
"""A function that returns True if two values of one class are equal."""


def _is_immutable(cls: type) -> bool:
    name = f"{cls.__module__}.{cls.__name__}"
    return name in _IMMUTABLE and getattr(sys.modules.get(cls.__module__), cls.__name__, None) is cls


def _of_library(cls: type) -> EqualityTest | None:
    if (module := integration_module(package_of(cls), "equality")) is None:
        return None
    tests: Mapping[type, EqualityTest] = module.SAME
    return tests.get(cls)


def _parts_of(cls: type) -> Callable[[Any], list[Any]] | None:
    """Return a function that splits a value of a class into parts, or None if a value may have state outside the parts."""
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
    """Return the attributes and slots of a dataclass, without calling its `__getattr__`."""
    parts: list[Any] = []
    for base in type(value).__mro__:
        slots = [slot for slot in vars(base).values() if isinstance(slot, MemberDescriptorType)]
        for slot in slots:
            try:
                parts += [slot.__name__, slot.__get__(value)]
            except AttributeError:  # the slot is empty
                parts.append(slot.__name__)
    if type(value).__dictoffset__ != 0:
        parts += _pairs(object.__getattribute__(value, "__dict__"))
    return parts
