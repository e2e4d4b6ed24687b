"""`subdag` and `parameterized_subdag`: dataflows nested in another dataflow, with prefixed node names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ClassVar, NamedTuple, Self

from headwater.decorators.bindings import keys_of, read_binding, with_config_values
from headwater.decorators.namespaces import Namespace
from headwater.decorators.protocol import (
    Condition,
    Decorator,
    F,
    Modifier,
    Pending,
    Phase,
    Scope,
    attach,
    attachments_of,
    decorator_error,
    parse_names,
    replace_nodes,
    sole_leaf,
    takes_functions,
    variant_parameters,
    warn,
)
from headwater.decorators.subdag_inputs import subdag_input_nodes
from headwater.errors.suggestions import did_you_mean
from headwater.graph.bindings import Binding, Configuration, Group, Source, Value
from headwater.graph.node import Argument, Dependency, Node
from headwater.introspection.callables import is_callable_value, name_of

__all__ = ["parameterized_subdag", "subdag"]

Functions = ModuleType | Callable[..., Any]
"""A function, or a module as a shorthand for all of its public functions."""


@takes_functions("subdag")
def subdag(
    *functions: Functions,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    namespace: str | None = None,
    final_node_name: str | None = None,
    external_inputs: Sequence[str] = (),
) -> Decorator:
    """Run other functions as a nested dataflow: `@subdag(features, inputs={"unit": source("day")})`.

    The nodes and bound inputs of the subdag are named `function.node`, where `function` is the decorated function. The
    parameters of the decorated function refer to nodes in the subdag. All other values that the subdag depends on come from
    the surrounding dataflow.

    Args:
        functions: modules and functions.
        inputs: bindings for parameters in the subdag: `value(...)`, `source(...)` (a node in the surrounding dataflow) or a
            plain value. A binding replaces the node of the same name. Each binding is a node in the subdag's namespace, and can
            be overridden there.
        config: values added to the dataflow's config for the subdag. They select variants, and provide values for parameters. A
            value may be `configuration("key")`, which refers to a key in the dataflow's config.
        namespace: the prefix before the dot in the nodes' names. By default, the name of the function.
        final_node_name: the name of the decorated function's node. By default, the name of the function.
        external_inputs: parameters of the decorated function that come from the surrounding dataflow.

    Raises:
        DecoratorError: no functions are given, or a value has the wrong type. Also raised if a name is in both `inputs` and
            `config`, or if neither the subdag nor `external_inputs` provides a parameter.

    Warns:
        DecoratorWarning: about an input that nothing in the subdag uses.

    >>> from headwater import Builder, source, subdag
    >>> def doubled(amount: int) -> int:
    ...     return amount * 2
    >>> @subdag(doubled, inputs={"amount": source("apples")})
    ... def apple_total(doubled: int) -> int:
    ...     return doubled
    >>> @subdag(doubled, inputs={"amount": source("pears")})
    ... def pear_total(doubled: int) -> int:
    ...     return doubled
    >>> driver = Builder().with_functions(apple_total, pear_total).build()
    >>> driver.execute(["apple_total", "pear_total"], inputs={"apples": 1, "pears": 4})
    {'apple_total': 2, 'pear_total': 8}
    """
    name = "subdag"

    def decorate(function: F) -> F:
        check_functions(name, function, functions)
        options = RawOptions.read(name, function, "it", inputs=inputs, config=config, external_inputs=external_inputs)
        spec = options.spec(name, function, "it")._replace(namespace=namespace, output=final_node_name)
        return attach(PendingSubdag(name, functions, (spec,)), function)

    return decorate


@takes_functions("parameterized_subdag")
def parameterized_subdag(
    *functions: Functions,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    external_inputs: Sequence[str] = (),
    **subdags: Mapping[str, Any],
) -> Decorator:
    """Create a subdag for each keyword: `@parameterized_subdag(features, eu={"inputs": {...}}, us={"config": {...}})`.

    Each keyword names a node computed by the decorated function, and the namespace of its subdag. The shared `inputs`, `config`
    and `external_inputs` apply to all subdags. A keyword's options are added to the shared options and take precedence.

    Raises:
        DecoratorError: see `subdag`. Also raised if there are no keywords, or if a keyword value is invalid.

    >>> from headwater import Builder, parameterized_subdag, value
    >>> def doubled(amount: int) -> int:
    ...     return amount * 2
    >>> @parameterized_subdag(doubled, small={"inputs": {"amount": value(1)}}, large={"inputs": {"amount": value(50)}})
    ... def total(doubled: int) -> int:
    ...     return doubled + 1
    >>> Builder().with_functions(total).build().execute(["small", "large"])
    {'small': 3, 'large': 101}
    """
    name = "parameterized_subdag"
    keys = ("inputs", "config", "external_inputs")

    def decorate(function: F) -> F:
        check_functions(name, function, functions)
        if not subdags:
            raise decorator_error(
                name, function, 'it needs at least one subdag: `@parameterized_subdag(module, eu={"inputs": {...}})`.'
            )
        shared = RawOptions.read(name, function, "it", inputs=inputs, config=config, external_inputs=external_inputs)
        specs = []
        for output, options in subdags.items():
            if not isinstance(options, Mapping) or not set(options) <= set(keys):
                reason = (
                    f"`{output}` must be a dictionary with the keys {', '.join(keys)}, "
                    f"such as `{{'inputs': {{'rate': value(0.2)}}}}`, not {options!r}."
                )
                raise decorator_error(name, function, reason)
            raw_options = RawOptions.read(name, function, f"`{output}`", **{key: options.get(key) for key in keys})
            specs.append(
                shared.merge(raw_options).spec(name, function, f"`{output}`")._replace(namespace=output, output=output)
            )
        return attach(PendingSubdag(name, functions, tuple(specs)), function)

    return decorate


class SubdagSpec(NamedTuple):
    """The checked options of one subdag."""

    inputs: Binding
    config: Binding
    external: tuple[str, ...]
    namespace: str | None = None
    output: str | None = None


class NestedDecorator:
    """An attachment that runs other functions. It depends on the config keys of these functions as well as its own."""

    __slots__ = ()

    functions: tuple[Functions, ...]

    @property
    def own_keys(self) -> frozenset[str]:
        """Return the decorator's own config keys, excluding those of its functions."""
        raise NotImplementedError

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the decorator and its functions depend on, at any depth."""
        return self.own_keys | self.function_keys()

    def function_keys(self) -> frozenset[str]:
        """Return the config keys that the decorator's functions depend on, at any depth."""
        keys: set[str] = set()
        seen: set[int] = set()
        pending: list[NestedDecorator] = [self]
        while pending:
            nested = pending.pop()
            if nested is not self:
                keys |= nested.own_keys
            for function in nested.inner_functions():
                if id(function) in seen:
                    continue
                seen.add(id(function))
                for attachment in attachments_of(function):
                    if isinstance(attachment, NestedDecorator):
                        pending.append(attachment)
                    elif isinstance(attachment, Condition | Pending):
                        keys |= attachment.keys
        return frozenset(keys)

    def variant_parameters(self) -> frozenset[str]:
        """Return the parameters of all conditional functions among the decorator's functions."""
        return variant_parameters(self.inner_functions())

    def inner_functions(self) -> Iterator[Callable[..., Any]]:
        """Yield the decorator's functions, including those of its modules."""
        for source in self.functions:
            yield from filter(callable, vars(source).values()) if isinstance(source, ModuleType) else (source,)


