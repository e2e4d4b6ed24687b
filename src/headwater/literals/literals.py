"""Values as code that makes them again."""

from __future__ import annotations

import enum
import importlib
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from math import isfinite, isnan
from typing import Any, Final

from headwater.errors import NotWritable, short_repr
from headwater.literals.classes import constructor_arguments
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, in_one_line, text_code, unique_name
from headwater.literals.errors import NoFileFormat, NotComparable, TooLong
from headwater.literals.json_values import differs_from_itself, json_piece
from headwater.literals.libraries import library_entry
from headwater.literals.limits import MOST_CODE_VALUES, MOST_EXPORTED_PARTS
from headwater.literals.value_files import ValueFiles

DEPTH: Final = 20
FEW: Final = 20
"""Items up to which a list stays in the code although the value that it belongs to is too long."""
_CHARACTERS: Final = 40
"""Characters of a long text that count as one value."""
RESERVED: Final = frozenset({"DATA", "VALUES", "json", "Path", "pytest", "result"})
"""Names that written code binds itself."""

_PLAIN: Final = frozenset({bool, int, bytes, type(None), type(...)})
_BY_REPR: Final = frozenset(
    {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone", "decimal.Decimal"}
    | {"fractions.Fraction", "uuid.UUID", "builtins.range"}
)
"""Classes whose `repr` is the code that makes the value."""
_PATHS: Final = frozenset({"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"})

Writer = Callable[[Any, "Literals"], Piece]
"""Writes values of one class of a library."""
Filer = Callable[[Any, "Literals"], Piece]
"""Writes a value of one class of a library as a file, and returns the code that reads it."""


class Literals:
    """Writes values as code, and collects what that code has to import.

    >>> literals = Literals()
    >>> in_one_line(literals.piece({"rate": 0.5, "days": [1, 2]}))
    '{"rate": 0.5, "days": [1, 2]}'
    """

    def __init__(self, files: ValueFiles | None = None) -> None:
        """Without files, a value that would be too long to read as code is refused."""
        self.imports: dict[str, str] = {}
        """The import statement for each name that the code uses."""
        self.approximate = False
        """True while what is written is compared with by `==`."""
        self.is_spread = False
        """True while the parts of a value that is too long are written one by one, each as code or as a file."""
        self._files = files
        self._objects: dict[str, Any] = {}
        self._name = "value"
        self._left = MOST_CODE_VALUES
        self._parts_left = MOST_EXPORTED_PARTS
        self._depth = 0

    def piece(self, value: Any, name: str = "value") -> Piece:
        """The code that makes a value again.

        Args:
            value: anything.
            name: what a file with the value is called.

        Raises:
            NotWritable: there is no such code, or it would be too long to read.
        """
        with self._beginning(name):
            return self._placed(value)

    def expected(self, value: Any, name: str = "value") -> Piece:
        """The code for what a result is compared with by `==`: floats within a rounding error, NaN equal to NaN."""
        with self._beginning(name, approximate=True):
            return self._placed(value)

    def file_piece(self, value: Any, name: str) -> Piece:
        """The code that reads a value from a file of its own.

        Raises:
            NotWritable: no file holds such a value, or not exactly.
        """
        with self._beginning(name):
            return self._file_piece(value)

    def part(self, value: Any) -> Piece:
        """The code of a part of the value that is being written."""
        return self._placed(value) if self.is_spread else self._written(value)

    def parts(self, values: Iterable[Any], label: object = None) -> Piece:
        """The code of a list of parts; a label, such as a column's name, tells it from others in a file."""
        if self.is_spread:
            name = self._name
            self._name = name if label is None else f"{name}.{label}"
            try:
                return self._spread_list(list(values))
            finally:
                self._name = name
        return BracketGroup("[", tuple(self._written(value) for value in values), "]")

    def module(self, name: str, short: str | None = None) -> str:
        """Have a module imported; returns its name in the code."""
        bound = short or name
        self.imports[bound] = f"import {name} as {short}" if short else f"import {name}"
        self._objects[bound] = sys.modules.get(name) or importlib.import_module(name)
        return bound

    def name(self, module: str, name: str, value: Any = None) -> str:
        """Have a name imported from a module; returns the name in the code, another one where this one is in use.

        Args:
            module: the module.
            name: the name in the module.
            value: what it is bound to; without, it is looked up.
        """
        statement = f"from {module} import {name}"
        taken = {bound for bound, other in self.imports.items() if other not in (statement, f"{statement} as {bound}")}
        bound = unique_name(name, taken | RESERVED)
        self.imports[bound] = statement if bound == name else f"{statement} as {bound}"
        self._objects[bound] = getattr(sys.modules.get(module), name, None) if value is None else value
        return bound

    def text_file(self, suffix: str, text: str) -> Piece:
        """Have a file hold the value that is being written; returns the expression for its path."""
        if self._files is None:
            raise TooLong
        return self._files.add_text(self._name, suffix, text)

    def json(self, text: str) -> str:
        """Have a JSON file hold the value that is being written; returns the expression for what JSON makes of it."""
        if self._files is None:
            raise TooLong
        return self._files.add_json(self._name, text)

    def evaluate(self, piece: Piece) -> Any:
        """What the code makes, to be compared with the value that it was written from."""
        return self.evaluate_text(in_one_line(piece))

    def evaluate_text(self, code: str) -> Any:
        """As `evaluated`, of an expression."""
        names = {} if self._files is None else self._files.names()
        return eval(code, {**self._objects, **names})  # noqa: S307 - code that was written here

    @contextmanager
    def attempt(self, *, spread: bool | None = None) -> Generator[None]:
        """Undo what was imported, stored and counted where the block raises."""
        before = (dict(self.imports), self._left, self._parts_left, self._depth, self.is_spread)
        stored = None if self._files is None else self._files.snapshot()
        self.is_spread = self.is_spread if spread is None else spread
        try:
            yield
        except BaseException:
            self.imports, self._left, self._parts_left = before[:3]
            if self._files is not None:
                self._files.restore(stored)
            raise
        finally:
            self._depth, self.is_spread = before[3:]

    @contextmanager
    def dry_run(self) -> Generator[None]:
        """Find out whether something can be written: undo what was imported and stored."""
        imports, stored = dict(self.imports), None if self._files is None else self._files.snapshot()
        try:
            yield
        finally:
            self.imports = imports
            if self._files is not None:
                self._files.restore(stored)

    def class_name(self, cls: type) -> str:
        """Have a class imported; returns its name in the code.

        Raises:
            NotWritable: it is not at the top of a module.
        """
        if "<locals>" in cls.__qualname__ or "." in cls.__qualname__:
            raise NotWritable(f"its class `{cls.__qualname__}` cannot be imported")
        return self.name(cls.__module__, cls.__name__, cls)

    # --- as code, or in a file ------------------------------------------------------------------------------------

    @contextmanager
    def _beginning(self, name: str, *, approximate: bool = False) -> Generator[None]:
        self._name, self._left, self._parts_left = name, MOST_CODE_VALUES, MOST_EXPORTED_PARTS
        self.approximate = approximate
        try:
            yield
        finally:
            self.approximate = False

    def _placed(self, value: Any) -> Piece:
        """A value as code where that is short; else as a file; else its parts, each in one of these ways."""
        try:
            with self.attempt(spread=False):
                return self._written(value)
        except NotComparable:
            raise
        except NotWritable as error:
            if self._files is None:
                raise
            refused = error
        try:
            with self.attempt(spread=False):
                return self._file_piece(value)
        except NotWritable as error:
            if not isinstance(refused, TooLong):
                raise refused from None
            unfiled = error
        if not isinstance(unfiled, NoFileFormat):
            raise unfiled
        try:
            with self.attempt(spread=True):
                return self._spread(value)
        except TooLong:
            raise TooLong(f"{refused.message}; and {unfiled.message}") from None

    def _spread(self, value: Any) -> Piece:
        self._depth += 1
        if self._depth > DEPTH:
            raise TooLong
        return self._of(type(value), value)

    def _spread_list(self, values: list[Any]) -> Piece:
        """A list of a value that is too long; in a file, unless it is short or no file holds such values."""
        if len(values) > FEW:
            try:
                with self.attempt(spread=False):
                    return self._file_piece(values)
            except NoFileFormat:
                pass
        return self._placed(values)

    def _file_piece(self, value: Any) -> Piece:
        self._parts_left -= 1
        if self._parts_left < 0:
            raise TooLong(f"more than {MOST_EXPORTED_PARTS} parts of it are too long to read as code")
        cls = type(value)
        filer: Filer | None = library_entry(cls, "FILERS")
        if filer is not None:
            return filer(value, self)
        if library_entry(cls, "WRITERS") is not None:
            raise NoFileFormat(f"no file holds a {cls.__name__} as a whole")
        return json_piece(value, self)

    # --- one kind of value after the other ------------------------------------------------------------------------

    def _written(self, value: Any) -> Piece:
        self._left -= 1
        if type(value) in (str, bytes) and self._files is not None:
            self._left -= len(value) // _CHARACTERS
        if self._left < 0 or self._depth > DEPTH:
            raise TooLong
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
            return self._by_repr(cls, value)
        if cls.__name__ in _PATHS and cls.__module__.partition(".")[0] == "pathlib":
            return f"{self.module('pathlib')}.{value!r}"
        return self._of_library(cls, value) or self._of_class(cls, value)

    def _by_repr(self, cls: type, value: Any) -> str:
        if cls is range:
            return repr(value)
        if self.approximate and differs_from_itself(value):
            raise NotComparable(f"it holds {value!r}, which is not equal to itself")
        module = self.module("datetime" if cls.__module__ == "datetime" else cls.__module__)
        if type(getattr(value, "tzinfo", None)).__module__.startswith("zoneinfo"):
            self.module("zoneinfo")
        code = repr(value) if repr(value).startswith(f"{module}.") else f"{module}.{value!r}"
        try:
            again = self.evaluate_text(code)
        except Exception as error:  # a time zone of another library has any `repr`
            raise NotWritable(f"no code makes it again: {short_repr(value, 60)}") from error
        if type(again) is not cls or repr(again) != repr(value):
            raise NotWritable(f"no code makes it again: {short_repr(value, 60)}")
        return code

    def _approximated(self, number: str, is_nan: bool) -> str:
        if not self.approximate:
            return number
        self.imports["pytest"] = "import pytest"  # only where the code runs
        return f"pytest.approx({number}{', nan_ok=True' if is_nan else ''})"

    def _container(self, cls: type, value: Any) -> Piece:
        if cls is dict:
            return BracketGroup(
                "{", tuple(LabeledPiece(f"{self._key(key)}: ", self.part(item)) for key, item in value.items()), "}"
            )
        if cls is list:
            return BracketGroup("[", tuple(self.part(item) for item in value), "]")
        if cls is tuple:
            items = tuple(self.part(item) for item in value)
            return BracketGroup("(", items, ",)" if len(items) == 1 else ")")
        members = BracketGroup("{", tuple(sorted(map(self._key, value))), "}")
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
        found = library_entry(cls, "WRITERS")
        if found is None:
            return None
        if self.approximate and library_entry(cls, "SCALARS") is None:
            raise NotComparable(f"it holds a {cls.__name__}, which `==` does not compare as a whole")
        writer: Writer = found
        return writer(value, self)

    def _of_class(self, cls: type, value: Any) -> Piece:
        name = self.class_name(cls)
        if isinstance(value, enum.Enum):
            return f"{name}.{value.name}"
        named = constructor_arguments(cls, value)
        if named is None:
            raise NotWritable(f"no code makes a {cls.__name__} again: {short_repr(value, 60)}")
        return call(name, **{field: self.part(part) for field, part in named.items()})


def unwritable(name: str, error: NotWritable) -> NotWritable:
    """What a reader is told of a value that cannot be written."""
    return NotWritable(f"`{name}` cannot be written as code: {error.message}.", node=name)


def _number(value: float) -> str:
    return repr(value) if isfinite(value) else f'float("{value}")'
