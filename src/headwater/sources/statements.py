"""The statements in a module: the names that each statement binds and reads, and its digest.

The digest covers only the syntax, without comments, layout or docstrings.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.sources.body_changes import BodyChanges, body_changes
from headwater.sources.effects import Effects, effects_of, prints
from headwater.sources.scopes import Names, names_of
from headwater.sources.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_MAX_MODULES: Final = 2_000
"""The maximum number of modules to cache."""
_COMPOUND = (ast.If, ast.For, ast.While, ast.Try, ast.TryStar, ast.With, ast.Match)
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_HARMLESS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.Pass, ast.Global)


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """A module, or a name in a module, that a statement imports. `name` is None for the module itself."""

    module: str
    name: str | None


class UndecoratedCode(NamedTuple):
    """A decorated function without its decorators."""

    reads: frozenset[str]
    digest: bytes


class FunctionLayout(NamedTuple):
    """A function's docstring and lines. Lines are counted from the start of the statement that contains the function."""

    first_line: int
    """The line of the first decorator."""
    line: int
    doc: str | None


class Statement(NamedTuple):
    """A module-level statement and its relations to the rest of its module."""

    module: str
    position: int
    node: ast.stmt
    binds: frozenset[str]
    reads: frozenset[str]
    imports: tuple[ImportTarget, ...]
    has_side_effects: bool
    """Whether the statement does more than bind names: it calls a function, assigns to an attribute, or is a star import."""
    effects: Effects
    changes: BodyChanges
    """For a definition, the changes that a call may make."""
    digest: bytes
    undecorated: UndecoratedCode | None = None
    """For a function with decorators, the function without them."""
    reads_later: bool = False
    """Whether the statement, while the module is executed, reads a name that only later statements bind."""
    functions: tuple[FunctionLayout, ...] = ()
    """The functions and lambdas in the statement, including the statement itself."""

    @property
    def first_line(self) -> int:
        """The line of the statement's first decorator, or of the statement if it has no decorators."""
        return _first_line(self.node)

    @property
    def decorators(self) -> frozenset[str]:
        """The names of a definition's decorators, without the names in their arguments: `hw` in `@hw.mutate(price)`."""
        decorators: list[ast.expr] = getattr(self.node, "decorator_list", [])
        callees = [_callee(decorator) for decorator in decorators]
        return frozenset(part.id for callee in callees for part in ast.walk(callee) if isinstance(part, ast.Name))

    @property
    def defines_function(self) -> bool:
        """Whether the statement is a `def`."""
        return isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef))

    @property
    def defines_class(self) -> bool:
        """Whether the statement is a `class`."""
        return isinstance(self.node, ast.ClassDef)


def statements_of(module: str, source: str) -> list[Statement]:
    """Return the statements in a module, without docstrings or the body of `if __name__ == "__main__":`.

    Raises:
        SyntaxError: the source is not valid Python.
    """
    nodes = list(_top_level(parse(module, source).body))
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = _own_parts(module, nodes, lines)
    binders = Counter(name for part in parts for name in part.names.binds)
    first: dict[str, int] = {}
    for position, part in enumerate(parts):
        for name in part.names.binds:
            first.setdefault(name, position)
    statements: list[Statement] = []
    for position, (node, part) in enumerate(zip(nodes, parts, strict=True)):
        names = part.names
        reads = _reads(names, binders)
        # Include the position in the digest if the order of statements may change the meaning of a name.
        is_ordered = part.has_side_effects or any(binders[name] > 1 for name in names.binds)
        later = sorted(name for name in part.immediate_reads if first.get(name, -1) > position)
        statements.append(
            Statement(
                module=module,
                position=position,
                node=node,
                binds=names.binds,
                reads=reads,
                imports=part.imports,
                has_side_effects=part.has_side_effects,
                effects=part.effects,
                changes=part.changes,
                digest=_digest(module, position if is_ordered else None, tuple(later), part.canonical),
                undecorated=None if part.undecorated is None else _undecorated_code(module, part.undecorated, binders),
                reads_later=bool(later),
                functions=part.functions,
            )
        )
    return statements


def _reads(names: Names, binders: Container[str]) -> frozenset[str]:
    return names.reads.union(name for name in names.in_queries if name in binders) if names.in_queries else names.reads


def _undecorated_code(module: str, parts: _UndecoratedParts, binders: Container[str]) -> UndecoratedCode:
    return UndecoratedCode(_reads(parts.names, binders), _digest(module, None, (), parts.canonical))


@lru_cache(maxsize=5_000)
def _digest(module: str, position: int | None, later: tuple[str, ...], canonical: str) -> bytes:
    text = f"{module}\0{'' if position is None else position}\0{','.join(later)}\0{canonical}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _UndecoratedParts(NamedTuple):
    """The parts of an `UndecoratedCode` that do not depend on the rest of the module."""

    names: Names
    canonical: str


class _StatementParts(NamedTuple):
    """The parts of a `Statement` that do not depend on the rest of the module."""

    names: Names
    imports: tuple[ImportTarget, ...]
    has_side_effects: bool
    effects: Effects
    changes: BodyChanges
    canonical: str
    immediate_reads: frozenset[str]
    """The names that the statement reads while the module is executed, not when a function is called."""
    undecorated: _UndecoratedParts | None
    functions: tuple[FunctionLayout, ...]


