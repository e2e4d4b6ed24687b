"""Values as code that recreates them."""

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
from headwater.literals.limits import MAX_CODE_VALUES, MAX_EXPORTED_PARTS
from headwater.literals.value_files import ValueFiles

MAX_DEPTH: Final = 20
MAX_INLINE_ITEMS: Final = 20
"""The maximum length of a list that stays in the code even if its parent value is too long."""
_CHARACTERS_PER_VALUE: Final = 40
"""The number of characters in a long string that count as one value."""
RESERVED: Final = frozenset({"DATA", "VALUES", "json", "Path", "pytest", "result"})
"""Names that generated code defines, so imports must not use them."""

_PLAIN: Final = frozenset({bool, int, bytes, type(None), type(...)})
_BY_REPR: Final = frozenset(
    {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone", "decimal.Decimal"}
    | {"fractions.Fraction", "uuid.UUID", "builtins.range"}
)
"""Classes whose `repr` is code that recreates the value."""
_PATHS: Final = frozenset({"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"})

Writer = Callable[[Any, "Literals"], Piece]
"""A function that writes values of a library class as code."""
Filer = Callable[[Any, "Literals"], Piece]
"""A function that stores a value of a library class in a file and returns the code that reads it."""


class Literals:
    """Writes values as code, and collects the imports that the code needs.

    >>> literals = Literals()
    >>> in_one_line(literals.piece({"rate": 0.5, "days": [1, 2]}))
    '{"rate": 0.5, "days": [1, 2]}'
    """

    def __init__(self, files: ValueFiles | None = None) -> None:
        """Create a writer. Without `files`, values that are too long for readable code raise an error."""
        self.imports: dict[str, str] = {}
        """The import statement for each name that the code uses."""
        self.approximate = False
        """True while writing an expected value for a comparison with `==`."""
        self.is_spread = False
        """True while the parts of an overlong value are written separately, as code or as files."""
        self._files = files
        self._objects: dict[str, Any] = {}
        self._name = "value"
        self._remaining = MAX_CODE_VALUES
        self._remaining_parts = MAX_EXPORTED_PARTS
        self._depth = 0

    def piece(self, value: Any, name: str = "value") -> Piece:
        """Return the code that recreates a value.

        Args:
            value: anything.
            name: the name for a file that stores the value.

        Raises:
            NotWritable: if no code recreates the value, or if the code would be too long to read.
        """
        with self._start(name):
            return self._best_piece(value)

    def expected(self, value: Any, name: str = "value") -> Piece:
        """Return the code for an expected value, which a test compares with a result using `==`.

        Floats have a tolerance, and NaN equals NaN.
        """
        with self._start(name, approximate=True):
            return self._best_piece(value)

    def file_piece(self, value: Any, name: str) -> Piece:
        """Store a value in a separate file and return the code that reads it.

        Raises:
            NotWritable: if no file format can store it exactly.
        """
        with self._start(name):
            return self._file_piece(value)

    def part(self, value: Any) -> Piece:
        """Return the code for a part of the current value."""
        return self._best_piece(value) if self.is_spread else self._code(value)

    def parts(self, values: Iterable[Any], label: object = None) -> Piece:
        """Return the code for a list of parts. A label, such as a column name, identifies the list in a file."""
        if self.is_spread:
            name = self._name
            self._name = name if label is None else f"{name}.{label}"
            try:
                return self._spread_list(list(values))
            finally:
                self._name = name
        return BracketGroup("[", tuple(self._code(value) for value in values), "]")

    def module(self, name: str, short: str | None = None) -> str:
        """Import a module and return its name in the code."""
        bound = short or name
        self.imports[bound] = f"import {name} as {short}" if short else f"import {name}"
        self._objects[bound] = sys.modules.get(name) or importlib.import_module(name)
        return bound

    def name(self, module: str, name: str, value: Any = None) -> str:
        """Import a name from a module and return its name in the code. If the name is already used, the code uses another name.

        Args:
            module: the module.
            name: the name in the module.
            value: the object with this name; looked up by default.
        """
        statement = f"from {module} import {name}"
        used_names = {bound for bound, other in self.imports.items() if other not in (statement, f"{statement} as {bound}")}
        bound = unique_name(name, used_names | RESERVED)
        self.imports[bound] = statement if bound == name else f"{statement} as {bound}"
        self._objects[bound] = getattr(sys.modules.get(module), name, None) if value is None else value
        return bound

    def text_file(self, suffix: str, text: str) -> Piece:
        """Store the current value in a file and return the expression for its path."""
        if self._files is None:
            raise TooLong
        return self._files.add_text(self._name, suffix, text)

    def json(self, text: str) -> str:
        """Store the current value in a JSON file and return the expression that reads it."""
        if self._files is None:
            raise TooLong
        return self._files.add_json(self._name, text)

    def evaluate(self, piece: Piece) -> Any:
        """Evaluate a piece. Used to compare the restored value with the original value."""
        return self.evaluate_text(in_one_line(piece))

    def evaluate_text(self, code: str) -> Any:
        """Evaluate the text of an expression."""
        names = {} if self._files is None else self._files.names()
        return eval(code, {**self._objects, **names})  # noqa: S307 - code that this class generated

    @contextmanager
    def attempt(self, *, spread: bool | None = None) -> Generator[None]:
        """If the block raises, undo imports, stored values and counts."""
        before = (dict(self.imports), self._remaining, self._remaining_parts, self._depth, self.is_spread)
        stored = None if self._files is None else self._files.snapshot()
        self.is_spread = self.is_spread if spread is None else spread
        try:
            yield
        except BaseException:
            self.imports, self._remaining, self._remaining_parts = before[:3]
            if self._files is not None:
                self._files.restore(stored)
            raise
        finally:
            self._depth, self.is_spread = before[3:]

    @contextmanager
    def dry_run(self) -> Generator[None]:
        """Undo imports and stored values after the block. Used to check that a value can be written."""
        imports, stored = dict(self.imports), None if self._files is None else self._files.snapshot()
        try:
            yield
        finally:
            self.imports = imports
            if self._files is not None:
                self._files.restore(stored)

    def class_name(self, cls: type) -> str:
        """Import a class and return its name in the code.

        Raises:
            NotWritable: if the class is not defined at the top level of a module.
        """
        if "<locals>" in cls.__qualname__ or "." in cls.__qualname__:
            raise NotWritable(f"its class `{cls.__qualname__}` cannot be imported")
        return self.name(cls.__module__, cls.__name__, cls)

    # --- as code, or in a file ------------------------------------------------------------------------------------

    @contextmanager
    def _start(self, name: str, *, approximate: bool = False) -> Generator[None]:
        self._name, self._remaining, self._remaining_parts = name, MAX_CODE_VALUES, MAX_EXPORTED_PARTS
        self.approximate = approximate
        try:
            yield
        finally:
            self.approximate = False

    def _best_piece(self, value: Any) -> Piece:
        """Write a value as code if it is short, otherwise as a file.

        If no file format fits the value, write its parts separately.
        """
        try:
            with self.attempt(spread=False):
                return self._code(value)
        except NotComparable:
            raise
        except NotWritable as error:
            if self._files is None:
                raise
            code_error = error
        try:
            with self.attempt(spread=False):
                return self._file_piece(value)
        except NotWritable as error:
            if not isinstance(code_error, TooLong):
                raise code_error from None
            file_error = error
        if not isinstance(file_error, NoFileFormat):
            raise file_error
        try:
            with self.attempt(spread=True):
                return self._spread(value)
        except TooLong:
            raise TooLong(f"{code_error.message}, and {file_error.message}") from None

    def _spread(self, value: Any) -> Piece:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooLong
        return self._of(type(value), value)

    def _spread_list(self, values: list[Any]) -> Piece:
        """Write a list that is part of an overlong value. Store the list in a file, unless it is short or no format fits."""
        if len(values) > MAX_INLINE_ITEMS:
            try:
                with self.attempt(spread=False):
                    return self._file_piece(values)
            except NoFileFormat:
                pass
        return self._best_piece(values)

    def _file_piece(self, value: Any) -> Piece:
        self._remaining_parts -= 1
        if self._remaining_parts < 0:
            raise TooLong(f"it has more than {MAX_EXPORTED_PARTS} parts that are too long for readable code")
        cls = type(value)
        filer: Filer | None = library_entry(cls, "FILERS")
        if filer is not None:
            return filer(value, self)
        if library_entry(cls, "WRITERS") is not None:
            raise NoFileFormat(f"no file format can store a {cls.__name__}")
        return json_piece(value, self)

    # --- by kind of value ---------------------------------------------------------------------------------------------

    def _code(self, value: Any) -> Piece:
        self._remaining -= 1
        if type(value) in (str, bytes) and self._files is not None:
            self._remaining -= len(value) // _CHARACTERS_PER_VALUE
        if self._remaining < 0 or self._depth > MAX_DEPTH:
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
        qualified_name = f"{cls.__module__.partition('._')[0]}.{cls.__qualname__}"
        if qualified_name in _BY_REPR:
            return self._by_repr(cls, value)
        if cls.__name__ in _PATHS and cls.__module__.partition(".")[0] == "pathlib":
            return f"{self.module('pathlib')}.{value!r}"
        return self._of_library(cls, value) or self._of_class(cls, value)

    def _by_repr(self, cls: type, value: Any) -> str:
        if cls is range:
            return repr(value)
        if self.approximate and differs_from_itself(value):
            raise NotComparable(f"it contains {value!r}, which is not equal to itself")
        module = self.module("datetime" if cls.__module__ == "datetime" else cls.__module__)
        if type(getattr(value, "tzinfo", None)).__module__.startswith("zoneinfo"):
            self.module("zoneinfo")
        code = repr(value) if repr(value).startswith(f"{module}.") else f"{module}.{value!r}"
        try:
            restored = self.evaluate_text(code)
        except Exception as error:  # time zones from other libraries can have any `repr`
            raise NotWritable(f"no code recreates it: {short_repr(value, 60)}") from error
        if type(restored) is not cls or repr(restored) != repr(value):
            raise NotWritable(f"no code recreates it: {short_repr(value, 60)}")
        return code

    def _approximated(self, number: str, is_nan: bool) -> str:
        if not self.approximate:
            return number
        self.imports["pytest"] = "import pytest"  # only the generated code imports pytest
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
        """Write a key without a tolerance, because keys are compared by hash."""
        approximate, self.approximate = self.approximate, False
        try:
            return in_one_line(self._code(key))
        finally:
            self.approximate = approximate

    def _of_library(self, cls: type, value: Any) -> Piece | None:
        writer: Writer | None = library_entry(cls, "WRITERS")
        if writer is None:
            return None
        if self.approximate and library_entry(cls, "SCALARS") is None:
            raise NotComparable(f"it contains a {cls.__name__}, which `==` cannot compare")
        return writer(value, self)

    def _of_class(self, cls: type, value: Any) -> Piece:
        name = self.class_name(cls)
        if isinstance(value, enum.Enum):
            return f"{name}.{value.name}"
        arguments = constructor_arguments(cls, value)
        if arguments is None:
            raise NotWritable(f"no code recreates a value of type {cls.__name__}: {short_repr(value, 60)}")
        return call(name, **{field: self.part(part) for field, part in arguments.items()})


def unwritable(name: str, error: NotWritable) -> NotWritable:
    """Return the error with the name of the value in its message."""
    return NotWritable(f"`{name}` cannot be written as code: {error.message}.", node=name)


def _number(value: float) -> str:
    return repr(value) if isfinite(value) else f'float("{value}")'
