"""`with_columns`: a dataflow of columns, appended to a data frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from headwater.decorators.subdags import Functions, NestedDecorator, check_functions
from headwater.errors import missing_config_value
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import Append, Origin, Pick
from headwater.introspection.names import normalized
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
    """Computes columns with functions of columns, and appends them to the frame that the decorated function reads.

    The functions read columns of the frame (`columns_to_pass`) or the frame itself (`pass_dataframe_as`), one another, and
    what the dataflow around them has. Each is a node `function.column`; the frame with the new columns is the node
    `function.frame`, `frame` being the parameter. It works for every library of frames that Headwater knows (pandas,
    polars): each says in `integrations/` how columns are appended.

    Args:
        functions: modules and functions; a function's name is the name of its column.
        columns_to_pass: the columns of the frame that the functions read.
        pass_dataframe_as: the name by which the functions read the whole frame.
        on_input: the parameter that is the frame; the first one if it is left out.
        select: which of the functions become columns; all of them if it is left out.
        namespace: what stands before the dot in the nodes' names; the function's name if it is left out.
        config_required: config keys that the functions need; an error if the config lacks one.

    Raises:
        DecoratorError: without functions; without or with both ways to pass the frame; for a parameter that is no frame; for
            a name that is selected and not made, or made and passed as well.

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
            raise decorator_error(
                name, function, "it needs the functions of columns: `@with_columns(module, columns_to_pass=['a'])`."
            )
        check_functions(name, function, functions)
        if columns_to_pass is not None and pass_dataframe_as is not None:
            raise decorator_error(
                name, function, "it passes columns or the whole frame: say `columns_to_pass` or `pass_dataframe_as`."
            )
        for said, names in {"columns_to_pass": columns_to_pass, "select": select, "config_required": config_required}.items():
            if isinstance(names, str):
                raise decorator_error(name, function, f"`{said}` is a list of names: write `[{names!r}]`.")
            if names is not None:
                parse_names(name, function, f"`{said}`", names)
        for said, one in {"on_input": on_input, "pass_dataframe_as": pass_dataframe_as}.items():
            if one is not None and not isinstance(one, str):
                raise decorator_error(name, function, f"`{said}` is the name of a parameter, and not {one!r}.")
        if columns_to_pass is None and pass_dataframe_as is None and on_input is None:
            raise decorator_error(
                name, function, "say what its functions read: `columns_to_pass=['a']` or `pass_dataframe_as='frame'`."
            )
        noted = PendingColumns(
            functions,
            tuple(columns_to_pass or ()),
            _identifier(pass_dataframe_as or (on_input if columns_to_pass is None else None)),
            _identifier(on_input),
            None if select is None else tuple(map(normalized, select)),
            namespace,
            tuple(map(normalized, config_required or ())),
        )
        return attach(noted, function)

    return decorate


@dataclass(frozen=True, slots=True)
class PendingColumns(NestedDecorator):
    """What `with_columns` notes on a function."""

    shows_config: ClassVar = True

    functions: tuple[Functions, ...]
    columns: tuple[str, ...]
    """The columns that the functions read."""
    frame: str | None
    """The name by which the functions read the frame."""
    on_input: str | None
    select: tuple[str, ...] | None
    namespace: str | None
    required: tuple[str, ...]
    name = "with_columns"

    @property
    def own_keys(self) -> frozenset[str]:
        """The config keys that it requires."""
        return frozenset(self.required)

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """The same with the nodes that there are under the config."""
        for key in self.required:
            if key not in scope.config:
                raise missing_config_value(partial(decorator_error, self.name, function), key, scope.config)
        return [WithColumns(self, tuple(scope.nodes_of(self.functions, scope.config)))]


@dataclass(frozen=True, slots=True)
class WithColumns:
    """The modifier behind `with_columns`."""

    said: PendingColumns
    columns: tuple[Node, ...]
    """The nodes of its functions."""
    name = "with_columns"
    phase = Phase.INJECT

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The columns' nodes, the frame with the columns, and the function's node, which reads it."""
        node = sole_leaf(self.name, nodes)
        frame, library = self._frame(node)
        namespace = self.said.namespace or node.name
        passed = {name: f"{namespace}.{name}" for name in self.said.columns}
        self._check_names(node, frame)
        given = {normalized(name): new for name, new in passed.items()}
        if self.said.frame is not None:
            given = {self.said.frame: frame.source}
        extracted = [self._extracted(node, frame, library, name, new) for name, new in passed.items()]
        space = Namespace(node, namespace, self.columns, given)
        selected = self._selected(node)
        types = {column.name: column.type for column in self.columns}  # a library may take more than its columns: expressions
        appended = node.replaced(
            name=f"{namespace}.{frame.parameter}",
            type=frame.type,
            operation=Append(selected, library_module(library)),
            arguments=(
                frame._replace(parameter="frame"),
                *(Dependency(name, space.names[name], types[name]) for name in selected),
            ),
            doc=f"`{frame.source}` with the columns {', '.join(selected)}.",
        )
        reading = node.replaced(
            arguments=tuple(
                Dependency(frame.parameter, appended.name, frame.type) if one is frame else one for one in node.arguments
            )
        )
        return replace_nodes(nodes, {node.name: [*extracted, *space.nodes(), appended, reading]})

    def _frame(self, node: Node) -> tuple[Dependency, FrameLibrary]:
        """The parameter that is the frame, and its library."""
        known = {dependency.parameter: dependency for dependency in node.dependencies}
        if not node.arguments:
            raise decorator_error(self.name, node, "the function has no parameter that could be the frame.")
        parameter = self.said.on_input or node.arguments[0].parameter.partition("[")[0]
        if parameter not in known and (feed := feed_of(node, parameter)) is not None:
            reason = f"`{parameter}` is the frame, and another decorator of the function binds it to {feed}."
            raise decorator_error(self.name, node, f"{reason} Return the frame from a function, and read its node.")
        if parameter not in known:
            raise decorator_error(self.name, node, f"`{parameter}` is no parameter of it.{did_you_mean(parameter, known)}")
        library = frame_library_for(known[parameter].type)
        if library is None:
            shown = typing_rules.format_type(known[parameter].type)
            raise decorator_error(self.name, node, f"`{parameter}` has to be a data frame, and is annotated as {shown}.")
        return known[parameter], library

    def _check_names(self, node: Node, frame: Dependency) -> None:
        made = [column.name for column in self.columns]
        if frame.parameter in made:
            reason = f"`{frame.parameter}` is the frame, and also one of its functions: rename one of them."
            raise decorator_error(self.name, node, reason)
        for name in map(normalized, self.said.columns):
            if name in made:
                reason = f"`{name}` is a column of the frame that it passes, and also one of its functions: rename one of them."
                raise decorator_error(self.name, node, reason)

    def _selected(self, node: Node) -> tuple[str, ...]:
        made = [column.name for column in self.columns]
        for name in self.said.select or ():
            if name not in made:
                raise decorator_error(
                    self.name, node, f"it selects `{name}`, which none of its functions makes.{did_you_mean(name, made)}"
                )
        return self.said.select if self.said.select is not None else tuple(made)

    def _extracted(self, node: Node, frame: Dependency, library: FrameLibrary, name: str, new: str) -> Node:
        wanted = [one.type for column in self.columns for one in column.dependencies if one.source == normalized(name)]
        type_: Any = library.column_type()
        pick = Pick("column", name, Origin(frame.source, node.location), library=library_module(library))
        if isinstance(library, ExpressionLibrary) and wanted and all(one == library.expression_type() for one in wanted):
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
