"""`parameterize` and its family: several nodes from one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from headwater.decorators.bindings import bind, keys_of, read_binding, source, with_config_values
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
from headwater.errors import short_repr
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
    """Create one node for each keyword, with some parameters of the function bound.

    No node is named after the function itself. A keyword's value is a dictionary of bindings (`value`, `source`, `group`,
    `configuration`), or a `(bindings, documentation)` pair. The function's docstring may contain the placeholders `{parameter}`
    and `{output_name}`, which are filled in. If a parameter is bound to a source, its placeholder becomes the source's name.

    Raises:
        DecoratorError: there are no keywords, a parameter is unknown, or a binding is invalid.

    >>> from headwater import Builder, parameterize, source, value
    >>> @parameterize(weekly={"days": value(7)}, monthly={"days": value(30), "rate": source("bulk_rate")})
    ... def cost(rate: float, days: int) -> float:
    ...     return rate * days
    >>> Builder().with_functions(cost).build().execute(["weekly", "monthly"], inputs={"rate": 2.0, "bulk_rate": 1.5})
    {'weekly': 14.0, 'monthly': 45.0}
    """

    def decorate(function: F) -> F:
        if not outputs:
            reason = "it needs at least one node: `@parameterize(weekly={'days': value(7)})`."
            raise decorator_error("parameterize", function, reason)
        return _attach_variants(
            "parameterize", function, [_variant(function, name, output) for name, output in outputs.items()]
        )

    return decorate


@takes_arguments("parameterize_values")
def parameterize_values(parameter: str, assigned_output: Mapping[str | tuple[str, str], Any]) -> Decorator:
    """Create one node for each name, with one parameter bound to a value.

    In `@parameterize_values("days", {"weekly": 7, ("monthly", "By the month."): 30})`, each key is the name of a node, or a
    `(name, documentation)` pair.

    Raises:
        DecoratorError: there are no names, a key is invalid, or the parameter is unknown.

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
            reason = "it needs a parameter and a value for each node: `@parameterize_values('days', {'weekly': 7})`."
            raise decorator_error(name, function, reason)
        if not isinstance(parameter, str):
            reason = f"`parameter` must be the name of a parameter, such as `'days'`, not {parameter!r}."
            raise decorator_error(name, function, reason)
        variants = []
        for key, literal in assigned_output.items():
            output, doc = key if isinstance(key, tuple) and len(key) == 2 else (key, None)
            if not isinstance(output, str) or not (doc is None or isinstance(doc, str)):
                reason = f"a key must be a node's name, such as `'weekly'`, or a pair `(name, documentation)`, not {key!r}."
                raise decorator_error(name, function, reason)
            variants.append(Variant(output, {normalized(parameter): Value(literal, is_written=True)}, doc))
        return _attach_variants(name, function, variants)

    return decorate


@takes_arguments("parameterize_sources")
def parameterize_sources(**outputs: Mapping[str, str]) -> Decorator:
    """Create one node for each keyword, with parameters bound to the named nodes.

    Raises:
        DecoratorError: there are no keywords, a source is not a name, or a parameter is unknown.

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
            reason = "it needs at least one node: `@parameterize_sources(rome={'of': 'rome_data'})`."
            raise decorator_error(name, function, reason)
        variants = []
        for output, sources in outputs.items():
            if not isinstance(sources, Mapping) or not all(isinstance(node, str) for node in sources.values()):
                reason = (
                    f"`{output}` must be a dictionary that maps parameters to node names, such as `{{'of': 'rome_data'}}`, "
                    f"not {sources!r}."
                )
                raise decorator_error(name, function, reason)
            variants.append(
                Variant(output, {parameter: source(node) for parameter, node in by_normalized_name(sources).items()}, None)
            )
        return _attach_variants(name, function, variants)

    return decorate


@takes_arguments("inject")
def inject(**bindings: Bound) -> Decorator:
    """Bind some parameters of a function. The node keeps the name of the function.

    Raises:
        DecoratorError: there are no bindings, a parameter is unknown, or a binding is invalid.

    >>> from headwater import Builder, inject, source, value
    >>> @inject(price=source("net_price"), rate=value(0.2))
    ... def total(price: float, rate: float) -> float:
    ...     return price * (1 + rate)
    >>> Builder().with_functions(total).build().execute(["total"], inputs={"net_price": 10.0})
    {'total': 12.0}
    """

    def decorate(function: F) -> F:
        if not bindings:
            raise decorator_error("inject", function, "it needs at least one binding: `@inject(rate=value(0.2))`.")
        binding = read_binding("inject", function, "it", bindings)
        return attach(PendingInject(binding) if any(True for _ in keys_of(binding)) else Inject(binding), function)

    return decorate


class ParameterizedExtract(NamedTuple):
    """One call to a function that returns a frame: the columns to extract, and the bindings of the function's parameters."""

    outputs: tuple[str, ...]
    mapping: Binding


