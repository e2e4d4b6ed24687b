"""Finds the changes that the body of a function or class may make in its module, according to its syntax.

A function changes a value if it
- assigns to an item or an attribute of the value,
- calls one of the value's methods in `CHANGING_METHODS`, or any of its methods with `inplace`,
- passes the value to one of the functions in `CHANGING_FUNCTIONS`, or
- rebinds the value's name with `global`.

A function keeps state if it changes the default value of a parameter: `def seen(x, before=[]): before.append(x)`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.sources.effects import CHANGING_FUNCTIONS, CHANGING_METHODS
from headwater.sources.random_generators import creates_generator, is_seed, random_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FITTING: Final = frozenset({"fit", "fit_predict", "fit_transform", "partial_fit", "seed"})
"""Methods of models and random generators that change the object itself."""


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
    marked: frozenset[str] = frozenset()
    """Functions and classes, referred to by name, whose attributes the body changes: `Price.count += 1`."""
    keeps_state: bool = False
    """Whether the body may change an object that the function keeps from call to call: a parameter's default."""


_NO_CHANGES: Final = BodyChanges()
_COLLECTIONS: Final = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_CLASS_CREATION: Final = frozenset({"__init_subclass__", "__set_name__"})
_METACLASS_CREATION: Final = frozenset({"__init__", "__new__", "__prepare__"})
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
    retained = _kept_parameters(statement)
    if not retained and not isinstance(statement, ast.ClassDef) and reads <= _BUILTIN_TYPES and "global" not in text:
        return _NO_CHANGES
    changed: set[str] = set()
    rebound: set[str] = set()
    used: set[str] = set()
    draws: set[str] = set()
    seeds: set[str] = set()
    marked: set[str] = set()
    own = frozenset({statement.name}) if isinstance(statement, ast.ClassDef) else frozenset[str]()
    sources: dict[str, set[str]] = {}
    """For each local name, the names for which it may be an alias."""
    for part in _parts_that_run_in_calls(statement):
        if isinstance(part, ast.Global):
            rebound.update(part.names)
        elif isinstance(part, ast.Call):
            _record_call(part, changed, used, marked)
            if (library := random_library(part)) is not None:
                (seeds if is_seed(part) else draws).add(library)
        elif isinstance(part, ast.AugAssign | ast.Subscript | ast.Attribute):
            changed.update(_stored_in(part))
            if (owner := _marked_by(part)) is not None:
                marked.add(owner)
        else:
            for target, root in _aliases(part):
                sources.setdefault(target, set()).add(root)
    changes = BodyChanges(
        _resolve_aliases(changed, sources) & reads,
        frozenset(rebound),
        _resolve_aliases(used, sources) & reads,
        frozenset(draws & reads),
        frozenset(seeds & reads),
        frozenset(marked & reads) | (own if "cls" in marked or _changes_shared_attribute(statement) else frozenset()),
        not retained.isdisjoint(_resolve_aliases(changed, sources)),
    )
    return changes if any(changes) else _NO_CHANGES


def _parts_that_run_in_calls(definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Iterator[ast.AST]:
    """Yield the parts of a definition, except methods that run only when a class is defined."""
    is_metaclass = isinstance(definition, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id == "type" for base in definition.bases
    )
    pending: list[ast.AST] = [definition]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.FunctionDef) and (
            part.name in _CLASS_CREATION or (is_metaclass and part.name in _METACLASS_CREATION)
        ):
            continue
        yield part
        pending += ast.iter_child_nodes(part)


def _kept_parameters(definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> frozenset[str]:
    """Return the parameters whose values a function keeps from call to call: those with a mutable default.

    If a decorator creates a generator or an iterator, any parameter may be bound to it.
    """
    if isinstance(definition, ast.ClassDef):
        return frozenset()
    arguments = definition.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + [*arguments.defaults, *arguments.kw_defaults]
    parameters = [*positional, *arguments.kwonlyargs]
    if any(creates_generator(part) for decorator in definition.decorator_list for part in _expressions(decorator)):
        return frozenset(parameter.arg for parameter in parameters)
    return frozenset(
        parameter.arg
        for parameter, default in zip(parameters, defaults, strict=True)
        if default is not None and not isinstance(default, ast.Constant | ast.UnaryOp | ast.Tuple)
    )


def _expressions(expression: ast.expr) -> Iterator[ast.expr]:
    return (part for part in ast.walk(expression) if isinstance(part, ast.expr))


def _changes_shared_attribute(definition: ast.stmt) -> bool:
    """Return whether the methods of a class change a collection that all instances share: `self.seen.append(price)`."""
    if not isinstance(definition, ast.ClassDef):
        return False
    shared = {
        target.id
        for statement in definition.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, _COLLECTIONS)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    if not shared:
        return False
    parts = list(_parts_that_run_in_calls(definition))
    attributes = [part for part in parts if isinstance(part, ast.Attribute)]
    shared -= {part.attr for part in attributes if isinstance(part.ctx, ast.Store)}
    changed = [part.value for part in attributes if part.attr in CHANGING_METHODS]
    changed += [part.value for part in parts if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store)]
    return any(isinstance(owner, ast.Attribute) and owner.attr in shared for owner in changed)


def _marked_by(part: ast.AugAssign | ast.Subscript | ast.Attribute) -> str | None:
    """Return the name of the function or class whose attribute an assignment changes, in whole or in part."""
    target: ast.expr = part.target if isinstance(part, ast.AugAssign) else part
    is_read = isinstance(target, ast.Attribute | ast.Subscript) and isinstance(target.ctx, ast.Load)
    return None if is_read else _owner_of_attribute(target)


def _owner_of_attribute(expression: ast.expr) -> str | None:
    """Return `Price` for `Price.count` and `Price.parts[0]`, and `cls` for attributes of an object's class."""
    path: list[str] = []
    while isinstance(expression, ast.Attribute | ast.Subscript):
        path.append(expression.attr if isinstance(expression, ast.Attribute) else "")
        expression = expression.value
    match expression:
        case ast.Name(id=name) if path:
            return "cls" if "__class__" in path else name
        case ast.Call(func=ast.Name(id="type")) if path:
            return "cls"
        case _:
            return None


def _record_call(call: ast.Call, changed: set[str], used: set[str], marked: set[str]) -> None:
    match call.func:
        case ast.Attribute(value=owner, attr=method):
            root = _root(owner)
            if root is not None:
                used.add(root)
            is_in_place = any(keyword.arg == "inplace" for keyword in call.keywords)
            if root is not None and (is_in_place or method in CHANGING_METHODS or method in _FITTING):
                changed.add(root)
            if method in CHANGING_METHODS and (marked_name := _owner_of_attribute(owner)) is not None:
                marked.add(marked_name)
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
    """Yield each local name with the name of a value. The local name may refer to the value or to a part of it."""
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
