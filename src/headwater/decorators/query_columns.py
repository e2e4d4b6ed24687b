"""`with_columns` for the frames of a query library: columns become expressions, and one step per level appends them.

A column at level 1 depends on columns of the frame. A column at level 2 depends on a column at level 1. A step appends the
columns that later levels read. These columns are named after their nodes, so they cannot replace columns of the frame. The last
step renames them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

from headwater.decorators.namespaces import Namespace
from headwater.decorators.protocol import decorator_error, unique_name
from headwater.errors import DecoratorError
from headwater.graph.executable import executable
from headwater.graph.node import Argument, Dependency, Node
from headwater.graph.operation import Await, FunctionCall, Gather, Operation, Pass
from headwater.libraries.queries import AppendedColumn, ColumnFunction, QueryLibrary, QueryStep
from headwater.types import typing_rules

_DECORATOR: Final = "with_columns"


class QueryFrame(NamedTuple):
    """The frame of `with_columns`, and the names that the functions use for the frame and its columns."""

    node: Node
    """The node of the decorated function."""
    dependency: Dependency
    """The parameter that holds the frame."""
    library: QueryLibrary
    namespace: str
    columns: Mapping[str, str]
    """The nodes of the passed columns, keyed by the name that the functions use."""
    passed_as: str | None
    """The name that the functions use for the frame."""


class _ComputedColumn(NamedTuple):
    """A function that computes a column."""

    level: int
    in_batches: bool


class QueryColumns:
    """The nodes of `with_columns` for the frame of a query library.

    Args:
        frame: the frame.
        functions: the nodes of the functions.
        selected: the names of the functions that become columns of the frame.

    Raises:
        DecoratorError: a function cannot be applied to columns of the frame.
    """

    def __init__(self, frame: QueryFrame, functions: Sequence[Node], selected: Sequence[str]) -> None:
        self._frame = frame
        self._selected = selected
        self._functions = _needed(functions, selected)
        provided = {**frame.columns, **({frame.passed_as: frame.dependency.source} if frame.passed_as is not None else {})}
        self._namespace = Namespace(frame.node, frame.namespace, self._functions, provided)
        self._columns = self._computed_columns()
        read = {dependency.source for function in self._functions for dependency in function.dependencies}
        self._steps = self._early_steps([name for name in self._columns if name in read])

    def nodes(self) -> Sequence[Node]:
        """Return the nodes of the functions and of the steps. The last node is the frame with the selected columns."""
        columns = [
            self._column_node(function, renamed)
            for function, renamed in zip(self._functions, self._namespace.nodes(), strict=True)
        ]
        return [*columns, *self._step_nodes(), self._last_step_node()]

    # --- columns ----------------------------------------------------------------------------------------------------------

    def _computed_columns(self) -> Mapping[str, _ComputedColumn]:
        """Return the functions that compute columns, ordered by level. The other functions return single values."""
        columns: dict[str, _ComputedColumn] = {}
        pending = list(self._functions)
        while pending:
            names = {function.name for function in pending}
            ready = [function for function in pending if names.isdisjoint(_sources(function))]
            for function in ready:
                if (column := self._column(function, columns)) is not None:
                    columns[function.name] = column
            if not ready:
                break  # a cycle, which the graph reports
            pending = [function for function in pending if function not in ready]
        return dict(sorted(columns.items(), key=lambda item: item[1].level))

    def _column(self, function: Node, known: Mapping[str, _ComputedColumn]) -> _ComputedColumn | None:
        """Return how a function computes a column, or None if the function returns a single value."""
        library = self._frame.library
        read = [dependency for dependency in function.dependencies if dependency.source in {*self._frame.columns, *known}]
        if not read:
            return self._column_of_frame(function)
        level = 1 + max(known[dependency.source].level if dependency.source in known else 0 for dependency in read)
        if isinstance(function.operation, Pass) or all(library.accepts_expression(dependency.type) for dependency in read):
            in_batches = False
        elif all(library.accepts_batch(dependency.type) for dependency in read):
            in_batches = True
        else:
            raise self._annotation_error(function, read)
        self._check_function(function, in_batches=in_batches)
        return _ComputedColumn(level, in_batches)

    def _column_of_frame(self, function: Node) -> _ComputedColumn | None:
        """Return how a function without column parameters computes a column, or None if it returns a single value."""
        library = self._frame.library
        if function.type in (Any, object):
            return None
        if library.accepts_expression(function.type):
            return _ComputedColumn(1, in_batches=False)
        if library.accepts_batch(function.type):
            reason = f"returns {library.BATCH} but takes no column. Take a column, or return {library.EXPRESSION}."
            raise self._error(function, reason)
        return None

    def _check_function(self, function: Node, *, in_batches: bool) -> None:
        library = self._frame.library
        if not isinstance(function.operation, FunctionCall | Gather | Await | Pass | None):
            reason = "has a decorator that needs the column's values. Apply that decorator to the frame instead."
            raise self._error(function, reason)
        expected = library.BATCH if in_batches else library.EXPRESSION
        accepts = library.accepts_batch if in_batches else library.accepts_expression
        if not isinstance(function.operation, Pass) and not accepts(function.type):
            reason = f"returns {typing_rules.format_type(function.type)}, but must return {expected} to become a column."
            raise self._error(function, reason)
        if not in_batches:
            return
        if isinstance(function.operation, Await):
            reason = f"is `async def`, but functions with {library.BATCH} parameters are called without an event loop."
            raise self._error(function, reason)
        if self._frame.passed_as in _sources(function):
            reason = f"takes the frame, but functions with {library.BATCH} parameters receive batches of rows."
            raise self._error(function, f"{reason} Use only columns and values as parameters.")

    def _annotation_error(self, function: Node, read: Sequence[Dependency]) -> DecoratorError:
        library = self._frame.library
        for dependency in read:
            if not library.accepts_expression(dependency.type) and not library.accepts_batch(dependency.type):
                reason = (
                    f"takes {_parameter(dependency)}. "
                    f"Annotate a column as {library.EXPRESSION} or, to receive batches, as {library.BATCH}."
                )
                return self._error(function, reason)
        return self._error(function, f"takes {', '.join(map(_parameter, read))}. Use the same type for all columns.")

    def _error(self, function: Node, reason: str) -> DecoratorError:
        return decorator_error(_DECORATOR, self._frame.node, f"`{function.name}` ({function.location}) {reason}")

    # --- nodes of columns -------------------------------------------------------------------------------------------------

    def _column_node(self, function: Node, renamed: Node) -> Node:
        """Return the node of a function. The node of a column computes an expression over the frame of the previous level."""
        column = self._columns.get(function.name)
        if column is None:
            return renamed
        pairs = list(zip(function.arguments, renamed.arguments, strict=True))
        arguments = tuple(self._argument(old, new, column) for old, new in pairs)
        references = {
            position: self._namespace.names[old.source]
            for position, (old, _) in enumerate(pairs)
            if isinstance(old, Dependency) and old.source in self._columns
        }
        if not column.in_batches:
            operation = self._applied_to_expressions(renamed, references) if references else renamed.operation
            return renamed.replaced(arguments=arguments, operation=operation)
        call, keywords = _callable_and_keywords(function.explicit_operation)
        applied = ColumnFunction(
            renamed.name,
            function.location,
            call,
            tuple(position for position, (old, _) in enumerate(pairs) if self._is_column(old)),
            references,
            function.type,
            keywords,
        )
        frame = self._frame_before(column.level)
        parameter = unique_name("frame", {argument.parameter for argument in arguments})
        return renamed.replaced(
            type=self._frame.library.column_type(),
            operation=_call(partial(self._frame.library.apply_to_batches, applied), function.name),
            arguments=(frame._replace(parameter=parameter), *arguments),
        )

    def _applied_to_expressions(self, node: Node, references: Mapping[int, str]) -> Operation:
        operation = node.explicit_operation
        if isinstance(operation, Await):
            inner = replace(node, operation=operation.inner)
            return replace(operation, inner=self._applied_to_expressions(inner, references))
        applied = ColumnFunction(node.name, node.location, executable(operation), tuple(references), references, node.type)
        return _call(partial(self._frame.library.apply_to_expressions, applied), node.name.rpartition(".")[2])

    def _argument(self, old: Argument, new: Argument, column: _ComputedColumn) -> Argument:
        """Return an argument of a column's node. A computed column is read from the frame that contains it."""
        if not isinstance(old, Dependency) or not isinstance(new, Dependency):
            return new
        if old.source in self._columns:
            return self._frame_before(column.level)._replace(parameter=new.parameter)
        if column.in_batches and old.source in self._frame.columns:
            return new._replace(type=self._frame.library.column_type())
        return new

    def _is_column(self, argument: Argument) -> bool:
        return isinstance(argument, Dependency) and (argument.source in self._columns or argument.source in self._frame.columns)

    # --- nodes of steps ---------------------------------------------------------------------------------------------------

    def _early_steps(self, read: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
        """For each step except the last, return the name of the resulting frame and the columns that the step appends."""
        used = set(self._namespace.names.values())
        frame, namespace = self._frame.dependency, self._frame.namespace
        depth = max((self._columns[name].level for name in read), default=0)
        return [
            (
                unique_name(f"{namespace}.{frame.parameter}.level_{level}", used),
                [name for name in read if self._columns[name].level == level],
            )
            for level in range(1, depth + 1)
        ]

    def _frame_before(self, level: int) -> Dependency:
        """Return the frame from which functions at this level read columns at lower levels."""
        frame = self._frame.dependency
        return frame if level == 1 else Dependency(frame.parameter, self._steps[level - 2][0], frame.type)

    def _step_nodes(self) -> Iterator[Node]:
        for level, (name, columns) in enumerate(self._steps, 1):
            new = tuple(self._appended(column, name=self._namespace.names[column]) for column in columns)
            doc = f"`{self._frame.dependency.source}` with the columns of level {level}, which other columns depend on."
            yield self._step_node(name, QueryStep(new), columns, self._frame_before(level), doc)

    def _last_step_node(self) -> Node:
        existing = [column for _, columns in self._steps for column in columns]
        names = self._namespace.names
        step = QueryStep(
            tuple(
                self._appended(name, existing=names[name] if name in existing else None, name=name) for name in self._selected
            ),
            removed=tuple(names[name] for name in existing),
        )
        remaining = [name for name in self._selected if name not in existing]
        frame = self._frame.dependency
        doc = f"`{frame.source}` with the columns {', '.join(self._selected)}."
        last = self._frame_before(len(self._steps) + 1)
        return self._step_node(f"{self._frame.namespace}.{frame.parameter}", step, remaining, last, doc)

    def _step_node(self, name: str, step: QueryStep, columns: Sequence[str], frame: Dependency, doc: str) -> Node:
        types = {function.name: self._type(function) for function in self._functions}
        return self._frame.node.replaced(
            name=name,
            type=frame.type,
            operation=FunctionCall(partial(self._frame.library.append, step)),
            arguments=(
                frame._replace(parameter="frame"),
                *(Dependency(column, self._namespace.names[column], types[column]) for column in columns),
            ),
            doc=doc,
        )

    def _type(self, function: Node) -> Any:
        column = self._columns.get(function.name)
        return self._frame.library.column_type() if column is not None and column.in_batches else function.type

    def _appended(self, function: str, *, name: str, existing: str | None = None) -> AppendedColumn:
        location = next(node.location for node in self._functions if node.name == function)
        return AppendedColumn(name, self._namespace.names[function], location, existing)


def _call(call: partial[Any], name: str) -> FunctionCall:
    """Return a call to a function that is applied to columns. Explanations show `name` as the function's name."""
    vars(call)["__name__"] = name
    return FunctionCall(call)


def _callable_and_keywords(operation: Operation) -> tuple[Callable[..., Any], tuple[str, ...]]:
    """Return a callable and its keywords. The user's function is preferred, because it can run without Headwater."""
    return (operation.function, operation.keywords) if isinstance(operation, FunctionCall) else (executable(operation), ())


def _needed(functions: Sequence[Node], selected: Sequence[str]) -> list[Node]:
    """Return the selected functions and the functions upstream of them, so that no step appends unneeded columns."""
    by_name = {function.name: function for function in functions}
    needed: set[str] = set()
    pending = [name for name in selected if name in by_name]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending.extend(source for source in _sources(by_name[name]) if source in by_name)
    return [function for function in functions if function.name in needed]


def _parameter(dependency: Dependency) -> str:
    return f"`{dependency.parameter}: {typing_rules.format_type(dependency.type)}`"


def _sources(function: Node) -> set[str]:
    return {dependency.source for dependency in function.dependencies}
