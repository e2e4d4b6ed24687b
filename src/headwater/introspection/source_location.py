"""`SourceLocation`: file and line of a definition."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

from headwater.introspection.callables import innermost


class SourceLocation(NamedTuple):
    """A file and a 1-based line. Editors and terminals show its string form as a link: `flows/prices.py:12`."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{_relative(self.file)}:{self.line}"


def source_location(function: Callable[..., Any]) -> SourceLocation:
    """Return the location of the function behind a callable.

    If the function has no Python code, the file is the name of its module.
    """
    innermost_function: Any = (
        function if type(function) is FunctionType and not hasattr(function, "__wrapped__") else innermost(function)
    )
    code = getattr(innermost_function, "__code__", None)
    if code is None:
        return SourceLocation(f"<{getattr(innermost_function, '__module__', None) or 'unknown'}>", 1)
    return SourceLocation(code.co_filename, code.co_firstlineno)


def below_decorators(location: SourceLocation) -> SourceLocation:
    """Return the location of the `def`. A code object has the location of the function's first decorator instead."""
    import linecache  # imported lazily: only decorated functions need to read the file

    line = location.line
    while text := linecache.getline(location.file, line):
        if text.lstrip().startswith(("def ", "async def ")):
            return SourceLocation(location.file, line)
        line += 1
    return location


def _relative(file: str) -> str:
    """Return the path relative to the working directory if the file is below it, otherwise the full path."""
    return file.removeprefix(f"{os.getcwd()}{os.sep}")  # noqa: PTH109 - importing pathlib takes 5 ms
