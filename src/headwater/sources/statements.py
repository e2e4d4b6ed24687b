"""The statements of a module: what each binds and reads, and a digest of what it says.

The digest is of the syntax alone. Comments, layout and docstrings are not in it.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.sources.body_changes import BodyChanges, body_changes
from headwater.sources.effects import Effects, effects_of
from headwater.sources.scopes import Names, names_of
from headwater.sources.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_MODULES: Final = 2_000
"""How many modules are remembered."""
_COMPOUND = (ast.If, ast.For, ast.While, ast.Try, ast.TryStar, ast.With, ast.Match)
_HARMLESS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.Pass, ast.Global)


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """A module that a statement imports; `name` is what it takes out of it, None for the module itself."""

    module: str
    name: str | None


class Statement(NamedTuple):
    """A module-level statement and what it has to do with the rest of its module."""

    module: str
    position: int
    node: ast.stmt
    binds: frozenset[str]
    reads: frozenset[str]
    imports: tuple[ImportTarget, ...]
    has_side_effects: bool
    """Whether it does what no name of its own stands for: a call, an assignment to an attribute, a star import."""
    effects: Effects
    changes: BodyChanges
    """What it may change when it is called, if it is a definition."""
    digest: bytes

    @property
    def decorators(self) -> frozenset[str]:
        """The names of what decorates a definition, without those that it is called with: `hw` of `@hw.mutate(price)`."""
        found: list[ast.expr] = getattr(self.node, "decorator_list", [])
        called = [_called(decorator) for decorator in found]
        return frozenset(part.id for one in called for part in ast.walk(one) if isinstance(part, ast.Name))

    @property
    def defines_function(self) -> bool:
        """Whether it is a `def`."""
        return isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef))

    @property
    def defines_class(self) -> bool:
        """Whether it is a `class`."""
        return isinstance(self.node, ast.ClassDef)


def statements_of(module: str, source: str) -> list[Statement]:
    """The statements of a module's source, without docstrings and without what only runs when it is the main program.

    Raises:
        SyntaxError: the source is not Python.
    """
    nodes = list(_flat(parse(module, source).body))
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    readings = _read(module, nodes, lines)
    binders = Counter(name for reading in readings for name in reading.names.binds)
    first: dict[str, int] = {}
    for position, reading in enumerate(readings):
        for name in reading.names.binds:
            first.setdefault(name, position)
    statements: list[Statement] = []
    for position, (node, reading) in enumerate(zip(nodes, readings, strict=True)):
        found = reading.names
        # Where order decides what a name means, the place of a statement is a part of what it says.
        ordered = reading.has_side_effects or any(binders[name] > 1 for name in found.binds)
        later = sorted(name for name in found.reads if first.get(name, -1) > position) if reading.runs else ()
        statements.append(
            Statement(
                module=module,
                position=position,
                node=node,
                binds=found.binds,
                reads=found.reads,
                imports=reading.imports,
                has_side_effects=reading.has_side_effects,
                effects=reading.effects,
                changes=reading.changes,
                digest=_digest(module, position if ordered else None, tuple(later), reading.said),
            )
        )
    return statements


@lru_cache(maxsize=5_000)
def _digest(module: str, position: int | None, later: tuple[str, ...], said: str) -> bytes:
    text = f"{module}\0{'' if position is None else position}\0{','.join(later)}\0{said}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _Reading(NamedTuple):
    """What a statement alone tells, wherever it stands."""

    names: Names
    imports: tuple[ImportTarget, ...]
    has_side_effects: bool
    effects: Effects
    changes: BodyChanges
    said: str
    runs: bool
    """Whether what it reads is read while the module is executed, and not when a function is called."""


_Key = tuple[str, int, int]
"""The text of a statement, and where in its first and last line it begins and ends."""
_latest: Final[dict[str, dict[_Key, _Reading]]] = {}
"""For each module, what was read of the statements of its latest text. An edit changes one of many."""


def _read(module: str, nodes: Sequence[ast.stmt], lines: Sequence[str]) -> list[_Reading]:
    before = _latest.get(module, {})
    readings = [(key := _key(node, lines), before.get(key) or _reading(node, key[0])) for node in nodes]
    if module not in _latest and len(_latest) >= _MOST_MODULES:
        _latest.clear()
    _latest[module] = dict(readings)
    return [reading for _, reading in readings]


def _key(node: ast.stmt, lines: Sequence[str]) -> _Key:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = decorators[0].lineno if decorators else node.lineno
    return "\n".join(lines[first - 1 : node.end_lineno]), node.col_offset, node.end_col_offset or 0


def _reading(node: ast.stmt, text: str) -> _Reading:
    imports = tuple(_imports(node)) if "import" in text else ()  # few statements do: the others are not searched
    runs = not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    names = names_of(node)
    changes = body_changes(node, text, names.reads)
    return _Reading(names, imports, _has_side_effects(node), effects_of(node, text), changes, _canonical(node), runs)


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If) and _asks_for_main(node.test):
            yield from _flat(node.orelse)
        elif not _is_constant(node):
            yield node


def _asks_for_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=value)]):
            return (name, value) == ("__name__", "__main__")
        case _:
            return False


def _is_constant(node: ast.stmt) -> bool:
    """Whether a statement is a docstring or another value that stands alone, `...` for one."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _has_side_effects(statement: ast.stmt) -> bool:  # noqa: C901 - one case for each kind of statement
    pending: list[ast.AST] = [statement]
    while pending:
        match pending.pop():
            case ast.ImportFrom(names=aliases):
                if any(alias.name == "*" for alias in aliases):
                    return True
            case ast.Assign(targets=targets):
                if not all(_is_plain_target(target) for target in targets):
                    return True
            case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
                if not _is_plain_target(target):
                    return True
            case ast.Expr(value=value):
                if not isinstance(value, ast.Constant):
                    return True
            case node if isinstance(node, (*_COMPOUND, ast.ExceptHandler, ast.match_case)):
                pending.extend(
                    child
                    for child in ast.iter_child_nodes(node)
                    if isinstance(child, (ast.stmt, ast.ExceptHandler, ast.match_case))
                )
            case node if isinstance(node, _HARMLESS) or type(node).__name__ == "TypeAlias":
                pass
            case _:
                return True
    return False


