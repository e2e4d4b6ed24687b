"""Adapters made of a library's own functions: what `pandas.read_csv` takes, `load_from.csv` takes."""

from __future__ import annotations

import dataclasses
import inspect
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, ClassVar, Final, Literal, NamedTuple, Union, cast

from headwater.io.atomic import WriteMode, replacing, write_mode
from headwater.io.files import check_open_file, pour
from headwater.io.location import UnsupportedLocation, is_open_file, is_remote, is_text, local_path, path_text
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FileLocation, FilePath, Metadata, OpenFile


class _Unset:
    """The type of `UNSET`, which stands for "the library's own default"."""

    def __repr__(self) -> str:
        return "..."

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = _Unset()

Describe = Callable[[Any], Metadata]
Content = Literal["bytes", "text", "either"]
"""What a function reads from or writes to an open file."""


@dataclass(frozen=True, slots=True)
class LibraryFunction:
    """A library function that reads or writes files, with its properties."""

    call: Callable[..., Any]
    """Its first parameter is the path to read, or its first two are the data and the path to write."""
    content: Content = "bytes"
    own: tuple[type, ...] = ()
    """Classes of the library that it takes instead of a path."""
    dataset: str | None = None
    """The argument by which it writes a folder of files."""
    in_memory: bool = False
    """True if it reads buffers in memory but not all open files."""
    excluded: tuple[str, ...] = ()
    """Parameters that an adapter does not have."""
    prepare: Callable[[FileLocation, dict[str, Any]], dict[str, Any]] | None = None
    """Completes the arguments for a location, or raises an error if data would be lost."""


class FunctionAdapter:
    """What adapters made of a function have in common; a subclass for each is made by `make_loader` and `make_saver`."""

    path: FileLocation
    format: ClassVar[str]
    types: ClassVar[tuple[Any, ...]]
    function: ClassVar[LibraryFunction]
    describe: ClassVar[Describe]

    @classmethod
    def name(cls) -> str:
        """The format."""
        return cls.format

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """The types that the function reads or writes."""
        return cls.types

    def options(self) -> dict[str, Any]:
        """The arguments that were given, besides the path."""
        given = {field.name: getattr(self, field.name) for field in dataclasses.fields(cast(Any, self)) if field.name != "path"}
        return {name: value for name, value in given.items() if value is not UNSET}

    def check_open_file(self, method: str) -> None:
        """Check that the function can use the open file.

        Raises:
            UnsupportedLocation: if the file holds text and the format bytes, or cannot be read or written at all.
        """
        check_open_file(self.path, self.format, method, takes_text=self.function.content != "bytes")


class FunctionLoader(FunctionAdapter):
    """Loads a file by a function."""

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """What the function reads."""
        del type_
        location: Any = self.path
        if isinstance(location, self.function.own):
            data = self.function.call(location, **self.options())
            return data, type(self).describe(data)
        if is_open_file(location):
            self.check_open_file("read")
            if self.function.in_memory:
                location = io.BytesIO(location.read())
        elif not is_remote(location):
            location = local_path(location)
        data = self.function.call(location, **self.options())
        return data, {**file_metadata(self.path), **type(self).describe(data)}


class FunctionSaver(FunctionAdapter):
    """Saves a file by a function of the data."""

    def save_data(self, data: Any) -> Metadata:
        """Writes the file."""
        function, options = self.function, self.options()
        if isinstance(self.path, function.own):
            function.call(data, self.path, **options)
            return type(self).describe(data)
        mode = write_mode(options.get("mode", "w"))
        if function.prepare is not None:
            options = function.prepare(self.path, options)
        if is_open_file(self.path):
            self._write_to_open_file(self.path, data, options, mode)
        else:
            dataset = function.dataset is not None and options.get(function.dataset) is not None
            with replacing(path_text(self.path), mode, dataset=dataset, parents=bool(options.get("mkdir"))) as temporary:
                function.call(data, temporary, **options)
        return {**file_metadata(self.path), **type(self).describe(data)}

    def _write_to_open_file(self, file: IO[Any], data: Any, options: Mapping[str, Any], mode: WriteMode) -> None:
        """Write all or nothing: the function writes to memory, and the result goes to the file."""
        self.check_open_file("write")
        name = self.function.dataset
        if name is not None and options.get(name) is not None:
            raise UnsupportedLocation(f"`{name}` makes a dataset, which is a folder. Give its path, not an open file.")
        if mode == "x":
            raise UnsupportedLocation("Mode 'x' creates a file, and `path` is a file that is open already. Give a path.")
        as_text = is_text(file) or self.function.content == "text"
        buffer: Any = io.StringIO(newline="") if as_text else io.BytesIO()
        self.function.call(data, buffer, **options)
        if mode == "a" and getattr(file, "seekable", bool)():
            file.seek(0, io.SEEK_END)
        pour(file, buffer.getvalue() if is_text(file) or not as_text else buffer.getvalue().encode())


def make_loader(
    name: str, format_: str, function: LibraryFunction, *, module: str, types: Sequence[Any], describe: Describe
) -> type[FunctionLoader]:
    """The class `module.name`: loads by a function. Its parameters besides the path become arguments."""
    return cast(
        type[FunctionLoader],
        _make_class(FunctionLoader, name, _fields(function, 1), _Members(module, format_, types, function, describe)),
    )


def make_saver(
    name: str, format_: str, function: LibraryFunction, *, module: str, types: Sequence[Any], describe: Describe
) -> type[FunctionSaver]:
    """The class `module.name`: saves by a function. Its parameters besides the data and the path become arguments."""
    return cast(
        type[FunctionSaver],
        _make_class(FunctionSaver, name, _fields(function, 2), _Members(module, format_, types, function, describe)),
    )


class _Members(NamedTuple):
    """What the classes differ in."""

    module: str
    format: str
    types: Sequence[Any]
    function: LibraryFunction
    describe: Describe


def _fields(function: LibraryFunction, skipped: int) -> list[Any]:
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    parameters = list(inspect.signature(function.call).parameters.values())[skipped:]
    names = [one.name for one in parameters if one.kind in named and one.name not in function.excluded]
    location: Any = Union[(FilePath, OpenFile, *function.own)]
    return [("path", location), *((name, Any, UNSET) for name in names)]


def _make_class(base: type, name: str, fields: list[Any], members: _Members) -> type:
    namespace = {
        "__doc__": base.__doc__,
        "format": members.format,
        "types": tuple(members.types),
        "function": members.function,
        "describe": staticmethod(members.describe),
    }
    made = dataclasses.make_dataclass(name, fields, bases=(base,), frozen=True, repr=False, eq=False, namespace=namespace)
    # Where pickle looks for the class. Only from Python 3.12 on does `make_dataclass` take a module, and then it sets one.
    made.__module__ = members.module
    return made
