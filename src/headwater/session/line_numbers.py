"""New line numbers for functions that are reused after their file was edited.

An unchanged class or decorated function is reused even if the lines above it have changed. Without new line numbers, tracebacks
would point to the old lines.
"""

from __future__ import annotations

from collections import Counter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def function_codes(programs: Iterable[CodeType]) -> dict[str, CodeType]:
    """Return the code of each function, keyed by qualified name. Names that occur twice are omitted."""
    codes = [code for program in programs for code in _codes(program)]
    counts = Counter(code.co_qualname for code in codes)
    return {code.co_qualname: code for code in codes if counts[code.co_qualname] == 1}


def update_line_numbers(values: Iterable[Any], codes: Mapping[str, CodeType]) -> None:
    """Update the line numbers of the functions and methods in `values`."""
    for function in _functions(values):
        old = function.__code__
        new = codes.get(old.co_qualname)
        if new is not None and new.co_filename == old.co_filename and new.co_freevars == old.co_freevars:
            function.__code__ = new


def _codes(program: CodeType) -> Iterator[CodeType]:
    pending = [program]
    while pending:
        code = pending.pop()
        yield code
        pending.extend(constant for constant in code.co_consts if isinstance(constant, CodeType))


def _functions(values: Iterable[Any]) -> Iterator[FunctionType]:
    """Yield the functions among the values, including wrapped functions and members of classes."""
    pending, seen = list(values), set[int]()
    while pending:
        value = pending.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        match value:
            case FunctionType():
                yield value
                pending.append(vars(value).get("__wrapped__"))
            case staticmethod() | classmethod():
                pending.append(value.__func__)
            case property():
                pending.extend([value.fget, value.fset, value.fdel])
            case type() if type(value).__module__ in {"builtins", "abc", "enum"}:
                pending.extend(member for member in vars(value).values() if not isinstance(member, type))
            case _:
                pass
