"""`ignored_tests`: functions that look like tests but do not run, because of where they are defined."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from headwater.session.files import is_test_module

PREFIX: Final = "test_"
"""The prefix of the name of every test function."""
CLASS_PREFIX: Final = "Test"
"""The prefix of the name of every test class."""

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def ignored_tests(files: Mapping[str, str]) -> list[str]:
    r"""Return a sentence for each ignored `test_*` function in the test modules. The sentence says what to change.

    >>> ignored_tests({"test_shop.py": "def check():\n    def test_total(): pass"})
    ['`test_total` does not run, because it is inside the function `check`. Move it to the left margin.']
    """
    return [
        sentence
        for name, text in files.items()
        if is_test_module(name) and (module := _parsed(text)) is not None
        for sentence in _ignored_in(module)
    ]


def _ignored_in(scope: ast.Module | Scope, *, runs: bool = True) -> Iterator[str]:
    """Yield a sentence for each ignored test inside a scope. `runs` is True if the functions of the scope run as tests."""
    inner = list(_scopes_in(scope))
    tests = [function for function in inner if _is_named_like_a_test(function)]
    if runs:
        for name, number in Counter(function.name for function in tests).items():
            if number > 1:
                yield f"Only the last of the {number} functions named `{name}` runs. Give each test its own name."
    elif isinstance(scope, Scope):
        kind = "class" if isinstance(scope, ast.ClassDef) else "function"
        for function in tests:
            yield (
                f"`{function.name}` does not run, because it is inside the {kind} `{scope.name}`. Move it to the left margin."
            )
    for other in inner:
        yield from _ignored_in(other, runs=isinstance(scope, ast.Module) and _is_class_of_tests(other))


def _scopes_in(node: ast.AST) -> Iterator[Scope]:
    """Yield the functions and classes directly in a scope, or in an `if` or another block of the scope."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Scope):
            yield child
        else:
            yield from _scopes_in(child)


def _is_named_like_a_test(scope: Scope) -> bool:
    return not isinstance(scope, ast.ClassDef) and scope.name.startswith(PREFIX)


def _is_class_of_tests(scope: Scope) -> bool:
    """Return whether the methods of a class run as tests, as in pytest."""
    is_class = isinstance(scope, ast.ClassDef) and scope.name.startswith(CLASS_PREFIX)
    return is_class and all(method.name != "__init__" for method in _scopes_in(scope))


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except SyntaxError:
        return None
