"""Events of joined steps, in which each element passes through the functions of several nodes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from headwater.execution.middleware import Call
from headwater.execution.outcome import NOT_KEPT, FailedInProgram, Succeeded
from headwater.execution.remote_values import RemoteSucceeded, RemoteValue
from headwater.graph.mapped_call import MappedCall
from headwater.planning.element_program import ElementProgram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.execution.outcome import Outcome
    from headwater.execution.remote_parts import JoinedValue
    from headwater.graph.node import Node
    from headwater.planning.fusion import TakeResult
    from headwater.planning.plan import Step


def joined_nodes(step: Step) -> Sequence[Node]:
    """Return the nodes that a step computes, in topological order."""
    program = _program(step.call)
    return [step.node] if program is None else [inner.node for inner in program.steps]


def joined_calls(call: Call) -> Iterable[Call]:
    """Yield each node's call. An argument that another function of the same step computes is `NOT_KEPT`."""
    program = _program(call.function)
    if program is None:
        yield call
        return
    values = [*call.arguments, *(NOT_KEPT for _ in program.steps)]
    for inner in program.steps:
        yield Call(inner.node, inner.call, tuple([values[index] for index in inner.arguments]))


def joined_outcomes(step: Step, outcome: Outcome) -> Iterable[tuple[Node, Outcome]]:
    """Return the outcome of each node. If a node failed, only the outcome of this node is known."""
    program = _program(step.call)
    return ((step.node, outcome),) if program is None else _outcomes_in_program(program, outcome)


def _outcomes_in_program(program: ElementProgram, outcome: Outcome) -> Iterator[tuple[Node, Outcome]]:
    if isinstance(outcome, RemoteSucceeded):
        for inner, result in zip(program.steps, program.result_of_steps, strict=True):
            reference = None if result is None else cast("JoinedValue", outcome.reference).taking(result)
            yield inner.node, Succeeded(NOT_KEPT) if reference is None else RemoteSucceeded(reference)
    elif isinstance(outcome, Succeeded):
        for inner, result in zip(program.steps, program.result_of_steps, strict=True):
            yield inner.node, Succeeded(NOT_KEPT if result is None else outcome.value[result])
    else:
        failed = outcome.name if isinstance(outcome, FailedInProgram) else program.steps[0].node.name
        yield from ((inner.node, outcome) for inner in program.steps if inner.node.name == failed)


def result_of(results: Any, step: Step) -> Any:
    """Return the result that a step extracts from a program's results, or a reference to it if workers keep the result."""
    if isinstance(results, RemoteValue):
        return cast("JoinedValue", results).taking(cast("TakeResult", step.call).position)
    return step.call(results)


def single_values(step: Step, value: Any) -> Iterable[Any]:
    """Yield the value of each call to a step's function."""
    if not isinstance(step.call, MappedCall):
        yield value
        return
    values: Iterable[Any] = [value]
    for _ in step.call.operation.over:
        values = chain.from_iterable(values)
    yield from values


def _program(function: object) -> ElementProgram | None:
    return function.call if isinstance(function, MappedCall) and isinstance(function.call, ElementProgram) else None
