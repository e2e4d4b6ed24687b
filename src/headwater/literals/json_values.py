"""Values as JSON, and the expression that turns what JSON knows back into what it was.

All values of one place, such as the second items of the tuples in a list, are encoded together. So the expression is about as
long as the type of the value, however many values there are.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import enum
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any, Final, Protocol
from uuid import UUID

from headwater.errors import NotWritable, short_repr
from headwater.literals.classes import constructor_arguments
from headwater.literals.code import call, in_one_line, text_code
from headwater.literals.errors import NoFileFormat, NotComparable, TooLarge
from headwater.literals.libraries import library_entry
from headwater.literals.limits import MOST_EXPORTED_VALUES

_SCALARS: Final = frozenset({bool, int, float, str, type(None)})
_SEQUENCES: Final = frozenset({list, tuple, set, frozenset})
_MOST_FIELDS: Final = 50
_MOST_TYPES: Final = 8
_DEPTH: Final = 20

_PLACE: Final = "\0"
"""What the value in JSON is called while the expression is being written; no code contains it."""

TextForm = tuple[Callable[[Any], Any], str, str]
"""Encodes a value, the module that decodes it, and the expression that does: `$` is the value in JSON, `%` the class."""

_TEXTS: Final[Mapping[type, TextForm]] = {
    dt.date: (dt.date.isoformat, "datetime", "datetime.date.fromisoformat($)"),
    dt.datetime: (dt.datetime.isoformat, "datetime", "datetime.datetime.fromisoformat($)"),
    dt.time: (dt.time.isoformat, "datetime", "datetime.time.fromisoformat($)"),
    dt.timedelta: (lambda span: [span.days, span.seconds, span.microseconds], "datetime", "datetime.timedelta(*$)"),
    Decimal: (str, "decimal", "decimal.Decimal($)"),
    Fraction: (str, "fractions", "fractions.Fraction($)"),
    UUID: (str, "uuid", "uuid.UUID($)"),
    bytes: (lambda data: base64.b64encode(data).decode("ascii"), "base64", "base64.b64decode($)"),
}


class CodeWriter(Protocol):
    """Writes the code around a value that is stored as JSON."""

    imports: dict[str, str]
    """The import statement for each name that the code uses."""
    approximate: bool
    """True while what is written is compared with by `==`."""

    def attempt(self) -> AbstractContextManager[None]:
        """Undo what was imported and stored where the block raises."""
        ...

    def module(self, name: str, short: str | None = None) -> str:
        """Have a module imported; returns its name in the code."""
        ...

    def name(self, module: str, name: str, value: Any = None) -> str:
        """Have a name imported from a module; returns the name in the code."""
        ...

    def json(self, text: str) -> str:
        """Have a JSON file hold the value that is being written; returns the expression for what JSON makes of it."""
        ...

    def evaluate_text(self, code: str) -> Any:
        """What an expression makes."""
        ...


def json_piece(value: Any, literals: CodeWriter) -> str:
    """Store a value of Python's own or of the user's classes as JSON; returns the expression that makes it again.

    Raises:
        NotWritable: it holds too much.
        NoFileFormat: it holds what JSON and a short expression cannot make again.
    """
    approximate, literals.approximate = literals.approximate, False
    try:
        with literals.attempt():
            encoding = _Encoding(literals)
            (stored,), code = encoding.encoded([value], 0)
            try:
                place = literals.json(json.dumps(stored, ensure_ascii=False))
                again = literals.evaluate_text(code.replace(_PLACE, place))
            except NotWritable:
                raise
            except Exception as error:  # a user's class may raise anything
                raise NoFileFormat("it does not come back from JSON") from error
            if not is_identical(again, value):
                raise NoFileFormat("it does not come back from JSON as it was")
    finally:
        literals.approximate = approximate
    if approximate:
        _, code = _Encoding(literals).encoded([value], 0)
    return code.replace(_PLACE, place)


class _Encoding:
    """Encodes all values of a place together: `encoded` returns them as JSON, and the code for one of them."""

    def __init__(self, literals: CodeWriter) -> None:
        self._literals = literals
        self._count = 0

    def encoded(self, values: Sequence[Any], depth: int) -> tuple[list[Any], str]:
        self._count += len(values)
        if self._count > MOST_EXPORTED_VALUES:
            raise TooLarge(f"it holds more than {MOST_EXPORTED_VALUES:,} values, and an exported file holds no more")
        if depth > _DEPTH:
            raise NoFileFormat("it is nested too deep")
        kinds = {type(value) for value in values}
        if kinds <= _SCALARS:
            return list(values), self._scalar(kinds)
        if type(None) in kinds:
            stored, code = self.encoded([value for value in values if value is not None], depth)
            rest = iter(stored)
            optional = _PLACE if code == _PLACE else f"(None if {_PLACE} is None else {code})"
            return [None if value is None else next(rest) for value in values], optional
        if len(kinds) > 1:
            return self._mixed(values, depth)
        (cls,) = kinds
        if cls in _SEQUENCES:
            return self._sequences(cls, values, depth)
        if cls is dict:
            return self._dicts(values, depth)
        return self._single(cls, values) or self._fields(cls, values, depth)

    def _mixed(self, values: Sequence[Any], depth: int) -> tuple[list[Any], str]:
        """Values of several types, each beside the number of its type; all that JSON itself knows count as one."""
        groups: dict[type | None, list[Any]] = {}
        for value in values:
            groups.setdefault(None if type(value) in _SCALARS else type(value), []).append(value)
        if len(groups) > _MOST_TYPES:
            raise NoFileFormat(f"at one place it holds values of {len(groups)} types")
        encoded = {kind: self.encoded(group, depth + 1) for kind, group in groups.items()}
        numbers = {kind: number for number, kind in enumerate(groups)}
        rest = {kind: iter(stored) for kind, (stored, _) in encoded.items()}
        *codes, last = (code.replace(_PLACE, f"{_PLACE}[1]") for _, code in encoded.values())
        choices = "".join(f"{code} if {_PLACE}[0] == {number} else " for number, code in enumerate(codes))
        kinds = [None if type(value) in _SCALARS else type(value) for value in values]
        return [[numbers[kind], next(rest[kind])] for kind in kinds], f"({choices}{last})"

    def _scalar(self, kinds: set[type]) -> str:
        if not self._literals.approximate or float not in kinds:
            return _PLACE
        self._literals.imports["pytest"] = "import pytest"
        code = f"pytest.approx({_PLACE}, nan_ok=True)"
        return code if kinds == {float} else f"({code} if isinstance({_PLACE}, float) else {_PLACE})"

    def _sequences(self, cls: type, values: Sequence[Any], depth: int) -> tuple[list[Any], str]:
        lists: list[list[Any]] = [list(value) for value in values]
        if cls in (set, frozenset):
            lists = [sorted(items, key=lambda item: (type(item).__name__, repr(item))) for items in lists]
        count = self._count
        try:
            with self._literals.attempt():
                stored, code = self._alike(lists, depth, exact=cls in (set, frozenset))
        except NoFileFormat:
            self._count = count
            length = {len(items) for items in lists}
            if cls is not tuple or len(length) != 1 or max(length) > _MOST_FIELDS:
                raise
            columns = [self.encoded(column, depth + 1) for column in zip(*lists, strict=True)]
            rows = [list(row) for row in zip(*(column for column, _ in columns), strict=True)]
            parts = [code.replace(_PLACE, f"{_PLACE}[{at}]") for at, (_, code) in enumerate(columns)]
            return rows, f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
        if code == _PLACE:
            return stored, _PLACE if cls is list else f"{cls.__name__}({_PLACE})"
        item = f"item{depth or ''}"
        each = f"{code.replace(_PLACE, item)} for {item} in {_PLACE}"
        return stored, f"[{each}]" if cls is list else f"{{{each}}}" if cls is set else f"{cls.__name__}({each})"

    def _alike(self, lists: Sequence[list[Any]], depth: int, *, exact: bool) -> tuple[list[Any], str]:
        """The items of lists, all of which are read by the same code."""
        approximate = self._literals.approximate
        self._literals.approximate = approximate and not exact
        try:
            stored, code = self.encoded(list(chain.from_iterable(lists)), depth + 1)
        finally:
            self._literals.approximate = approximate
        rest = iter(stored)
        return [[next(rest) for _ in items] for items in lists], code

    def _dicts(self, values: Sequence[dict[Any, Any]], depth: int) -> tuple[list[Any], str]:
        keyed = all(type(key) is str for value in values for key in value)
        count = self._count
        try:
            with self._literals.attempt():
                items, code = self._alike([list(value.values()) for value in values], depth, exact=False)
                names, label = self._alike([list(value) for value in values], depth, exact=True)
        except NoFileFormat:
            self._count = count
            keys = {tuple(value) for value in values}
            if not keyed or len(keys) != 1 or len(values[0]) > _MOST_FIELDS:
                raise
            return self._records(values, depth, lambda fields: "{" + ", ".join(f"{text_code(k)}: {v}" for k, v in fields) + "}")
        key, item = f"key{depth or ''}", f"item{depth or ''}"
        if keyed and code == _PLACE:
            return [dict(zip(*pair, strict=True)) for pair in zip(names, items, strict=True)], _PLACE
        pairs = f"{{{label.replace(_PLACE, key)}: {code.replace(_PLACE, item)} for {key}, {item} in {_PLACE}"
        if keyed:
            return [dict(zip(*pair, strict=True)) for pair in zip(names, items, strict=True)], f"{pairs}.items()}}"
        return [[list(entry) for entry in zip(*pair, strict=True)] for pair in zip(names, items, strict=True)], f"{pairs}}}"

    def _records(
        self, values: Sequence[Mapping[str, Any]], depth: int, written: Callable[[list[tuple[str, str]]], str]
    ) -> tuple[list[Any], str]:
        """Dictionaries that have the same keys."""
        names = list(values[0])
        columns = {name: self.encoded([value[name] for value in values], depth + 1) for name in names}
        fields = [(name, code.replace(_PLACE, f"{_PLACE}[{text_code(name)}]")) for name, (_, code) in columns.items()]
        return [{name: columns[name][0][at] for name in names} for at in range(len(values))], written(fields)

    def _single(self, cls: type, values: Sequence[Any]) -> tuple[list[Any], str] | None:
        if cls is complex:
            code = f"complex(*{_PLACE})"
            if self._literals.approximate:
                self._literals.imports["pytest"] = "import pytest"
                code = f"pytest.approx({code}, nan_ok=True)"
            return [[value.real, value.imag] for value in values], code
        form: TextForm | None = _TEXTS.get(cls) or library_entry(cls, "TEXTS")
        if form is not None:
            encode, module, code = form
            if (
                self._literals.approximate
                and getattr(values[0], "dtype", None) is None
                and any(map(differs_from_itself, values))
            ):
                raise NotComparable(f"it holds a {cls.__name__} that is not equal to itself")
            self._literals.module(module, {"numpy": "np", "pandas": "pd"}.get(module))
            name = cls.__name__
            if module == "numpy" and self._literals.approximate and values[0].dtype.kind == "f":
                return [encode(value) for value in values], self._scalar({float})
            return [encode(value) for value in values], code.replace("%", name).replace("$", _PLACE)
        if issubclass(cls, enum.Enum) and cls.__qualname__ == cls.__name__:
            return [value.name for value in values], f"{self._literals.name(cls.__module__, cls.__name__, cls)}[{_PLACE}]"
        return None

    def _fields(self, cls: type, values: Sequence[Any], depth: int) -> tuple[list[Any], str]:
        named = [constructor_arguments(cls, value) for value in values] if cls.__qualname__ == cls.__name__ else [None]
        fields = [entry for entry in named if entry is not None]
        if len(fields) < len(values):
            raise NoFileFormat(f"JSON holds no {cls.__name__}: {short_repr(values[0], 60)}")
        function = self._literals.name(cls.__module__, cls.__name__, cls)
        return self._records(fields, depth, lambda parts: in_one_line(call(function, **dict(parts))))


def is_identical(one: Any, other: Any) -> bool:
    """Whether two values are equal to the last bit, and of the same types; NaN equals NaN."""
    cls = type(one)
    if cls is not type(other):
        return False
    if cls is dict:
        same = len(one) == len(other) and all(map(is_identical, one, other))
        return same and all(map(is_identical, one.values(), other.values()))
    if cls in (list, tuple):
        return len(one) == len(other) and all(map(is_identical, one, other))
    if cls in (set, frozenset):
        return bool(one == other) and sorted(map(repr, one)) == sorted(map(repr, other))
    if isinstance(one, tuple) or dataclasses.is_dataclass(cls):
        mine, others = constructor_arguments(cls, one), constructor_arguments(cls, other)
        return mine is not None and others is not None and is_identical(mine, others)
    return repr(one) == repr(other)


def differs_from_itself(value: Any) -> bool:
    """True for NaN of a class that `pytest.approx` does not know, such as Decimal's."""
    try:
        return bool(value != value)  # noqa: PLR0124 - that is what is asked
    except Exception:  # noqa: BLE001 - a signalling NaN refuses every comparison
        return True
