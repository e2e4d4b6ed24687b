"""Module-level values that functions change while a dataflow runs: counters, caches, random generators.

Such a value connects functions that the graph does not connect. A session computes these functions in every run, from a fresh
value, so that their results are those of a new process.

Syntax decides. A function changes a value if it assigns to an item or an attribute of it, calls one of the methods in
`CHANGING_METHODS` on it or any with `inplace`, passes it to one of the functions in `CHANGING_FUNCTIONS`, or rebinds it with
`global`. Classes, and state inside other libraries, are not covered.
"""

from __future__ import annotations

import ast
from copy import copy
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.sources.effects import CHANGING_FUNCTIONS, CHANGING_METHODS, changes_anything
from headwater.sources.scopes import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.sources.links import CodeGraph
    from headwater.sources.statements import Statement

_LEARNING: Final = frozenset({"fit", "fit_predict", "fit_transform", "partial_fit", "seed"})
"""Methods of models and random generators that change what they are called on."""
_GENERATORS: Final = frozenset({"Generator", "Random", "RandomState", "count", "cycle", "default_rng", "iter"})
"""What makes a random generator or an iterator: each method of one, or `next`, changes it."""


class BodyChanges(NamedTuple):
    """What the body of a function or class may do to module-level values, by their names in its module."""

    changed: frozenset[str] = frozenset()
    """Values that it changes in place."""
    rebound: frozenset[str] = frozenset()
    """Names that it binds again, with `global`."""
    used: frozenset[str] = frozenset()
    """Values that it calls, or of which it calls a method."""
    draws: frozenset[str] = frozenset()
    """Libraries whose global random generator it uses: `np` for `np.random.normal()`."""
    seeds: frozenset[str] = frozenset()
    """Libraries whose global random generator it seeds."""


_MAKING: Final = frozenset({"__init__", "__new__", "__post_init__"})
_NOTHING: Final = BodyChanges()
_TYPES: Final = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "set", "str", "tuple"})
"""A function that reads nothing else of its module changes nothing of it."""


def body_changes(statement: ast.stmt, text: str, reads: frozenset[str]) -> BodyChanges:
    """Return what a definition may change when it is called.

    Args:
        statement: a statement of a module.
        text: its text.
        reads: the module-level names that it reads.

    >>> text = "def count(): SEEN.append(1); return len(SEEN)"
    >>> sorted(body_changes(ast.parse(text).body[0], text, frozenset({"SEEN", "len"})).changed)
    ['SEEN']
    """
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return _NOTHING
    if reads <= _TYPES and "global" not in text:
        return _NOTHING
    changed: set[str] = set()
    rebound: set[str] = set()
    used: set[str] = set()
    draws: set[str] = set()
    seeds: set[str] = set()
    sources: dict[str, set[str]] = {}
    """For each local name, the names that it may be another name for."""
    for part in ast.walk(statement):
        if isinstance(part, ast.Global):
            rebound.update(part.names)
        elif isinstance(part, ast.Call):
            _note_call(part, changed, used)
            if (library := _random_library(part)) is not None:
                (seeds if _is_seed(part) else draws).add(library)
        elif isinstance(part, ast.AugAssign | ast.Subscript | ast.Attribute):
            changed.update(_stored_in(part))
        else:
            for target, root in _aliases(part):
                sources.setdefault(target, set()).add(root)
    found = BodyChanges(
        _followed(changed, sources) & reads,
        frozenset(rebound),
        _followed(used, sources) & reads,
        frozenset(draws & reads),
        frozenset(seeds & reads),
    )
    return found if any(found) else _NOTHING


def _note_call(call: ast.Call, changed: set[str], used: set[str]) -> None:
    match call.func:
        case ast.Attribute(value=owner, attr=method):
            root = _root(owner)
            if root is not None:
                used.add(root)
            in_place = any(keyword.arg == "inplace" for keyword in call.keywords)
            if root is not None and (in_place or method in CHANGING_METHODS or method in _LEARNING):
                changed.add(root)
            name = method
        case ast.Name(id=name):
            used.add(name)
        case _:
            return
    if name in CHANGING_FUNCTIONS or name == "next":
        changed.update(root for argument in call.args if (root := _root(argument)) is not None)


