"""`defines_same_nodes`: whether an edit leaves the definitions of all nodes unchanged, decided without running any code.

Most edits change what a function computes, not which nodes there are. After such an edit, a session shows the graph that it has
already built. The static outline of the code may show fewer nodes, since only a run can tell what computed arguments of
decorators are.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from headwater.sources.engine_names import engine_name
from headwater.sources.scopes import names_of

if TYPE_CHECKING:
    from headwater.session.code import Code
    from headwater.sources.statements import Statement

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_LITERALS: Final = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Load, ast.UnaryOp, ast.USub)
_DEFINES_NO_NODE: Final = (ast.Import, ast.ImportFrom, ast.ClassDef)


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
    """Two versions of the code, in which statements are compared."""

    def __init__(self, before: Code, after: Code) -> None:
        self._before = before
        self._after = after

    def are_same(self, old: Statement, new: Statement) -> bool:
        """Return True if a statement defines the same nodes in both versions."""
        if old.binds != new.binds:
            return False
        does_same = self._before.fingerprints.of_statement(old) == self._after.fingerprints.of_statement(new)
        if isinstance(old.node, _Function) and isinstance(new.node, _Function):
            return _lines_and_doc(old.node) == _lines_and_doc(new.node) and (does_same or self._has_same_header(old, new))
        if does_same:
            return True
        if self._before.has_side_effects(old) or self._after.has_side_effects(new):
            return False
        if old.digest == new.digest and isinstance(new.node, _DEFINES_NO_NODE):
            return True
        return _binds_literal(old.node) and _binds_literal(new.node)

    def _has_same_header(self, old: Statement, new: Statement) -> bool:
        """Return True if a function's decorators and signature are the same, and so are the objects that they use."""
        assert isinstance(old.node, _Function)
        assert isinstance(new.node, _Function)
        header = _header(new.node)
        if ast.dump(_header(old.node)) != ast.dump(header) or _is_generator(old.node) != _is_generator(new.node):
            return False
        if not all(self._is_own_decorator(decorator, new.module) for decorator in header.decorator_list):
            return False
        reads = names_of(header).reads
        (old_needs, new_needs) = (
            {code.fingerprints.digests[piece] for piece in code.fingerprints.graph.needs_of(statement, reads)}
            for code, statement in ((self._before, old), (self._after, new))
        )
        return old_needs == new_needs

    def _is_own_decorator(self, decorator: ast.expr, module: str) -> bool:
        """Return True if a decorator is Headwater's, so it defines nodes without calling the function."""
        callee = decorator.func if isinstance(decorator, ast.Call) else decorator
        return engine_name(callee, module, self._after.fingerprints.graph) is not None


def _lines_and_doc(function: _Function) -> tuple[object, ...]:
    first = function.decorator_list[0].lineno if function.decorator_list else function.lineno
    return first, function.lineno, ast.get_docstring(function)


def _header(function: _Function) -> _Function:
    """Return a function with the same decorators and signature, and an empty body."""
    fields = {name: value for name, value in ast.iter_fields(function) if name != "body"}
    return type(function)(**fields, body=[ast.Pass()])


def _is_generator(function: _Function) -> bool:
    return any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(function))


def _binds_literal(statement: ast.stmt) -> bool:
    """Return True if a statement only binds names to a literal, which is never a function."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return False
    return all(isinstance(part, _LITERALS) for part in ast.walk(statement.value))
