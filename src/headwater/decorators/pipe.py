"""`pipe_input`, `pipe_output` and `mutate`: chains of functions applied to a function's inputs or output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import EllipsisType
from typing import Any, ClassVar

from headwater.decorators.bindings import bind, check_groups, feed_of, keys_of, with_config_values
from headwater.decorators.config import ConfigCondition
from headwater.decorators.protocol import (
    Decorator,
    Exclusion,
    F,
    MissingCall,
    Modifier,
    Phase,
    Scope,
    Target,
    attach,
    attachments_of,
    decorator_error,
    holds_for,
    parse_names,
    replace_nodes,
    set_attachments,
    sole_leaf,
    takes_functions,
    targets,
    unique_name,
)
from headwater.errors.suggestions import did_you_mean
from headwater.graph.bindings import Binding, Bound, Value
from headwater.graph.node import Argument, Constant, Dependency, Node
from headwater.graph.operation import Pass
from headwater.introspection.callables import is_callable_value, name_of
from headwater.introspection.names import normalized

__all__ = ["apply_to", "mutate", "pipe_input", "pipe_output", "step"]

NamespaceOption = str | EllipsisType | None
"""The prefix before the dot in a node's name: a string, None for no prefix, or `...` for the name of the decorated function."""


@dataclass(frozen=True, slots=True)
class PipeStep:
    """One function of a chain, created by `step(...)`. Its methods return modified copies."""

    function: Callable[..., Any]
    binding: Binding
    name: str | None = None
    namespace: NamespaceOption = ...
    has_namespace: bool = False
    conditions: tuple[ConfigCondition, ...] = ()
    inputs: tuple[str, ...] = ()
    """The parameters to pipe. If empty, the decorator determines them."""
    outputs: Target = None
    """The nodes to pipe. If None, the decorator determines them."""

    def __repr__(self) -> str:
        """Return the code that creates the step, because messages show it."""
        bindings = [f"{name}={bound!r}" for name, bound in self.binding.items()]
        return f"step({', '.join([name_of(self.function) or repr(self.function), *bindings])})"

    def named(self, name: str, namespace: NamespaceOption = ...) -> PipeStep:
        """Name the node of the step. The namespace and a dot precede the name."""
        return replace(self, name=name, namespace=namespace, has_namespace=namespace is not ...)

    def when(self, **values: Any) -> PipeStep:
        """Include the step if the config has these values."""
        return self._if(ConfigCondition("when", values))

    def when_not(self, **values: Any) -> PipeStep:
        """Include the step unless the config has one of these values."""
        return self._if(ConfigCondition("when_not", values))

    def when_in(self, **values: Sequence[Any]) -> PipeStep:
        """Include the step if each config value is in its list."""
        return self._if(ConfigCondition("when_in", values))

    def when_not_in(self, **values: Sequence[Any]) -> PipeStep:
        """Include the step if no config value is in its list."""
        return self._if(ConfigCondition("when_not_in", values))

    def on_input(self, *parameters: str | Sequence[str]) -> PipeStep:
        """Apply the step to these parameters of the decorated function. Pass names or lists of names."""
        return replace(self, inputs=_flat(parameters))

    def on_output(self, *names: str | Sequence[str] | EllipsisType | None) -> PipeStep:
        """Apply the step to these nodes of the decorated function: names, lists of names, all (`...`) or the leaves (None)."""
        return replace(self, outputs=names[0] if names in ((...,), (None,)) else _flat(names))

    def _if(self, condition: ConfigCondition) -> PipeStep:
        return replace(self, conditions=(*self.conditions, condition))

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the step depends on."""
        return frozenset(keys_of(self.binding)).union(*(condition.keys for condition in self.conditions))

    @property
    def label(self) -> str:
        """Return the name of the step's node without the namespace."""
        return self.name or f"with_{(name_of(self.function) or 'step').removeprefix('_')}"


def _flat(names: Sequence[Any]) -> tuple[Any, ...]:
    """Return the names, with lists flattened. The decorator reports anything that is not a name."""
    parts = ((name,) if isinstance(name, str) or not isinstance(name, Sequence) else name for name in names)
    return tuple(name for part in parts for name in part)


def step(function: Callable[..., Any], /, **bindings: Any) -> PipeStep:
    """Create one step of a chain. The first unbound parameter of the function receives the piped value.

    Keywords bind other parameters to a plain value, `value(...)`, `source(...)`, `group(...)` or `configuration(...)`.
    Each remaining parameter receives the value of the node with the same name.
    """
    binding = {
        normalized(name): bound if isinstance(bound, Bound) else Value(bound, is_written=True)
        for name, bound in bindings.items()
    }
    return PipeStep(function, binding)


