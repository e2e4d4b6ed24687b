"""`with_columns`: append computed columns to a data frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from headwater.decorators.bindings import feed_of
from headwater.decorators.namespaces import Namespace
from headwater.decorators.protocol import (
    Decorator,
    F,
    Modifier,
    Phase,
    Scope,
    attach,
    decorator_error,
    parse_names,
    replace_nodes,
    sole_leaf,
    takes_functions,
)
from headwater.decorators.query_columns import QueryColumns, QueryFrame
from headwater.decorators.subdags import Functions, NestedDecorator, check_functions
from headwater.errors import missing_config_value
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import Append, Origin, Pick
from headwater.introspection.names import normalized
from headwater.libraries.queries import QueryLibrary
from headwater.libraries.table import ExpressionLibrary, FrameLibrary, frame_library_for, library_module
from headwater.types import typing_rules

__all__ = ["with_columns"]


@takes_functions("with_columns")
def with_columns(
    *functions: Functions,
    columns_to_pass: Sequence[str] | None = None,
    pass_dataframe_as: str | None = None,
    on_input: str | None = None,
    select: Sequence[str] | None = None,
    namespace: str | None = None,
    config_required: Sequence[str] | None = None,
) -> Decorator:
    """Compute columns with functions and append them to a data frame that the decorated function takes.

    The functions can depend on columns of the frame (`columns_to_pass`) or the frame itself (`pass_dataframe_as`), on one
    another, and on nodes of the surrounding dataflow. Each function is a node named `function.column`. The frame with the new
    columns is the `function.frame` node, where `frame` is the name of the parameter. Supports pandas, polars and Spark.

    Args:
        functions: modules and functions. The name of a function is the name of its column.
        columns_to_pass: the columns of the frame that the functions take.
        pass_dataframe_as: the name of the parameter through which the functions receive the whole frame.
        on_input: the parameter that holds the frame. By default, the first parameter.
        select: the functions that become columns. By default, all of them.
        namespace: the prefix before the dot in the nodes' names. By default, the name of the function.
        config_required: config keys that the functions require.

    Raises:
        DecoratorError: there are no functions, both `columns_to_pass` and `pass_dataframe_as` are set, or none of
            `columns_to_pass`, `pass_dataframe_as` and `on_input` is set. Also raised for a parameter that is not a data frame,
            a selected name that no function computes, or a name that is both computed and passed.

    >>> import pandas as pd
    >>> from headwater import Builder, with_columns
    >>> def fahrenheit(celsius: pd.Series) -> pd.Series:
    ...     return celsius * 1.8 + 32
    >>> @with_columns(fahrenheit, columns_to_pass=["celsius"])
    ... def weather(measured: pd.DataFrame) -> pd.DataFrame:
    ...     return measured
    >>> measured = pd.DataFrame({"celsius": [0.0, 100.0]})
    >>> Builder().with_functions(weather).build().execute(["weather"], inputs={"measured": measured})["weather"]
       celsius  fahrenheit
    0      0.0        32.0
    1    100.0       212.0
    """
    name = "with_columns"

    def decorate(function: F) -> F:
        if not functions:
            raise decorator_error(name, function, "it needs column functions: `@with_columns(module, columns_to_pass=['a'])`.")
        check_functions(name, function, functions)
        if columns_to_pass is not None and pass_dataframe_as is not None:
            reason = "it takes either `columns_to_pass` or `pass_dataframe_as`, not both."
            raise decorator_error(name, function, reason)
        for option, names in {"columns_to_pass": columns_to_pass, "select": select, "config_required": config_required}.items():
            if isinstance(names, str):
                raise decorator_error(name, function, f"`{option}` takes a list of names. Write `[{names!r}]`.")
            if names is not None:
                parse_names(name, function, f"`{option}`", names)
        for option, parameter in {"on_input": on_input, "pass_dataframe_as": pass_dataframe_as}.items():
            if parameter is not None and not isinstance(parameter, str):
                raise decorator_error(name, function, f"`{option}` takes the name of a parameter, not {parameter!r}.")
        if columns_to_pass is None and pass_dataframe_as is None and on_input is None:
            reason = "it needs a way to pass the frame: `columns_to_pass=['a']` or `pass_dataframe_as='frame'`."
            raise decorator_error(name, function, reason)
        pending = PendingColumns(
            functions,
            tuple(columns_to_pass or ()),
            _identifier(pass_dataframe_as or (on_input if columns_to_pass is None else None)),
            _identifier(on_input),
            None if select is None else tuple(map(normalized, select)),
            namespace,
            tuple(map(normalized, config_required or ())),
        )
        return attach(pending, function)

    return decorate


@dataclass(frozen=True, slots=True)
class PendingColumns(NestedDecorator):
    """The attachment of `with_columns`."""

    shows_config: ClassVar = True

    functions: tuple[Functions, ...]
    columns: tuple[str, ...]
    """The columns that the functions take."""
    frame: str | None
    """The name of the parameter through which the functions receive the frame."""
    on_input: str | None
    select: tuple[str, ...] | None
    namespace: str | None
    required: tuple[str, ...]
    name = "with_columns"

    @property
    def own_keys(self) -> frozenset[str]:
        """Return the config keys that the functions require."""
        return frozenset(self.required)

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """Return the modifier with the functions' nodes under this config."""
        for key in self.required:
            if key not in scope.config:
                raise missing_config_value(partial(decorator_error, self.name, function), key, scope.config)
        return [WithColumns(self, tuple(scope.nodes_of(self.functions, scope.config)))]