@dataclass(frozen=True, slots=True)
class PendingSubdag(NestedDecorator):
    """The attachment of `subdag` and `parameterized_subdag`."""

    shows_config: ClassVar = True

    name: str
    functions: tuple[Functions, ...]
    specs: tuple[SubdagSpec, ...]

    @property
    def own_keys(self) -> frozenset[str]:
        """Return the config keys used in the bindings."""
        return frozenset(key for spec in self.specs for key in (*keys_of(spec.config), *keys_of(spec.inputs)))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """Return the modifier with the nodes that each subdag has under this config."""
        nested_graphs = []
        for spec in self.specs:
            config_values = {
                key: bound
                for key, bound in with_config_values(self.name, function, spec.config, scope.config).items()
                if isinstance(bound, Value)
            }
            own_config = {key: bound.value for key, bound in config_values.items()}
            inputs = with_config_values(self.name, function, spec.inputs, scope.config)
            nodes = scope.nodes_of(self.functions, {**scope.config, **own_config})
            # A value in the dataflow's config replaces the node of the same name.
            replaced = {node.name: Source(node.name) for node in nodes if node.name in scope.config}
            deciding = self.function_keys() if own_config else frozenset[str]()
            variants = self.variant_parameters() if spec.inputs or spec.config else frozenset[str]()
            bindings = {**replaced, **config_values, **inputs}
            nested_graphs.append(NestedGraph(tuple(nodes), bindings, spec, deciding, variants))
        return [Subdag(self.name, tuple(nested_graphs))]


