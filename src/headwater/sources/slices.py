"""The parts of modules that a set of functions depends on, as the text of one module.

Comments and layout are preserved. Headwater's decorators and annotations are removed unless they are requested. Removed checks
become comments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from headwater.errors import NotWritable
from headwater.sources.engine_annotations import without_engine_annotations
from headwater.sources.engine_names import engine_name
from headwater.sources.links import CodeGraph, Piece
from headwater.sources.scopes import names_of
from headwater.sources.statements import Statement, statements_of

_CHECKS = frozenset({"check_output", "check_output_custom"})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Slice:
    """The code that a set of functions depends on."""

    imports: tuple[str, ...]
    """Import statements that import one name each."""
    body: str
    """Constants, helpers and functions, in dependency order."""
    opens_with_definition: bool
    names: frozenset[str]
    """The names that the body reads and binds at module level."""
    defined: frozenset[str]
    """The names that the body binds at module level."""


def slice_of(sources: Mapping[str, str], names: Iterable[tuple[str, str]], *, decorated: bool) -> Slice:
    """Return the code that a set of functions depends on.

    Args:
        sources: the text of each module, keyed by module name.
        names: the functions and other definitions to include, each as a `(module, name)` pair.
        decorated: True to keep Headwater's decorators, and annotations such as `Collect[int]`.

    Raises:
        NotWritable: if the modules cannot be merged into one file.
    """
    if not decorated:
        sources = without_engine_annotations(sources)
    modules = {module: statements_of(module, text) for module, text in sources.items()}
    if not decorated:
        modules = _undecorated_modules(modules)
    graph = CodeGraph(modules)
    needed = _needed(graph, [binder for module, name in names for binder in graph.binders(module, name)])
    included = {
        module: [statement for statement in modules[module] if (module, statement.position) in needed]
        for module in _ordered(modules)
    }
    imports, renamings = _imports(included, graph)
    _refuse_conflicts(included, imports)
    body: list[str] = []
    for module, statements in included.items():
        body += renamings.get(module, [])
        body += _texts(sources[module], statements, graph, decorated=decorated)
    all_included = [statement for statements in included.values() for statement in statements]
    defined = frozenset(name for statement in all_included if not statement.imports for name in statement.binds)
    used = frozenset(name for statement in all_included for name in statement.reads | statement.binds)
    return Slice(tuple(imports.values()), "\n".join(_spaced(body)), bool(body) and _is_definition(body[0]), used, defined)


def _undecorated_modules(modules: Mapping[str, Sequence[Statement]]) -> dict[str, list[Statement]]:
    """Return the statements, as if they did not read the names that only Headwater's decorators use."""
    graph = CodeGraph(modules)
    return {module: [_undecorated(statement, graph) for statement in statements] for module, statements in modules.items()}


def _undecorated(statement: Statement, graph: CodeGraph) -> Statement:
    node = statement.node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.decorator_list:
        return statement
    bare = copy(node)
    bare.decorator_list = [
        decorator for decorator in node.decorator_list if _engine_decorator(decorator, statement.module, graph) is None
    ]
    names = names_of(bare)
    return statement._replace(reads=names.reads | (names.in_queries & statement.reads))


def _engine_decorator(decorator: ast.expr, module: str, graph: CodeGraph) -> str | None:
    """Return the name of a decorator if it comes from Headwater, otherwise None."""
    return engine_name(decorator.func if isinstance(decorator, ast.Call) else decorator, module, graph)


def _needed(graph: CodeGraph, roots: Iterable[Piece]) -> set[Piece]:
    needed: set[Piece] = set()
    pending = list(roots)
    while pending:
        piece = pending.pop()
        if piece not in needed:
            needed.add(piece)
            pending.extend(graph.needs(piece))
    return needed


def _ordered(modules: Mapping[str, Sequence[Statement]]) -> list[str]:
    """Return the modules in import order, or in the given order if imports are circular."""
    imports = {
        module: {binding.module for statement in statements for binding in statement.imports} & modules.keys() - {module}
        for module, statements in modules.items()
    }
    try:
        return list(TopologicalSorter(imports).static_order())
    except CycleError:
        return list(modules)


# --- imports ----------------------------------------------------------------------------------------------------------