apply_to = step
"""Select a function whose value `mutate` pipes, with bindings for this function only."""


@takes_functions("pipe_input")
def pipe_input(*steps: PipeStep, on_input: str | Sequence[str] | None = None, namespace: NamespaceOption = ...) -> Decorator:
    """Pipe a parameter of a function through other functions: `@pipe_input(step(_clean), step(_scale, by=2))`.

    Each step is a node: `function.with_clean`, `function.with_scale`, and so on. If a name is already taken, `_1` is appended.

    Args:
        steps: the steps, in order.
        on_input: the parameters to pipe. By default, the first parameter. A step can select other parameters with
            `.on_input()`.
        namespace: the prefix before the dot in the steps' names. By default, the name of the function.

    Raises:
        DecoratorError: there are no steps, a parameter is unknown, or a step has an invalid function.

    >>> from headwater import Builder, pipe_input, step
    >>> def _scaled(value: float, by: float) -> float:
    ...     return value * by
    >>> @pipe_input(step(_scaled, by=2.0))
    ... def total(price: float) -> float:
    ...     return price + 1
    >>> Builder().with_functions(total).build().execute(["total.with_scaled", "total"], inputs={"price": 10.0})
    {'total.with_scaled': 20.0, 'total': 21.0}
    """

    def decorate(function: F) -> F:
        _check_steps("pipe_input", function, steps)
        parameters = () if on_input is None else parse_names("pipe_input", function, "`on_input`", on_input)
        return attach(PendingPipe("pipe_input", steps, namespace, inputs=parameters), function)

    return decorate


@takes_functions("pipe_output")
def pipe_output(*steps: PipeStep, on_output: Target = None, namespace: NamespaceOption = ...) -> Decorator:
    """Pipe the value that a function returns through other functions: `@pipe_output(step(_clean), step(_scale, by=2))`.

    The returned value is the `function.raw` node. Each step is a node, `function.with_clean` and so on. The final value is the
    `function` node.

    Args:
        steps: the steps, in order.
        on_output: the function's nodes to pipe, in the same form as `target_` in `tag`. By default, the leaf nodes.
            If `on_output` is omitted, steps can select other nodes with `.on_output()`.
        namespace: the prefix before the dot in the steps' names. By default, the name of the node.

    Raises:
        DecoratorError: there are no steps, a name is not a node of the function, or a step has an invalid function.

    >>> from headwater import Builder, pipe_output, step
    >>> def _scaled(value: float, by: float) -> float:
    ...     return value * by
    >>> @pipe_output(step(_scaled, by=2.0))
    ... def total(price: float) -> float:
    ...     return price + 1
    >>> Builder().with_functions(total).build().execute(["total.raw", "total"], inputs={"price": 10.0})
    {'total.raw': 11.0, 'total': 22.0}
    """

    def decorate(function: F) -> F:
        _check_steps("pipe_output", function, steps)
        if on_output is not None and any(step.outputs is not None for step in steps):
            raise decorator_error(
                "pipe_output", function, "`on_output` is set both for all steps and for individual steps. Set it in one place."
            )
        return attach(PendingPipe("pipe_output", steps, namespace, outputs=on_output), function)

    return decorate


@takes_functions("mutate")
def mutate(*functions: Callable[..., Any] | PipeStep, **bindings: Any) -> Decorator:
    """Pipe the values of other functions through the decorated function: `@mutate(price, apply_to(tax, rate=0.2))`.

    `mutate` works like `pipe_output`, but it decorates the step instead of the piped function. The decorated function is not a
    node itself. Several `mutate` functions are applied in source order.

    Args:
        functions: functions in the same module, or `apply_to(function, ...)` with separate bindings.
        bindings: parameters to bind for all functions.

    Raises:
        DecoratorError: there are no functions, or a function is from another module.

    >>> from headwater import Builder, mutate
    >>> def price() -> float:
    ...     return 10.0
    >>> @mutate(price, by=2.0)
    ... def _scaled(value: float, by: float) -> float:
    ...     return value * by
    >>> Builder().with_functions(price).build().execute(["price.raw", "price"])
    {'price.raw': 10.0, 'price': 20.0}
    """

    def decorate(function: F) -> F:
        if not functions:
            raise decorator_error("mutate", function, "it needs the functions whose values it changes: `@mutate(price)`.")
        mutating = attach(Exclusion("mutate"), function)
        for target in functions:
            target_step = target if isinstance(target, PipeStep) else step(target)
            mutated = target_step.function
            if not is_callable_value(mutated):
                raise decorator_error("mutate", function, f"it takes functions, not {mutated!r}.")
            if not hasattr(mutated, "__name__"):  # for example, a partial or a callable object
                reason = f"it changes what functions return, but {mutated!r} is not a function. Use `pipe_output` instead."
                raise decorator_error("mutate", function, reason)
            if mutated.__module__ != function.__module__:
                name = mutated.__name__
                reason = (
                    f"`{name}` is defined in `{mutated.__module__}`, but must be in the module of the decorated function. "
                    f"Decorate `{name}` with `pipe_output` instead."
                )
                raise decorator_error("mutate", function, reason)
            binding = {**step(function, **bindings).binding, **target_step.binding}
            mutating_step = replace(target_step, function=mutating, binding=binding)
            _check_steps("mutate", function, [mutating_step])
            _append(mutated, mutating_step)
        return mutating

    return decorate


