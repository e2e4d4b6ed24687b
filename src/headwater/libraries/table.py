"""The interface through which decorators and checks use data frame libraries. A library is looked up by one of its classes.

`frame_library(type)` accepts frame and column classes, `frame_library_for(type)` only frame annotations, and
`column_library(type)` only column classes.
"""

from __future__ import annotations

import importlib
import typing
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, Final, ForwardRef, Protocol, cast, runtime_checkable

from headwater.libraries.columns import Column
from headwater.libraries.support import integration_module, package_of
from headwater.types.type_forms import value_type

_registered: Final[dict[str, str]] = {}
"""The modules that users registered as a `FrameLibrary`, keyed by the package that defines the frames."""


class FrameLibrary(Protocol):
    """The operations on data frames that decorators use."""

    def is_frame(self, type_: type) -> bool:
        """Return True for a data frame class, whose instances have named columns."""
        ...

    def column_type(self) -> type:
        """Return the class of a column."""
        ...

    def column_names(self, frame: Any) -> Sequence[object]:
        """Return the column names of a frame."""
        ...

    def column(self, frame: Any, name: str) -> Any:
        """Return a column of a frame."""

    def column_at(self, frame: Any, position: int, name: str) -> Any:
        """Return the column at a position, counted from 0, renamed to `name`."""

    def constant_column(self, frame: Any, name: str, value: Any) -> Any:
        """Return a column with the same value in every row of a frame."""

    def with_constant_columns(self, frame: Any, names: Sequence[str], value: Any) -> Any:
        """Return a frame with added columns that have the same value in every row."""

    def with_columns(self, frame: Any, columns: Mapping[str, Any]) -> Any:
        """Return a frame with added columns, which replace columns of the same name.

        If a single value is given instead of a column, it fills every row.
        """


@runtime_checkable
class ExpressionLibrary(FrameLibrary, Protocol):
    """A data frame library with expressions for columns."""

    def expression_type(self) -> type:
        """Return the class of an expression."""
        ...

    def expression(self, name: str) -> Any:
        """Return the expression for a column of a frame."""
        ...


class ColumnLibrary(Protocol):
    """The operations on columns that checks use."""

    COLUMN_CLASS: type
    """The class of a column."""

    def column(self, value: Any, /) -> Column:
        """Return a `Column` that gives checks access to the value."""
        ...


def frame_library(type_: object) -> FrameLibrary | None:
    """Return the library of a data frame or column class, or None for any other class."""
    return cast("FrameLibrary | None", _library(type_, "frames", _registered))


def register_frame_library(package: str, module: str) -> None:
    """Register a module that supports the frames from another package in `extract_columns` and `with_columns`.

    The module implements `FrameLibrary`. It is imported when a function is first annotated with a class from the package.

    >>> from headwater.integrations import register_frame_library
    >>> register_frame_library("pyspark", "my_project.spark_frames")
    """
    _registered[package] = module


def column_library(type_: object) -> ColumnLibrary | None:
    """Return the library of a column class, or None for any other class."""
    library = cast("ColumnLibrary | None", _library(type_, "columns", {}))
    return library if library is not None and issubclass(cast(type, type_), library.COLUMN_CLASS) else None


def _library(type_: object, part: str, registered: Mapping[str, str]) -> object:
    if not isinstance(type_, type):
        return None
    for base in type_.__mro__:
        root = package_of(base)
        if root in registered:
            return importlib.import_module(registered[root])
        if (module := integration_module(root, part)) is not None:
            return module
    return None


def frame_library_for(type_: Any) -> FrameLibrary | None:
    """Return the library of a data frame annotation, or None for any other annotation.

    In the static outline, only the class's name is known, so every class is assumed to be a frame.
    """
    if isinstance(type_, ForwardRef):
        return UnimportedFrameLibrary(type_)
    class_ = value_type(type_)
    class_ = typing.get_origin(class_) or class_
    library = frame_library(class_)
    return library if library is not None and library.is_frame(class_) else None


def library_module(library: FrameLibrary) -> str | None:
    """Return the name of a library's module, or None if only the name of a frame class is known."""
    return library.__name__ if isinstance(library, ModuleType) else None


class UnimportedFrameLibrary:
    """A library of which only the name of a frame class is known. This is enough to draw the nodes that decorators create."""

    def __init__(self, frame: ForwardRef) -> None:
        self._library = frame.__forward_arg__.partition(".")[0]

    def is_frame(self, type_: object) -> bool:
        """Return True, because any class may be a frame."""
        del type_
        return True

    def column_type(self) -> Any:
        """Return the name of the column class."""
        return ForwardRef(f"{self._library}.Series")

    def column_names(self, frame: Any) -> Sequence[object]:
        """Raise an error, because there are no frames to inspect."""
        raise NotImplementedError(f"{self._library} is not imported, so {frame!r} cannot be inspected.")

    def column(self, frame: Any, name: str) -> Any:
        """Raise an error, because there are no frames to inspect."""
        del name
        return self.column_names(frame)

    def column_at(self, frame: Any, position: int, name: str) -> Any:
        """Raise an error, because there are no frames to inspect."""
        del position, name
        return self.column_names(frame)

    def constant_column(self, frame: Any, name: str, value: Any) -> Any:
        """Raise an error, because there are no frames to inspect."""
        del name, value
        return self.column_names(frame)

    def expression_type(self) -> Any:
        """Return the name of the expression class, which exists only if the library has expressions."""
        return ForwardRef(f"{self._library}.Expr")

    def expression(self, name: str) -> Any:
        """Raise an error, because there are no frames to inspect."""
        return self.column_names(name)

    def with_constant_columns(self, frame: Any, names: Sequence[str], value: Any) -> Any:
        """Raise an error, because there are no frames to inspect."""
        del names, value
        return self.column_names(frame)

    def with_columns(self, frame: Any, columns: Mapping[str, Any]) -> Any:
        """Raise an error, because there are no frames to inspect."""
        del columns
        return self.column_names(frame)
