"""Tells functions that are kept from an earlier text of their file on which lines they stand now.

A class or a decorated function that has not changed is kept as it is, while lines above it come and go. Its tracebacks
would point at what stood there before.
"""

from __future__ import annotations

from collections import Counter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def function_codes(programs: Iterable[CodeType]) -> dict[str, CodeType]:
    """The code of each function in some programs, by its qualified name; without names that are there twice."""
    found = [code for program in programs for code in _codes(program)]
    times = Counter(code.co_qualname for code in found)
    return {code.co_qualname: code for code in found if times[code.co_qualname] == 1}


def move(values: Iterable[Any], codes: Mapping[str, CodeType]) -> None:
    """Give the functions in `values`, methods included, the lines that their code has now."""
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
    """The functions that values are, wrap or have as members."""
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