@dataclass(frozen=True, slots=True)
class NestedGraph:
    """One subdag's nodes, and the bindings of its inputs."""

    nodes: tuple[Node, ...]
    bindings: Binding
    spec: SubdagSpec
    deciding: frozenset[str] = frozenset()
    """The config keys that affect which nodes exist."""
    variants: frozenset[str] = frozenset()
    """The parameters of all conditional functions, whether or not their conditions hold."""

    @property
    def dependencies(self) -> Sequence[Dependency]:
        """Return the dependencies of the nodes that no binding replaces."""
        return [dependency for node in self.nodes if node.name not in self.bindings for dependency in node.dependencies]


@dataclass(frozen=True, slots=True)
class Subdag:
    """The modifier behind `subdag` and `parameterized_subdag`."""

    name: str
    nested_graphs: tuple[NestedGraph, ...]
    phase = Phase.CREATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return each subdag's nodes under their prefixed names, and the function's node, which depends on them."""
        node = sole_leaf(self.name, nodes)
        return replace_nodes(
            nodes, {node.name: [inner for nested in self.nested_graphs for inner in self._nodes_of(node, nested)]}
        )

    def _nodes_of(self, node: Node, nested: NestedGraph) -> Sequence[Node]:
        namespace = nested.spec.namespace or node.name
        own = [argument for argument in node.dependencies if argument.source not in nested.spec.external]
        inputs = subdag_input_nodes(self.name, node, namespace, nested.bindings, [*nested.dependencies, *own])
        self._warn_about_unused(node, nested, own)
        provided = {key: bound.name for key, bound in nested.bindings.items() if isinstance(bound, Source)}
        provided |= {key: input_node.name for key, input_node in inputs.items()}
        remaining = [inner_node for inner_node in nested.nodes if inner_node.name not in nested.bindings]
        inner = Namespace(node, namespace, remaining, provided)
        final = node.replaced(
            name=nested.spec.output or node.name,
            arguments=tuple(self._rewire(node, argument, inner, nested) for argument in node.arguments),
        )
        return [*inputs.values(), *inner.nodes(), final]

    def _warn_about_unused(self, node: Node, nested: NestedGraph, own: Sequence[Dependency]) -> None:
        """Warn about unused inputs, and about unused config keys that do not affect which nodes exist."""
        within = "the subdag" if nested.spec.output is None or self.name == "subdag" else f"the subdag `{nested.spec.output}`"
        known = {dependency.source for inner in nested.nodes for dependency in inner.dependencies}
        known |= {inner.name for inner in nested.nodes} | {dependency.source for dependency in own} | nested.variants
        for kind, keys in (("input", nested.spec.inputs), ("config key", nested.spec.config)):
            for key in keys:
                if key not in known and not (kind == "config key" and key in nested.deciding):
                    reason = f"nothing in {within} uses the {kind} `{key}`, so it has no effect.{did_you_mean(key, known)}"
                    warn(self.name, node, reason)

    def _rewire(self, node: Node, argument: Argument, inner: Namespace, nested: NestedGraph) -> Argument:
        """Return an argument of the decorated function, with the subdag's node as its source."""
        if not isinstance(argument, Dependency) or argument.source in nested.spec.external:
            return argument
        rewired = inner.rewire(argument)
        if rewired is argument and not argument.optional:
            names = [*inner.names, *nested.bindings]
            reason = (
                f"nothing in the subdag computes `{argument.source}`.{did_you_mean(argument.source, names)} If it comes from "
                f'the surrounding dataflow, add `external_inputs=["{argument.source}"]`.'
            )
            raise decorator_error(self.name, node, reason)
        return rewired


