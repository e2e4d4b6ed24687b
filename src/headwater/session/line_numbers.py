"""New line numbers for functions that are reused after their file was edited.

An unchanged class or decorated function is reused even if the lines above it have changed. Without new line numbers, tracebacks
would point to the old lines.
"""

from __future__ import annotations

from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def function_codes(programs: Iterable[CodeType]) -> dict[str, list[CodeType]]:
    """Return the code of the functions with each qualified name, such as `<lambda>`."""
    codes: dict[str, list[CodeType]] = {}
    for program in programs:
        for code in _codes(program):
            codes.setdefault(code.co_qualname, []).append(code)
    return codes


def update_line_numbers(values: Iterable[Any], codes: Mapping[str, Sequence[CodeType]]) -> None:
    """Update the line numbers of the functions and methods in `values`.

    If several functions have the same name, compare what they do. Functions that do the same keep their line numbers.
    """
    for function in _functions(values):
        old = function.__code__
        candidates = [
            code
            for code in codes.get(old.co_qualname, ())
            if code.co_filename == old.co_filename and code.co_freevars == old.co_freevars
        ]
        if len(candidates) > 1:
            candidates = [code for code in candidates if _does_the_same(code, old)]
        if len(candidates) == 1:
            function.__code__ = candidates[0]


def _does_the_same(code: CodeType, other: CodeType) -> bool:
    return (code.co_code, code.co_names, code.co_varnames, _constants(code)) == (
        other.co_code, other.co_names, other.co_varnames, _constants(other)
    )  # fmt: skip


def _constants(code: CodeType) -> str:
    """Return the constants in a function as text, because 1, 1.0 and True are equal."""
    return repr([constant for constant in code.co_consts if not isinstance(constant, CodeType)])


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
