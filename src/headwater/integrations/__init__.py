"""What Headwater knows of other libraries, a module each, imported only when the user's own code has imported the library.

`frame_library(type)` finds the one that a data frame's class belongs to.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, Final, Protocol, cast

from headwater.quality.validator import Validator

_FRAME_LIBRARIES: Final = {"pandas": "headwater.integrations.pandas"}


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

    def filled_column(self, frame: Any, name: str, value: Any) -> Any:
        """A column that a frame does not have: the same value in every row."""

    def column_validator(self, check: str, argument: Any) -> Validator | None:
        """The validator of a check (see `quality/`) for columns, or None if the library has none."""


def frame_library(type_: object) -> FrameLibrary | None:
    """The library that a data frame or column class comes from, or None if it is no such class."""
    if not isinstance(type_, type):
        return None
    for base in type_.__mro__:
        root = base.__module__.partition(".")[0]
        if root in _FRAME_LIBRARIES:
            return cast(FrameLibrary, importlib.import_module(_FRAME_LIBRARIES[root]))
    return None
