"""The part of some modules that some of their functions need, as the text of one module.

Comments and layout stay. Headwater's decorators go, where what they do is said in other words; what a check would have
looked at stays as a comment.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from headwater.errors import NotWritable
from headwater.sources.links import CodeGraph, Piece
from headwater.sources.scopes import names_of
from headwater.sources.statements import Statement, statements_of

_ENGINE = "headwater"
_CHECKS = frozenset({"check_output", "check_output_custom"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Slice:
    """What some functions need."""

    imports: tuple[str, ...]
    """Import statements, of one name each."""
    body: str
    """Constants, helpers and functions, those first that others need."""
    opens_with_definition: bool
    names: frozenset[str]
    """What these lines read and bind at the module's level."""


def slice_of(sources: Mapping[str, str], wanted: Iterable[tuple[str, str]], *, decorated: bool) -> Slice:
    """The part that some functions need.

    Args:
        sources: the text of each module by its name.
        wanted: functions, or other names, by module.
        decorated: keep Headwater's decorators.

    Raises:
        NotWritable: the modules use one another in a way that one text cannot hold.
    """
    modules = {module: _statements(module, text, decorated=decorated) for module, text in sources.items()}
    graph = CodeGraph(modules)
    needed = _needed(graph, [place for module, name in wanted for place in graph.binders(module, name)])
    kept = {module: [one for one in modules[module] if (module, one.position) in needed] for module in _ordered(modules)}
    imports, renamings = _imports(kept, graph)
    _refuse_conflicts(kept, imports)
    body: list[str] = []
    for module, statements in kept.items():
        body += renamings.get(module, [])
        body += _texts(sources[module], statements, graph, decorated=decorated)
    names = frozenset(name for statements in kept.values() for one in statements for name in one.reads | one.binds)
    return Slice(tuple(imports.values()), "\n".join(_spaced(body)), bool(body) and _is_definition(body[0]), names)


def _statements(module: str, text: str, *, decorated: bool) -> list[Statement]:
    statements = statements_of(module, text)
    if decorated:
        return statements
    graph = CodeGraph({module: statements})
    return [_undecorated(statement, graph) for statement in statements]


def _undecorated(statement: Statement, graph: CodeGraph) -> Statement:
    """A statement that no longer needs what only Headwater's decorators used."""
    node = statement.node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.decorator_list:
        return statement
    own = [one for one in node.decorator_list if _of_engine(one, statement.module, graph) is None]
    bare = copy(node)
    bare.decorator_list = own
    return statement._replace(reads=names_of(bare).reads)


def _of_engine(decorator: ast.expr, module: str, graph: CodeGraph) -> str | None:
    """The name of a decorator that comes from Headwater; None for any other."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    root, parts = named, list[str]()
    while isinstance(root, ast.Attribute):
        parts.insert(0, root.attr)
        root = root.value
    if not isinstance(root, ast.Name):
        return None
    for _, position in graph.binders(module, root.id):
        node = graph.modules[module][position].node
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            origin = node.module or "" if isinstance(node, ast.ImportFrom) else alias.name
            if origin.partition(".")[0] == _ENGINE and (alias.asname or alias.name.partition(".")[0]) == root.id:
                return ".".join([*([alias.name] if isinstance(node, ast.ImportFrom) else []), *parts])
    return None


def _needed(graph: CodeGraph, roots: Iterable[Piece]) -> set[Piece]:
    needed: set[Piece] = set()
    waiting = list(roots)
    while waiting:
        piece = waiting.pop()
        if piece not in needed:
            needed.add(piece)
            waiting.extend(graph.needs(piece))
    return needed


def _ordered(modules: Mapping[str, Sequence[Statement]]) -> list[str]:
    """The modules, each after those that it imports; as given where they import one another in a circle."""
    imports = {
        module: {one.module for statement in statements for one in statement.imports} & modules.keys() - {module}
        for module, statements in modules.items()
    }
    try:
        return list(TopologicalSorter(imports).static_order())
    except CycleError:
        return list(modules)


# --- imports ----------------------------------------------------------------------------------------------------------


def _imports(
    kept: Mapping[str, Sequence[Statement]], graph: CodeGraph
) -> tuple[dict[tuple[str, str], str], dict[str, list[str]]]:
    """The imports of libraries by module and bound name; by module, what stands for imports of one's own under other names."""
    imports: dict[tuple[str, str], str] = {}
    renamings: dict[str, list[str]] = {}
    for module, statements in kept.items():
        reads = {name for one in statements for name in one.reads}
        for statement in statements:
            if any(one.module in graph.modules for one in statement.imports):
                renamings.setdefault(module, []).extend(_own_import(statement))
            elif isinstance(statement.node, ast.Import | ast.ImportFrom):
                for bound, text in _single_imports(statement.node):
                    if bound in reads or bound == "*" or text.startswith("from __future__"):
                        imports[module, bound if bound != "*" else text] = text
    for module, statements in graph.modules.items():  # nothing reads them, and they change how all else is read
        for statement in statements:
            if kept[module] and any(one.module == "__future__" for one in statement.imports):
                imports.update({(module, text): text for _, text in _single_imports(statement.node)})
    return imports, renamings


