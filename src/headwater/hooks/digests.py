"""Digests of mutable values, to detect functions that change an argument in place."""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import hashlib
import io
import pickle
from collections.abc import Container
from functools import cached_property
from types import BuiltinFunctionType, CellType, FunctionType, MethodType, ModuleType
from typing import Any, Final

MAX_BYTES: Final = 250_000
"""The maximum size of a value to digest. A larger value has no digest. Computing a digest takes up to 5 ms.

The limit is a size rather than a time, so the machine's load does not affect which values have a digest.
"""
_BULK: Final = 16
"""The number of bytes of an array that take as long to digest as one byte of other objects."""

_UNCHANGEABLE: Final = frozenset(
    {type(None), bool, int, float, complex, str, bytes, range, type(...), type(NotImplemented)}
    | {dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone}
    | {decimal.Decimal, fractions.Fraction, ModuleType, type}
)


_TUPLES: Final = frozenset({tuple})


def is_unchangeable(value: Any) -> bool:
    """Return True if no function can change the value in place."""
    return holds_unchangeable(value, _TUPLES)


def holds_unchangeable(value: Any, containers: Container[type]) -> bool:
    """Return True if all parts of a value are immutable. Instances of `containers` are checked part by part."""
    pending, seen = [value], set[int]()
    while pending:
        part = pending.pop()
        cls = type(part)
        if cls in _UNCHANGEABLE or isinstance(part, type):
            continue
        if (cls not in containers and cls not in _CALLABLE) or getattr(part, "__closure__", None):
            return False  # a call may assign to a variable of the closure
        if id(part) not in seen:
            seen.add(id(part))
            if cls in _CALLABLE:
                pending += _parts_of_callable(part)
            else:
                pending += [*part.keys(), *part.values()] if cls is dict else part
    return True


_CALLABLE: Final = frozenset({FunctionType, BuiltinFunctionType, MethodType})


def _parts_of_callable(function: Any) -> list[Any]:
    """Return the objects that calling a function can change: closure, attributes, defaults, and a method's object."""
    if not isinstance(function, FunctionType):
        return [function.__self__, *([function.__func__] if isinstance(function, MethodType) else [])]
    cells = [_content(cell) for cell in function.__closure__ or ()]
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return [*cells, *defaults, *([function.__dict__] if function.__dict__ else [])]


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # the variable has not been assigned yet
        return None


def digest(value: Any) -> bytes | None:
    """Return a digest of a value and its parts, or None if the value is too large or cannot be pickled.

    Two digests of the same object are equal if nothing changed it in between. Do not compare digests of two objects: equal
    objects may have different digests.

    Based on pickling: a digest covers the class and the state of an object. A digest omits `functools.cached_property`
    attributes, because merely reading such an attribute sets it.
    """
    hashed = _Hash()
    try:
        _Contents(hashed).dump(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - pickling a user's object may raise anything
        return None
    return hashed.digest()


class _DigestTooLarge(Exception):
    """The value is too large to digest."""


class _Hash(io.RawIOBase):
    """A file-like object that hashes the written data, up to a limit."""

    def __init__(self) -> None:
        self._remaining = MAX_BYTES
        self._hash = hashlib.blake2b(digest_size=16)

    def write(self, data: Any, /) -> int:
        return self._update(memoryview(data).cast("B"), each=1)

    def take(self, buffer: pickle.PickleBuffer) -> None:
        """Hash the memory of an array without copying it."""
        self._update(buffer.raw(), each=_BULK)

    def _update(self, data: memoryview, *, each: int) -> int:
        self._remaining -= len(data) // each
        if self._remaining < 0:
            raise _DigestTooLarge
        self._hash.update(data)
        return len(data)

    def digest(self) -> bytes:
        return self._hash.digest()


class _Contents(pickle.Pickler):
    """A pickler that writes values into a hash. The pickle is never read."""

    def __init__(self, hashed: _Hash) -> None:
        super().__init__(hashed, pickle.HIGHEST_PROTOCOL, buffer_callback=hashed.take)
        self._cached: dict[type, frozenset[str]] = {}
        """The names of cached properties, keyed by class."""

    def reducer_override(self, obj: Any) -> Any:
        if obj is _by_identity:
            return NotImplemented
        if isinstance(obj, type | ModuleType):
            return _by_identity, (id(obj),)  # pickle looks up classes by name, which fails for local classes
        if isinstance(obj, FunctionType | BuiltinFunctionType):
            return _by_identity, (id(obj),), _parts_of_callable(obj)
        if isinstance(obj, MethodType):
            return _by_identity, (id(obj.__func__),), _parts_of_callable(obj)
        cls = type(obj)
        if cls not in self._cached:
            self._cached[cls] = _cached_properties(cls)
        return _without(self._cached[cls], obj) if self._cached[cls] else NotImplemented


def _without(cached: frozenset[str], obj: Any) -> Any:
    """Return an object's reduced form for pickle, without the cached attributes."""
    reduced = obj.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
    if not isinstance(reduced, tuple) or len(reduced) < 3 or not isinstance(reduced[2], dict):
        return reduced
    state = {name: part for name, part in reduced[2].items() if name not in cached}
    return (*reduced[:2], state or None, *reduced[3:])


def _cached_properties(cls: type) -> frozenset[str]:
    members = (item for base in cls.__mro__ for item in vars(base).items())
    return frozenset(name for name, member in members if isinstance(member, cached_property))


def _by_identity(*_: Any) -> None:
    """Stand in for the constructor of an object that is hashed by identity. Never called."""