def _imports(
    included: Mapping[str, Sequence[Statement]], graph: CodeGraph
) -> tuple[dict[tuple[str, str], str], dict[str, list[str]]]:
    """Return the library imports, keyed by module and name.

    Also return assignments that replace renaming imports, keyed by module.
    """
    imports: dict[tuple[str, str], str] = {}
    renamings: dict[str, list[str]] = {}
    for module, statements in included.items():
        reads = {name for statement in statements for name in statement.reads}
        for statement in statements:
            if any(binding.module in graph.modules for binding in statement.imports):
                renamings.setdefault(module, []).extend(_renamings(statement))
            elif isinstance(statement.node, ast.Import | ast.ImportFrom):
                for bound, text in _single_imports(statement.node):
                    if bound in reads or bound == "*" or text.startswith("from __future__"):
                        is_dotted = "." in text and text.startswith("import ") and " as " not in text
                        imports[module, text.removeprefix("import ") if is_dotted else bound if bound != "*" else text] = text
    for module, statements in graph.modules.items():  # no code reads `__future__` names, but they affect the module
        for statement in statements:
            if included[module] and any(binding.module == "__future__" for binding in statement.imports):
                imports.update({(module, text): text for _, text in _single_imports(statement.node)})
    return imports, renamings


def _renamings(statement: Statement) -> Iterator[str]:
    """Yield assignments for names that an import from the dataflow renames.

    In a single file, other imported names need no statement.
    """
    node = statement.node
    if not isinstance(node, ast.ImportFrom):
        location = f"{statement.module}.py:{node.lineno}"
        raise NotWritable(
            f"{location} imports one of this dataflow's modules with `import`, or inside a function. A single-file script "
            "cannot do that. Import names at the top of the file: `from module import name`."
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


def _refuse_conflicts(included: Mapping[str, Sequence[Statement]], imports: Mapping[tuple[str, str], str]) -> None:
    """Raise an error for a name that has different meanings in different modules, because the modules are merged into one."""
    meaning: dict[str, tuple[str, str]] = {}
    for (module, target), text in imports.items():
        root = target.partition(".")[0]
        bound_text = f"import {root}" if "." in target else text  # `import shop.prices` and `import shop.taxes` bind `shop`
        first, other = meaning.setdefault(root, (bound_text, module))
        if first != bound_text:
            raise _conflict(root, other, module)
    defined = {
        module: {name for statement in statements if not statement.imports for name in statement.binds}
        for module, statements in included.items()
    }
    for module, names in defined.items():
        for name in sorted(names):
            _, other = meaning.setdefault(name, ("", module))
            if other != module:
                raise _conflict(name, other, module)
    for module, statements in included.items():
        bound = {name for statement in statements for name in statement.binds}
        for name in sorted({name for statement in statements for name in statement.reads} - bound):
            other = meaning.get(name, ("", module))[1]
            if other != module:
                raise _conflict(name, other, module)


def _conflict(name: str, first: str, second: str) -> NotWritable:
    message = f"`{name}` has different meanings in `{first}.py` and `{second}.py`, but a single-file script can have only one"
    return NotWritable(f"{message}. Rename it in one of them.")


# --- text -------------------------------------------------------------------------------------------------------------


def _texts(source: str, statements: Sequence[Statement], graph: CodeGraph, *, decorated: bool) -> Iterator[str]:
    lines = source.split("\n")
    for statement in statements:
        node = statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        start = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        end = node.end_lineno or node.lineno
        if lines[start][: node.col_offset].strip() or lines[end - 1].encode()[node.end_col_offset :].lstrip()[:1] == b";":
            yield ast.get_source_segment(source, node) or ast.unparse(node)
            continue
        removed: dict[int, str] = {}
        if not decorated:
            for decorator in decorators:
                name = _engine_decorator(decorator, statement.module, graph)
                if name is not None:
                    removed |= dict.fromkeys(range(decorator.lineno - 1, decorator.end_lineno or decorator.lineno), name)
        while start > 0 and lines[start - 1].startswith("#"):
            start -= 1
        yield "\n".join(_without(lines, range(start, end), removed))


def _without(lines: Sequence[str], included: range, removed: Mapping[int, str]) -> Iterator[str]:
    """Yield lines without decorators. Checks become comments."""
    for number in included:
        if number not in removed:
            yield lines[number]
        elif _is_check(removed[number]):
            if not _is_check(removed.get(number - 1, "")):
                yield "# The dataflow checks this value. This script does not:"
            yield f"# {lines[number]}".rstrip()


def _is_check(decorator: str) -> bool:
    return decorator.rpartition(".")[2] in _CHECKS


def _spaced(texts: Iterable[str]) -> Iterator[str]:
    """Add two blank lines around definitions and none between other statements."""
    previous: str | None = None
    for text in texts:
        if previous is not None and (_is_definition(text) or _is_definition(previous)):
            yield from ("", "")
        yield text
        previous = text


def _is_definition(text: str) -> bool:
    return any(isinstance(node, _DEFINITIONS) for node in ast.parse(text).body)
