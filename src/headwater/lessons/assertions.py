"""`explain_comparisons`: lets a failed comparison in a test say which values it compared.

Like pytest's assertion rewriting, this changes the syntax tree of a test module. pytest itself is not available in a browser.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from headwater.errors import short_repr

EXPLAIN: Final = "_explain_comparison"
"""The name under which the module needs `explain`."""
_LEFT: Final = "_left_operand"
_RIGHT: Final = "_right_operand"


def explain_comparisons(source: str, file: str) -> ast.Module:
    """Parse a test module, and give each assertion without a message that compares two values an explanation as its message.

    Raises:
        SyntaxError: the source is not valid Python.
    """
    tree = ast.parse(source, file)
    _Explained(source).visit(tree)  # changes assertions in place
    return ast.fix_missing_locations(tree)


def explain(assertion: str, left: tuple[str, Any], right: tuple[str, Any]) -> str:
    """Return the reason why a comparison is false: its source, and the values of the operands that are not literals.

    >>> explain("assert count == 3", ("count", 2), ("3", 3))
    '`assert count == 3` is false, because `count` is 2'
    """
    shown = [
        f"`{source}` is {_shown(value)}" for source, value in (left, right) if not (_is_literal(source) or _has_axes(value))
    ]
    return f"`{assertion}` is false" + (f", because {' and '.join(shown)}" if shown else "")


class _Explained(ast.NodeTransformer):
    """Changes `assert left == right` into `assert (_left := left) == (_right := right), _explain(...)`."""

    def __init__(self, source: str) -> None:
        self._source = source

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        match node:
            case ast.Assert(test=ast.Compare(left, [_], [right]) as test, msg=None):
                message = ast.Call(
                    ast.Name(EXPLAIN, ast.Load()),
                    [ast.Constant(self._text(node)), self._operand(left, _LEFT), self._operand(right, _RIGHT)],
                    [],
                )
                test.left, test.comparators = _named(left, _LEFT), [_named(right, _RIGHT)]
                return ast.copy_location(ast.Assert(test, message), node)
            case _:
                return node

    def _operand(self, operand: ast.expr, name: str) -> ast.Tuple:
        return ast.Tuple([ast.Constant(self._text(operand)), ast.Name(name, ast.Load())], ast.Load())

    def _text(self, node: ast.AST) -> str:
        return " ".join((ast.get_source_segment(self._source, node) or "").split())


def _named(operand: ast.expr, name: str) -> ast.NamedExpr:
    return ast.copy_location(ast.NamedExpr(ast.Name(name, ast.Store()), operand), operand)


def _is_literal(source: str) -> bool:
    try:
        ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return False
    return True


def _has_axes(value: object) -> bool:
    """Return whether a value is a frame, a series or an array, whose contents do not fit into a sentence."""
    return bool(getattr(value, "shape", ()))


def _shown(value: Any) -> str:
    """Return the repr of a value. A numpy scalar is shown like the Python number that it equals."""
    return short_repr(value.item() if getattr(value, "shape", None) == () and hasattr(value, "item") else value)
