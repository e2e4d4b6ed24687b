"""`subdag`: a dataflow inside of a dataflow, under names of its own; `parameterized_subdag`: several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ClassVar, NamedTuple, Self

from headwater.decorators.bindings import configured, keys_of, read_binding
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
from headwater.introspection.callables import name_of

__all__ = ["parameterized_subdag", "subdag"]

Functions = ModuleType | Callable[..., Any]
"""A module, for all of its public functions, or one function."""


@takes_functions("subdag")
def subdag(
    *functions: Functions,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    namespace: str | None = None,
    final_node_name: str | None = None,
    external_inputs: Sequence[str] = (),
) -> Decorator:
    """Puts other functions to work once more, under names of their own: `@subdag(features, inputs={"unit": source("day")})`.

    Each of their nodes is there as `function.node`, and so is each input that they read. The decorated function reads them:
    its parameters name nodes of the subdag. What the subdag reads and does not make comes from the dataflow around it.

    Args:
        functions: modules and functions.
        inputs: for parameters inside of the subdag: `value(...)`, `source(...)` (of the dataflow around it) or a plain value.
            A name that the subdag makes itself is then not made. Each is a node in the subdag's namespace, and can be
            overridden there.
        config: added to the dataflow's config for the subdag: it decides between variants, and gives values to parameters.
            A value may be `configuration("key")`, for another key of the dataflow's config.
        namespace: what stands before the dot in the nodes' names; the function's name if it is left out.
        final_node_name: the name of the decorated function's node, if not its own.
        external_inputs: parameters of the decorated function that come from the dataflow around the subdag.

    Raises:
        DecoratorError: without functions; for a parameter that neither the subdag nor `external_inputs` know; for a name in
            both `inputs` and `config`; for a value of a wrong type.

    Warns:
        DecoratorWarning: of an input that nothing in the subdag reads.

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
        said = RawOptions.read(name, function, "it", inputs=inputs, config=config, external_inputs=external_inputs)
        part = said.spec(name, function, "it")._replace(namespace=namespace, output=final_node_name)
        return attach(PendingSubdag(name, functions, (part,)), function)

    return decorate


@takes_functions("parameterized_subdag")
def parameterized_subdag(
    *functions: Functions,
    inputs: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    external_inputs: Sequence[str] = (),
    **subdags: Mapping[str, Any],
) -> Decorator:
    """Makes a subdag for each keyword: `@parameterized_subdag(features, eu={"inputs": {...}}, us={"config": {...}})`.

    The decorated function becomes a node of each keyword's name, which is also the namespace of its subdag. What is said for
    all (`inputs`, `config`, `external_inputs`) holds where a keyword does not say otherwise.

    Raises:
        DecoratorError: as `subdag`, and without keywords, or for one of another form.

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
    known = ("inputs", "config", "external_inputs")

    def decorate(function: F) -> F:
        check_functions(name, function, functions)
        if not subdags:
            raise decorator_error(
                name, function, 'it needs the nodes to make: `@parameterized_subdag(module, eu={"inputs": {...}})`.'
            )
        for_all = RawOptions.read(name, function, "it", inputs=inputs, config=config, external_inputs=external_inputs)
        parts = []
        for output, said in subdags.items():
            if not isinstance(said, Mapping) or not set(said) <= set(known):
                raise decorator_error(
                    name, function, f"`{output}` is a dictionary with the keys {', '.join(known)}, and not {said!r}."
                )
            here = RawOptions.read(name, function, f"`{output}`", **{key: said.get(key) for key in known})
            parts.append(for_all.merge(here).spec(name, function, f"`{output}`")._replace(namespace=output, output=output))
        return attach(PendingSubdag(name, functions, tuple(parts)), function)

    return decorate


class SubdagSpec(NamedTuple):
    """One subdag, as it was written."""

    inputs: Binding
    config: Binding
    external: tuple[str, ...]
    namespace: str | None = None
    output: str | None = None


class NestedDecorator:
    """What is noted on a function that puts others to work: it looks at the config keys that they look at."""

    __slots__ = ()

    functions: tuple[Functions, ...]

    @property
    def own_keys(self) -> frozenset[str]:
        """The config keys that it looks at itself."""
        raise NotImplementedError

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at, and all that its functions do, and theirs."""
        return self.own_keys | self.function_keys()

    def function_keys(self) -> frozenset[str]:
        """The config keys that its functions look at, and theirs."""
        keys: set[str] = set()
        seen: set[int] = set()
        waiting: list[NestedDecorator] = [self]
        while waiting:
            nesting = waiting.pop()
            if nesting is not self:
                keys |= nesting.own_keys
            for function in nesting.inner_functions():
                if id(function) in seen:
                    continue
                seen.add(id(function))
                for noted in attachments_of(function):
                    if isinstance(noted, NestedDecorator):
                        waiting.append(noted)
                    elif isinstance(noted, Condition | Pending):
                        keys |= noted.keys
        return frozenset(keys)

    def variant_parameters(self) -> frozenset[str]:
        """The parameters of its functions that take part under some config only."""
        return variant_parameters(self.inner_functions())

    def inner_functions(self) -> Iterator[Callable[..., Any]]:
        """Its functions, and those of its modules."""
        for source in self.functions:
            yield from filter(callable, vars(source).values()) if isinstance(source, ModuleType) else (source,)


