"""`Explanation`: the steps that a request would run, in order, and the functions that it would not call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from headwater.errors import MissingInput, raise_all
from headwater.introspection.names import normalized
from headwater.planning.operation_words import operation_in_words
from headwater.planning.plan import needed_for, plan
from headwater.planning.request import Request, ResolvedRequest, check_request

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from headwater.errors import HeadwaterError, HeadwaterWarning
    from headwater.errors.excluded_variants import ExcludedVariant
    from headwater.graph.graph import Graph
    from headwater.graph.node import Node
    from headwater.introspection.source_location import SourceLocation
    from headwater.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """A function that the run would call, or an operation that a decorator adds."""

    node: Node
    operation: str
    """The operation that computes the value, in words."""
    reads: tuple[str, ...]
    """The names of the nodes, inputs and config values that the step reads. Parameters that use their default are not
    included."""
    frees: tuple[str, ...]
    """The names of the values that are freed after the step, because no later step reads them."""
    executor: str | None
    """The name of the executor's class. None if the calling thread would call the function."""
    status: Literal["queued", "cached", "waiting"]
    """`"cached"` if the run would reuse a value from the cache. `"waiting"` if the step needs a missing input, directly or
    through another step."""

    @property
    def location(self) -> SourceLocation:
        """The source location of the function."""
        return self.node.location


@dataclass(frozen=True, slots=True)
class ProvidedValue:
    """A value that the run would read or return without computing it."""

    name: str
    source: Literal["input", "override", "config"]
    value: Any


@dataclass(frozen=True, slots=True)
class OmittedNode:
    """A function that the run would not call."""

    node: Node
    reason: Literal["overridden", "only overridden nodes need it", "no output needs it"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation of how `Driver.execute` would run a request. Created by `Driver.explain`.

    `str()` returns tables for terminals. A notebook shows the tables as HTML. The tables shorten long lists, but the attributes
    contain everything.
    """

    outputs: tuple[str, ...]
    """The names of the requested nodes and values."""
    steps: tuple[ExplainedStep, ...]
    """The steps in the order of a run in one thread. An executor starts each step as soon as the steps that it depends on have
    ended."""
    provided: tuple[ProvidedValue, ...]
    """The inputs, overrides and config values that the run would use."""
    missing: tuple[MissingInput, ...]
    """The errors about missing inputs, which `execute` would raise."""
    omitted: tuple[OmittedNode, ...]
    """The functions that the run would not call."""
    excluded: tuple[ExcludedVariant, ...]
    """The variants of needed nodes that the config excludes."""
    plan: Plan
    """The plan that would run if the missing inputs were provided."""

    def source(self, *, omit_checks: bool = False) -> str:
        """Return the plan as a Python program that runs without Headwater. See `Plan.source`.

        Missing inputs become parameters of the program, as provided inputs do.
        """
        return self.plan.source(omit_checks=omit_checks)

    def __str__(self) -> str:
        from headwater.planning.explanation_table import explanation_text

        return explanation_text(self)

    def _repr_html_(self) -> str:
        """Return the tables for notebooks."""
        from headwater.planning.explanation_table import explanation_html

        return explanation_html(self)


FindCached = Callable[["Plan", "Mapping[str, Any]"], "Container[str]"]
"""A function that takes a plan and the provided values, and returns the nodes whose values a cache would reuse."""


ExecutorOf = Callable[["Node"], "str | None"]


class ExplainedRequest(NamedTuple):
    """An explanation, and the warnings that `execute` would issue."""

    explanation: Explanation
    warnings: Sequence[HeadwaterWarning]


def explain_request(
    request: Request, graph: Graph, executor_of: ExecutorOf | None = None, find_cached: FindCached | None = None
) -> ExplainedRequest:
    """Explain a request without running it. Missing inputs are part of the explanation.

    Args:
        request: the request.
        graph: the graph.
        executor_of: returns the class of the executor that calls the function of a node, or None for the calling thread.
        find_cached: returns the nodes whose values a cache would reuse.

    Raises:
        RequestError: any error that `execute` would raise, except `MissingInput`. `SeveralErrors` if there are several.
    """
    resolved, errors, warnings = check_request(request, graph)
    missing = tuple(error for error in errors if isinstance(error, MissingInput))
    other_errors: list[HeadwaterError] = [error for error in errors if not isinstance(error, MissingInput)]
    raise_all(other_errors)
    names = {normalized(name) for name in (*request.inputs, *request.overrides)}
    names |= {error.name for error in missing}
    planned = plan(graph, resolved.outputs.values(), names, needed=resolved.needed)
    values = {**resolved.inputs, **resolved.overrides}
    cached = find_cached(planned, values) if find_cached is not None else ()
    explanation = Explanation(
        outputs=tuple(resolved.outputs),
        steps=tuple(_steps(planned, resolved, {planned.provided[error.name] for error in missing}, cached, executor_of)),
        provided=tuple(_provided(planned, resolved, graph)),
        missing=missing,
        omitted=tuple(_omitted(planned, resolved, graph)),
        excluded=tuple(variant for name in resolved.needed for variant in graph.excluded_variants.get(name, ())),
        plan=planned,
    )
    return ExplainedRequest(explanation, warnings)


def _steps(
    planned: Plan,
    resolved: ResolvedRequest,
    missing: set[int],
    cached: Container[str],
    executor_of: ExecutorOf | None,
) -> Iterator[ExplainedStep]:
    names = {step.result: step.node.name for step in planned.steps}
    waiting = set(missing)
    for step in planned.steps:
        is_cached = step.node.name in cached
        is_waiting = not is_cached and not waiting.isdisjoint(step.arguments)
        if is_waiting:
            waiting.add(step.result)
        reads = (read.source for read in step.node.dependencies if not read.optional or read.source in resolved.needed)
        yield ExplainedStep(
            node=step.node,
            operation=operation_in_words(step.node),
            reads=tuple(dict.fromkeys(reads)),
            frees=tuple(names[slot] for slot in step.last_read),
            executor=None if executor_of is None else executor_of(step.node),
            status="cached" if is_cached else "waiting" if is_waiting else "queued",
        )


def _provided(planned: Plan, resolved: ResolvedRequest, graph: Graph) -> Iterator[ProvidedValue]:
    for name in planned.provided:
        if name in resolved.overrides:
            yield ProvidedValue(name, "override", resolved.overrides[name])
        elif name in resolved.inputs:
            yield ProvidedValue(name, "input", resolved.inputs[name])
    for name in resolved.needed:
        node = graph.nodes.get(name)
        if node is not None and node.kind == "config" and name not in planned.provided:
            yield ProvidedValue(name, "config", node.value)


def _omitted(planned: Plan, resolved: ResolvedRequest, graph: Graph) -> Iterator[OmittedNode]:
    run = {step.node.name for step in planned.steps}
    replaced = resolved.overrides.keys() & graph.nodes.keys()
    outputs = [name for name in resolved.outputs.values() if name in graph.nodes]
    needed_without_overrides = needed_for(graph, outputs, frozenset(resolved.inputs))
    for node in graph:
        if node.kind != "function" or node.name in run:
            continue
        if node.name in replaced:
            yield OmittedNode(node, "overridden")
        else:
            is_replaced = node.name in needed_without_overrides
            yield OmittedNode(node, "only overridden nodes need it" if is_replaced else "no output needs it")
