"""`pipe_input`, `pipe_output` and `mutate`: chains of functions before and after a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import EllipsisType
from typing import Any, ClassVar

from headwater.decorators.bindings import bind, check_groups, configured, feed_of, keys_of
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
from headwater.introspection.callables import name_of
from headwater.introspection.names import normalized

__all__ = ["apply_to", "mutate", "pipe_input", "pipe_output", "step"]

NamespaceOption = str | EllipsisType | None
"""What stands before the dot in a node's name: a text, nothing (None), or the name of the decorated function (`...`)."""


@dataclass(frozen=True, slots=True)
class PipeStep:
    """One function of a chain; `step(...)` makes it, and its methods return changed ones."""

    function: Callable[..., Any]
    binding: Binding
    name: str | None = None
    namespace: NamespaceOption = ...
    has_namespace: bool = False
    conditions: tuple[ConfigCondition, ...] = ()
    inputs: tuple[str, ...] = ()
    """The parameters that it is for; none for those that the decorator names."""
    outputs: Target = None
    """The nodes that it is for; None for those that the decorator names."""

    def named(self, name: str, namespace: NamespaceOption = ...) -> PipeStep:
        """The step's node gets this name, behind the namespace and a dot."""
        return replace(self, name=name, namespace=namespace, has_namespace=namespace is not ...)

    def when(self, **values: Any) -> PipeStep:
        """The step takes part if the config has these values."""
        return self._if(ConfigCondition("when", values))

    def when_not(self, **values: Any) -> PipeStep:
        """The step takes part if the config has other values than these."""
        return self._if(ConfigCondition("when_not", values))

    def when_in(self, **values: Sequence[Any]) -> PipeStep:
        """The step takes part if each config value is one of those listed."""
        return self._if(ConfigCondition("when_in", values))

    def when_not_in(self, **values: Sequence[Any]) -> PipeStep:
        """The step takes part if each config value is none of those listed."""
        return self._if(ConfigCondition("when_not_in", values))

    def on_input(self, *parameters: str | Sequence[str]) -> PipeStep:
        """The step is for these parameters of the decorated function: names, or lists of them."""
        return replace(self, inputs=_flat(parameters))

    def on_output(self, *names: str | Sequence[str] | EllipsisType | None) -> PipeStep:
        """The step is for these nodes of the decorated function: names, lists of them, all (`...`), or its ends (None)."""
        return replace(self, outputs=names[0] if names in ((...,), (None,)) else _flat(names))

    def _if(self, condition: ConfigCondition) -> PipeStep:
        return replace(self, conditions=(*self.conditions, condition))

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(keys_of(self.binding)).union(*(condition.keys for condition in self.conditions))

    @property
    def label(self) -> str:
        """The name of its node, without the namespace."""
        return self.name or f"with_{(name_of(self.function) or 'step').removeprefix('_')}"


def _flat(names: Sequence[Any]) -> tuple[Any, ...]:
    """The names, those in lists among them; the decorator reports what is no name."""
    parts = ((name,) if isinstance(name, str) or not isinstance(name, Sequence) else name for name in names)
    return tuple(name for part in parts for name in part)


def step(function: Callable[..., Any], /, **bindings: Any) -> PipeStep:
    """One function of a chain: its first free parameter gets the value that is passed along.

    Keywords bind the others: to values, as they are or as `value(...)`, or to `source(...)`, `group(...)`,
    `configuration(...)`. A parameter that is not bound is fed by the node of its name.
    """
    bound = {
        normalized(name): given if isinstance(given, Bound) else Value(given, is_written=True)
        for name, given in bindings.items()
    }
    return PipeStep(function, bound)


apply_to = step
"""For `mutate`: a function whose value is changed, as `step` is for the other two."""


@takes_functions("pipe_input")
def pipe_input(*steps: PipeStep, on_input: str | Sequence[str] | None = None, namespace: NamespaceOption = ...) -> Decorator:
    """Passes what a function reads through other functions first: `@pipe_input(step(_clean), step(_scale, by=2))`.

    Each step is a node: `function.with_clean`, `function.with_scale`, and so on (`_1` is added to a name that is taken).

    Args:
        steps: the steps, in their order.
        on_input: the parameters that are piped; the first one if it is left out. A step may name its own with `.on_input()`.
        namespace: what stands before the dot in the steps' names; the function's name if it is left out.

    Raises:
        DecoratorError: without steps, for a parameter that there is not, or for a step whose function cannot be one.

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
    """Passes what a function returns through other functions: `@pipe_output(step(_clean), step(_scale, by=2))`.

    What the function returned is the node `function.raw`; each step is a node, `function.with_clean` and so on; and
    `function` is what comes out in the end.

    Args:
        steps: the steps, in their order.
        on_output: which of the function's nodes, as `target_` in `tag`; those at its end if it is left out. A step may name
            its own with `.on_output()`, and then all have to.
        namespace: what stands before the dot in the steps' names; the node's name if it is left out.

    Raises:
        DecoratorError: without steps, for a node that the function does not make, or a step whose function cannot be one.

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
        if on_output is not None and any(one.outputs is not None for one in steps):
            raise decorator_error(
                "pipe_output", function, "`on_output` is said for all steps and for single ones: say it in one place."
            )
        return attach(PendingPipe("pipe_output", steps, namespace, outputs=on_output), function)

    return decorate


