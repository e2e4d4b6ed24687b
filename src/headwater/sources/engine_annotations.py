"""Removes annotations that mention Headwater, such as `Collect[int]`, from source text."""

from __future__ import annotations

import ast
import io
import tokenize
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.sources.engine_names import mentions_engine
from headwater.sources.links import CodeGraph
from headwater.sources.statements import statements_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LAYOUT: Final = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})

_Position = tuple[int, int]
"""A line, counted from 1, and a column, counted in characters from 0."""


class _Cut(NamedTuple):
    start: _Position
    end: _Position
    replacement: str = ""


def without_engine_annotations(sources: Mapping[str, str]) -> dict[str, str]:
    r"""Return the text of each module without parameter and return annotations that mention Headwater.

    Comments and layout are preserved. Functions behave the same, because Python does not check annotations.

    >>> without_engine_annotations({"flow": "from headwater import Collect\ndef total(size: Collect[int]) -> int: ..."})
    {'flow': 'from headwater import Collect\ndef total(size) -> int: ...'}
    """
    graph = CodeGraph({module: statements_of(module, text) for module, text in sources.items()})
    return {module: _without_annotations(module, text, graph) for module, text in sources.items()}


def _without_annotations(module: str, text: str, graph: CodeGraph) -> str:
    removed = [
        part
        for statement in graph.modules[module]
        for function in ast.walk(statement.node)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for part in _annotated(function)
        if mentions_engine(_annotation(part), module, graph)
    ]
    return _Text(text).without(removed) if removed else text


def _annotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.arg | ast.expr]:
    """Yield the annotated parameters and the return annotation."""
    arguments = function.args
    singles = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *singles):
        if argument.annotation is not None:
            yield argument
    if function.returns is not None:
        yield function.returns


def _annotation(part: ast.arg | ast.expr) -> ast.expr:
    if isinstance(part, ast.expr):
        return part
    assert part.annotation is not None
    return part.annotation


class _Text:
    """Source text and its tokens."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        self._tokens = [token for token in tokens if token.type not in _LAYOUT]
        self._starts = [token.start for token in self._tokens]

    def without(self, parts: list[ast.arg | ast.expr]) -> str:
        """Return the text without the annotations of these parameters, and without these return annotations."""
        lines = list(self._lines)
        cuts = [self._of_parameter(part) if isinstance(part, ast.arg) else self._of_result(part) for part in parts]
        for cut in sorted(cuts, reverse=True):  # start at the end, so that the remaining positions stay valid
            (first, start), (last, end), replacement = cut
            lines[first - 1 : last] = [f"{lines[first - 1][:start]}{replacement}{lines[last - 1][end:]}"]
        return "\n".join(lines)

    def _of_parameter(self, parameter: ast.arg) -> _Cut:
        name = self._tokens[self._index(parameter.lineno, parameter.col_offset)]
        end = self._end(parameter)
        after = self._index_from(end)
        equals, default = self._tokens[after : after + 2]
        if equals.string == "=" and equals.start[0] == default.start[0] == end[0]:
            return _Cut(name.end, default.start, "=")  # without an annotation, a default has no spaces around `=`
        return _Cut(name.end, end)

    def _of_result(self, annotation: ast.expr) -> _Cut:
        arrow = self._index(annotation.lineno, annotation.col_offset)
        while self._tokens[arrow].string != "->":  # the annotation may be in parentheses
            arrow -= 1
        colon = self._index_from(self._end(annotation))
        while self._tokens[colon].string != ":":
            colon += 1
        return _Cut(self._tokens[arrow - 1].end, self._tokens[colon].start)

    def _index(self, line: int, byte: int) -> int:
        return self._index_from(self._position(line, byte))

    def _index_from(self, position: _Position) -> int:
        """Return the index of the first token that starts at or after a position."""
        return bisect_left(self._starts, position)

    def _end(self, node: ast.arg | ast.expr) -> _Position:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._position(node.end_lineno, node.end_col_offset)

    def _position(self, line: int, byte: int) -> _Position:
        return line, len(self._lines[line - 1].encode()[:byte].decode())
