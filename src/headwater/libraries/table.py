"""Libraries of data frames and columns: what decorators and checks need to know of one, and which one a class is of.

`frame_library(type)` finds the one that a data frame's class belongs to; `frame_library_for(type)` only for frames, and
`column_library(type)` only for columns, as the checks look at them.
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
"""The modules of users that are a `FrameLibrary`, by the package of the frames."""


class FrameLibrary(Protocol):
    """What decorators need to know of a data frame library."""

    def is_frame(self, type_: type) -> bool:
        """True if the class is a data frame, made of named columns."""
        ...

    def column_type(self) -> type:
        """The class of one column."""
        ...

    def column_names(self, frame: Any) -> Sequence[object]:
        """The names of a frame's columns."""
        ...

    def column(self, frame: Any, name: str) -> Any:
        """One column of a frame."""

    def column_at(self, frame: Any, place: int, name: str) -> Any:
        """The column at a place, counted from 0, under another name."""

    def constant_column(self, frame: Any, name: str, value: Any) -> Any:
        """A column that a frame does not have: the same value in every row."""

    def with_constant_columns(self, frame: Any, names: Sequence[str], value: Any) -> Any:
        """A new frame that has these columns as well, with the same value in every row."""

    def with_columns(self, frame: Any, columns: Mapping[str, Any]) -> Any:
        """A new frame that has these columns as well, each in the place of one of the same name.

        A single value instead of a column fills every row.
        """


@runtime_checkable
class ExpressionLibrary(FrameLibrary, Protocol):
    """A data frame library in which a column may also be an expression."""

    def expression_type(self) -> type:
        """The class of an expression."""
        ...

    def expression(self, name: str) -> Any:
        """The expression for a column of a frame."""
        ...


class ColumnLibrary(Protocol):
    """What checks need to know of a library of columns."""

    COLUMN_CLASS: type
    """The class of a column."""

    def column(self, value: Any, /) -> Column:
        """A column, as checks look at it."""
        ...


def frame_library(type_: object) -> FrameLibrary | None:
    """The library that a data frame or column class comes from, or None if it is no such class."""
    return cast("FrameLibrary | None", _library(type_, "frames", _registered))


def register_frame_library(package: str, module: str) -> None:
    """Has a module say what decorators need to know of the frames of another package: `extract_columns`, `with_columns`.

    The module is a `FrameLibrary`; it is imported when a function is first annotated with a class of the package.

    >>> from headwater.integrations import register_frame_library
    >>> register_frame_library("pyspark", "my_project.spark_frames")
    """
    _registered[package] = module


def column_library(type_: object) -> ColumnLibrary | None:
    """The library that the class of a column comes from, or None if it is no such class."""
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
    """The library of a data frame's type, or None if it is no frame.

    A class of which only the name is known, as in source text, may be a frame.
    """
    if isinstance(type_, ForwardRef):
        return UnimportedFrameLibrary(type_)
    plain = value_type(type_)
    plain = typing.get_origin(plain) or plain
    library = frame_library(plain)
    return library if library is not None and library.is_frame(plain) else None


def library_module(library: FrameLibrary) -> str | None:
    """The name of the module that describes a library. None if only the name of a frame's class is known."""
    return library.__name__ if isinstance(library, ModuleType) else None


class UnimportedFrameLibrary:
    """A library of which only the name of a frame's class is known: enough to draw what decorators make of it."""

    def __init__(self, frame: ForwardRef) -> None:
        self._library = frame.__forward_arg__.partition(".")[0]

    def is_frame(self, type_: object) -> bool:
        """True: it may be one."""
        del type_
        return True

    def column_type(self) -> Any:
        """The class of one column, by its name."""
        return ForwardRef(f"{self._library}.Series")

    def column_names(self, frame: Any) -> Sequence[object]:
        """Nothing can be asked of frames that are not there."""
        raise NotImplementedError(f"{self._library} was not imported, and made this frame: {frame!r}.")

    def column(self, frame: Any, name: str) -> Any:
        """Nothing can be asked of frames that are not there."""
        del name
        return self.column_names(frame)

    def column_at(self, frame: Any, place: int, name: str) -> Any:
        """Nothing can be asked of frames that are not there."""
        del place, name
        return self.column_names(frame)

    def constant_column(self, frame: Any, name: str, value: Any) -> Any:
        """Nothing can be asked of frames that are not there."""
        del name, value
        return self.column_names(frame)

    def expression_type(self) -> Any:
        """The class of an expression, by its name; of a library without expressions no annotation has it."""
        return ForwardRef(f"{self._library}.Expr")

    def expression(self, name: str) -> Any:
        """Nothing can be asked of frames that are not there."""
        return self.column_names(name)

    def with_constant_columns(self, frame: Any, names: Sequence[str], value: Any) -> Any:
        """Nothing can be asked of frames that are not there."""
        del names, value
        return self.column_names(frame)

    def with_columns(self, frame: Any, columns: Mapping[str, Any]) -> Any:
        """Nothing can be asked of frames that are not there."""
        del columns
        return self.column_names(frame)