@takes_functions("mutate")
def mutate(*functions: Callable[..., Any] | PipeStep, **bindings: Any) -> Decorator:
    """Passes the values of other functions through the decorated one: `@mutate(price, apply_to(tax, rate=0.2))`.

    It is `pipe_output` written the other way round, beside the step instead of the function. The decorated function is no
    node itself. Several such functions apply in the order in which they are written.

    Args:
        functions: functions of the same module, or `apply_to(function, ...)` with bindings of its own.
        bindings: parameters that are bound for all of them.

    Raises:
        DecoratorError: without functions, or for one of another module.

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
        changing = attach(Exclusion("mutate"), function)
        for target in functions:
            changes = target if isinstance(target, PipeStep) else step(target)
            mutated = changes.function
            if isinstance(mutated, type) or not callable(mutated):
                raise decorator_error("mutate", function, f"it takes functions, and not {mutated!r}.")
            if not hasattr(mutated, "__name__"):  # a partial, an object
                reason = (
                    f"it changes what functions return, and {mutated!r} is not a function: use `pipe_output` on a function."
                )
                raise decorator_error("mutate", function, reason)
            if mutated.__module__ != function.__module__:
                other = f"`{mutated.__name__}` is defined in `{mutated.__module__}`"
                raise decorator_error(
                    "mutate", function, f"{other}: it has to be in the same module. Use `pipe_output` on it there."
                )
            made = replace(changes, function=changing, binding={**step(function, **bindings).binding, **changes.binding})
            _check_steps("mutate", function, [made])
            _append(mutated, made)
        return changing

    return decorate


@dataclass(frozen=True, slots=True)
class PendingPipe:
    """What `pipe_input`, `pipe_output` and `mutate` note on a function."""

    shows_config: ClassVar = True

    name: str
    steps: tuple[PipeStep, ...]
    namespace: NamespaceOption = ...
    inputs: tuple[str, ...] = ()
    outputs: Target = None

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset[str]().union(*(one.keys for one in self.steps))

    def resolve(self, scope: Scope, function: Callable[..., Any]) -> Sequence[Modifier]:
        """The chain of those steps that take part."""
        links = [
            ResolvedStep(one, self._node(one, scope, function))
            for one in self.steps
            if all(holds_for(condition, function, scope.config) for condition in one.conditions)
        ]
        if not links:
            return []
        if self.name == "pipe_input":
            return [PipeInput(tuple(links), self.inputs, self.namespace)]
        return [PipeOutput(self.name, tuple(links), self.outputs, self.namespace)]

    def _node(self, one: PipeStep, scope: Scope, function: Callable[..., Any]) -> Node:
        """The step's node, with its bindings, and the first of its dependencies free for what is passed along."""
        node = scope.node_of(one.function)
        binding = configured(self.name, function, one.binding, scope.config)
        called = f"the step `{node.name}`"
        node = bind(self.name, node, binding, called).replaced(shaped_by=(function,))
        if not any(parameter.parameter not in binding for parameter in node.dependencies):
            raise decorator_error(
                self.name, function, f"{called} ({node.location}) has no free parameter for what is passed along."
            )
        return node


@dataclass(frozen=True, slots=True)
class ResolvedStep:
    """A step, and its node before it is put into its place."""

    step: PipeStep
    node: Node

    @property
    def passed(self) -> Dependency:
        """The parameter that gets what is passed along."""
        return next(one for one in self.node.dependencies if one.parameter not in self.step.binding)

    def placed(self, name: str, fed: Argument) -> Node:
        """The node under its name; what is passed along comes from where the other argument does."""
        passed = self.passed
        taken = (
            Constant(passed.parameter, fed.value, passed.type, fed.is_written, fed.key)
            if isinstance(fed, Constant)
            else passed._replace(source=fed.source, default=fed.default)
        )
        return self.node.replaced(name=name, arguments=tuple(taken if one is passed else one for one in self.node.arguments))


