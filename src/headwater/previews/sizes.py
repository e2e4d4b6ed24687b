"""`value_size`: the approximate memory that a value holds.

Measuring takes a bounded amount of time. The sizes of long containers are estimated from evenly spaced samples. Arrays and
frames report their size (`integrations/<library>/sizes.py`). No method of a user's class is called. A part that two values
share counts toward both sizes.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, MethodDescriptorType, ModuleType
from typing import Any, Final

from headwater.libraries.support import integration_module

MAX_OBJECTS: Final = 3_000
"""The maximum number of objects to measure. If a value has more objects even after sampling, its size is unknown."""
MAX_DEPTH: Final = 50
SAMPLES: Final = (32, 8, 4, 2)
"""The maximum number of items to measure per container, at each depth. The last number also applies to greater depths."""

_ATOMS: Final = frozenset({bool, int, float, complex, str, bytes, type(None)})
_CODE: Final = (type, ModuleType, FunctionType, BuiltinFunctionType, CodeType, FrameType)
"""The classes of objects that belong to the program. Such objects do not count toward the size of a value."""

# These functions bypass the metaclass of a user's class, which can redefine `__mro__`.
_mro: Final[Callable[[type], tuple[type, ...]]] = type.__dict__["__mro__"].__get__
_module: Final[Callable[[type], object]] = type.__dict__["__module__"].__get__
_namespace: Final[Callable[[type], Mapping[str, object]]] = type.__dict__["__dict__"].__get__


def value_size(value: Any) -> int | None:
    """Return the approximate number of bytes that a value holds, or None if it is unknown.

    >>> value_size(b"x" * 1_000) - value_size(b"")
    1000
    """
    if type(value) in _ATOMS:
        return sys.getsizeof(value)
    try:
        return round(_Measurement().size(value, 0))
    except Exception:  # noqa: BLE001 - too many objects, or a column of a user's class that has no size
        return None


def size_from_library(value: Any) -> int | None:
    """Return the size of an array or a frame, as its library reports it, or None for any other value."""
    cls = type(value)
    if _module(cls) == "builtins" or (measure := _measure_of_library(cls)) is None:
        return None
    try:
        return measure(value)
    except Exception:  # noqa: BLE001 - a column of a user's class may have no size
        return None


class _TooLargeError(Exception):
    """A value has too many objects to measure."""


class _Measurement:
    """Measures one value, and counts each of its parts only once."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def size(self, value: Any, depth: int) -> float:
        """Return the size of a part of the value, or 0 if the part was measured before."""
        cls = type(value)
        if id(value) in self._seen or issubclass(cls, _CODE):
            return 0
        self._seen.add(id(value))
        if len(self._seen) > MAX_OBJECTS or depth > MAX_DEPTH:
            raise _TooLargeError
        if cls in _ATOMS:
            return sys.getsizeof(value)
        if (measure := _measure_of_library(cls)) is not None:
            return measure(value)
        return own_size(value) + self._parts_size(cls, value, depth)

    def _parts_size(self, cls: type, value: Any, depth: int) -> float:
        # `isinstance` would read `__class__`, which a user's class can redefine as a property.
        limit = SAMPLES[min(depth, len(SAMPLES) - 1)]
        for sequence in (list, tuple):
            if issubclass(cls, sequence):
                length = sequence.__len__(value)
                return self._items_size(_sample(value, length, limit, sequence.__getitem__), length, depth)
        for collection in (set, frozenset):
            if issubclass(cls, collection):
                sample = list(islice(collection.__iter__(value), limit))
                return self._items_size(sample, collection.__len__(value), depth)
        if issubclass(cls, dict):
            pairs = [part for pair in islice(dict.items(value), limit) for part in pair]
            return self._items_size(pairs, 2 * dict.__len__(value), depth)
        return sum(self.size(part, depth + 1) for part in gc.get_referents(value))

    def _items_size(self, sample: Sequence[Any], length: int, depth: int) -> float:
        """Estimate the size of all items from a sample. If most of the sample is the same object, assume that all items are."""
        sizes = sum(self.size(item, depth + 1) for item in sample)
        distinct = len(set(map(id, sample)))
        return sizes * length / len(sample) if 2 * distinct > len(sample) else sizes


def _sample(value: Any, length: int, limit: int, item: Callable[[Any, int], Any]) -> list[Any]:
    """Return at most `limit` evenly spaced items of a container."""
    if length <= limit:
        return [item(value, position) for position in range(length)]
    return [item(value, number * length // limit) for number in range(limit)]


def own_size(value: Any) -> int:
    """Return the size of an object without its parts. Call the first `__sizeof__` in the MRO that is written in C."""
    for base in _mro(type(value)):
        method = _namespace(base).get("__sizeof__")
        if type(method) is MethodDescriptorType:
            return sys.getsizeof(value) if base is type(value) else method(value)
    return object.__sizeof__(value)


def _measure_of_library(cls: type) -> Callable[[Any], int] | None:
    package = str(_module(cls)).partition(".")[0]
    if (library := integration_module(package, "sizes")) is None:
        return None
    measures: Mapping[type, Callable[[Any], int]] = library.SIZES
    return next((measures[base] for base in _mro(cls) if base in measures), None)
