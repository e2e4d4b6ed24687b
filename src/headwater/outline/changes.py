"""The module-level names that are not constant: they are bound more than once, or changed in place.

The analysis uses only the syntax and is conservative: a name is treated as changed if it may be changed. Lists and dictionaries
are tracked through aliases (`other = LAGS`, `for row in ROWS`), even in functions, because a module may call its functions
during import.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

_CHANGING_METHODS: Final = frozenset(
    {"add", "append", "clear", "difference_update", "discard", "extend", "insert", "intersection_update", "pop", "popitem"}
    | {"remove", "reverse", "setdefault", "sort", "symmetric_difference_update", "update", "__setitem__", "__delitem__"}
)
_CHANGING_FUNCTIONS: Final = frozenset(
    {"delattr", "delitem", "heapify", "heappop", "heappush", "heappushpop", "heapreplace", "iadd", "iconcat", "insort"}
    | {"insort_left", "insort_right", "setattr", "setitem", "shuffle"}
)
_CLASSES: Final = frozenset({"dict", "list", "set"})
_OPAQUE: Final = frozenset({"exec", "globals"})
"""Functions that let code anywhere in a module bind any of the module's names."""
_OPAQUE_OUTSIDE: Final = _OPAQUE | {"locals", "vars"}
"""Functions that let code at module level bind any of the module's names."""
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class NameChanges:
    """The names whose values a module changes or binds more than once."""

    changed: frozenset[str]
    """Names, possibly dotted (`settings.LAGS`), whose values are changed in place or whose attributes are assigned."""
    is_opaque: bool
    """Whether the module may bind names that are not visible in its syntax."""


def bound_names(statements: Iterable[ast.stmt], *, has_globals: bool) -> Counter[str]:
    """Count how often a module's statements bind each name. Bindings in nested statements are not counted.

    `has_globals` is True if functions may have `global` statements.
    """
    counts: Counter[str] = Counter()
    for statement in statements:
        if not isinstance(statement, _DEFINITIONS):
            counts.update(name for part in _header(statement) for name in _bound_by(part))
            continue
        counts[statement.name] += 1
        if has_globals:
            counts.update(name for part in ast.walk(statement) if isinstance(part, ast.Global) for name in part.names)
    return counts


