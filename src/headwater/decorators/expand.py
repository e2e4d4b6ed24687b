"""`parameterize` and its family: one function, several nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from headwater.decorators.bindings import bind, configured, keys_of, read_binding, source
from headwater.decorators.extract import ExtractColumns
from headwater.decorators.protocol import (
    Decorator,
    F,
    Modifier,
    Phase,
    Scope,
    attach,
    decorator_error,
    leaf_nodes,
    replace_nodes,
    sole_leaf,
    takes_arguments,
)
from headwater.graph.bindings import Binding, Bound, Configuration, Group, Source, Value
from headwater.graph.node import Node
from headwater.introspection.names import by_normalized_name, normalized

__all__ = [
    "ParameterizedExtract",
    "inject",
    "parameterize",
    "parameterize_extract_columns",
    "parameterize_sources",
    "parameterize_values",
]


@takes_arguments("parameterize")
def parameterize(**outputs: Binding | tuple[Binding, str]) -> Decorator:
    """Makes one node for each keyword, with some of the function's parameters bound.

    The function's own name is not a node. A keyword's value says how parameters are bound (`value`, `source`, `group`,
    `configuration`), or is a pair of that and the node's documentation. The function's docstring may hold `{parameter}` and
    `{output_name}`, which are filled in; a parameter bound to a source shows the source's name.

    Raises:
        DecoratorError: without outputs, for a parameter that the function does not have, or for a binding that is none.

    >>> from headwater import Builder, parameterize, source, value
    >>> @parameterize(weekly={"days": value(7)}, monthly={"days": value(30), "rate": source("bulk_rate")})
    ... def cost(rate: float, days: int) -> float:
    ...     return rate * days
    >>> Builder().with_functions(cost).build().execute(["weekly", "monthly"], inputs={"rate": 2.0, "bulk_rate": 1.5})
    {'weekly': 14.0, 'monthly': 45.0}
    """

    def decorate(function: F) -> F:
        if not outputs:
            reason = "it needs the nodes to make: `@parameterize(weekly={'days': value(7)})`."
            raise decorator_error("parameterize", function, reason)
        return _attach_variants("parameterize", function, [_variant(function, name, given) for name, given in outputs.items()])

    return decorate


@takes_arguments("parameterize_values")
def parameterize_values(parameter: str, assigned_output: Mapping[str | tuple[str, str], Any]) -> Decorator:
    """Makes one node for each name, with one parameter fixed to the value that stands behind it.

    `@parameterize_values("days", {"weekly": 7, ("monthly", "By the month."): 30})`: a key is a name, or a name and its
    documentation.

    Raises:
        DecoratorError: without names, for a key of another form, or for a parameter that the function does not have.

    >>> from headwater import Builder, parameterize_values
    >>> @parameterize_values("days", {"weekly": 7, "monthly": 30})
    ... def cost(days: int) -> int:
    ...     return days * 2
    >>> Builder().with_functions(cost).build().execute(["weekly", "monthly"])
    {'weekly': 14, 'monthly': 60}
    """
    name = "parameterize_values"

    def decorate(function: F) -> F:
        if not isinstance(assigned_output, Mapping) or not assigned_output:
            reason = "it needs a parameter, and for each node the value of it: `@parameterize_values('days', {'weekly': 7})`."
            raise decorator_error(name, function, reason)
        if not isinstance(parameter, str):
            raise decorator_error(name, function, f"the parameter is given by its name, and not as {parameter!r}.")
        variants = []
        for key, literal in assigned_output.items():
            output, doc = key if isinstance(key, tuple) and len(key) == 2 else (key, None)
            if not isinstance(output, str) or not (doc is None or isinstance(doc, str)):
                raise decorator_error(
                    name, function, f"a node is given by its name, or as `(name, documentation)`, and not as {key!r}."
                )
            variants.append(Variant(output, {normalized(parameter): Value(literal, is_written=True)}, doc))
        return _attach_variants(name, function, variants)

    return decorate


@takes_arguments("parameterize_sources")
def parameterize_sources(**outputs: Mapping[str, str]) -> Decorator:
    """Makes one node for each keyword, with parameters fed from the nodes that are named.

    Raises:
        DecoratorError: without outputs, for a source that is no name, or for a parameter that the function does not have.

    >>> from headwater import Builder, parameterize_sources
    >>> @parameterize_sources(paris_mean={"of": "paris"}, rome_mean={"of": "rome"})
    ... def mean(of: list[int]) -> float:
    ...     return sum(of) / len(of)
    >>> Builder().with_functions(mean).build().execute(["rome_mean"], inputs={"rome": [20, 30]})
    {'rome_mean': 25.0}
    """
    name = "parameterize_sources"

    def decorate(function: F) -> F:
        if not outputs:
            raise decorator_error(
                name, function, "it needs the nodes to make: `@parameterize_sources(rome={'of': 'rome_data'})`."
            )
        variants = []
        for output, given in outputs.items():
            if not isinstance(given, Mapping) or not all(isinstance(one, str) for one in given.values()):
                reason = f"`{output}` has to be a dictionary of parameters and the names of nodes, and is {given!r}."
                raise decorator_error(name, function, reason)
            variants.append(
                Variant(output, {parameter: source(one) for parameter, one in by_normalized_name(given).items()}, None)
            )
        return _attach_variants(name, function, variants)

    return decorate


@takes_arguments("inject")
def inject(**bindings: Bound) -> Decorator:
    """Binds some of a function's parameters; its node keeps the function's name.

    Raises:
        DecoratorError: without bindings, for a parameter that the function does not have, or for a binding that is none.

    >>> from headwater import Builder, inject, source, value
    >>> @inject(price=source("net_price"), rate=value(0.2))
    ... def total(price: float, rate: float) -> float:
    ...     return price * (1 + rate)
    >>> Builder().with_functions(total).build().execute(["total"], inputs={"net_price": 10.0})
    {'total': 12.0}
    """

    def decorate(function: F) -> F:
        if not bindings:
            raise decorator_error("inject", function, "it needs something to bind: `@inject(rate=value(0.2))`.")
        binding = read_binding("inject", function, "it", bindings)
        return attach(PendingInject(binding) if any(True for _ in keys_of(binding)) else Inject(binding), function)

    return decorate


class ParameterizedExtract(NamedTuple):
    """One use of a function that returns a frame: the columns to take out of it, and how its parameters are bound."""

    outputs: tuple[str, ...]
    mapping: Binding


@takes_arguments("parameterize_extract_columns")
def parameterize_extract_columns(*extracts: ParameterizedExtract, reassign_columns: bool = True) -> Decorator:
    """Calls a function that returns a frame several times, and makes columns of each frame nodes.

    The frames are the nodes `function__0`, `function__1`, and so on. With `reassign_columns`, the names of `outputs` are
    given to the frame's columns in their order; without, they have to be names of columns.

    Raises:
        DecoratorError: without extracts, for one of another form, or where the function does not return a frame.

    >>> import pandas as pd
    >>> from headwater import Builder, ParameterizedExtract, parameterize_extract_columns, value
    >>> @parameterize_extract_columns(
    ...     ParameterizedExtract(("low", "high"), {"step": value(1)}),
    ...     ParameterizedExtract(("lower", "higher"), {"step": value(2)}),
    ... )
    ... def bands(middle: int, step: int) -> pd.DataFrame:
    ...     return pd.DataFrame({"below": [middle - step], "above": [middle + step]})
    >>> driver = Builder().with_functions(bands).build()
    >>> [int(column.iloc[0]) for column in driver.execute(["low", "higher"], inputs={"middle": 10}).values()]
    [9, 12]
    """
    name = "parameterize_extract_columns"

    def decorate(function: F) -> F:
        if not extracts:
            raise decorator_error(
                name, function, "it needs what to extract: `ParameterizedExtract(('a', 'b'), {'x': value(1)})`."
            )
        read = []
        for one in extracts:
            outputs = one.outputs if isinstance(one, ParameterizedExtract) else ()
            if not outputs or isinstance(outputs, str) or not all(isinstance(output, str) for output in outputs):
                raise decorator_error(
                    name, function, f"it takes `ParameterizedExtract((names, ...), bindings)`, and not {one!r}."
                )
            read.append(ParameterizedExtract(tuple(outputs), read_binding(name, function, f"`{outputs[0]}`", one.mapping)))
        return attach(ParameterizeExtract(tuple(read), reassign_columns), function)

    return decorate


class Variant(NamedTuple):
    """One node to make: its name, its bound parameters, its documentation if it has its own."""

    name: str
    binding: Binding
    doc: str | None


@dataclass(frozen=True, slots=True)
class Inject:
    """The modifier behind `inject`."""

    binding: Binding
    name = "inject"
    phase = Phase.BIND

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes; those at the end, of which `parameterized_subdag` makes several, with their parameters bound."""
        return replace_nodes(nodes, {node.name: [self._bound(node)] for node in leaf_nodes(nodes)})

    def _bound(self, node: Node) -> Node:
        return bind(self.name, node, self.binding, "it").replaced(doc=_filled(node.doc, self.binding))


