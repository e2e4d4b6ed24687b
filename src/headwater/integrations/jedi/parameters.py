"""Adds annotations to parameters whose arguments have already been computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import parso
from parso.python.tree import Class, Function

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parso.python.tree import Module, Param
    from parso.tree import NodeOrLeaf


class AnnotatedCode(NamedTuple):
    """Code with annotations that refer to names in a namespace, and a position in this code."""

    text: str
    line: int
    column: int
    namespace: dict[str, type]


def annotate_parameters(text: str, line: int, column: int, classes: Mapping[str, type]) -> AnnotatedCode:
    """In the function at a position, replace the annotations of the parameters in `classes`.

    Return the new text, the position in the new text, and a namespace that maps the names in the annotations to classes.
    """
    namespace: dict[str, type] = {}
    lines = parso.split_lines(text, keepends=True)
    position = sum(map(len, lines[: line - 1])) + column
    for parameter in reversed(_parameters_at(parso.parse(text), line, column)):
        name = parameter.name.value
        if name not in classes:
            continue
        alias = f"_headwater_class_of_{name}"
        namespace[alias] = classes[name]
        start, end = (_offset(lines, place) for place in (parameter.name.end_pos, _end_of_annotation(parameter)))
        text = f"{text[:start]}: {alias}{text[end:]}"
        position += len(f": {alias}") - (end - start) if end <= position else 0
    before = parso.split_lines(text[:position])
    return AnnotatedCode(text, len(before), len(before[-1]), namespace)


def _parameters_at(module: Module, line: int, column: int) -> Sequence[Param]:
    """Return the parameters of the module-level function that contains a position."""
    scope: Function | None = None
    node: NodeOrLeaf | None = module.get_leaf_for_position((line, column), include_prefixes=True)
    while node is not None:
        if isinstance(node, Class):
            scope = None
        elif isinstance(node, Function):
            scope = node
        node = node.parent
    return [] if scope is None else scope.get_params()


def _end_of_annotation(parameter: Param) -> tuple[int, int]:
    return (parameter.annotation or parameter.name).end_pos


def _offset(lines: Sequence[str], place: tuple[int, int]) -> int:
    line, column = place
    return sum(map(len, lines[: line - 1])) + column