def _stored_in(part: ast.AugAssign | ast.Subscript | ast.Attribute) -> Iterator[str]:
    """The name of the value that an assignment or a deletion changes in place."""
    owner: ast.expr = part.target if isinstance(part, ast.AugAssign) else part.value
    if not isinstance(part, ast.AugAssign) and isinstance(part.ctx, ast.Load):
        return
    if (root := _root(owner)) is not None:
        yield root


def _aliases(part: ast.AST) -> Iterator[tuple[str, str]]:
    """Pairs of a local name and the name of a value that it may stand for, or for a part of it."""
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
    """The name with which an expression such as `STATE.items[0]` or `STATE.get(key)` begins."""
    while isinstance(expression, ast.Attribute | ast.Subscript | ast.Call | ast.Starred):
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    return expression.id if isinstance(expression, ast.Name) else None


def _random_library(call: ast.Call) -> str | None:
    """The library whose global random generator is called: `np` for `np.random.normal()`, `random` for `random.random()`."""
    path: list[str] = []
    owner = call.func
    while isinstance(owner, ast.Attribute):
        path.append(owner.attr)
        owner = owner.value
    is_random = isinstance(owner, ast.Name) and path and "random" in (owner.id, *path[1:]) and path[0] not in _GENERATORS
    return owner.id if is_random and isinstance(owner, ast.Name) else None


