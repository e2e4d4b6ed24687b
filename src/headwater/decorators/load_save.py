"""`load_from`, `save_to`, `dataloader` and `datasaver`: loading and saving data."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, overload

from headwater.decorators.protocol import (
    Decorator,
    F,
    Modifier,
    Phase,
    Scope,
    Target,
    attach,
    decorator_error,
    leaf_nodes,
    replace_nodes,
    sole_leaf,
    takes_arguments,
    targets,
)
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import FORMAT_TAG, ROLE_TAG, Dependency, Node
from headwater.graph.operation import TakeData
from headwater.introspection.names import normalized
from headwater.io.adapter_spec import AdapterSpec, MakeError, adapter_node, data_node
from headwater.types import typing_rules
from headwater.types.type_forms import value_type

__all__ = ["dataloader", "datasaver", "load_from", "save_to"]


class LoadFromFormat:
    """Load the value of a parameter: `@load_from.json(path="prices.json")`.

    `load_from.<format>(...)` takes the arguments of the format. An argument is a plain value, `value(...)`,
    `configuration("key")`, or `source("node")` for the value of a node or an input. `inject_` names the parameter to load, and
    is needed only if the function has several parameters. To load several parameters, use one decorator per parameter.

    For the `prices` parameter of a `total` function, the nodes are `total.prices.loader` (the data and its metadata) and
    `total.prices` (the data). The parameter's annotation selects the format's adapter.

    Raises:
        DecoratorError: for an unknown format or parameter, for missing or unknown arguments, or for a type that the format
            cannot load.

    >>> from headwater import Builder, load_from, value
    >>> @load_from.literal(value=[1.0, 2.5])
    ... def total(prices: list) -> float:
    ...     return sum(prices)
    >>> Builder().with_functions(total).build().execute(["total"])
    {'total': 3.5}
    """

    def __getattr__(self, format_: str) -> Callable[..., Decorator]:
        if format_.startswith("__"):
            raise AttributeError(format_)

        @takes_arguments(f"load_from.{format_}")
        def load(*, inject_: str | None = None, **arguments: Any) -> Decorator:
            return load_decorator(AdapterSpec(format_, arguments), inject_)

        return load


class SaveToFormat:
    """Save the value that a function returns: `@save_to.json(path="total.json")`.

    `save_to.<format>(...)` takes the arguments of the format, as `load_from` does. The saver is an ordinary node, named
    `function.save_json` by default; `output_name_` sets another name. It runs only when requested, and its value is metadata
    about the written data. `target_` selects the nodes to save if the function has several: a name, a list of names, or all
    of them (`...`). By default, the saver saves the nodes that no other node of the function depends on.

    Raises:
        DecoratorError: for an unknown format or target, for missing or unknown arguments, or for a type that the format
            cannot save.

    >>> from headwater import Builder, save_to
    >>> store = {}
    >>> @save_to.memory(store=store, key="latest", output_name_="stored")
    ... def total(price: float, units: int) -> float:
    ...     return price * units
    >>> Builder().with_functions(total).build().execute(["stored"], inputs={"price": 1.5, "units": 2})
    {'stored': {'memory': {'key': 'latest'}}}
    >>> store
    {'latest': 3.0}
    """

    def __getattr__(self, format_: str) -> Callable[..., Decorator]:
        if format_.startswith("__"):
            raise AttributeError(format_)

        @takes_arguments(f"save_to.{format_}")
        def save(*, output_name_: str | None = None, target_: Target = None, **arguments: Any) -> Decorator:
            return save_decorator(AdapterSpec(format_, arguments), output_name_, target_)

        return save


load_from: Final = LoadFromFormat()
save_to: Final = SaveToFormat()


def load_decorator(spec: AdapterSpec, parameter: str | None) -> Decorator:
    """Return the decorator for `load_from.<format>(...)`."""

    def decorate(function: F) -> F:
        name = normalized(parameter) if isinstance(parameter, str) else parameter
        return attach(_defer(LoadFrom(spec, name)), function)

    return decorate


def save_decorator(spec: AdapterSpec, output: str | None, target: Target) -> Decorator:
    """Return the decorator for `save_to.<format>(...)`."""

    def decorate(function: F) -> F:
        modifier = SaveTo(spec, output, target)
        if output is not None and not (isinstance(output, str) and output):
            raise decorator_error(
                modifier.name, function, f"`output_name_` must be the name of a node, such as `'saved'`, not {output!r}."
            )
        return attach(_defer(modifier), function)

    return decorate


@overload
def dataloader(function: F, /) -> F: ...
@overload
def dataloader() -> Decorator: ...
def dataloader(function: Any = None, /) -> Any:
    """Turn a function that returns data and metadata into a loader: `@dataloader()`.

    The function must be annotated to return `tuple[T, dict]`. Its node has the type `T` and holds the data. The
    `function.loader` node holds both.

    Raises:
        DecoratorError: if the function is annotated to return anything else.

    >>> from headwater import Builder, dataloader
    >>> @dataloader()
    ... def prices() -> tuple[list[float], dict]:
    ...     return [1.0, 2.5], {"source": "the shop"}
    >>> def total(prices: list[float]) -> float:
    ...     return sum(prices)
    >>> Builder().with_functions(prices, total).build().execute(["total"])
    {'total': 3.5}
    """

    def decorate(function: F) -> F:
        return attach(DataLoaderFunction(), function)

    return decorate if function is None else decorate(function)


@overload
def datasaver(function: F, /) -> F: ...
@overload
def datasaver() -> Decorator: ...
def datasaver(function: Any = None, /) -> Any:
    """Turn a function that saves its arguments and returns metadata into a saver: `@datasaver()`.

    The function must be annotated to return a dictionary. Its node is tagged as a saver.

    Raises:
        DecoratorError: if the function is annotated to return anything else.

    >>> from headwater import Builder, datasaver
    >>> @datasaver()
    ... def printed(total: float) -> dict:
    ...     print(f"The total is {total}")
    ...     return {"length": 1}
    >>> Builder().with_functions(printed).build().execute(["printed"], inputs={"total": 3.5})
    The total is 3.5
    {'printed': {'length': 1}}
    """

    def decorate(function: F) -> F:
        return attach(DataSaverFunction(), function)

    return decorate if function is None else decorate(function)


@dataclass(frozen=True, slots=True)
class LoadFrom:
    """The modifier behind `load_from`."""

    spec: AdapterSpec
    parameter: str | None
    phase = Phase.INJECT

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        return f"load_from.{self.spec.format}"

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, preceded by loader nodes that provide the parameter."""
        function = sole_leaf(self.name, nodes)
        parameter = self._parameter(function, nodes)
        readers = [dependency for node in nodes for dependency in node.dependencies if dependency.source == parameter]
        if not readers:
            reason = f"another decorator already provides `{parameter}`. Remove one of the two decorators, or change `inject_`."
            raise decorator_error(self.name, function, reason)
        name = f"{function.name}.{parameter}"
        loader = self.spec.loader_nodes(name, readers[0].type, function, _make_error(self.name, function))
        return [*loader, *(_rewire(node, parameter, name) for node in nodes)]

    def _parameter(self, function: Node, nodes: Sequence[Node]) -> str:
        """Return the name of the parameter to load. Arguments of other loaders are not candidates."""
        callers = [node for node in nodes if FORMAT_TAG not in node.tags and not isinstance(node.operation, TakeData)]
        names = list(dict.fromkeys(argument.parameter for node in callers for argument in node.arguments))
        if self.parameter is None:
            free = [
                dependency.source
                for node in callers
                for dependency in node.dependencies
                if dependency.source == dependency.parameter
            ]
            if len(free) != 1:
                listed = ", ".join(f"`{name}`" for name in free) or "none"
                raise decorator_error(
                    self.name, function, f"it needs `inject_=` to name the parameter to load. Parameters: {listed}."
                )
            return free[0]
        if self.parameter not in names:
            listed = ", ".join(f"`{name}`" for name in names) or "none"
            reason = f"`inject_` names `{self.parameter}`, which is not a parameter.{did_you_mean(self.parameter, names)}"
            raise decorator_error(self.name, function, f"{reason} Parameters: {listed}.")
        return self.parameter