@dataclass(frozen=True, slots=True)
class PendingPipe:
    """The attachment of `pipe_input`, `pipe_output` and `mutate`."""

    shows_config: ClassVar = True

    name: str
    steps: tuple[PipeStep, ...]
    namespace: NamespaceOption = ...
    inputs: tuple[str, ...] = ()
    outputs: Target = None

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the steps depend on."""
        return frozenset[str]().union(*(step.keys for step in self.steps))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """Return the modifier with the steps that the config includes."""
        steps = [
            ResolvedStep(step, self._node(step, scope, function))
            for step in self.steps
            if all(holds_for(condition, function, scope.config) for condition in step.conditions)
        ]
        if not steps:
            return []
        if self.name == "pipe_input":
            return [PipeInput(tuple(steps), self.inputs, self.namespace)]
        return [PipeOutput(self.name, tuple(steps), self.outputs, self.namespace)]

    def _node(self, step: PipeStep, scope: Scope, function: Callable[..., Any]) -> Node:
        """Return the node of a step with its bindings. At least one dependency stays unbound, to receive the piped value."""
        node = scope.node_of(step.function)
        binding = with_config_values(self.name, function, step.binding, scope.config)
        subject = f"the step `{node.name}`"
        node = bind(self.name, node, binding, subject).replaced(shaped_by=(function,))
        if not any(parameter.parameter not in binding for parameter in node.dependencies):
            raise decorator_error(
                self.name, function, f"{subject} ({node.location}) has no unbound parameter for the piped value."
            )
        return node


@dataclass(frozen=True, slots=True)
class ResolvedStep:
    """A step and its node, before the chain determines the node's name and input."""

    step: PipeStep
    node: Node

    @property
    def piped(self) -> Dependency:
        """Return the parameter that receives the piped value."""
        return next(dependency for dependency in self.node.dependencies if dependency.parameter not in self.step.binding)

    def connect(self, name: str, feed: Argument) -> Node:
        """Return the node under this name, with the value or source of `feed` as its piped input."""
        piped = self.piped
        connected = (
            Constant(piped.parameter, feed.value, piped.type, feed.is_written, feed.key)
            if isinstance(feed, Constant)
            else piped._replace(source=feed.source, default=feed.default)
        )
        arguments = tuple(connected if argument is piped else argument for argument in self.node.arguments)
        return self.node.replaced(name=name, arguments=arguments)


@dataclass(frozen=True, slots=True)
class PipeInput:
    """The modifier behind `pipe_input`."""

    steps: tuple[ResolvedStep, ...]
    parameters: tuple[str, ...]
    namespace: NamespaceOption
    name = "pipe_input"
    phase = Phase.INJECT

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes of the steps, and the function's node, which depends on the last step of each chain."""
        node = sole_leaf(self.name, nodes)
        known = {argument.parameter: argument for argument in node.arguments}
        chains = self._chains(node, known)
        used_names = {existing.name for existing in nodes}
        step_nodes: list[Node] = []
        piped: dict[str, Argument] = {}
        for parameter, steps in chains.items():
            prefix = node.name if len(chains) == 1 else f"{node.name}.{parameter}"
            feed = known[parameter]
            for resolved in steps:
                step_node = resolved.connect(_step_name(resolved.step, self.namespace, prefix, used_names), feed)
                step_nodes.append(step_node)
                feed = Dependency(parameter, step_node.name, known[parameter].type)
            piped[parameter] = feed
        arguments = tuple(piped.get(argument.parameter, argument) for argument in node.arguments)
        return replace_nodes(nodes, {node.name: [*step_nodes, node.replaced(arguments=arguments)]})

    def _chains(self, node: Node, known: Mapping[str, Argument]) -> Mapping[str, Sequence[ResolvedStep]]:
        """Return the steps for each piped parameter."""
        if not known:
            raise decorator_error(self.name, node, "the function has no parameter to pipe.")
        default = self.parameters or (next(iter(known)).partition("[")[0],)
        chains: dict[str, list[ResolvedStep]] = {}
        for resolved in self.steps:
            for parameter in dict.fromkeys(map(normalized, resolved.step.inputs or default)):
                if parameter not in known and feed_of(node, parameter) is not None:
                    reason = f"it cannot pipe the input `{parameter}`, which is bound to a group."
                    raise decorator_error(self.name, node, f"{reason} Collect the group in a separate function.")
                if parameter not in known:
                    reason = f"it cannot pipe `{parameter}`, which is not a parameter.{did_you_mean(parameter, known)}"
                    raise decorator_error(self.name, node, reason)
                chains.setdefault(parameter, []).append(resolved)
        return chains