def _is_seed(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "seed"


def _followed(names: Iterable[str], sources: dict[str, set[str]]) -> frozenset[str]:
    """The names, and all that they may stand for."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += sources.get(name, ())
    return frozenset(found)


Position = tuple[str, int]
"""A statement: its module and its place there."""


class SharedState:
    """The module-level values that functions of some modules change, and the functions that use them."""

    def __init__(self, graph: CodeGraph) -> None:
        self._graph = graph
        self._bound: dict[Position, str] = {}
        """The statements that bind state, with its name."""
        self._users: dict[Position, str] = {}
        """The functions that use state, with its name."""
        self.changers: tuple[Statement, ...] = ()
        """The functions that change state."""
        definitions = [
            one for statements in graph.modules.values() for one in statements if one.defines_function or one.defines_class
        ]
        self._find(definitions)
        self._find_random(definitions)

    @property
    def is_empty(self) -> bool:
        """Whether no function changes a module-level value."""
        return not self._bound and not self._users

    def binds(self, statement: Statement) -> bool:
        """Whether a statement binds a value that functions change."""
        return (statement.module, statement.position) in self._bound

    def used_by(self, module: str, name: str) -> str | None:
        """The name of state that a function uses, itself or through other functions; None if it uses none."""
        found = (self._users.get(binder) for binder in self._graph.binders(module, name))
        return next((state for state in found if state is not None), None)

    def _find(self, definitions: list[Statement]) -> None:
        changing = [one for one in definitions if any(one.changes) and any(True for _ in self._states_of(one))]
        if not changing:
            return  # nearly always, before bodies are read
        bodies = self._bodies(definitions)
        called = {made for reads in bodies.values() for made in reads}
        # A function that is only used as a decorator changes values while its module is executed.
        self.changers = tuple(one for one in changing if (one.module, one.position) in called or _is_node(one))
        for changer in self.changers:
            self._bound.update(self._states_of(changer))
        if self._bound:
            self._include_what_state_is_made_of()
            self._users = self._reaching(bodies)
            self._include_what_is_made_of_state()

    def _find_random(self, definitions: list[Statement]) -> None:
        """Where a global generator is seeded, what a function draws depends on what others have drawn before.

        Not so if every function seeds it for itself.
        """
        drawing = [one for one in definitions if one.changes.draws or one.changes.seeds]
        is_shared = any(not one.changes.seeds for one in drawing)
        top = (one.node for statements in self._graph.modules.values() for one in statements if isinstance(one.node, ast.Expr))
        is_seeded = any(one.changes.seeds for one in drawing) or any(
            isinstance(node.value, ast.Call) and _is_seed(node.value) and _random_library(node.value) for node in top
        )
        if not is_shared or not is_seeded:
            return
        self.changers += tuple(one for one in drawing if one not in self.changers)
        named = {(one.module, one.position): next(iter(one.changes.draws | one.changes.seeds)) for one in drawing}
        self._users |= self._spread(named, self._bodies(definitions))

    def _include_what_state_is_made_of(self) -> None:
        """A list that is a part of a changed dictionary may change, too."""
        waiting = list(self._bound.items())
        while waiting:
            (module, position), state = waiting.pop()
            for name in self._graph.modules[module][position].reads:
                for made in self._graph.makers(module, name):
                    place = (made.module, made.position)
                    is_value = not made.defines_function and not made.defines_class and made.effects.holding != "constant"
                    if is_value and place not in self._bound:
                        self._bound[place] = name
                        waiting.append((place, state))

    def _include_what_is_made_of_state(self) -> None:
        """A value that is computed from state, when the module is executed, begins anew with it."""
        for statements in self._graph.modules.values():
            for statement in statements:  # each after what it reads
                if statement.defines_function or statement.defines_class or statement.imports:
                    continue
                made = (maker for name in statement.reads for maker in self._graph.makers(statement.module, name))
                states = (self._bound.get((maker.module, maker.position)) for maker in made)
                state = next(filter(None, states), None)
                if state is not None:
                    self._bound.setdefault((statement.module, statement.position), state)

    def _states_of(self, changer: Statement) -> Iterator[tuple[Position, str]]:
        """The statements that bind what a function changes."""
        changes = changer.changes
        for name in changes.changed | changes.rebound | changes.used:
            for made in self._graph.makers(changer.module, name):
                if made.defines_function or made.defines_class:
                    continue
                is_changed = name in changes.changed and made.effects.holding != "constant"
                if name in changes.rebound or is_changed or _makes_generator(made.node) or self._keeps_state(made):
                    yield (made.module, made.position), name

    def _keeps_state(self, made: Statement) -> bool:
        """Whether a value changes when it is called: an object whose methods change it, or a closure over variables."""
        maker = made.effects.maker
        for definition in self._graph.makers(made.module, maker) if maker is not None else ():
            if isinstance(definition.node, ast.ClassDef) and any(map(_changes_itself, definition.node.body)):
                return True
            if definition.defines_function and any(isinstance(part, ast.Nonlocal) for part in ast.walk(definition.node)):
                return True
        return False

    def _bodies(self, definitions: list[Statement]) -> dict[Position, list[Position]]:
        """For each definition, the statements that make what its body reads."""
        return {
            (one.module, one.position): [
                (made.module, made.position) for name in _names_in_body(one) for made in self._graph.makers(one.module, name)
            ]
            for one in definitions
        }

    def _reaching(self, bodies: dict[Position, list[Position]]) -> dict[Position, str]:
        """The definitions whose bodies read state, or call something that does."""
        # A function that only rebinds a name does not read it.
        changing = {
            (changer.module, changer.position): name for changer in self.changers for _, name in self._states_of(changer)
        }
        found = self._spread({**self._bound, **changing}, bodies)
        return {position: state for position, state in found.items() if position in bodies}

    @staticmethod
    def _spread(named: dict[Position, str], bodies: dict[Position, list[Position]]) -> dict[Position, str]:
        """Some statements with a name each, and the definitions whose bodies reach them with the same name."""
        readers: dict[Position, list[Position]] = {}
        for definition, reads in bodies.items():
            for made in reads:
                readers.setdefault(made, []).append(definition)
        found = dict(named)
        waiting = list(named.items())
        while waiting:
            position, name = waiting.pop()
            for reader in readers.get(position, ()):
                if reader not in found:
                    found[reader] = name
                    waiting.append((reader, name))
        return found


def _names_in_body(definition: Statement) -> frozenset[str]:
    """The module-level names that a definition reads when it is called, and not when it is defined."""
    node = copy(definition.node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        node.decorator_list = []
        node.args = copy(node.args)
        node.args.defaults = []
        node.args.kw_defaults = [None for _ in node.args.kw_defaults]
    return names_of(node).reads


def _is_node(definition: Statement) -> bool:
    """Whether a definition is a function that a dataflow calls."""
    return definition.defines_function and not any(name.startswith("_") for name in definition.binds)


def _changes_itself(member: ast.stmt) -> bool:
    """Whether a member of a class may change an object after it was made."""
    return not (isinstance(member, ast.FunctionDef) and member.name in _MAKING) and changes_anything(member)


def _makes_generator(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(value=ast.Call(func=called)) | ast.AnnAssign(value=ast.Call(func=called)):
            name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
            return name in _GENERATORS
        case _:
            return False
