"""Values as code that makes them again."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from math import isfinite, isnan
from typing import Any, Final

from headwater.errors import NotWritable, shortened
from headwater.takehome.code import Group, Labelled, Piece, call, in_one_line, text_code

LIBRARIES: Final[Mapping[str, str]] = {
    "numpy": "headwater.integrations.numpy_code",
    "pandas": "headwater.integrations.pandas_code",
}
"""For a library's top-level package, the module with what it knows of classes, by their names, in `WRITERS`, `SCALARS` (to be
compared by `==`), `CHECKERS` and `FILERS`."""

MOST: Final = 1_000
"""Numbers and texts that are written of one value; a longer one is nothing to read."""
DEPTH: Final = 20

_PLAIN: Final = frozenset({bool, int, bytes, type(None), type(...)})
_BY_REPR: Final = frozenset(
    {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone", "decimal.Decimal"}
    | {"fractions.Fraction", "uuid.UUID", "builtins.range"}
)
"""Classes whose `repr` is the code that makes the value."""
_PATHS: Final = frozenset({"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"})

Writer = Callable[[Any, "Literals"], Piece]
"""Writes values of one class of a library."""


class Literals:
    """Writes values as code, and collects what that code has to import.

    >>> literals = Literals()
    >>> in_one_line(literals.piece({"rate": 0.5, "days": [1, 2]}))
    '{"rate": 0.5, "days": [1, 2]}'
    """

    def __init__(self) -> None:
        self.imports: dict[str, str] = {}
        """The import statement for each name that the code uses."""
        self._objects: dict[str, Any] = {}
        self.approximate = False
        """True while what is written is compared with by `==`."""
        self._left = MOST
        self._depth = 0

    def piece(self, value: Any) -> Piece:
        """The code that makes a value again.

        Raises:
            NotWritable: there is no such code, or it would be too long to read.
        """
        self._left = MOST
        return self._written(value)

    def expected(self, value: Any) -> Piece:
        """The code for what a result is compared with by `==`: floats within a rounding error, NaN equal to NaN."""
        self._left = MOST
        self.approximate = True
        try:
            return self._written(value)
        finally:
            self.approximate = False

    def part(self, value: Any) -> Piece:
        """The code of a part of the value that is being written."""
        return self._written(value)

    def parts(self, values: Iterable[Any]) -> Piece:
        """The code of a list of parts."""
        return Group("[", tuple(self._written(value) for value in values), "]")

    def module(self, name: str, short: str | None = None) -> str:
        """Have a module imported; returns its name in the code."""
        bound = short or name
        self.imports[bound] = f"import {name} as {short}" if short else f"import {name}"
        self._objects[bound] = sys.modules.get(name) or importlib.import_module(name)
        return bound

    def name(self, module: str, name: str) -> str:
        """Have a name imported from a module; returns it."""
        self.imports[name] = f"from {module} import {name}"
        self._objects[name] = getattr(sys.modules.get(module), name, None)
        return name

    def evaluated(self, piece: Piece) -> Any:
        """What the code makes, to be compared with the value that it was written from."""
        return eval(in_one_line(piece), dict(self._objects))  # noqa: S307 - code that was written here

    # --- one kind of value after the other ------------------------------------------------------------------------

    def _written(self, value: Any) -> Piece:
        self._left -= 1
        if self._left < 0 or self._depth > DEPTH:
            raise NotWritable(f"it holds more than {MOST:,} values, which nobody wants to read as code")
        self._depth += 1
        try:
            return self._of(type(value), value)
        finally:
            self._depth -= 1

    def _of(self, cls: type, value: Any) -> Piece:
        if cls in _PLAIN:
            return repr(value)
        if cls is str:
            return text_code(value)
        if cls is float:
            return self._approximated(_number(value), isnan(value))
        if cls is complex:
            return self._approximated(f"complex({_number(value.real)}, {_number(value.imag)})", isnan(value.real + value.imag))
        if cls in (list, tuple, dict, set, frozenset):
            return self._container(cls, value)
        known = f"{cls.__module__.partition('._')[0]}.{cls.__qualname__}"
        if known in _BY_REPR:
            if cls.__module__ != "builtins":
                self.module(cls.__module__)
            return f"{'' if repr(value).startswith(f'{cls.__module__}.') or cls is range else f'{cls.__module__}.'}{value!r}"
        if cls.__name__ in _PATHS and cls.__module__.partition(".")[0] == "pathlib":
            return f"{self.module('pathlib')}.{value!r}"
        return self._of_library(cls, value) or self._of_class(cls, value)

    def _approximated(self, number: str, is_nan: bool) -> str:
        if not self.approximate:
            return number
        self.imports["pytest"] = "import pytest"  # only where the code runs
        return f"pytest.approx({number}{', nan_ok=True' if is_nan else ''})"

    def _container(self, cls: type, value: Any) -> Piece:
        if cls is dict:
            return Group("{", tuple(Labelled(f"{self._key(key)}: ", self._written(item)) for key, item in value.items()), "}")
        if cls is list:
            return Group("[", tuple(self._written(item) for item in value), "]")
        if cls is tuple:
            items = tuple(self._written(item) for item in value)
            return Group("(", items, ",)" if len(items) == 1 else ")")
        members = Group("{", tuple(sorted(map(self._key, value))), "}")
        if not value:
            return f"{cls.__name__}()"
        return members if cls is set else call("frozenset", members)

    def _key(self, key: Any) -> str:
        """What is looked up by its hash is the very value."""
        approximate, self.approximate = self.approximate, False
        try:
            return in_one_line(self._written(key))
        finally:
            self.approximate = approximate

    def _of_library(self, cls: type, value: Any) -> Piece | None:
        found = of_library(cls, "WRITERS")
        if found is None:
            return None
        if self.approximate and of_library(cls, "SCALARS") is None:
            raise NotWritable(f"it holds a {cls.__name__}, which `==` does not compare as a whole")
        writer: Writer = found
        return writer(value, self)

    def _of_class(self, cls: type, value: Any) -> Piece:
        if "<locals>" in cls.__qualname__ or "." in cls.__qualname__:
            raise NotWritable(f"its class `{cls.__qualname__}` cannot be imported")
        if isinstance(value, enum.Enum):
            return f"{self.name(cls.__module__, cls.__name__)}.{value.name}"
        named = _fields(cls, value)
        if named is None:
            raise NotWritable(f"no code makes a {cls.__name__} again: {shortened(value, 60)}")
        return call(self.name(cls.__module__, cls.__name__), **{name: self._written(part) for name, part in named.items()})


def unwritten(name: str, error: NotWritable) -> NotWritable:
    """What a reader is told of a value that cannot be written."""
    return NotWritable(f"`{name}` cannot be written as code: {error.message}.", node=name)


def of_library(cls: type, table: str) -> Any:
    """What a library's module knows of a class or the nearest class above it, from one of its tables; None for nothing."""
    for base in cls.__mro__:
        library = base.__module__.partition(".")[0]
        if library in LIBRARIES and library in sys.modules:
            known: Mapping[str, Any] = getattr(importlib.import_module(LIBRARIES[library]), table, {})
            if base.__name__ in known:
                return known[base.__name__]
    return None


def _number(value: float) -> str:
    return repr(value) if isfinite(value) else f'float("{value}")'


def _fields(cls: type, value: Any) -> dict[str, Any] | None:
    """What a class is called with to make this value again; None where that would not do."""
    if dataclasses.is_dataclass(cls):
        fields = dataclasses.fields(cls)
        named = {field.name: getattr(value, field.name) for field in fields if field.init}
        if len(named) < len(fields):
            return None
    elif cls.__bases__ == (tuple,) and hasattr(cls, "_fields"):
        named = dict(zip(value._fields, tuple(value), strict=True))
    else:
        return None
    try:
        again = cls(**named)
    except Exception:  # noqa: BLE001 - a user's class may raise anything
        return None
    return named if all(getattr(again, name, again) is part for name, part in named.items()) else None
