"""An adapter as somebody asks for it: a format with arguments; and the nodes that this makes."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from headwater.errors import HeadwaterError, missing_config_value
from headwater.errors.suggestions import did_you_mean
from headwater.graph.bindings import Configuration, Group, Source, Value
from headwater.graph.node import FORMAT_TAG, ROLE_TAG, Argument, Constant, Dependency, Node, NodeRole
from headwater.graph.operation import Load, Operation, Origin, Save, TakeData
from headwater.io.protocol import FileLocation, Metadata
from headwater.io.registry import AnyAdapter, Direction, resolve_adapter
from headwater.types import typing_rules

MakeError = Callable[[str], HeadwaterError]
"""Makes the error of a reason: it knows who asked, and where."""

_TYPES_BY_NAME: Final[Mapping[str, Any]] = {"path": FileLocation, "query_or_table": str, "table_name": str}
"""The types of the arguments that Headwater's own adapters have in common: known without asking an adapter."""


@dataclass(frozen=True, slots=True)
class AdapterSpec:
    """A format and its arguments: values, `value(...)`, `source(...)` or `configuration(...)`."""

    format: str
    arguments: Mapping[str, Any]
    is_resolved: bool = True
    """False where only the shape is wanted, as for source text that nobody runs: which adapters there are is not known then."""

    @property
    def config_keys(self) -> frozenset[str]:
        """The config keys that the arguments look at."""
        return frozenset(one.key for one in self.arguments.values() if isinstance(one, Configuration))

    def with_config(self, config: Mapping[str, Any], fail: MakeError) -> AdapterSpec:
        """The same with the config's values in it.

        Raises:
            HeadwaterError: for a key that the config lacks.
        """
        given = dict(self.arguments)
        for name, one in given.items():
            if isinstance(one, Configuration):
                if one.key not in config:
                    raise missing_config_value(fail, one.key, config)
                given[name] = Value(config[one.key])
        return dataclasses.replace(self, arguments=given)

    def loader_nodes(self, name: str, type_: Any, template: Node, fail: MakeError) -> tuple[Node, Node]:
        """The node that loads (`name.loader`: the data and its metadata) and the node of the data (`name`).

        `template` says to which function the nodes belong, and where it was written.
        """
        adapter, arguments = self._bound("load", type_, fail)
        names = tuple(argument.parameter for argument in arguments)
        load = Load(adapter, names, type_)
        loading = adapter_node(
            template,
            f"{name}.loader",
            "loader",
            type_=tuple[type_, Metadata],
            operation=load,
            arguments=arguments,
            format_=self.format,
        ).replaced(doc=f"Loads `{name}` as {self.format}: the data and its metadata.")
        return loading, data_node(loading, name, type_).replaced(doc=f"The data that is loaded as {self.format}.")

    def saver_node(self, name: str, saved: Node, template: Node, fail: MakeError) -> Node:
        """The node that saves the value of another one, and whose value is the metadata."""
        adapter, arguments = self._bound("save", saved.type, fail)
        save = Save(adapter, tuple(argument.parameter for argument in arguments))
        data = Dependency("data", saved.name, saved.type)
        node = adapter_node(
            template, name, "saver", type_=Metadata, operation=save, arguments=(data, *arguments), format_=self.format
        )
        return node.replaced(doc=f"Saves `{saved.name}` as {self.format}: the metadata.")

    def _bound(self, direction: Direction, type_: Any, fail: MakeError) -> tuple[AnyAdapter | None, tuple[Argument, ...]]:
        for name, one in self.arguments.items():
            if isinstance(one, Group):
                raise fail(f"`{name}` is bound to a group: write `source('name')` for a node, and a list for a list.")
        if not self.is_resolved:
            return None, tuple(_argument(name, one, _TYPES_BY_NAME.get(name, Any)) for name, one in self.arguments.items())
        adapter = resolve_adapter(direction, self.format, type_, fail)
        types = _parameters(adapter)
        self._check_names(adapter, types, fail)
        arguments = []
        for name, one in self.arguments.items():
            argument = _argument(name, one, types[name].type)
            if isinstance(argument, Constant) and not typing_rules.is_instance(argument.value, types[name].type):
                shown = typing_rules.format_type(types[name].type)
                raise fail(f"`{name}` has to be {shown}, and is {argument.value!r}.")
            arguments.append(argument)
        return adapter, tuple(arguments)

    def _check_names(self, adapter: AnyAdapter, types: Mapping[str, Parameter], fail: MakeError) -> None:
        for name in self.arguments:
            if name not in types:
                reason = f"`{adapter.__name__}` has no argument `{name}`.{did_you_mean(name, types)}"
                raise fail(f"{reason} It has: {', '.join(types)}.")
        missing = [name for name, one in types.items() if one.is_required and name not in self.arguments]
        if missing:
            needs = ", ".join(f"`{name}`" for name in missing)
            raise fail(f"`{adapter.__name__}` needs {needs}: add `{missing[0]}=...`. It has: {', '.join(types)}.")


class Parameter(NamedTuple):
    """One argument of an adapter."""

    type: Any
    is_required: bool


def _parameters(adapter: AnyAdapter) -> dict[str, Parameter]:
    try:
        types = typing.get_type_hints(adapter)
    except Exception:  # noqa: BLE001 - an annotation as text, of a name that is imported for type checkers only, for example
        types = {}
    missing = dataclasses.MISSING
    return {
        field.name: Parameter(types.get(field.name, Any), field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(adapter)
        if field.init
    }


def _argument(name: str, given: Any, type_: Any) -> Argument:
    match given:
        case Source(source):
            return Dependency(name, source, type_)
        case Value(literal, is_written):
            return Constant(name, literal, is_written=is_written)
        case _:
            return Constant(name, given, is_written=True)


def adapter_node(
    template: Node,
    name: str,
    role: NodeRole,
    *,
    type_: Any,
    operation: Operation | None,
    arguments: Sequence[Argument],
    format_: str | None = None,
) -> Node:
    """A node that loads or saves: tagged as such, and for the rest of the function that `template` is of."""
    tags = {ROLE_TAG: role, **({FORMAT_TAG: format_} if format_ else {})}
    return template.replaced(name=name, type=type_, operation=operation, arguments=tuple(arguments), tags={}).tagged(tags)


def data_node(loading: Node, name: str, type_: Any) -> Node:
    """The node of the data that another node loads together with its metadata."""
    take = TakeData(Origin(loading.name, loading.location))
    loaded = Dependency("loaded", loading.name, loading.type)
    return loading.replaced(name=name, type=type_, operation=take, arguments=(loaded,), tags={})
