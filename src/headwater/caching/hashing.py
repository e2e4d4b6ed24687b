"""Content hashes of values, the same in every process. A persistent cache uses them as the versions of values.

Two values with the same hash have the same class and the same content. Types matter: `1`, `1.0` and `True` differ. The order of
a dictionary matters, because a function can observe it; the order of a set does not. NaN equals NaN, and 0.0 differs from -0.0.
A list that occurs twice differs from two equal lists. The hash of an instance of the user's own class covers the code
of the class. The hash of a library's object covers the library's version, because a function may call methods of the object
even if the function's code does not name the library.

Supports built-in types, dates and times, paths, decimals, fractions, UUIDs, enums, named tuples and dataclasses. The modules
listed in `libraries/support.py` add library types. No other value has a hash, nor does a value that contains itself.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from types import MemberDescriptorType
from typing import Any, Final, Generic

from headwater.caching.user_code import library_version
from headwater.libraries.support import integration_module, package_of

SCHEME: Final = 2
"""The version of this scheme. Increase it when any hash changes. This invalidates all stored values."""

CodeDigest = Callable[[Any], bytes | None]
"""A function that returns a digest of the code of a class, or None if the code is unknown."""


class UnhashableError(Exception):
    """A value, or a part of it, cannot be hashed. The message is a phrase: "a `socket` cannot be hashed"."""


def content_hash(value: Any, code: CodeDigest) -> str:
    """Return the hash of a value.

    Args:
        value: the value.
        code: looks up the code of the user's classes.

    Raises:
        UnhashableError: the value cannot be hashed.

    >>> def code(cls):
    ...     return cls.__qualname__.encode()
    >>> content_hash([1, {"a"}], code) == content_hash([1, {"a"}], code)
    True
    >>> content_hash(1, code) == content_hash(True, code)
    False
    """
    try:
        return ContentHasher(code).digest(value).hex()
    except RecursionError:
        raise UnhashableError("it is nested too deeply") from None


class ContentHasher:
    """A hasher for one value."""

    def __init__(self, code: CodeDigest) -> None:
        self._code = code
        self._seen: dict[int, tuple[int, object]] = {}
        """The index of each mutable part, keyed by `id`. The reference to the part prevents reuse of its `id`."""
        self._open: set[int] = set()
        """The parts that contain the current part."""

    def digest(self, value: Any) -> bytes:
        """Return the digest of a value, or of a part of a value."""
        cls = type(value)
        encode = _SCALARS.get(cls)
        if encode is not None:
            return combine(cls.__name__, encode(value))
        name = f"{cls.__module__}.{cls.__qualname__}"
        if cls is tuple:
            return combine("tuple", *self.digests(value))
        if cls is frozenset:
            return combine("frozenset", *self._sorted(value))
        if name in _STANDARD and _is_genuine(cls):
            return combine(name, *self.digests(_STANDARD[name](value)))
        if isinstance(value, Enum):
            return combine("enum", self._digest_of_class(cls), self.digest(value.name), self.digest(value.value))
        if cls.__bases__ == (tuple,) and "_fields" in vars(cls):
            return combine("object", self._digest_of_class(cls), *self.digests(tuple.__iter__(value)))
        library = _library(cls)
        if library is not None and cls in library.SCALARS:
            return combine(_versioned(cls), *library.SCALARS[cls](value, self))
        return self._digest_of_mutable(cls, name, value, library)

    def _digest_of_mutable(self, cls: type, name: str, value: Any, library: Any) -> bytes:
        """Return the digest of a mutable object, which may occur several times in the value."""
        if (seen := self._seen.get(id(value))) is not None:
            if id(value) in self._open:
                raise UnhashableError("it contains itself")
            return combine("again", b"%d" % seen[0])
        self._seen[id(value)] = len(self._seen), value
        self._open.add(id(value))
        try:
            if cls is list:
                return combine("list", *self.digests(value))
            if cls is dict:
                return combine("dict", *(self.digest(part) for item in value.items() for part in item))
            if cls is set:
                return combine("set", *self._sorted(value))
            if cls is bytearray:
                return combine("bytearray", bytes(value))
            if name in _STANDARD_MUTABLE and _is_genuine(cls):
                return combine(name, *self.digests(_STANDARD_MUTABLE[name](value)))
            if library is not None and cls in library.HASHERS:
                return combine(_versioned(cls), *library.HASHERS[cls](value, self))
            if _is_plain_dataclass(cls):
                return combine("object", self._digest_of_class(cls), *self.digests(_fields(value)))
        finally:
            self._open.discard(id(value))
        raise UnhashableError(f"a `{name}` cannot be hashed")

    def _sorted(self, values: Iterable[Any]) -> list[bytes]:
        return sorted(ContentHasher(self._code).digest(value) for value in values)

    def digests(self, values: Iterable[Any]) -> list[bytes]:
        """Return the digests of several parts."""
        return [self.digest(value) for value in values]

    def _digest_of_class(self, cls: type) -> bytes:
        code = self._code(cls)
        if code is None:
            raise UnhashableError(f"the code of the class `{cls.__module__}.{cls.__qualname__}` is unknown")
        return code


def combine(kind: str, *parts: bytes) -> bytes:
    """Combine several digests into one."""
    hashed = blake2b(kind.encode(), digest_size=16)
    for part in parts:
        hashed.update(b"%d:" % len(part))
        hashed.update(part)
    return hashed.digest()


LibraryHasher = Callable[[Any, ContentHasher], Iterable[bytes]]
"""A function that returns the digests that together identify a value of one class."""


def _text(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _repr(value: object) -> bytes:
    return repr(value).encode()


_SCALARS: Final[Mapping[type, Callable[[Any], bytes]]] = {
    **dict.fromkeys((type(None), bool, float, complex, range, type(...), type(NotImplemented)), _repr),
    int: lambda value: b"%x" % value,  # `repr` rejects integers of more than 4,300 digits
    str: _text,
    bytes: bytes,
}

_STANDARD: Final[Mapping[str, Callable[[Any], Iterable[Any]]]] = {
    # For each immutable class in the standard library, a function that returns the parts that identify a value.
    "datetime.date": lambda value: [value.isoformat()],
    "datetime.datetime": lambda value: [value.replace(tzinfo=None).isoformat(), value.fold, value.tzinfo],
    "datetime.time": lambda value: [value.replace(tzinfo=None).isoformat(), value.fold, value.tzinfo],
    "datetime.timedelta": lambda value: [value.days, value.seconds, value.microseconds],
    "datetime.timezone": lambda value: value.__getinitargs__(),
    "zoneinfo.ZoneInfo": lambda value: [_zone_key(value)],
    "decimal.Decimal": lambda value: [str(value)],
    "fractions.Fraction": lambda value: [value.numerator, value.denominator],
    "uuid.UUID": lambda value: [value.hex, value.is_safe.name],
    **dict.fromkeys(
        [f"pathlib.{name}" for name in ("PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath")]
        + [f"pathlib._local.{name}" for name in ("PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath")],
        lambda value: [str(value)],
    ),
}
_STANDARD_MUTABLE: Final[Mapping[str, Callable[[Any], Iterable[Any]]]] = {
    "collections.OrderedDict": lambda value: [part for item in value.items() for part in item],
    "collections.Counter": lambda value: [part for item in value.items() for part in item],
    "collections.deque": lambda value: [value.maxlen, *value],
}


def _zone_key(zone: Any) -> str:
    if zone.key is None:
        raise UnhashableError("a time zone that was read from a file cannot be hashed")
    return str(zone.key)


def _is_genuine(cls: type) -> bool:
    """Return True if a class can be found in its module under its name."""
    return getattr(sys.modules.get(cls.__module__), cls.__name__, None) is cls


def _library(cls: type) -> Any:
    return integration_module(package_of(cls), "hashing")


def _versioned(cls: type) -> str:
    """Return the name of a class with the version of its library, because the version determines what its methods do."""
    return f"{library_version(cls.__module__)} {cls.__module__}.{cls.__qualname__}"


def _is_plain_dataclass(cls: type) -> bool:
    """Return True for a dataclass whose objects have no state except their fields."""
    return dataclasses.is_dataclass(cls) and all(
        "__dataclass_fields__" in vars(base) or base is Generic for base in cls.__mro__[:-1]
    )


def _fields(value: Any) -> list[Any]:
    """Return the names and values of the slots and attributes of a dataclass, without calling its own methods.

    Attributes defined by `functools.cached_property` are omitted, because reading such an attribute sets it.
    """
    parts: list[Any] = []
    cached: set[str] = set()
    for base in type(value).__mro__:
        for name, member in vars(base).items():
            if isinstance(member, cached_property):
                cached.add(name)
            elif isinstance(member, MemberDescriptorType):
                try:
                    parts += [name, member.__get__(value)]
                except AttributeError:  # the slot is empty
                    parts.append(name)
    if type(value).__dictoffset__ != 0:
        attributes = object.__getattribute__(value, "__dict__")
        parts += [part for name in sorted(attributes.keys() - cached) for part in (name, attributes[name])]
    return parts