@dataclass(frozen=True, slots=True)
class PipeOutput:
    """The modifier behind `pipe_output` and `mutate`."""

    name: str
    steps: tuple[ResolvedStep, ...]
    target: Target
    namespace: NamespaceOption
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with each target replaced by its raw value, its steps and the final value."""
        used_names = {node.name for node in nodes}
        chains: dict[str, list[ResolvedStep]] = {}
        for resolved in self.steps:
            target = self.target if resolved.step.outputs is None else resolved.step.outputs
            for node in targets(self.name, nodes, target):
                chains.setdefault(node.name, []).append(resolved)
        return replace_nodes(
            nodes, {node.name: self._pipe(node, chains[node.name], used_names) for node in nodes if node.name in chains}
        )

    def _pipe(self, node: Node, steps: Sequence[ResolvedStep], used_names: set[str]) -> Sequence[Node]:
        raw = node.renamed(unique_name(f"{node.name}.raw", used_names))
        chain = [raw]
        for resolved in steps:
            feed = Dependency(resolved.piped.parameter, chain[-1].name, chain[-1].type)
            chain.append(resolved.connect(_step_name(resolved.step, self.namespace, node.name, used_names), feed))
        last = chain[-1]
        final = node.replaced(
            type=last.type,
            operation=Pass(),
            arguments=(Dependency("value", last.name, last.type),),
            shaped_by=(
                *node.shaped_by,
                *(resolved.node.function for resolved in steps if resolved.node.function is not None),
            ),
        )
        return [*chain, final]


def _step_name(step: PipeStep, default: NamespaceOption, prefix: str, used_names: set[str]) -> str:
    """Return the name of a step's node. If the name is already taken, a number is appended."""
    chosen = step.namespace if step.has_namespace else default
    namespace = prefix if chosen is ... else chosen
    return unique_name(f"{namespace}.{step.label}" if namespace else step.label, used_names)


def _check_steps(name: str, function: Callable[..., Any], steps: Sequence[object]) -> None:
    if not steps:
        raise decorator_error(name, function, f"it needs at least one step: `@{name}(step(other_function))`.")
    for step in steps:
        if not isinstance(step, PipeStep):
            raise decorator_error(name, function, f"it takes steps. Write `step({getattr(step, '__name__', repr(step))})`.")
        if not is_callable_value(step.function):
            raise decorator_error(name, function, f"a step takes a function, not {step.function!r}.")
        check_groups(name, function, f"the step `{step.label}`", step.binding)
        parse_names(name, function, f"`.on_input(...)` of the step `{step.label}`", step.inputs)
        if step.outputs == ():
            raise decorator_error(
                name,
                function,
                f"`.on_output()` of the step `{step.label}` does not name an output. Name one, or remove the call.",
            )
        if step.outputs is not None and step.outputs is not ...:
            parse_names(name, function, f"`.on_output(...)` of the step `{step.label}`", step.outputs)
        for condition in step.conditions:
            if condition.usage_error is not None:
                raise decorator_error(
                    name, function, f"the step `{step.label}`, `.{condition.test}(...)`: {condition.usage_error}"
                )


def _append(function: Callable[..., Any], step: PipeStep) -> None:
    """Add a step of `mutate` to a function in place, because the name in the module still refers to this function."""
    if isinstance(function, MissingCall):
        raise function.error()
    attachments = list(attachments_of(function))
    for index, attachment in enumerate(attachments):
        if isinstance(attachment, PendingPipe) and attachment.name == "mutate":
            attachments[index] = replace(attachment, steps=(*attachment.steps, step))
            set_attachments(attachments, function)
            return
    set_attachments((*attachments, PendingPipe("mutate", (step,))), function)
