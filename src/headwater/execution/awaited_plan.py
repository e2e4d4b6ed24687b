"""`AwaitedPlan`: a plan whose calls may return awaitable values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from headwater.errors import AsyncNode, AwaitedNode
from headwater.graph.awaiting import awaitable, awaiting
from headwater.graph.operation import Expand, Fill, Gather, Load, Map, Operation, Save

if TYPE_CHECKING:
    from headwater.planning.plan import Plan, Step


class AwaitedPlan(NamedTuple):
    """A plan for an `AsyncDriver`."""

    plan: Plan
    """The plan. Some calls return awaitables."""
    slots: frozenset[int]
    """The slots of the results that must be awaited if they are awaitable."""


def awaited_plan(plan: Plan) -> AwaitedPlan:
    """Return a plan for an `AsyncDriver`."""
    slots = frozenset(step.result for step in plan.steps if _is_awaited(step))
    if not slots:
        return AwaitedPlan(plan, slots)
    steps = tuple(
        step._replace(call=awaitable(step.node.explicit_operation)) if step.result in slots else step for step in plan.steps
    )
    return AwaitedPlan(plan._replace(steps=steps), slots)


def require_synchronous(plan: Plan) -> None:
    """Check a plan for a synchronous driver.

    Raises:
        AsyncNode: a step has to be awaited.
    """
    operations = ((step.node, step.node.operation) for step in plan.steps)
    awaited = [
        AwaitedNode(node.name, node.location, _adapter(operation))
        for node, operation in operations
        if operation is not None and awaiting(operation) == "required"
    ]
    if awaited:
        raise AsyncNode(awaited)


def _is_awaited(step: Step) -> bool:
    operation = step.node.operation
    return operation is not None and awaiting(operation) != "never"


def _adapter(operation: Operation) -> str | None:
    """Return the name of the loader or saver that an operation uses."""
    match operation:
        case Gather(inner) | Fill(inner) | Expand(inner) | Map(inner):
            return _adapter(inner)
        case Load(adapter) | Save(adapter) if adapter is not None:
            return adapter.__name__
        case _:
            return None
