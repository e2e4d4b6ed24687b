"""Interpretation of a plan step by step, in the calling thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from headwater.execution.failure import add_node_note
from headwater.graph.node import Node
from headwater.planning.element_program import items_getter
from headwater.planning.plan import Plan

RunFunction = Callable[[Mapping[str, Any]], dict[str, Any]]
"""A function that runs a plan with provided values, and returns the outputs. Both dictionaries are keyed by name."""


Program = Sequence[tuple[Node, Callable[..., Any], Callable[[list[Any]], tuple[Any, ...]], int, tuple[int, ...]]]
"""For each step: its node, its callable, a getter for the arguments, the slot of the result, and the slots to clear."""


def program_of(plan: Plan) -> Program:
    """Return the steps of a plan in a form that a loop can run quickly."""
    return [(step.node, step.call, items_getter(step.arguments), step.result, step.last_read) for step in plan.steps]


def interpret_plan(plan: Plan, program: Program) -> RunFunction:
    """Return a function that runs the plan in a loop, with a single `try` around the loop."""

    def run(provided: Mapping[str, Any]) -> dict[str, Any]:
        values = list(plan.template)
        for name, slot in plan.provided.items():
            values[slot] = provided[name]
        result = 0
        try:
            for _, call, arguments, result, last_read in program:
                values[result] = call(*arguments(values))
                if last_read:
                    for slot in last_read:
                        values[slot] = None
        except Exception as error:
            failed = next(step for step in plan.steps if step.result == result)
            add_node_note(error, failed.node, [values[slot] for slot in failed.arguments])
            raise
        return {name: values[slot] for name, slot in plan.outputs.items()}

    return run