@dataclass(frozen=True, slots=True)
class PendingSubdag(NestedDecorator):
    """What `subdag` and `parameterized_subdag` note on a function."""

    shows_config: ClassVar = True

    name: str
    functions: tuple[Functions, ...]
    specs: tuple[SubdagSpec, ...]

    @property
    def own_keys(self) -> frozenset[str]:
        """The config keys that its bindings look at."""
        return frozenset(key for spec in self.specs for key in (*keys_of(spec.config), *keys_of(spec.inputs)))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """The subdags with the nodes that they have under the config."""
        nested_graphs = []
        for spec in self.specs:
            fixed = {
                key: bound
                for key, bound in configured(self.name, function, spec.config, scope.config).items()
                if isinstance(bound, Value)
            }
            own = {key: bound.value for key, bound in fixed.items()}
            inputs = configured(self.name, function, spec.inputs, scope.config)
            config = {**scope.config, **own}
            nodes = scope.nodes_of(self.functions, config)
            given = {**fixed, **inputs}
            replaced = {node.name: Source(node.name) for node in nodes if node.name in scope.config}  # the config's own nodes
            is_given = bool(spec.inputs or spec.config)
            deciding = self.function_keys() if own else frozenset[str]()
            variants = self.variant_parameters() if is_given else frozenset[str]()
            nested_graphs.append(NestedGraph(tuple(nodes), {**replaced, **given}, spec, deciding, variants))
        return [Subdag(self.name, tuple(nested_graphs))]


@dataclass(frozen=True, slots=True)
class NestedGraph:
    """The nodes of one subdag, and what is given to them."""

    nodes: tuple[Node, ...]
    given: Binding
    spec: SubdagSpec
    deciding: frozenset[str] = frozenset()
    """The config keys that decide what the nodes are."""
    variants: frozenset[str] = frozenset()
    """What functions read that take part under some config, perhaps not under this one."""

    @property
    def read(self) -> Sequence[Dependency]:
        """What the nodes read that take part; those that something given replaces do not."""
        return [dependency for node in self.nodes if node.name not in self.given for dependency in node.dependencies]


@dataclass(frozen=True, slots=True)
class Subdag:
    """The modifier behind `subdag` and `parameterized_subdag`."""

    name: str
    nested_graphs: tuple[NestedGraph, ...]
    phase = Phase.CREATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes of each subdag under their new names, and the function's node, which reads them."""
        node = sole_leaf(self.name, nodes)
        return replace_nodes(
            nodes, {node.name: [made for nested in self.nested_graphs for made in self._nodes_of(node, nested)]}
        )

    def _nodes_of(self, node: Node, nested: NestedGraph) -> Sequence[Node]:
        namespace = nested.spec.namespace or node.name
        own = [argument for argument in node.dependencies if argument.source not in nested.spec.external]
        received = subdag_input_nodes(self.name, node, namespace, nested.given, [*nested.read, *own])
        self._warn_of_unread(node, nested, own)
        given = {key: bound.name for key, bound in nested.given.items() if isinstance(bound, Source)}
        given |= {key: made.name for key, made in received.items()}
        space = Namespace(node, namespace, [one for one in nested.nodes if one.name not in nested.given], given)
        end = node.replaced(
            name=nested.spec.output or node.name,
            arguments=tuple(self._end(node, argument, space, nested) for argument in node.arguments),
        )
        return [*received.values(), *space.nodes(), end]

    def _warn_of_unread(self, node: Node, nested: NestedGraph, own: Sequence[Dependency]) -> None:
        """Warn about inputs that nothing reads, and config that decides nothing either."""
        within = "the subdag" if nested.spec.output is None or self.name == "subdag" else f"the subdag `{nested.spec.output}`"
        known = {dependency.source for made in nested.nodes for dependency in made.dependencies}
        known |= {made.name for made in nested.nodes} | {dependency.source for dependency in own} | nested.variants
        for what, keys in (("input", nested.spec.inputs), ("config", nested.spec.config)):
            for key in keys:
                if key not in known and not (what == "config" and key in nested.deciding):
                    reason = f"nothing in {within} reads the {what} `{key}`.{did_you_mean(key, known)} It has no effect."
                    warn(self.name, node, reason)

    def _end(self, node: Node, argument: Argument, space: Namespace, nested: NestedGraph) -> Argument:
        """A parameter of the decorated function."""
        if not isinstance(argument, Dependency) or argument.source in nested.spec.external:
            return argument
        found = space.moved(argument)
        if found is argument and not argument.optional:
            names = [*space.names, *nested.given]
            reason = (
                f"nothing in the subdag makes `{argument.source}`.{did_you_mean(argument.source, names)} If it comes from the "
                f'dataflow around it, say so: `external_inputs=["{argument.source}"]`.'
            )
            raise decorator_error(self.name, node, reason)
        return found


