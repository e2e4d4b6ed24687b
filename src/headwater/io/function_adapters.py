"""Adapters built from library functions: `load_from.csv` accepts the arguments of `pandas.read_csv`."""

from __future__ import annotations

import dataclasses
import inspect
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, ClassVar, Final, Literal, NamedTuple, Union, cast

from headwater.io.atomic import WriteMode, replacing, write_mode
from headwater.io.files import check_open_file, write_all
from headwater.io.location import UnsupportedLocation, is_open_file, is_remote, is_text, local_path, path_text
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FileLocation, FilePath, Metadata, OpenFile


class _Unset:
    """The type of `UNSET`, which means "use the library's default"."""

    def __repr__(self) -> str:
        return "..."

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = _Unset()

Describe = Callable[[Any], Metadata]
Content = Literal["bytes", "text", "either"]
"""The type of the content that a function reads from or writes to an open file."""


@dataclass(frozen=True, slots=True)
class LibraryFunction:
    """A library function that reads or writes files, and how adapters may call it."""

    call: Callable[..., Any]
    """A reader, called with the path, or a writer, called with the data and the path."""
    content: Content = "bytes"
    path_types: tuple[type, ...] = ()
    """Classes from the library whose instances the function accepts instead of a path."""
    dataset: str | None = None
    """The name of the argument that makes the function write a folder of files."""
    in_memory: bool = False
    """True if the function can read buffers in memory but not every open file."""
    excluded: tuple[str, ...] = ()
    """Parameters that the adapter does not expose."""
    prepare: Callable[[FileLocation, dict[str, Any]], dict[str, Any]] | None = None
    """A function that adds arguments for a location, or raises an error if data would be lost."""


class FunctionAdapter:
    """The base class of adapters for library functions. `make_loader` and `make_saver` create subclasses."""

    path: FileLocation
    format: ClassVar[str]
    types: ClassVar[tuple[Any, ...]]
    function: ClassVar[LibraryFunction]
    describe: ClassVar[Describe]

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return cls.format

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the types that the function reads or writes."""
        return cls.types

    def options(self) -> dict[str, Any]:
        """Return the arguments that were set, except the path."""
        arguments = {
            field.name: getattr(self, field.name) for field in dataclasses.fields(cast(Any, self)) if field.name != "path"
        }
        return {name: value for name, value in arguments.items() if value is not UNSET}

    def check_open_file(self, method: str) -> None:
        """Check that the function can use the open file at `path`.

        Raises:
            UnsupportedLocation: if the file has no `method`, or if it was opened as text but the format is binary.
        """
        check_open_file(self.path, self.format, method, takes_text=self.function.content != "bytes")


class FunctionLoader(FunctionAdapter):
    """A loader that calls a library function."""

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Call the function and return its result with metadata."""
        del type_
        location: Any = self.path
        if isinstance(location, self.function.path_types):
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
    """A saver that calls a library function."""

    def save_data(self, data: Any) -> Metadata:
        """Write the file."""
        function, options = self.function, self.options()
        if isinstance(self.path, function.path_types):
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
        """Write everything or nothing: the function writes to memory, and the result is copied to the file."""
        self.check_open_file("write")
        name = self.function.dataset
        if name is not None and options.get(name) is not None:
            raise UnsupportedLocation(f"`{name}` writes a dataset, which is a folder. Pass a path, not an open file.")
        if mode == "x":
            raise UnsupportedLocation("Mode 'x' creates a new file, but `path` is an open file. Pass the path of the new file.")
        as_text = is_text(file) or self.function.content == "text"
        buffer: Any = io.StringIO(newline="") if as_text else io.BytesIO()
        self.function.call(data, buffer, **options)
        if mode == "a" and getattr(file, "seekable", bool)():
            file.seek(0, io.SEEK_END)
        write_all(file, buffer.getvalue() if is_text(file) or not as_text else buffer.getvalue().encode())


def make_loader(
    name: str, format_: str, function: LibraryFunction, *, module: str, types: Sequence[Any], describe: Describe
) -> type[FunctionLoader]:
    """Create the loader class `module.name`. Its arguments are the function's parameters except the path."""
    return cast(
        type[FunctionLoader],
        _make_class(FunctionLoader, name, _fields(function, 1), _Members(module, format_, types, function, describe)),
    )


def make_saver(
    name: str, format_: str, function: LibraryFunction, *, module: str, types: Sequence[Any], describe: Describe
) -> type[FunctionSaver]:
    """Create the saver class `module.name`. Its arguments are the function's parameters except the data and the path."""
    return cast(
        type[FunctionSaver],
        _make_class(FunctionSaver, name, _fields(function, 2), _Members(module, format_, types, function, describe)),
    )


class _Members(NamedTuple):
    """The class attributes of an adapter."""

    module: str
    format: str
    types: Sequence[Any]
    function: LibraryFunction
    describe: Describe


def _fields(function: LibraryFunction, skipped: int) -> list[Any]:
    named_kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    parameters = list(inspect.signature(function.call).parameters.values())[skipped:]
    names = [item.name for item in parameters if item.kind in named_kinds and item.name not in function.excluded]
    location: Any = Union[(FilePath, OpenFile, *function.path_types)]
    return [("path", location), *((name, Any, UNSET) for name in names)]


def _make_class(base: type, name: str, fields: list[Any], members: _Members) -> type:
    namespace = {
        "__doc__": base.__doc__,
        "format": members.format,
        "types": tuple(members.types),
        "function": members.function,
        "describe": staticmethod(members.describe),
    }
    adapter = dataclasses.make_dataclass(name, fields, bases=(base,), frozen=True, repr=False, eq=False, namespace=namespace)
    # pickle looks up the class in `__module__`. Before Python 3.12, `make_dataclass` has no `module` parameter.
    adapter.__module__ = members.module
    return adapter
