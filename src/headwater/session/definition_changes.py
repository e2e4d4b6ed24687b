"""`defines_same_nodes`: whether an edit leaves the definitions of all nodes unchanged, decided without running any code.

Most edits change what a function computes, not which nodes exist. After such an edit, a session shows the graph that it has
already built. The static outline of the code may show fewer nodes, because the values of computed decorator
arguments are known only during a run.
"""

from __future__ import annotations

import ast
import re
import warnings
from copy import copy
from typing import TYPE_CHECKING, Final

from headwater.sources.engine_names import engine_name
from headwater.sources.scopes import names_of
from headwater.sources.words import identifiers

if TYPE_CHECKING:
    from headwater.session.code import Code
    from headwater.sources.statements import Statement

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEFINES_NO_NODE: Final = (ast.Import, ast.ImportFrom, ast.ClassDef)
_READS_BODY: Final = frozenset({"does"})
"""Headwater's decorators that check the body of the function."""


def defines_same_nodes(before: Code, after: Code) -> bool:
    """Return True if two versions of the code define the same nodes on the same lines.

    False if this is uncertain: for example, if code with side effects changes, or a decorator that is not Headwater's wraps a
    changed function.
    """
    if list(before.sources) != list(after.sources) or before.data != after.data:
        return False
    if not (before.state.is_empty and after.state.is_empty):
        return False
    return all(_module_defines_same_nodes(before, after, module) for module in after.sources)


def _module_defines_same_nodes(before: Code, after: Code, module: str) -> bool:
    old, new = before.statements(module), after.statements(module)
    return len(old) == len(new) and all(map(_Versions(before, after).are_same, old, new))


class _Versions:
    """Two versions of the code, whose statements are compared."""

    def __init__(self, before: Code, after: Code) -> None:
        self._before = before
        self._after = after

    def are_same(self, old: Statement, new: Statement) -> bool:
        """Return True if a statement defines the same nodes in both versions."""
        if old.binds != new.binds or not _has_same_lines_and_docs(old, new):
            return False
        if self._before.fingerprints.of_statement(old) == self._after.fingerprints.of_statement(new):
            return True
        if isinstance(old.node, _Function) and isinstance(new.node, _Function):
            return (old.digest == new.digest or _compiles(new.node)) and self._has_same_header(old, new)
        if self._before.has_side_effects(old) or self._after.has_side_effects(new):
            return False
        if old.digest == new.digest and isinstance(new.node, _DEFINES_NO_NODE):
            return not isinstance(new.node, ast.ClassDef) or self._has_same_needs(old, new)
        return _binds_literal(old.node) and _binds_literal(new.node) and not any(map(self._may_be_quoted, new.binds))

    def _has_same_header(self, old: Statement, new: Statement) -> bool:
        """Return True if a function's decorators and signature are the same, and so are the objects that they use."""
        assert isinstance(old.node, _Function)
        assert isinstance(new.node, _Function)
        if old.digest != new.digest and (
            ast.dump(_header(old.node)) != ast.dump(_header(new.node)) or _is_generator(old.node) != _is_generator(new.node)
        ):
            return False
        return all(
            self._defines_nodes_from_header(decorator, new.module) for decorator in new.node.decorator_list
        ) and self._has_same_needs(old, new)

    def _has_same_needs(self, old: Statement, new: Statement) -> bool:
        """Return True if both definitions of a function or class use the same objects while they are executed."""
        reads = names_of(_header(new.node)).reads
        old_needs, new_needs = (
            {code.fingerprints.digests[piece] for piece in code.fingerprints.graph.needs_of(statement, reads)}
            for code, statement in ((self._before, old), (self._after, new))
        )
        return old_needs == new_needs

    def _defines_nodes_from_header(self, decorator: ast.expr, module: str) -> bool:
        """Return True if a decorator is Headwater's and does not depend on the body of the function."""
        graph = self._after.fingerprints.graph
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = engine_name(callee, module, graph)
        if name is None or name.rpartition(".")[2] in _READS_BODY:
            return False
        roots = [part.id for part in ast.walk(callee) if isinstance(part, ast.Name)]
        return not any(
            True for root in roots for _ in graph.definitions_of(module, root)
        )  # the user's code may rebind the name

    def _may_be_quoted(self, name: str) -> bool:
        """Return True if a name occurs in a string, such as `list["Price"]`. The string may be part of an annotation."""
        quoted = re.compile(rf"""["'][^"'\n]*\b{re.escape(name)}\b""")
        return any(
            isinstance(part, ast.Constant) and isinstance(part.value, str) and name in identifiers(part.value)
            for module, source in self._after.sources.items()
            if name in source and quoted.search(source) is not None
            for statement in self._after.statements(module)
            for part in ast.walk(statement.node)
        )


def _has_same_lines_and_docs(old: Statement, new: Statement) -> bool:
    """Return True if the functions in a statement have the same lines and docstrings in both versions."""
    return old.functions == new.functions and (not new.functions or old.first_line == new.first_line)


def _header(definition: ast.stmt) -> ast.stmt:
    """Return a definition without the bodies of its functions."""
    match definition:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            fields = {name: value for name, value in ast.iter_fields(definition) if name != "body"}
            return type(definition)(**fields, body=[ast.Pass()])
        case ast.ClassDef():
            header = copy(definition)
            header.body = [_header(member) for member in definition.body]
            return header
        case _:
            return definition


def _is_generator(function: _Function) -> bool:
    return any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(function))


def _compiles(definition: ast.stmt) -> bool:
    """Return True if the compiler accepts a definition. Unlike the parser, it rejects `break` outside a loop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(ast.Module([definition], []), "<edit>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _binds_literal(statement: ast.stmt) -> bool:
    """Return True if a statement only binds names to a literal, so it cannot bind a function or raise an exception."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            pass
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            targets = [target]
        case _:
            return False
    if not all(isinstance(target, ast.Name) and not target.id.startswith("__") for target in targets):
        return False
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False
    return True
