"""Values that a function only writes to: logs and counters. They cannot affect what the function returns."""

from __future__ import annotations

import ast
import linecache
from collections import Counter, defaultdict, deque
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, Final

from headwater.sources.effects import CHANGING_METHODS

_COLLECTIONS: Final = frozenset({list, dict, set, Counter, defaultdict, deque})


def is_write_only(function: FunctionType, name: str, value: Any, *, is_rebound: bool) -> bool:
    """Return True if a function reads a variable only to change its value: `CALLS.append(1)`, `COUNT += 1`.

    Return False if the function's source is uncertain.

    Args:
        function: the function.
        name: the name of a variable in the function's module or closure.
        value: the variable's current value.
        is_rebound: whether the function assigns to the variable.
    """
    if type(value) not in _COLLECTIONS and not is_rebound:
        return False
    definition = _definition(function)
    return definition is not None and not any(
        isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Load)
        for part in _parts_without_writes(definition, name)
    )


def _parts_without_writes(definition: ast.AST, name: str) -> list[ast.AST]:
    """Return the nodes of a syntax tree, except those that refer to a variable only to change its value."""
    parts: list[ast.AST] = []
    pending: list[ast.AST] = [definition]
    while pending:
        part = pending.pop()
        parts.append(part)
        match part:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=target), attr=method)) as call) if (
                target == name and method in CHANGING_METHODS
            ):
                pending += [*call.args, *call.keywords]
            case ast.Subscript(value=ast.Name(id=target), slice=index, ctx=ast.Store()) if target == name:
                pending.append(index)
            case _:
                pending += ast.iter_child_nodes(part)
    return parts


def _definition(function: FunctionType) -> ast.AST | None:
    """Return the syntax tree of a function if its source compiles to exactly the loaded code."""
    code = function.__code__
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename, function.__globals__)
    if not lines:
        return None
    parsed = _parse(code.co_filename, "".join(lines))
    if parsed is None:
        return None
    tree, compiled = parsed
    if not any(other == code and other.co_qualname == code.co_qualname for other in _functions(compiled)):
        return None
    for part in ast.walk(tree):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name == code.co_name:
            first = min([part.lineno, *(decorator.lineno for decorator in part.decorator_list)])
            if first == code.co_firstlineno:
                return part
    return None


@lru_cache(maxsize=100)
def _parse(file: str, text: str) -> tuple[ast.Module, CodeType] | None:
    try:
        tree = ast.parse(text)
        return tree, compile(text, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _functions(code: CodeType) -> list[CodeType]:
    found, pending = list[CodeType](), [code]
    while pending:
        part = pending.pop()
        found.append(part)
        pending += [constant for constant in part.co_consts if isinstance(constant, CodeType)]
    return found