@dataclass(frozen=True, slots=True)
class SaveTo:
    """The modifier behind `save_to`."""

    spec: AdapterSpec
    output: str | None
    target: Target
    phase = Phase.TRANSFORM

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        return f"save_to.{self.spec.format}"

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, followed by the savers."""
        saved = [node for node in targets(self.name, nodes, self.target) if node.tags.get(ROLE_TAG) != "saver"]
        if self.output is not None and len(saved) > 1:
            listed = ", ".join(f"`{node.name}`" for node in saved)
            reason = f"`output_name_` names one node, but {len(saved)} are saved: {listed}. Choose one with `target_`."
            raise decorator_error(self.name, _function_of(saved[0]), reason)
        used_names = {node.name for node in nodes}
        return [*nodes, *(self._saver(node, used_names) for node in saved)]

    def _saver(self, node: Node, used_names: set[str]) -> Node:
        name = self.output or f"{node.name}.save_{self.spec.format}"
        if name in used_names:
            reason = f"the function already has a node `{name}`. Choose another name with `output_name_`."
            raise decorator_error(self.name, _function_of(node), reason)
        return self.spec.saver_node(name, node, node, _make_error(self.name, node))


@dataclass(frozen=True, slots=True)
class PendingAdapter:
    """A `load_from` or `save_to` with arguments bound to the config."""

    shows_config: ClassVar = True

    modifier: LoadFrom | SaveTo

    @property
    def name(self) -> str:
        """Return the decorator's name, for messages."""
        return self.modifier.name

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys used in the arguments."""
        return self.modifier.spec.config_keys

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """Return the modifier with values from the config."""
        spec = self.modifier.spec.with_config(scope.config, lambda reason: decorator_error(self.name, function, reason))
        return [dataclasses.replace(self.modifier, spec=spec)]


@dataclass(frozen=True, slots=True)
class DataLoaderFunction:
    """The modifier behind `dataloader`."""

    name = "dataloader"
    phase = Phase.ADAPT

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with each leaf split in two: one node for the data and its metadata, and one for the data alone."""
        return replace_nodes(nodes, {node.name: self._split(node) for node in leaf_nodes(nodes)})

    def _split(self, node: Node) -> Sequence[Node]:
        returned = value_type(node.type)
        parts = typing.get_args(returned)
        if typing.get_origin(returned) is not tuple or len(parts) != 2 or not _is_dictionary(parts[1]):
            annotation = typing_rules.format_type(node.type)
            reason = f"the function must return the data and its metadata, but is annotated to return {annotation}."
            remedy = "Write `-> tuple[pd.DataFrame, dict]`, with the type of your data instead of `pd.DataFrame`."
            raise decorator_error(self.name, node, f"{reason} {remedy}")
        both = adapter_node(
            node, f"{node.name}.loader", "loader", type_=node.type, operation=node.operation, arguments=node.arguments
        )
        return [both, data_node(both, node.name, parts[0])]