@takes_arguments("parameterize_extract_columns")
def parameterize_extract_columns(*extracts: ParameterizedExtract, reassign_columns: bool = True) -> Decorator:
    """Call a function several times, and extract columns of each returned frame as nodes.

    The frames are the nodes `function__0`, `function__1`, and so on. With `reassign_columns`, the names in `outputs` are
    assigned to the columns of the frame in order. Otherwise, these names must be column names.

    Raises:
        DecoratorError: there are no extracts, an extract is invalid, or the function does not return a frame.

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
            reason = "it needs at least one extract: `ParameterizedExtract(('a', 'b'), {'x': value(1)})`."
            raise decorator_error(name, function, reason)
        checked = []
        for extract in extracts:
            outputs = extract.outputs if isinstance(extract, ParameterizedExtract) else ()
            if not outputs or isinstance(outputs, str) or not all(isinstance(output, str) for output in outputs):
                reason = f"it takes `ParameterizedExtract((names, ...), bindings)`, not {extract!r}."
                raise decorator_error(name, function, reason)
            binding = read_binding(name, function, f"`{outputs[0]}`", extract.mapping)
            checked.append(ParameterizedExtract(tuple(outputs), binding))
        return attach(ParameterizeExtract(tuple(checked), reassign_columns), function)

    return decorate


class Variant(NamedTuple):
    """One node to create: its name, its bindings, and its documentation (None for the function's documentation)."""

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
        """Return the nodes, with the parameters of all leaves bound. `parameterized_subdag` creates several leaves."""
        return replace_nodes(nodes, {node.name: [self._bind(node)] for node in leaf_nodes(nodes)})

    def _bind(self, node: Node) -> Node:
        return bind(self.name, node, self.binding, "it").replaced(doc=_fill_placeholders(node.doc, self.binding))


@dataclass(frozen=True, slots=True)
class PendingInject:
    """An `Inject` with parameters bound to the config."""

    binding: Binding
    name = "inject"

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys used in the bindings."""
        return frozenset(keys_of(self.binding))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """Return the modifier with values from the config."""
        return [Inject(with_config_values(self.name, function, self.binding, scope.config))]


@dataclass(frozen=True, slots=True)
class Parameterize:
    """The modifier behind `parameterize` and its family."""

    name: str
    variants: tuple[Variant, ...]
    phase = Phase.EXPAND

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the only leaf replaced by one node for each variant."""
        node = sole_leaf(self.name, nodes)
        return replace_nodes(nodes, {node.name: [self._variant_node(node, variant) for variant in self.variants]})

    def _variant_node(self, node: Node, variant: Variant) -> Node:
        bound = bind(self.name, node, variant.binding, f"`{variant.name}`")
        return bound.replaced(name=variant.name, doc=_doc(node, variant))


@dataclass(frozen=True, slots=True)
class PendingParameterize:
    """A `Parameterize` with parameters bound to the config."""

    shows_config: ClassVar = True

    name: str
    variants: tuple[Variant, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys used in the bindings."""
        return frozenset(key for variant in self.variants for key in keys_of(variant.binding))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """Return the modifier with values from the config."""
        variants = [
            variant._replace(binding=with_config_values(self.name, function, variant.binding, scope.config))
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
        """Return the nodes, with the only leaf replaced: each `ParameterizedExtract` defines a frame and its columns."""
        node = sole_leaf(self.name, nodes)
        result: list[Node] = []
        for number, extract in enumerate(self.extracts):
            frame = bind(self.name, node, extract.mapping, f"`{extract.outputs[0]}`").renamed(f"{node.name}__{number}")
            columns = ExtractColumns(dict.fromkeys(extract.outputs, ""), by_position=self.reassign)
            result.extend(columns.apply([frame]))
        return replace_nodes(nodes, {node.name: result})


def _attach_variants(name: str, function: F, variants: Sequence[Variant]) -> F:
    """Return the function with the variants attached. If any variant depends on the config, the attachment is a `Pending`."""
    is_pending = any(True for variant in variants for _ in keys_of(variant.binding))
    kind = PendingParameterize if is_pending else Parameterize
    return attach(kind(name, tuple(variants)), function)


def _variant(function: Callable[..., Any], name: str, output: object) -> Variant:
    binding, doc = output if isinstance(output, tuple) and len(output) == 2 else (output, None)
    if not isinstance(binding, Mapping) or not (doc is None or isinstance(doc, str)):
        reason = (
            f"`{name}` must be a dictionary of bindings, such as `{{'rate': value(0.2)}}`, "
            f"or a pair `(bindings, documentation)`, not {output!r}."
        )
        raise decorator_error("parameterize", function, reason)
    return Variant(name, read_binding("parameterize", function, f"`{name}`", binding), doc)


def _doc(node: Node, variant: Variant) -> str:
    """Return the variant's documentation, or the function's documentation with its placeholders filled in."""
    if variant.doc is not None:
        return variant.doc
    return _fill_placeholders(node.doc.replace("{output_name}", variant.name), variant.binding)


def _fill_placeholders(doc: str, binding: Binding) -> str:
    """Return the documentation, with each `{parameter}` placeholder replaced by the parameter's binding."""
    for parameter, bound in binding.items():
        placeholder = f"{{{parameter}}}"
        if placeholder in doc:  # the text of a value can be long, and slow to create
            doc = doc.replace(placeholder, _binding_label(bound))
    return doc


def _text_of(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - formatting a value may raise anything
        return short_repr(value)


def _binding_label(bound: Bound) -> str:
    match bound:
        case Source(name):
            return name
        case Value(literal):
            return _text_of(literal)
        case Configuration(key):
            return key
        case Group(members):
            return ", ".join(_binding_label(member) for member in members)