def check_functions(name: str, function: Callable[..., Any], functions: Sequence[object]) -> None:
    """Refuses what is not a module or a function with a name.

    Raises:
        DecoratorError: for anything else, or for nothing.
    """
    if not functions:
        raise decorator_error(name, function, f"it needs the functions to put to work: `@{name}(module)`.")
    for one in functions:
        if not isinstance(one, ModuleType) and (isinstance(one, type) or not callable(one)):
            raise decorator_error(name, function, f"it takes modules and functions, and not {one!r}.")
        if not isinstance(one, ModuleType) and name_of(one) is None:
            raise decorator_error(name, function, f"{one!r} has no name, which its node needs: write a function with `def`.")


class RawOptions(NamedTuple):
    """What is said of a subdag, unchecked."""

    inputs: Mapping[str, Any]
    config: Mapping[str, Any]
    external: tuple[str, ...]

    @classmethod
    def read(
        cls,
        name: str,
        function: Callable[..., Any],
        of: str,
        *,
        inputs: object,
        config: object,
        external_inputs: object,
    ) -> Self:
        """What was given, checked as far as its form goes."""
        if isinstance(external_inputs, str):
            raise decorator_error(name, function, f"`external_inputs` is a list of names: write `[{external_inputs!r}]`.")
        names = () if external_inputs is None else parse_names(name, function, "`external_inputs`", external_inputs)
        return cls(
            _mapping(name, function, f"{of} has the inputs", inputs),
            _mapping(name, function, f"{of} has the config", config),
            names,
        )

    def merge(self, other: RawOptions) -> RawOptions:
        """The same where the other one does not say otherwise."""
        inputs, config = {**self.inputs, **other.inputs}, {**self.config, **other.config}
        return RawOptions(inputs, config, (*self.external, *other.external))

    def spec(self, name: str, function: Callable[..., Any], of: str) -> SubdagSpec:
        """The same, checked; `of` says whose it is, for messages."""
        inputs = read_binding(name, function, of, _as_bound(self.inputs))
        config = read_binding(name, function, of, _as_bound(self.config))
        for key, given in (*inputs.items(), *config.items()):
            if isinstance(given, Group):
                raise decorator_error(name, function, f"{of} gives `{key}` a group: a subdag takes values and single sources.")
        for key, given in config.items():
            if isinstance(given, Source):
                reason = f"{of} has `source(...)` for the config's `{key}`, which has to be known before anything runs."
                raise decorator_error(name, function, f"{reason} Give it with `inputs`.")
        both = inputs.keys() & config.keys()
        if both:
            raise decorator_error(
                name, function, f"{of} has `{min(both)}` in `inputs` and in `config`: give it in one of them."
            )
        return SubdagSpec(inputs, config, self.external)


def _mapping(name: str, function: Callable[..., Any], said: str, given: object) -> Mapping[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise decorator_error(name, function, f"{said} {given!r}: write a dictionary of names and values.")
    return given


def _as_bound(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Plain values as `value(...)`."""
    kinds = Value | Source | Configuration | Group
    return {key: one if isinstance(one, kinds) else Value(one, is_written=True) for key, one in given.items()}