def _own_import(statement: Statement) -> Iterator[str]:
    """The names that an import of one's own module binds anew; all names stand in one text now."""
    node = statement.node
    if not isinstance(node, ast.ImportFrom):
        place = f"{statement.module}.py:{node.lineno}"
        raise NotWritable(
            f"{place} imports a module of this dataflow as a whole or inside a function, which a script of one file cannot. "
            "Import the names at the top: `from module import name`."
        )
    for alias in node.names:
        if alias.asname is not None and alias.asname != alias.name:
            yield f"{alias.asname} = {alias.name}"


def _single_imports(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            renamed = f" as {alias.asname}" if alias.asname else ""
            yield alias.asname or alias.name.partition(".")[0], f"import {alias.name}{renamed}"
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            renamed = f" as {alias.asname}" if alias.asname else ""
            yield alias.asname or alias.name, f"from {'.' * node.level}{node.module or ''} import {alias.name}{renamed}"


def _refuse_conflicts(kept: Mapping[str, Sequence[Statement]], imports: Mapping[tuple[str, str], str]) -> None:
    """One text has room for one meaning of a name."""
    meaning: dict[str, tuple[str, str]] = {}
    for (module, name), text in imports.items():
        first, other = meaning.setdefault(name, (text, module))
        if first != text:
            raise _conflict(name, other, module)
    defined = {
        module: {name for one in statements if not one.imports for name in one.binds} for module, statements in kept.items()
    }
    for module, names in defined.items():
        for name in sorted(names):
            _, other = meaning.setdefault(name, ("", module))
            if other != module:
                raise _conflict(name, other, module)
    for module, statements in kept.items():
        bound = {name for one in statements for name in one.binds}
        for name in sorted({name for one in statements for name in one.reads} - bound):
            other = meaning.get(name, ("", module))[1]
            if other != module:
                raise _conflict(name, other, module)


def _conflict(name: str, first: str, second: str) -> NotWritable:
    message = f"`{name}` means one thing in `{first}.py` and another in `{second}.py`, and a script has room for one"
    return NotWritable(f"{message}. Rename it in one of them.")


# --- texts ------------------------------------------------------------------------------------------------------------


def _texts(source: str, statements: Sequence[Statement], graph: CodeGraph, *, decorated: bool) -> Iterator[str]:
    lines = source.split("\n")
    for statement in statements:
        node = statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        start = min([node.lineno, *(one.lineno for one in decorators)]) - 1
        end = node.end_lineno or node.lineno
        if lines[start][: node.col_offset].strip() or lines[end - 1].encode()[node.end_col_offset :].lstrip()[:1] == b";":
            yield ast.get_source_segment(source, node) or ast.unparse(node)
            continue
        removed: dict[int, str] = {}
        if not decorated:
            for one in decorators:
                name = _of_engine(one, statement.module, graph)
                if name is not None:
                    removed |= dict.fromkeys(range(one.lineno - 1, one.end_lineno or one.lineno), name)
        while start > 0 and lines[start - 1].startswith("#"):
            start -= 1
        yield "\n".join(_without(lines, range(start, end), removed))


def _without(lines: Sequence[str], kept: range, removed: Mapping[int, str]) -> Iterator[str]:
    """The lines without those of decorators; a check, which nothing here stands for, is left as a comment."""
    for number in kept:
        if number not in removed:
            yield lines[number]
        elif _is_check(removed[number]):
            if not _is_check(removed.get(number - 1, "")):
                yield "# In the dataflow, Headwater checks this value. Not so here:"
            yield f"# {lines[number]}".rstrip()


def _is_check(decorator: str) -> bool:
    return decorator.rpartition(".")[2] in _CHECKS


def _spaced(texts: Iterable[str]) -> Iterator[str]:
    """Two empty lines around definitions, none between one-line statements."""
    before: str | None = None
    for text in texts:
        if before is not None and (_is_definition(text) or _is_definition(before)):
            yield from ("", "")
        yield text
        before = text


def _is_definition(text: str) -> bool:
    return any(isinstance(node, _DEFINITIONS) for node in ast.parse(text).body)