@dataclass(frozen=True, slots=True)
class PendingInject:
    """An `Inject` with parameters that are bound to the config."""

    binding: Binding
    name = "inject"

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(keys_of(self.binding))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """The same with the config's values."""
        return [Inject(configured(self.name, function, self.binding, scope.config))]


@dataclass(frozen=True, slots=True)
class Parameterize:
    """The modifier behind `parameterize` and its family."""

    name: str
    variants: tuple[Variant, ...]
    phase = Phase.EXPAND

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """One node for each variant in the place of the one at the end."""
        node = sole_leaf(self.name, nodes)
        return replace_nodes(nodes, {node.name: [self._build(node, variant) for variant in self.variants]})

    def _build(self, node: Node, variant: Variant) -> Node:
        bound = bind(self.name, node, variant.binding, f"`{variant.name}`")
        return bound.replaced(name=variant.name, doc=_doc(node, variant))


@dataclass(frozen=True, slots=True)
class PendingParameterize:
    """A `Parameterize` with parameters that are bound to the config."""

    shows_config: ClassVar = True

    name: str
    variants: tuple[Variant, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(key for variant in self.variants for key in keys_of(variant.binding))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """The same with the config's values."""
        variants = [
            variant._replace(binding=configured(self.name, function, variant.binding, scope.config))
            for variant in self.variants
        ]
        return [Parameterize(self.name, tuple(variants))]


@dataclass(frozen=True, slots=True)
class ParameterizeExtract:
    """The modifier behind `parameterize_extract_columns`."""

    extracts: tuple[ParameterizedExtract, ...]
    reassign: bool
    name = "parameterize_extract_columns"
    phase = Phase.EXPAND

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """A frame and its columns for each use."""
        node = sole_leaf(self.name, nodes)
        made: list[Node] = []
        for number, extract in enumerate(self.extracts):
            frame = bind(self.name, node, extract.mapping, f"`{extract.outputs[0]}`").renamed(f"{node.name}__{number}")
            columns = ExtractColumns(dict.fromkeys(extract.outputs, ""), by_position=self.reassign)
            made.extend(columns.apply([frame]))
        return replace_nodes(nodes, {node.name: made})


def _attach_variants(name: str, function: F, variants: Sequence[Variant]) -> F:
    """The function with these variants noted; pending where any of them looks at the config."""
    waits = any(True for variant in variants for _ in keys_of(variant.binding))
    kind = PendingParameterize if waits else Parameterize
    return attach(kind(name, tuple(variants)), function)


def _variant(function: Callable[..., Any], name: str, given: object) -> Variant:
    binding, doc = given if isinstance(given, tuple) and len(given) == 2 else (given, None)
    if not isinstance(binding, Mapping) or not (doc is None or isinstance(doc, str)):
        reason = f"`{name}` has to be a dictionary of bindings, or a pair of that and a documentation, and is {given!r}."
        raise decorator_error("parameterize", function, reason)
    return Variant(name, read_binding("parameterize", function, f"`{name}`", binding), doc)


def _doc(node: Node, variant: Variant) -> str:
    """The variant's documentation, or the function's with the names in braces filled in."""
    if variant.doc is not None:
        return variant.doc
    return _filled(node.doc.replace("{output_name}", variant.name), variant.binding)


def _filled(doc: str, binding: Binding) -> str:
    """The documentation, with what parameters are bound to in the place of their names in braces."""
    for parameter, bound in binding.items():
        doc = doc.replace(f"{{{parameter}}}", _shown(bound))
    return doc


def _shown(bound: Bound) -> str:
    match bound:
        case Source(name):
            return name
        case Value(literal):
            return str(literal)
        case Configuration(key):
            return key
        case Group(members):
            return ", ".join(_shown(member) for member in members)
