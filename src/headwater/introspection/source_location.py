"""Where in a file something was written."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

from headwater.introspection.callables import innermost


class SourceLocation(NamedTuple):
    """A file and a 1-based line. Prints as editors and terminals link it: `flows/prices.py:12`."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{_shortened(self.file)}:{self.line}"


def source_location(function: Callable[..., Any]) -> SourceLocation:
    """Return the location of a function's `def`, behind `functools.wraps` and `partial`; of other callables, their module."""
    written: Any = function if type(function) is FunctionType and not hasattr(function, "__wrapped__") else innermost(function)
    code = getattr(written, "__code__", None)
    if code is None:
        return SourceLocation(f"<{getattr(written, '__module__', None) or 'unknown'}>", 1)
    return SourceLocation(code.co_filename, code.co_firstlineno)


def below_decorators(location: SourceLocation) -> SourceLocation:
    """The line of the `def`, where `location` is that of the first decorator above it (as code objects say it)."""
    import linecache  # reads the file: only for decorated functions

    line = location.line
    while text := linecache.getline(location.file, line):
        if text.lstrip().startswith(("def ", "async def ")):
            return SourceLocation(location.file, line)
        line += 1
    return location


def _shortened(file: str) -> str:
    """The path from the working directory, where that is a way down; else the whole path."""
    return file.removeprefix(f"{os.getcwd()}{os.sep}")  # noqa: PTH109 - importing pathlib takes 5 ms
