"""Digests of what mutable values hold, to tell whether a function changed its argument in place."""

from __future__ import annotations

import copyreg
import datetime as dt
import decimal
import fractions
import hashlib
import io
import pickle
from functools import cached_property
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, Final

MOST: Final = 250_000
"""Bytes of a value that are digested, which takes up to 5 ms. A value with more has no digest. This bounds no time, so that
what a run keeps does not depend on how busy the machine is."""
_BULK: Final = 16
"""Bytes in the memory of an array that cost as much as one byte of objects."""

_UNCHANGEABLE: Final = frozenset(
    {type(None), bool, int, float, complex, str, bytes, range, type(...), type(NotImplemented)}
    | {dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone}
    | {decimal.Decimal, fractions.Fraction, FunctionType, BuiltinFunctionType, MethodType, ModuleType, type}
)


def is_unchangeable(value: Any) -> bool:
    """Whether no function can change a value in place."""
    cls = type(value)
    return cls in _UNCHANGEABLE or isinstance(value, type) or (cls is tuple and all(map(is_unchangeable, value)))


def digest(value: Any) -> bytes | None:
    """A digest of a value and everything that it holds; None if that cannot be told, or takes too much work.

    Two digests of one object are equal if nothing changed it in between. Digests of two objects are not to be compared: equal
    objects may have different ones.

    Based on pickling: an object counts by its class and its state. Attributes of `functools.cached_property` do not
    count, since reading one sets it.
    """
    hashed = _Hash()
    try:
        _Contents(hashed, pickle.HIGHEST_PROTOCOL, buffer_callback=hashed.take).dump(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - the state of a user's object may raise anything; what does has no digest
        return None
    return hashed.digest()


class _TooMuch(Exception):
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
            raise _TooMuch
        self._hash.update(data)
        return len(data)

    def digest(self) -> bytes:
        return self._hash.digest()


class _Contents(pickle.Pickler):
    """Takes values apart. What it writes is never read."""

    def reducer_override(self, obj: Any) -> Any:
        if obj is _by_identity:
            return NotImplemented
        if isinstance(obj, type | FunctionType | BuiltinFunctionType | ModuleType):
            return _by_identity, (id(obj),)  # pickle would look them up by name, which not all have
        if isinstance(obj, MethodType):
            return _by_identity, (id(obj.__func__), obj.__self__)
        reduced = _reduced(obj)
        if reduced is not NotImplemented and len(reduced) > 2 and isinstance(reduced[2], dict):
            cached = _cached_properties(type(obj))
            if cached:
                state = {name: part for name, part in reduced[2].items() if name not in cached}
                return (*reduced[:2], state or None, *reduced[3:])
        return reduced


def _reduced(obj: Any) -> Any:
    """What an object says of its state to pickle; `NotImplemented` if pickle finds out by itself."""
    cls = type(obj)
    if cls in copyreg.dispatch_table or "__dict__" not in dir(cls):
        return NotImplemented
    reduced = obj.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
    return reduced if isinstance(reduced, tuple) else NotImplemented


def _cached_properties(cls: type) -> set[str]:
    return {name for base in cls.__mro__ for name, member in vars(base).items() if isinstance(member, cached_property)}


def _by_identity(*_: Any) -> None:
    """Stands in what is written for an object that does not change."""