def check_functions(name: str, function: Callable[..., Any], functions: Sequence[object]) -> None:
    """Require at least one module or named function, and nothing else.

    Raises:
        DecoratorError: `functions` is empty, or an item is neither a module nor a function with a name.
    """
    if not functions:
        raise decorator_error(name, function, f"it needs modules or functions: `@{name}(module)`.")
    for source in functions:
        if not isinstance(source, ModuleType) and not is_callable_value(source):
            raise decorator_error(name, function, f"it takes modules and functions, not {source!r}.")
        if not isinstance(source, ModuleType) and name_of(source) is None:
            raise decorator_error(
                name, function, f"{source!r} has no name, but its node needs a name. Define a function with `def`."
            )


class RawOptions(NamedTuple):
    """A subdag's options before their bindings are checked."""

    inputs: Mapping[str, Any]
    config: Mapping[str, Any]
    external: tuple[str, ...]

    @classmethod
    def read(
        cls,
        name: str,
        function: Callable[..., Any],
        subject: str,
        *,
        inputs: object,
        config: object,
        external_inputs: object,
    ) -> Self:
        """Check that the options are dictionaries and lists of names, and return them."""
        if isinstance(external_inputs, str):
            raise decorator_error(name, function, f"`external_inputs` takes a list of names. Write `[{external_inputs!r}]`.")
        names = () if external_inputs is None else parse_names(name, function, "`external_inputs`", external_inputs)
        return cls(
            _mapping(name, function, f"{subject} takes `inputs`", inputs),
            _mapping(name, function, f"{subject} takes `config`", config),
            names,
        )

    def merge(self, other: RawOptions) -> RawOptions:
        """Return these options, updated with `other`."""
        inputs, config = {**self.inputs, **other.inputs}, {**self.config, **other.config}
        return RawOptions(inputs, config, (*self.external, *other.external))

    def spec(self, name: str, function: Callable[..., Any], subject: str) -> SubdagSpec:
        """Return the checked options. Messages refer to the subdag as `subject`."""
        inputs = read_binding(name, function, subject, _as_bound(self.inputs))
        config = read_binding(name, function, subject, _as_bound(self.config))
        for key, bound in (*inputs.items(), *config.items()):
            if isinstance(bound, Group):
                raise decorator_error(
                    name, function, f"{subject} binds `{key}` to a group. A subdag takes only values and single sources."
                )
        for key, bound in config.items():
            if isinstance(bound, Source):
                reason = (
                    f"{subject} binds the config key `{key}` to `source(...)`, but config must be known before anything runs."
                )
                raise decorator_error(name, function, f"{reason} Move it to `inputs`.")
        both = inputs.keys() & config.keys()
        if both:
            raise decorator_error(
                name, function, f"{subject} has `{min(both)}` in both `inputs` and `config`. Keep only one of them."
            )
        return SubdagSpec(inputs, config, self.external)


def _mapping(name: str, function: Callable[..., Any], beginning: str, option: object) -> Mapping[str, Any]:
    """Return an option that must be a mapping. The error message starts with `beginning`."""
    if option is None:
        return {}
    if not isinstance(option, Mapping):
        raise decorator_error(
            name, function, f"{beginning} as a dictionary that maps names to values, such as `{{'rate': 0.2}}`, not {option!r}."
        )
    return option


def _as_bound(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the mapping with plain values wrapped in `value(...)`."""
    kinds = Value | Source | Configuration | Group
    return {key: value if isinstance(value, kinds) else Value(value, is_written=True) for key, value in values.items()}