@dataclass(frozen=True, slots=True)
class PipeInput:
    """The modifier behind `pipe_input`."""

    links: tuple[ResolvedStep, ...]
    parameters: tuple[str, ...]
    namespace: NamespaceOption
    name = "pipe_input"
    phase = Phase.INJECT

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The steps' nodes, and the function's, which reads the last of each chain."""
        node = sole_leaf(self.name, nodes)
        known = {argument.parameter: argument for argument in node.arguments}
        chains = self._chains(node, known)
        taken = {one.name for one in nodes}
        made: list[Node] = []
        last: dict[str, Argument] = {}
        for parameter, links in chains.items():
            within = node.name if len(chains) == 1 else f"{node.name}.{parameter}"
            fed = known[parameter]
            for link in links:
                placed = link.placed(_step_name(link.step, self.namespace, within, taken), fed)
                made.append(placed)
                fed = Dependency(parameter, placed.name, known[parameter].type)
            last[parameter] = fed
        arguments = tuple(last.get(argument.parameter, argument) for argument in node.arguments)
        return replace_nodes(nodes, {node.name: [*made, node.replaced(arguments=arguments)]})

    def _chains(self, node: Node, known: Mapping[str, Argument]) -> Mapping[str, Sequence[ResolvedStep]]:
        """The links for each parameter that is piped."""
        if not known:
            raise decorator_error(self.name, node, "the function has no parameter to pipe.")
        usual = self.parameters or (next(iter(known)).partition("[")[0],)
        chains: dict[str, list[ResolvedStep]] = {}
        for link in self.links:
            for parameter in dict.fromkeys(map(normalized, link.step.inputs or usual)):
                if parameter not in known and feed_of(node, parameter) is not None:
                    reason = f"it is for the input `{parameter}`, which is bound to a group."
                    raise decorator_error(self.name, node, f"{reason} Gather the group in a function of its own.")
                if parameter not in known:
                    reason = f"it is for the input `{parameter}`, which is no parameter.{did_you_mean(parameter, known)}"
                    raise decorator_error(self.name, node, reason)
                chains.setdefault(parameter, []).append(link)
        return chains


@dataclass(frozen=True, slots=True)
class PipeOutput:
    """The modifier behind `pipe_output` and `mutate`."""

    name: str
    links: tuple[ResolvedStep, ...]
    target: Target
    namespace: NamespaceOption
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes, each that is piped made from its raw value by its steps."""
        taken = {one.name for one in nodes}
        chains: dict[str, list[ResolvedStep]] = {}
        for link in self.links:
            wanted = self.target if link.step.outputs is None else link.step.outputs
            for node in targets(self.name, nodes, wanted):
                chains.setdefault(node.name, []).append(link)
        return replace_nodes(
            nodes, {node.name: self._piped(node, chains[node.name], taken) for node in nodes if node.name in chains}
        )

    def _piped(self, node: Node, links: Sequence[ResolvedStep], taken: set[str]) -> Sequence[Node]:
        raw = node.renamed(unique_name(f"{node.name}.raw", taken))
        made = [raw]
        for link in links:
            fed = Dependency(link.passed.parameter, made[-1].name, made[-1].type)
            made.append(link.placed(_step_name(link.step, self.namespace, node.name, taken), fed))
        last = made[-1]
        piped = node.replaced(
            type=last.type,
            operation=Pass(),
            arguments=(Dependency("value", last.name, last.type),),
            shaped_by=(*node.shaped_by, *(link.node.function for link in links if link.node.function is not None)),
        )
        return [*made, piped]


def _step_name(one: PipeStep, usual: NamespaceOption, within: str, taken: set[str]) -> str:
    """The name of a step's node; a number is added where the name is taken."""
    namespace = one.namespace if one.has_namespace else usual
    prefix = within if namespace is ... else namespace
    return unique_name(f"{prefix}.{one.label}" if prefix else one.label, taken)


def _check_steps(name: str, function: Callable[..., Any], steps: Sequence[object]) -> None:
    if not steps:
        raise decorator_error(name, function, f"it needs steps: `@{name}(step(other_function))`.")
    for one in steps:
        if not isinstance(one, PipeStep):
            raise decorator_error(name, function, f"it takes steps: write `step({getattr(one, '__name__', repr(one))})`.")
        if isinstance(one.function, type) or not callable(one.function):
            raise decorator_error(name, function, f"a step takes a function, and not {one.function!r}.")
        check_groups(name, function, f"the step `{one.label}`", one.binding)
        parse_names(name, function, f"`.on_input(...)` of the step `{one.label}`", one.inputs)
        if one.outputs == ():
            raise decorator_error(
                name, function, f"`.on_output()` of the step `{one.label}` names no output: name one, or leave it out."
            )
        if one.outputs is not None and one.outputs is not ...:
            parse_names(name, function, f"`.on_output(...)` of the step `{one.label}`", one.outputs)
        for condition in one.conditions:
            if condition.fault is not None:
                raise decorator_error(name, function, f"the step `{one.label}`, `.{condition.test}(...)`: {condition.fault}")


def _append(function: Callable[..., Any], one: PipeStep) -> None:
    """Adds a step to those that `mutate` has given a function, in place: the function keeps its name in the module."""
    if isinstance(function, MissingCall):
        raise function.error()
    noted = list(attachments_of(function))
    for place, other in enumerate(noted):
        if isinstance(other, PendingPipe) and other.name == "mutate":
            noted[place] = replace(other, steps=(*other.steps, one))
            set_attachments(noted, function)
            return
    set_attachments((*noted, PendingPipe("mutate", (one,))), function)