def _is_plain_target(target: ast.expr) -> bool:
    return not any(isinstance(part, (ast.Attribute, ast.Subscript)) for part in ast.walk(target))


def _imports(statement: ast.stmt) -> Iterator[ImportTarget]:
    for node in ast.walk(statement):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield ImportTarget(alias.name, None)
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                for alias in aliases:
                    yield ImportTarget(module, None if alias.name == "*" else alias.name)
            case _:
                pass


def _canonical(statement: ast.stmt) -> str:
    """What a statement says, as text: its syntax tree without positions and docstrings, whatever its depth."""
    parts: list[str] = []
    pending: list[object] = [statement]
    while pending:
        item = pending.pop()
        if isinstance(item, ast.AST):
            parts.append(f"{type(item).__name__}(")
            pending.append(_CLOSE)
            pending += _said_by(item)
        elif isinstance(item, list):
            items: list[object] = item  # pyright: ignore[reportUnknownVariableType]
            parts.append("[")
            pending.append(_END)
            pending += [child for child in reversed(items) if not _is_silent(child)]
        elif isinstance(item, _Mark):
            parts.append(item.text)
        else:
            parts.append(f"{item!r},")
    return "".join(parts)


def _said_by(node: ast.AST) -> list[object]:
    """What a node is made of, from the last to the first. Python 3.11 has no type parameters, so empty ones say nothing."""
    kind = type(node)
    if kind not in _FIELDS_SAID:
        _FIELDS_SAID[kind] = tuple(name for name in reversed(kind._fields) if name not in _UNSAID)
    fields = ((name, getattr(node, name, None)) for name in _FIELDS_SAID[kind])
    return [value for name, value in fields if value or name != "type_params"]


_FIELDS_SAID: Final[dict[type[ast.AST], tuple[str, ...]]] = {}


def _is_silent(item: object) -> bool:
    return isinstance(item, ast.stmt) and _is_constant(item)


@dataclass(frozen=True, slots=True)
class _Mark:
    text: str


_UNSAID = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_CLOSE = _Mark(")")
_END = _Mark("]")


def _called(decorator: ast.expr) -> ast.expr:
    """What a decorator with arguments calls, through any number of calls: `step` of `step(...).named(...)`."""
    while isinstance(decorator, ast.Call | ast.Attribute):
        decorator = decorator.func if isinstance(decorator, ast.Call) else decorator.value
    return decorator
