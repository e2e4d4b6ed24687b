"""Finds names from Headwater in source text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.sources.links import CodeGraph

_ENGINE: Final = "headwater"


def engine_name(expression: ast.expr, module: str, graph: CodeGraph) -> str | None:
    """Return the name in Headwater to which an expression refers, or None.

    For example, after `import headwater as hw`, the name for `hw.check_output` is `check_output`.
    """
    attributes: list[str] = []
    while isinstance(expression, ast.Attribute):
        attributes.insert(0, expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return None
    for origin, name in _places(module, expression.id, graph):
        if origin.partition(".")[0] == _ENGINE:
            return ".".join([*([] if name is None else [name]), *attributes])
    return None


def _places(module: str, name: str, graph: CodeGraph) -> list[tuple[str, str | None]]:
    """Return the modules and names to which a name may refer. Imports are followed, starting with `name` in `module`."""
    places: list[tuple[str, str | None]] = [(module, name)]
    for owner, bound in places:  # grows during the loop
        if bound is not None:
            places += [place for place in _imported(owner, bound, graph) if place not in places]
    return places


def _imported(module: str, bound: str, graph: CodeGraph) -> Iterator[tuple[str, str | None]]:
    """Yield the modules from which a name is imported, and its name in each module. The name is None for an imported module."""
    for _, position in graph.binders(module, bound):
        match graph.modules[module][position].node:
            case ast.Import(names=aliases):
                yield from ((alias.name, None) for alias in aliases if (alias.asname or alias.name.partition(".")[0]) == bound)
            case ast.ImportFrom(module=str(origin), names=aliases, level=0):
                yield from ((origin, alias.name) for alias in aliases if (alias.asname or alias.name) == bound)
            case _:
                pass


def mentions_engine(annotation: ast.expr, module: str, graph: CodeGraph) -> bool:
    """Return whether an annotation contains a name from Headwater, directly or in a string or alias: `Sizes = Collect[int]`."""
    seen: set[tuple[str, str]] = set()
    pending = [(annotation, module)]
    while pending:
        expression, module = pending.pop()
        for name in _names(expression):
            if engine_name(name, module, graph) is not None:
                return True
            if (module, name.id) not in seen:
                seen.add((module, name.id))
                pending += _aliased(module, name.id, graph)
    return False


def _names(annotation: ast.expr) -> Iterator[ast.Name]:
    """Yield the names in an annotation and in its quoted parts, such as `list["Price"]`."""
    pending = [annotation]
    while pending:
        for part in ast.walk(pending.pop()):
            match part:
                case ast.Name():
                    yield part
                case ast.Constant(value=str(text)):
                    try:
                        pending.append(ast.parse(text.strip(), mode="eval").body)
                    except (SyntaxError, ValueError):
                        continue
                case _:
                    pass


def _aliased(module: str, name: str, graph: CodeGraph) -> Iterator[tuple[ast.expr, str]]:
    """Yield the values that are assigned to a name, with their modules."""
    for owner, bound in _places(module, name, graph):
        for _, position in graph.binders(owner, bound) if bound is not None else ():
            value = getattr(graph.modules[owner][position].node, "value", None)  # an assignment or a `type` statement
            if isinstance(value, ast.expr):
                yield value, owner