@dataclass(frozen=True, slots=True)
class WithColumns:
    """The modifier behind `with_columns`."""

    options: PendingColumns
    columns: tuple[Node, ...]
    """The nodes of the functions."""
    name = "with_columns"
    phase = Phase.INJECT

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes of the columns, the frame with the columns, and the function's node, which takes that frame."""
        node = sole_leaf(self.name, nodes)
        frame, library = self._frame(node)
        namespace = self.options.namespace or node.name
        passed = {name: f"{namespace}.{name}" for name in self.options.columns}
        self._check_names(node, frame)
        extracted = [self._extract_column(node, frame, library, name, new) for name, new in passed.items()]
        appended = self._appended_nodes(node, frame, library, passed)
        rewired = node.replaced(
            arguments=tuple(
                Dependency(frame.parameter, appended[-1].name, frame.type) if argument is frame else argument
                for argument in node.arguments
            )
        )
        return replace_nodes(nodes, {node.name: [*extracted, *appended, rewired]})

    def _appended_nodes(
        self, node: Node, frame: Dependency, library: FrameLibrary, passed: Mapping[str, str]
    ) -> Sequence[Node]:
        """Return the nodes of the functions and, at the end, the frame with their columns."""
        namespace = self.options.namespace or node.name
        selected = self._selected_names(node)
        if isinstance(library, QueryLibrary):
            columns = {normalized(name): new for name, new in passed.items()}
            query = QueryFrame(node, frame, library, namespace, columns, self.options.frame)
            return QueryColumns(query, self.columns, selected).nodes()
        provided = {normalized(name): new for name, new in passed.items()}
        if self.options.frame is not None:
            provided = {self.options.frame: frame.source}
        inner = Namespace(node, namespace, self.columns, provided)
        # a function may return an expression for a column, so these are not always the types of columns
        types = {column.name: column.type for column in self.columns}
        appended = node.replaced(
            name=f"{namespace}.{frame.parameter}",
            type=frame.type,
            operation=Append(selected, library_module(library)),
            arguments=(
                frame._replace(parameter="frame"),
                *(Dependency(name, inner.names[name], types[name]) for name in selected),
            ),
            doc=f"`{frame.source}` with the columns {', '.join(selected)}.",
        )
        return [*inner.nodes(), appended]

    def _frame(self, node: Node) -> tuple[Dependency, FrameLibrary]:
        """Return the parameter that holds the frame, and the frame's library."""
        known = {dependency.parameter: dependency for dependency in node.dependencies}
        if not node.arguments:
            raise decorator_error(self.name, node, "the function has no parameter for the frame.")
        parameter = self.options.on_input or node.arguments[0].parameter.partition("[")[0]
        if parameter not in known and (feed := feed_of(node, parameter)) is not None:
            reason = f"`{parameter}` is the frame, but another decorator binds it to {feed}."
            raise decorator_error(self.name, node, f"{reason} Return the frame from a function and depend on that function.")
        if parameter not in known:
            raise decorator_error(
                self.name, node, f"`{parameter}` is not a parameter of the function.{did_you_mean(parameter, known)}"
            )
        library = frame_library_for(known[parameter].type)
        if library is None:
            annotation = typing_rules.format_type(known[parameter].type)
            raise decorator_error(self.name, node, f"`{parameter}` must be a data frame, but is annotated as {annotation}.")
        return known[parameter], library

    def _check_names(self, node: Node, frame: Dependency) -> None:
        computed = [column.name for column in self.columns]
        for name in (frame.parameter, self.options.frame):
            if name in computed:
                reason = f"`{name}` is both the frame and one of the functions. Rename one of them."
                raise decorator_error(self.name, node, reason)
        for name in map(normalized, self.options.columns):
            if name in computed:
                reason = f"`{name}` is both a passed column and one of the functions. Rename one of them."
                raise decorator_error(self.name, node, reason)

    def _selected_names(self, node: Node) -> tuple[str, ...]:
        computed = [column.name for column in self.columns]
        for name in self.options.select or ():
            if name not in computed:
                reason = f"it selects `{name}`, but none of its functions computes it.{did_you_mean(name, computed)}"
                raise decorator_error(self.name, node, reason)
        return self.options.select if self.options.select is not None else tuple(computed)

    def _extract_column(self, node: Node, frame: Dependency, library: FrameLibrary, name: str, new: str) -> Node:
        expected = [
            dependency.type
            for column in self.columns
            for dependency in column.dependencies
            if dependency.source == normalized(name)
        ]
        type_: Any = library.column_type()
        pick = Pick("column", name, Origin(frame.source, node.location), library=library_module(library))
        if (
            isinstance(library, ExpressionLibrary)
            and expected
            and all(annotation == library.expression_type() for annotation in expected)
        ):
            type_, pick = library.expression_type(), replace(pick, part="expression")
        return node.replaced(
            name=new,
            type=type_,
            operation=pick,
            arguments=(frame._replace(parameter="whole"),),
            doc=f"The column `{name}` of `{frame.source}`.",
        )


def _identifier(name: str | None) -> str | None:
    return None if name is None else normalized(name)
