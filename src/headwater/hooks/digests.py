"""Digests of what mutable values hold, to tell whether a function changed its argument in place."""

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

MOST: Final = 250_000
"""Bytes of a value that are digested, which takes up to 5 ms. A value with more has no digest. This bounds no time, so that
what a run keeps does not depend on how busy the machine is."""
_BULK: Final = 16
"""Bytes in the memory of an array that cost as much as one byte of objects."""

_UNCHANGEABLE: Final = frozenset(
    {type(None), bool, int, float, complex, str, bytes, range, type(...), type(NotImplemented)}
    | {dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone}
    | {decimal.Decimal, fractions.Fraction, ModuleType, type}
)


_TUPLES: Final = frozenset({tuple})


def is_unchangeable(value: Any) -> bool:
    """Whether no function can change a value in place."""
    return holds_unchangeable(value, _TUPLES)


def holds_unchangeable(value: Any, containers: Container[type]) -> bool:
    """Whether there are only unchangeable parts in a value, if some classes of containers are looked into."""
    waiting, met = [value], set[int]()
    while waiting:
        part = waiting.pop()
        cls = type(part)
        if cls in _UNCHANGEABLE or isinstance(part, type):
            continue
        if (cls not in containers and cls not in _CALLABLE) or getattr(part, "__closure__", None):
            return False  # a call may give another value to a variable around a function
        if id(part) not in met:
            met.add(id(part))
            if cls in _CALLABLE:
                waiting += _held_by_callable(part)
            else:
                waiting += [*part.keys(), *part.values()] if cls is dict else part
    return True


_CALLABLE: Final = frozenset({FunctionType, BuiltinFunctionType, MethodType})


def _held_by_callable(function: Any) -> list[Any]:
    """What a call of a function can change: variables around it, attributes, defaults, and what a method is bound to."""
    if not isinstance(function, FunctionType):
        return [function.__self__, *([function.__func__] if isinstance(function, MethodType) else [])]
    cells = [_content(cell) for cell in function.__closure__ or ()]
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return [*cells, *defaults, *([function.__dict__] if function.__dict__ else [])]


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # nothing has been assigned yet
        return None


def digest(value: Any) -> bytes | None:
    """A digest of a value and everything that it holds; None if that cannot be told, or takes too much work.

    Two digests of one object are equal if nothing changed it in between. Digests of two objects are not to be compared: equal
    objects may have different ones.

    Based on pickling: an object counts by its class and its state. Attributes of `functools.cached_property` do not
    count, since reading one sets it.
    """
    hashed = _Hash()
    try:
        _Contents(hashed).dump(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - the state of a user's object may raise anything; what does has no digest
        return None
    return hashed.digest()


class _DigestTooLarge(Exception):
    """There is more to digest than is worth it."""


class _Hash(io.RawIOBase):
    """A file that only remembers a digest of what was written to it, and refuses to be written too much."""

    def __init__(self) -> None:
        self._left = MOST
        self._hash = hashlib.blake2b(digest_size=16)

    def write(self, data: Any, /) -> int:
        return self._update(memoryview(data).cast("B"), each=1)

    def take(self, buffer: pickle.PickleBuffer) -> None:
        """Hash the memory of an array where it is."""
        self._update(buffer.raw(), each=_BULK)

    def _update(self, data: memoryview, *, each: int) -> int:
        self._left -= len(data) // each
        if self._left < 0:
            raise _DigestTooLarge
        self._hash.update(data)
        return len(data)

    def digest(self) -> bytes:
        return self._hash.digest()


class _Contents(pickle.Pickler):
    """Takes values apart. What it writes is never read."""

    def __init__(self, hashed: _Hash) -> None:
        super().__init__(hashed, pickle.HIGHEST_PROTOCOL, buffer_callback=hashed.take)
        self._cached: dict[type, frozenset[str]] = {}
        """The cached properties of the classes that were met."""

    def reducer_override(self, obj: Any) -> Any:
        if obj is _by_identity:
            return NotImplemented
        if isinstance(obj, type | ModuleType):
            return _by_identity, (id(obj),)  # pickle would look them up by name, which not all have
        if isinstance(obj, FunctionType | BuiltinFunctionType):
            return _by_identity, (id(obj),), _held_by_callable(obj)
        if isinstance(obj, MethodType):
            return _by_identity, (id(obj.__func__),), _held_by_callable(obj)
        cls = type(obj)
        if cls not in self._cached:
            self._cached[cls] = _cached_properties(cls)
        return _without(self._cached[cls], obj) if self._cached[cls] else NotImplemented


def _without(cached: frozenset[str], obj: Any) -> Any:
    """What an object says of its state to pickle, without some attributes."""
    reduced = obj.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
    if not isinstance(reduced, tuple) or len(reduced) < 3 or not isinstance(reduced[2], dict):
        return reduced
    state = {name: part for name, part in reduced[2].items() if name not in cached}
    return (*reduced[:2], state or None, *reduced[3:])


def _cached_properties(cls: type) -> frozenset[str]:
    members = (item for base in cls.__mro__ for item in vars(base).items())
    return frozenset(name for name, member in members if isinstance(member, cached_property))


def _by_identity(*_: Any) -> None:
    """Stands in what is written for an object that does not change."""