def _header(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the parts of a statement that is not a definition, without its nested statements."""
    match statement:
        case ast.AnnAssign(value=None):
            pass
        case ast.AugAssign():
            yield from (statement, statement.target)  # counted twice, because the name must already be bound
        case ast.Try() | ast.TryStar():
            yield from (ast.Name(handler.name, ast.Store()) for handler in statement.handlers if handler.name)
        case ast.Match():
            yield statement.subject
            for case in statement.cases:
                yield from filter(None, (case.pattern, case.guard))
        case _:
            nested = {id(inner) for name in ("body", "orelse") for inner in getattr(statement, name, [])}
            yield from (part for part in ast.iter_child_nodes(statement) if id(part) not in nested)


def _bound_by(node: ast.AST) -> Iterator[str]:
    pending = [node]
    while pending:
        part = pending.pop()
        match part:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.alias(name=name, asname=other) if name != "*":
                yield other or name.partition(".")[0]
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case _:
                pass
        match part:
            case ast.Lambda():
                pass
            case ast.comprehension():  # the loop variables are local to the comprehension
                pending += [part.iter, *part.ifs]
            case _:
                pending += ast.iter_child_nodes(part)


# --- values that are changed in place ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _MutationScope:
    """The scope of a function or of the module, and the names that are changed in it."""

    locals: frozenset[str] = frozenset()
    parent: _MutationScope | None = None
    changed: set[str] = field(default_factory=set[str])
    aliases: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Pairs of names that refer to the same object, or to an object and a part of it."""

    def is_local(self, name: str) -> bool:
        return name.partition(".")[0] in self.locals


def changes_in(tree: ast.Module, text: str, names: Iterable[str]) -> NameChanges:
    """Find the changes to these names in a module, including its functions and classes.

    Functions whose text contains none of the names are skipped for speed.
    """
    mentions = re.compile(rf"\b(?:{'|'.join(map(re.escape, [*names, *_OPAQUE]))})\b").search
    lines = text.split("\n") if mentions(text) else []
    module = _MutationScope()
    scopes = [module]
    is_opaque = False
    pending: list[tuple[ast.AST, _MutationScope]] = [(statement, module) for statement in tree.body]
    while pending:
        node, scope = pending.pop()
        if isinstance(node, _FUNCTIONS):
            if not lines:
                continue
            first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
            if any(map(mentions, lines[first - 1 : node.end_lineno])):
                inner = _MutationScope(frozenset(_locals(node)), scope)
                scopes.append(inner)
                pending += [(part, inner) for part in ast.iter_child_nodes(node)]
            continue
        opaque = _OPAQUE_OUTSIDE if scope is module else _OPAQUE
        is_opaque = is_opaque or (isinstance(node, ast.Call) and getattr(node.func, "id", "") in opaque)
        scope.changed.update(_changed_by(node))
        scope.aliases.extend(_aliases_in(node))
        pending += [(part, scope) for part in ast.iter_child_nodes(node)]
    for scope in reversed(scopes):  # inner scopes first
        _propagate(scope)
        if scope.parent is not None:
            scope.parent.changed.update(name for name in scope.changed if not scope.is_local(name))
    return NameChanges(frozenset(module.changed), is_opaque)


def _locals(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Iterator[str]:
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    yield from (argument.arg for argument in parameters if argument is not None)
    if isinstance(function, ast.Lambda):
        return
    parts = [part for statement in function.body for part in ast.walk(statement)]
    outer = {name for part in parts if isinstance(part, ast.Global | ast.Nonlocal) for name in part.names}
    yield from (
        part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store) and part.id not in outer
    )


def _propagate(scope: _MutationScope) -> None:
    """If a changed name is an alias, mark all other names of the same object as changed."""
    aliases: dict[str, list[str]] = {}
    for name, other in scope.aliases:
        aliases.setdefault(name, []).append(other)
    pending = list(scope.changed)
    while pending:
        new = set(aliases.get(pending.pop(), ())) - scope.changed
        scope.changed |= new
        pending += new


def _changed_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _CHANGING_METHODS:
            yield from _roots(owner)
            if isinstance(owner, ast.Name) and owner.id in _CLASSES:  # `list.append(LAGS, 7)`
                yield from _of_arguments(node)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in _CHANGING_FUNCTIONS:
            yield from _of_arguments(node)
        case ast.Subscript(value=owner, ctx=ast.Store() | ast.Del()):
            yield from _roots(owner)
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            yield from _roots(node)
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case _:
            pass


def _of_arguments(call: ast.Call) -> Iterator[str]:
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        yield from _roots(argument)


def _aliases_in(node: ast.AST) -> Iterator[tuple[str, str]]:
    targets: list[ast.expr] = []
    value: ast.expr | None = None
    match node:
        case ast.Assign():
            targets, value = node.targets, node.value
        case ast.AnnAssign() | ast.NamedExpr():
            targets, value = [node.target], node.value
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            targets, value = [node.target], node.iter
        case _:
            pass
    if value is None:
        return
    roots = list(_roots(value, through_calls=not isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)))
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Name):
                yield from ((part.id, root) for root in roots)


def _roots(expression: ast.AST, *, through_calls: bool = False) -> Iterator[str]:
    """Yield the names of objects that an expression may return as a whole or in part."""
    pending = [expression]
    while pending:
        part = pending.pop()
        match part:
            case ast.Name() | ast.Attribute():
                owner, attributes = _unwound(part)
                if isinstance(owner, ast.Name):
                    yield ".".join([owner.id, *attributes[:1]])
                else:
                    pending.append(owner)
            case ast.Subscript(value=owner) | ast.Starred(value=owner) | ast.NamedExpr(value=owner):
                pending.append(owner)
            case ast.List() | ast.Tuple() | ast.Dict() | ast.IfExp() | ast.BoolOp():
                pending += ast.iter_child_nodes(part)
            case ast.Call(func=ast.Attribute(value=owner, attr="get" | "setdefault" | "items" | "values")):
                pending.append(owner)
            case ast.Call(args=arguments) if through_calls:
                pending += arguments
            case ast.BinOp() if through_calls:
                pending += (part.left, part.right)
            case _:
                pass


def _unwound(expression: ast.expr) -> tuple[ast.expr, list[str]]:
    """Return the first part of a dotted name, and the attributes after it."""
    attributes: list[str] = []
    while isinstance(expression, ast.Attribute):
        attributes.insert(0, expression.attr)
        expression = expression.value
    return expression, attributes