_Key = tuple[str, int, int]
"""The text of a statement, and its start and end columns."""
_analyzed: Final[dict[str, dict[_Key, _StatementParts]]] = {}
"""The analyzed statements in each module's latest version. An edit usually changes only one statement."""


def _own_parts(module: str, nodes: Sequence[ast.stmt], lines: Sequence[str]) -> list[_StatementParts]:
    before = _analyzed.get(module, {})
    parts = [(key := _key(node, lines), before.get(key) or _analyze(node, key[0])) for node in nodes]
    if module not in _analyzed and len(_analyzed) >= _MAX_MODULES:
        _analyzed.clear()
    _analyzed[module] = dict(parts)
    return [part for _, part in parts]


def _key(node: ast.stmt, lines: Sequence[str]) -> _Key:
    return "\n".join(lines[_first_line(node) - 1 : node.end_lineno]), node.col_offset, node.end_col_offset or 0


def _first_line(node: ast.stmt | ast.Lambda) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return decorators[0].lineno if decorators else node.lineno


def _analyze(node: ast.stmt, text: str) -> _StatementParts:
    imports = tuple(_imports(node)) if "import" in text else ()  # skips the search for imports in nearly all statements
    names = names_of(node)
    changes = body_changes(node, text, names.reads)
    return _StatementParts(
        names,
        imports,
        _has_side_effects(node),
        effects_of(node, text),
        changes,
        _canonical(node),
        names.reads.intersection(_immediate_names(node)),
        _undecorated_parts(node),
        tuple(_functions_in(node, text)),
    )


def _immediate_names(statement: ast.stmt) -> Iterator[str]:
    pending: list[ast.AST] = [statement]
    while pending:
        match pending.pop():
            case ast.FunctionDef() | ast.AsyncFunctionDef() as function:
                pending += [*function.decorator_list, function.args, *([function.returns] if function.returns else [])]
            case ast.Name(id=name):
                yield name
            case part:
                pending += ast.iter_child_nodes(part)


def _functions_in(node: ast.stmt, text: str) -> Iterator[FunctionLayout]:
    start = _first_line(node)
    is_plain = isinstance(node, _FUNCTION) and text.count("def ") == 1 and "lambda" not in text
    parts = (node,) if is_plain else ast.walk(node) if "def " in text or "lambda" in text else ()
    for part in parts:
        if isinstance(part, (*_FUNCTION, ast.Lambda)):
            doc = None if isinstance(part, ast.Lambda) else ast.get_docstring(part)
            yield FunctionLayout(_first_line(part) - start, part.lineno - start, doc)


def _undecorated_parts(node: ast.stmt) -> _UndecoratedParts | None:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.decorator_list:
        return None
    undecorated = copy.copy(node)
    undecorated.decorator_list = []
    return _UndecoratedParts(names_of(undecorated), _canonical(undecorated))


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If) and _is_main_guard(node.test):
            yield from _top_level(node.orelse)
        elif not _is_constant(node):
            yield node


def _is_main_guard(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(value=value)]):
            return (name, value) == ("__name__", "__main__")
        case _:
            return False


def _is_constant(node: ast.stmt) -> bool:
    """Return whether a statement is only a constant, such as a docstring or `...`."""
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
                if not isinstance(value, ast.Constant) and not prints(value):
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
    """Return the syntax tree of a statement as text, without positions or docstrings. The tree may have any depth."""
    parts: list[str] = []
    pending: list[object] = [statement]
    while pending:
        item = pending.pop()
        if isinstance(item, ast.AST):
            parts.append(f"{type(item).__name__}(")
            pending.append(_CLOSE)
            pending += _reversed_fields(item)
        elif isinstance(item, list):
            items: list[object] = item  # pyright: ignore[reportUnknownVariableType]
            parts.append("[")
            pending.append(_END)
            pending += [child for child in reversed(items) if not _is_ignored(child)]
        elif isinstance(item, _Token):
            parts.append(item.text)
        else:
            parts.append(f"{item!r},")
    return "".join(parts)


def _reversed_fields(node: ast.AST) -> list[object]:
    """Return the fields of a node in reverse order.

    Empty type parameters are omitted, because Python 3.11 has no field for them.
    """
    kind = type(node)
    if kind not in _FIELD_NAMES:
        _FIELD_NAMES[kind] = tuple(name for name in reversed(kind._fields) if name not in _IGNORED_FIELDS)
    fields = ((name, getattr(node, name, None)) for name in _FIELD_NAMES[kind])
    return [value for name, value in fields if value or name != "type_params"]


_FIELD_NAMES: Final[dict[type[ast.AST], tuple[str, ...]]] = {}


def _is_ignored(item: object) -> bool:
    return isinstance(item, ast.stmt) and _is_constant(item)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str


_IGNORED_FIELDS = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_CLOSE = _Token(")")
_END = _Token("]")


def _callee(decorator: ast.expr) -> ast.expr:
    """Return the innermost callee of a decorator: `step` in `step(...).named(...)`."""
    while isinstance(decorator, ast.Call | ast.Attribute):
        decorator = decorator.func if isinstance(decorator, ast.Call) else decorator.value
    return decorator
