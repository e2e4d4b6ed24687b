"""Finds the changes that the body of a function or class may make in its module, according to its syntax.

A function changes a value if it
- assigns to an item or an attribute of the value,
- calls one of the value's methods in `CHANGING_METHODS`, or any of its methods with `inplace`,
- passes the value to one of the functions in `CHANGING_FUNCTIONS`, or
- rebinds the value's name with `global`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.sources.effects import CHANGING_FUNCTIONS, CHANGING_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FITTING: Final = frozenset({"fit", "fit_predict", "fit_transform", "partial_fit", "seed"})
"""Methods of models and random generators that change the object itself."""
GENERATORS: Final = frozenset({"Generator", "Random", "RandomState", "count", "cycle", "default_rng", "iter"})
"""Functions that return a random number generator or an iterator. Calling its methods or `next` changes its state."""


class BodyChanges(NamedTuple):
    """The effects that the body of a function or class has on module-level values, as sets of names."""

    changed: frozenset[str] = frozenset()
    """Values that the body may change in place."""
    rebound: frozenset[str] = frozenset()
    """Names that the body rebinds with `global`."""
    used: frozenset[str] = frozenset()
    """Values that the body calls, or whose methods it calls."""
    draws: frozenset[str] = frozenset()
    """Libraries whose global random generator the body uses: `np` for `np.random.normal()`."""
    seeds: frozenset[str] = frozenset()
    """Libraries whose global random generator the body seeds."""


_NO_CHANGES: Final = BodyChanges()
_BUILTIN_TYPES: Final = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "set", "str", "tuple"})
"""If a function reads only these names, it cannot change anything in its module."""


def body_changes(statement: ast.stmt, text: str, reads: frozenset[str]) -> BodyChanges:
    """Return the changes that a definition may make when it is called.

    Args:
        statement: a statement in a module.
        text: the text of the statement.
        reads: the module-level names that the statement reads.

    >>> text = "def count(): SEEN.append(1); return len(SEEN)"
    >>> sorted(body_changes(ast.parse(text).body[0], text, frozenset({"SEEN", "len"})).changed)
    ['SEEN']
    """
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return _NO_CHANGES
    if reads <= _BUILTIN_TYPES and "global" not in text:
        return _NO_CHANGES
    changed: set[str] = set()
    rebound: set[str] = set()
    used: set[str] = set()
    draws: set[str] = set()
    seeds: set[str] = set()
    sources: dict[str, set[str]] = {}
    """For each local name, the names for which it may be an alias."""
    for part in ast.walk(statement):
        if isinstance(part, ast.Global):
            rebound.update(part.names)
        elif isinstance(part, ast.Call):
            _record_call(part, changed, used)
            if (library := random_library(part)) is not None:
                (seeds if is_seed(part) else draws).add(library)
        elif isinstance(part, ast.AugAssign | ast.Subscript | ast.Attribute):
            changed.update(_stored_in(part))
        else:
            for target, root in _aliases(part):
                sources.setdefault(target, set()).add(root)
    changes = BodyChanges(
        _resolve_aliases(changed, sources) & reads,
        frozenset(rebound),
        _resolve_aliases(used, sources) & reads,
        frozenset(draws & reads),
        frozenset(seeds & reads),
    )
    return changes if any(changes) else _NO_CHANGES


def _record_call(call: ast.Call, changed: set[str], used: set[str]) -> None:
    match call.func:
        case ast.Attribute(value=owner, attr=method):
            root = _root(owner)
            if root is not None:
                used.add(root)
            is_in_place = any(keyword.arg == "inplace" for keyword in call.keywords)
            if root is not None and (is_in_place or method in CHANGING_METHODS or method in _FITTING):
                changed.add(root)
            name = method
        case ast.Name(id=name):
            used.add(name)
        case _:
            return
    if name in CHANGING_FUNCTIONS or name == "next":
        changed.update(root for argument in call.args if (root := _root(argument)) is not None)


def _stored_in(part: ast.AugAssign | ast.Subscript | ast.Attribute) -> Iterator[str]:
    """Yield the name of the value that changes in place when a part of it is assigned or deleted."""
    owner: ast.expr = part.target if isinstance(part, ast.AugAssign) else part.value
    if not isinstance(part, ast.AugAssign) and isinstance(part.ctx, ast.Load):
        return
    if (root := _root(owner)) is not None:
        yield root


def _aliases(part: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield pairs of a local name and the name of a value. The local name may refer to the value or to a part of it."""
    targets: list[ast.expr] = []
    value: ast.expr | None = None
    match part:
        case ast.Assign():
            targets, value = part.targets, part.value
        case ast.AnnAssign() | ast.NamedExpr():
            targets, value = [part.target], part.value
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            targets, value = [part.target], part.iter
        case _:
            pass
    root = None if value is None else _root(value)
    if root is not None:
        for target in targets:
            yield from ((name.id, root) for name in ast.walk(target) if isinstance(name, ast.Name))


def _root(expression: ast.expr) -> str | None:
    """Return the first name in an expression such as `STATE.items[0]` or `STATE.get(key)`."""
    while isinstance(expression, ast.Attribute | ast.Subscript | ast.Call | ast.Starred):
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    return expression.id if isinstance(expression, ast.Name) else None


def random_library(call: ast.Call) -> str | None:
    """Return the library whose global random generator a call uses, such as `np` for `np.random.normal()`.

    Otherwise, return None.
    """
    path: list[str] = []
    owner = call.func
    while isinstance(owner, ast.Attribute):
        path.append(owner.attr)
        owner = owner.value
    is_random = isinstance(owner, ast.Name) and path and "random" in (owner.id, *path[1:]) and path[0] not in GENERATORS
    return owner.id if is_random and isinstance(owner, ast.Name) else None


def is_seed(call: ast.Call) -> bool:
    """Return whether a call seeds a random generator."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "seed"


def _resolve_aliases(names: Iterable[str], sources: dict[str, set[str]]) -> frozenset[str]:
    """Return the names, together with all names for which they may be aliases."""
    resolved: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name not in resolved:
            resolved.add(name)
            pending += sources.get(name, ())
    return frozenset(resolved)
