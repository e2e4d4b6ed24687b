"""The specification of an adapter (a format and its arguments) and the nodes created from it."""

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
"""A function that creates an error from a reason. The error also names the decorator or materializer and its location."""

_TYPES_BY_NAME: Final[Mapping[str, Any]] = {"path": FileLocation, "query_or_table": str, "table_name": str}
"""The types of common adapter arguments, for adapters that are unavailable."""


@dataclass(frozen=True, slots=True)
class AdapterSpec:
    """A format and its arguments: values, `value(...)`, `source(...)` or `configuration(...)`."""

    format: str
    arguments: Mapping[str, Any]
    is_resolved: bool = True
    """False in the static outline, which needs only the nodes. Adapters may be unavailable there."""

    @property
    def config_keys(self) -> frozenset[str]:
        """Return the config keys that the arguments need."""
        return frozenset(bound.key for bound in self.arguments.values() if isinstance(bound, Configuration))

    def with_config(self, config: Mapping[str, Any], fail: MakeError) -> AdapterSpec:
        """Replace `configuration(...)` arguments with values from the config.

        Raises:
            HeadwaterError: if the config lacks a key that an argument needs.
        """
        arguments = dict(self.arguments)
        for name, argument in arguments.items():
            if isinstance(argument, Configuration):
                if argument.key not in config:
                    raise missing_config_value(fail, argument.key, config)
                arguments[name] = Value(config[argument.key])
        return dataclasses.replace(self, arguments=arguments)

    def loader_nodes(self, name: str, type_: Any, template: Node, fail: MakeError) -> tuple[Node, Node]:
        """Return the node that loads data with metadata (`name.loader`) and the node that holds the data (`name`).

        The nodes have the same function and location as `template`.
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
        ).replaced(doc=f"Loads `{name}` as {self.format}, with metadata.")
        return loading, data_node(loading, name, type_).replaced(doc=f"The data loaded as {self.format}.")

    def saver_node(self, name: str, saved: Node, template: Node, fail: MakeError) -> Node:
        """Return the node that saves another node's value. The saver node's value is the metadata."""
        adapter, arguments = self._bound("save", saved.type, fail)
        save = Save(adapter, tuple(argument.parameter for argument in arguments))
        data = Dependency("data", saved.name, saved.type)
        node = adapter_node(
            template, name, "saver", type_=Metadata, operation=save, arguments=(data, *arguments), format_=self.format
        )
        return node.replaced(doc=f"Saves `{saved.name}` as {self.format} and returns the metadata.")

    def _bound(self, direction: Direction, type_: Any, fail: MakeError) -> tuple[AnyAdapter | None, tuple[Argument, ...]]:
        for name, bound in self.arguments.items():
            if isinstance(bound, Group):
                raise fail(f"`{name}` cannot be bound to a group. Use `source('name')` for a node, or pass a plain list.")
        if not self.is_resolved:
            return None, tuple(_argument(name, bound, _TYPES_BY_NAME.get(name, Any)) for name, bound in self.arguments.items())
        adapter = resolve_adapter(direction, self.format, type_, fail)
        types = _parameters(adapter)
        self._check_names(adapter, types, fail)
        arguments = []
        for name, bound in self.arguments.items():
            argument = _argument(name, bound, types[name].type)
            if isinstance(argument, Constant) and not typing_rules.is_instance(argument.value, types[name].type):
                expected = typing_rules.format_type(types[name].type)
                raise fail(f"`{name}` must be {expected}, not {argument.value!r}.")
            arguments.append(argument)
        return adapter, tuple(arguments)

    def _check_names(self, adapter: AnyAdapter, types: Mapping[str, Parameter], fail: MakeError) -> None:
        for name in self.arguments:
            if name not in types:
                reason = f"`{adapter.__name__}` has no argument `{name}`.{did_you_mean(name, types)}"
                raise fail(f"{reason} Arguments: {', '.join(types)}.")
        missing = [name for name, parameter in types.items() if parameter.is_required and name not in self.arguments]
        if missing:
            needs = ", ".join(f"`{name}`" for name in missing)
            raise fail(f"`{adapter.__name__}` needs {needs}. Add `{missing[0]}=...`. Arguments: {', '.join(types)}.")


class Parameter(NamedTuple):
    """An argument of an adapter."""

    type: Any
    is_required: bool


def _parameters(adapter: AnyAdapter) -> dict[str, Parameter]:
    try:
        types = typing.get_type_hints(adapter)
    except Exception:  # noqa: BLE001 - an annotation may use a name imported only for type checkers
        types = {}
    missing = dataclasses.MISSING
    return {
        field.name: Parameter(types.get(field.name, Any), field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(adapter)
        if field.init
    }


def _argument(name: str, bound: Any, type_: Any) -> Argument:
    match bound:
        case Source(source):
            return Dependency(name, source, type_)
        case Value(literal, is_written):
            return Constant(name, literal, is_written=is_written)
        case _:
            return Constant(name, bound, is_written=True)


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
    """Return a node that loads or saves, tagged with its role. All other properties come from `template`."""
    tags = {ROLE_TAG: role, **({FORMAT_TAG: format_} if format_ else {})}
    return template.replaced(name=name, type=type_, operation=operation, arguments=tuple(arguments), tags={}).tagged(tags)


def data_node(loading: Node, name: str, type_: Any) -> Node:
    """Return the node that holds the data. Another node loads the data together with its metadata."""
    take = TakeData(Origin(loading.name, loading.location))
    loaded = Dependency("loaded", loading.name, loading.type)
    return loading.replaced(name=name, type=type_, operation=take, arguments=(loaded,), tags={})