@dataclass(frozen=True, slots=True)
class DataSaverFunction:
    """The modifier behind `datasaver`."""

    name = "datasaver"
    phase = Phase.ADAPT

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the leaves tagged as savers."""
        return replace_nodes(nodes, {node.name: [self._saver(node)] for node in leaf_nodes(nodes)})

    def _saver(self, node: Node) -> Node:
        if not _is_dictionary(node.type):
            annotation = typing_rules.format_type(node.type)
            reason = f"the function must return metadata, but is annotated to return {annotation}. Write `-> dict`."
            raise decorator_error(self.name, node, reason)
        return adapter_node(node, node.name, "saver", type_=node.type, operation=node.operation, arguments=node.arguments)


def _defer(modifier: LoadFrom | SaveTo) -> LoadFrom | SaveTo | PendingAdapter:
    return PendingAdapter(modifier) if modifier.spec.config_keys else modifier


def _is_dictionary(type_: Any) -> bool:
    type_ = value_type(type_)
    origin = typing.get_origin(type_) or type_
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _make_error(decorator: str, node: Node) -> MakeError:
    return lambda reason: decorator_error(decorator, _function_of(node), reason)


def _function_of(node: Node) -> Node:
    """Return the node, renamed to its function's name, for messages.

    If a function defines several nodes, their names differ from the function's name.
    """
    return node.renamed(getattr(node.function, "__name__", node.name))


def _rewire(node: Node, old: str, new: str) -> Node:
    """Return the node with its dependency on `old` replaced by a dependency on `new`."""
    if all(dependency.source != old for dependency in node.dependencies):
        return node
    return node.replaced(
        arguments=tuple(
            argument._replace(source=new) if isinstance(argument, Dependency) and argument.source == old else argument
            for argument in node.arguments
        )
    )
