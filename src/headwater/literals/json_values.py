"""Values as JSON, and expressions that restore the values from JSON.

All values at the same position, such as the second items of the tuples in a list, are encoded together. The length of the
expression therefore depends on the type of the value, not on the number of values.
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
from headwater.literals.limits import MAX_EXPORTED_VALUES

_SCALARS: Final = frozenset({bool, int, float, str, type(None)})
_SEQUENCES: Final = frozenset({list, tuple, set, frozenset})
_MAX_FIELDS: Final = 50
_MAX_TYPES: Final = 16
_MAX_DEPTH: Final = 20

_STORED: Final = "\0"
"""A placeholder for the JSON value while an expression is built. It never occurs in code."""

TextForm = tuple[Callable[[Any], Any], str, str]
"""A function that encodes a value, and the module and expression that decode it (`$`: the JSON value, `%`: the class)."""

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
    """A writer for the code around a value that is stored as JSON."""

    imports: dict[str, str]
    """The import statement for each name that the code uses."""
    approximate: bool
    """True while writing an expected value for a comparison with `==`."""

    def attempt(self) -> AbstractContextManager[None]:
        """If the block raises an exception, undo its imports and stored values."""
        ...

    def module(self, name: str, short: str | None = None) -> str:
        """Import a module and return its name in the code."""
        ...

    def name(self, module: str, name: str, value: Any = None) -> str:
        """Import a name from a module and return its name in the code."""
        ...

    def json(self, text: str) -> str:
        """Store the current value in a JSON file and return the expression that reads it."""
        ...

    def evaluate_text(self, code: str) -> Any:
        """Evaluate an expression."""
        ...


def json_piece(value: Any, literals: CodeWriter) -> str:
    """Store a value of a built-in or user-defined class as JSON and return the expression that restores it.

    Raises:
        NotWritable: if the value has too many parts.
        NoFileFormat: if JSON and a short expression cannot restore the value.
    """
    approximate, literals.approximate = literals.approximate, False
    try:
        with literals.attempt():
            encoding = _Encoding(literals)
            (stored,), code = encoding.encode([value], 0)
            try:
                expression = literals.json(json.dumps(stored, ensure_ascii=False))
                restored = literals.evaluate_text(code.replace(_STORED, expression))
            except NotWritable:
                raise
            except Exception as error:  # a user's class may raise anything
                raise NoFileFormat("it cannot be restored from JSON") from error
            if not is_identical(restored, value):
                raise NoFileFormat("the value restored from JSON differs")
    finally:
        literals.approximate = approximate
    if approximate:
        _, code = _Encoding(literals).encode([value], 0)
    return code.replace(_STORED, expression)


class _Encoding:
    """An encoder for all values at one position. `encode` returns their JSON and the code that restores each of them."""

    def __init__(self, literals: CodeWriter) -> None:
        self._literals = literals
        self._count = 0

    def encode(self, values: Sequence[Any], depth: int) -> tuple[list[Any], str]:
        self._count += len(values)
        if self._count > MAX_EXPORTED_VALUES:
            raise TooLarge(f"it has more than {MAX_EXPORTED_VALUES:,} values, the limit for an exported file")
        if depth > _MAX_DEPTH:
            raise NoFileFormat("it is nested too deeply")
        kinds = {type(value) for value in values}
        if kinds <= _SCALARS:
            return list(values), self._scalar(kinds)
        if type(None) in kinds:
            stored, code = self.encode([value for value in values if value is not None], depth)
            rest = iter(stored)
            optional = _STORED if code == _STORED else f"(None if {_STORED} is None else {code})"
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
        """Encode values of several types, each with the index of its type. All types that JSON supports share one index."""
        groups: dict[type | None, list[Any]] = {}
        for value in values:
            groups.setdefault(None if type(value) in _SCALARS else type(value), []).append(value)
        if len(groups) > _MAX_TYPES:
            raise NoFileFormat(f"it mixes values of more than {_MAX_TYPES} types")
        encodings = {kind: self.encode(group, depth + 1) for kind, group in groups.items()}
        numbers = {kind: number for number, kind in enumerate(groups)}
        rest = {kind: iter(stored) for kind, (stored, _) in encodings.items()}
        *codes, last = (code.replace(_STORED, f"{_STORED}[1]") for _, code in encodings.values())
        choices = "".join(f"{code} if {_STORED}[0] == {number} else " for number, code in enumerate(codes))
        kinds = [None if type(value) in _SCALARS else type(value) for value in values]
        return [[numbers[kind], next(rest[kind])] for kind in kinds], f"({choices}{last})"

    def _scalar(self, kinds: set[type]) -> str:
        if not self._literals.approximate or float not in kinds:
            return _STORED
        self._literals.imports["pytest"] = "import pytest"
        code = f"pytest.approx({_STORED}, nan_ok=True)"
        return code if kinds == {float} else f"({code} if isinstance({_STORED}, float) else {_STORED})"

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
            if cls is not tuple or len(length) != 1 or max(length) > _MAX_FIELDS:
                raise
            columns = [self.encode(column, depth + 1) for column in zip(*lists, strict=True)]
            rows = [list(row) for row in zip(*(column for column, _ in columns), strict=True)]
            parts = [code.replace(_STORED, f"{_STORED}[{at}]") for at, (_, code) in enumerate(columns)]
            return rows, f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
        if code == _STORED:
            return stored, _STORED if cls is list else f"{cls.__name__}({_STORED})"
        item = f"item{depth or ''}"
        each = f"{code.replace(_STORED, item)} for {item} in {_STORED}"
        return stored, f"[{each}]" if cls is list else f"{{{each}}}" if cls is set else f"{cls.__name__}({each})"

    def _alike(self, lists: Sequence[list[Any]], depth: int, *, exact: bool) -> tuple[list[Any], str]:
        """Encode the items of lists that are all restored by the same code."""
        approximate = self._literals.approximate
        self._literals.approximate = approximate and not exact
        try:
            stored, code = self.encode(list(chain.from_iterable(lists)), depth + 1)
        finally:
            self._literals.approximate = approximate
        rest = iter(stored)
        return [[next(rest) for _ in items] for items in lists], code

    def _dicts(self, values: Sequence[dict[Any, Any]], depth: int) -> tuple[list[Any], str]:
        has_string_keys = all(type(key) is str for value in values for key in value)
        count = self._count
        try:
            with self._literals.attempt():
                items, code = self._alike([list(value.values()) for value in values], depth, exact=False)
                names, label = self._alike([list(value) for value in values], depth, exact=True)
        except NoFileFormat:
            self._count = count
            keys = {tuple(value) for value in values}
            if not has_string_keys or len(keys) != 1 or len(values[0]) > _MAX_FIELDS:
                raise
            return self._records(values, depth, lambda fields: "{" + ", ".join(f"{text_code(k)}: {v}" for k, v in fields) + "}")
        key, item = f"key{depth or ''}", f"item{depth or ''}"
        if has_string_keys and code == _STORED:
            return [dict(zip(*pair, strict=True)) for pair in zip(names, items, strict=True)], _STORED
        pairs = f"{{{label.replace(_STORED, key)}: {code.replace(_STORED, item)} for {key}, {item} in {_STORED}"
        if has_string_keys:
            return [dict(zip(*pair, strict=True)) for pair in zip(names, items, strict=True)], f"{pairs}.items()}}"
        return [[list(entry) for entry in zip(*pair, strict=True)] for pair in zip(names, items, strict=True)], f"{pairs}}}"

    def _records(
        self, values: Sequence[Mapping[str, Any]], depth: int, join: Callable[[list[tuple[str, str]]], str]
    ) -> tuple[list[Any], str]:
        """Encode dictionaries that have the same keys."""
        names = list(values[0])
        columns = {name: self.encode([value[name] for value in values], depth + 1) for name in names}
        fields = [(name, code.replace(_STORED, f"{_STORED}[{text_code(name)}]")) for name, (_, code) in columns.items()]
        return [{name: columns[name][0][at] for name in names} for at in range(len(values))], join(fields)

    def _single(self, cls: type, values: Sequence[Any]) -> tuple[list[Any], str] | None:
        if cls is complex:
            code = f"complex(*{_STORED})"
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
                raise NotComparable(f"it contains a {cls.__name__} that is not equal to itself")
            self._literals.module(module, {"numpy": "np", "pandas": "pd"}.get(module))
            name = cls.__name__
            if module == "numpy" and self._literals.approximate and values[0].dtype.kind == "f":
                return [encode(value) for value in values], self._scalar({float})
            return [encode(value) for value in values], code.replace("%", name).replace("$", _STORED)
        if issubclass(cls, enum.Enum) and cls.__qualname__ == cls.__name__:
            return [value.name for value in values], f"{self._literals.name(cls.__module__, cls.__name__, cls)}[{_STORED}]"
        return None

    def _fields(self, cls: type, values: Sequence[Any], depth: int) -> tuple[list[Any], str]:
        arguments = [constructor_arguments(cls, value) for value in values] if cls.__qualname__ == cls.__name__ else [None]
        fields = [entry for entry in arguments if entry is not None]
        if len(fields) < len(values):
            raise NoFileFormat(f"JSON cannot represent {cls.__name__}: {short_repr(values[0], 60)}")
        function = self._literals.name(cls.__module__, cls.__name__, cls)
        return self._records(fields, depth, lambda parts: in_one_line(call(function, **dict(parts))))


def is_identical(left: Any, right: Any) -> bool:
    """Return True if two values are exactly equal and have the same types. NaN equals NaN."""
    cls = type(left)
    if cls is not type(right):
        return False
    if cls is dict:
        same = len(left) == len(right) and all(map(is_identical, left, right))
        return same and all(map(is_identical, left.values(), right.values()))
    if cls in (list, tuple):
        return len(left) == len(right) and all(map(is_identical, left, right))
    if cls in (set, frozenset):
        return bool(left == right) and sorted(map(repr, left)) == sorted(map(repr, right))
    if isinstance(left, tuple) or dataclasses.is_dataclass(cls):
        arguments, others = constructor_arguments(cls, left), constructor_arguments(cls, right)
        return arguments is not None and others is not None and is_identical(arguments, others)
    return repr(left) == repr(right)


def differs_from_itself(value: Any) -> bool:
    """Return True for a NaN of a class that `pytest.approx` does not support, such as Decimal."""
    try:
        return bool(value != value)  # noqa: PLR0124 - the comparison with itself is the test
    except Exception:  # noqa: BLE001 - a signaling NaN raises for every comparison
        return True
