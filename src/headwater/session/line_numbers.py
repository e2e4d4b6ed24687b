"""New line numbers and docstrings for functions that are reused after their file was edited.

An unchanged class or decorated function is reused even if its docstring or the lines above it have changed. Without new line
numbers, tracebacks would point to the old lines.
"""

from __future__ import annotations

from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


_MAX_PARTS: Final = 1_000
"""The maximum size of a collection. Functions in a larger collection are not updated."""


def function_codes(programs: Iterable[CodeType]) -> dict[str, list[CodeType]]:
    """Return the code objects of all functions, grouped by qualified name, such as `<lambda>`."""
    codes: dict[str, list[CodeType]] = {}
    for program in programs:
        for code in _codes(program):
            codes.setdefault(code.co_qualname, []).append(code)
    return codes


def update_line_numbers(values: Iterable[Any], codes: Mapping[str, Sequence[CodeType]]) -> None:
    """Update the line numbers and docstrings of the functions and methods in `values`.

    Functions with the same name are matched by their code and docstrings. A function without a unique match is not updated.
    """
    functions = list(_functions(values))
    docs: dict[int, tuple[str | None, str | None]] = {}
    """The old and the new docstrings of functions whose docstrings have changed, keyed by the function's `id`."""
    for function in functions:
        old = function.__code__
        candidates = [
            code
            for code in codes.get(old.co_qualname, ())
            if code.co_filename == old.co_filename and code.co_freevars == old.co_freevars
        ]
        if len(candidates) > 1:
            candidates = [code for code in candidates if _does_the_same(code, old)]
            doc = _docstring(old)
            candidates = [code for code in candidates if (_docstring(code) is None) == (doc is None)] or candidates
            candidates = [code for code in candidates if _docstring(code) == doc] or candidates
        if len(candidates) == 1:
            function.__code__ = candidates[0]
            if (before := _docstring(old)) != (now := _docstring(candidates[0])):
                docs[id(function)] = before, now
    if docs:
        for function in functions:
            _update_docstring(function, docs)


def _update_docstring(function: FunctionType, docs: Mapping[int, tuple[str | None, str | None]]) -> None:
    """Update a function's docstring if `docs` contains the function or one that it wraps. Replace only the old docstring."""
    innermost: Any = function
    while id(innermost) not in docs:
        innermost = vars(innermost).get("__wrapped__") if isinstance(innermost, FunctionType) else None
        if innermost is None:
            return
    before, now = docs[id(innermost)]
    if function.__doc__ == before:
        function.__doc__ = now


def _docstring(code: CodeType) -> str | None:
    return FunctionType(code, {}, None, None, tuple(CellType() for _ in code.co_freevars)).__doc__


def _does_the_same(code: CodeType, other: CodeType) -> bool:
    return (code.co_code, code.co_names, code.co_varnames, _constants(code)) == (
        other.co_code, other.co_names, other.co_varnames, _constants(other)
    )  # fmt: skip


def _constants(code: CodeType) -> str:
    """Return a function's constants as text, without its docstring. Text distinguishes the equal values 1, 1.0 and True."""
    constants = code.co_consts[1:] if _docstring(code) is not None else code.co_consts
    return repr([constant for constant in constants if constant is not None and not isinstance(constant, CodeType)])


def _codes(program: CodeType) -> Iterator[CodeType]:
    pending = [program]
    while pending:
        code = pending.pop()
        yield code
        pending.extend(constant for constant in code.co_consts if isinstance(constant, CodeType))


def _functions(values: Iterable[Any]) -> Iterator[FunctionType]:
    """Yield the functions among the values, including wrapped functions and members of classes and collections."""
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
            case list() | tuple() | dict() if len(value) <= _MAX_PARTS:
                pending.extend(value.values() if isinstance(value, dict) else value)
            case type() if type(value).__module__ in {"builtins", "abc", "enum"}:
                pending.extend(member for member in vars(value).values() if not isinstance(member, type))
            case _:
                pass
