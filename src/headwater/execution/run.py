"""`Run`: one run of a plan under a policy, whoever makes the calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.failure import note
from headwater.execution.outcome import Failed, Reused, Succeeded
from headwater.execution.policy import Call
from headwater.execution.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.execution.outcome import Lost, Outcome
    from headwater.execution.policy import Policy
    from headwater.node import Node
    from headwater.plan import Plan, Step


class Run:
    """One run of a plan under a policy.

    Args:
        plan: what is to be run.
        policy: what goes on around the calls.
        given: the values of the plan's given names; those of names in `lost` are not looked at.
        lost: what has no value from the start, by the names of inputs, of overridden nodes and of steps.
    """

    def __init__(self, plan: Plan, policy: Policy, given: Mapping[str, Any], lost: Mapping[str, Lost]) -> None:
        self._plan = plan
        self._policy = policy
        self._lost = lost
        self._schedule = Schedule(plan, self._lost)
        self._traces = None if policy.traces is None else policy.traces()
        self._values = list(plan.template)
        for name, slot in plan.given.items():
            if name not in self._lost:
                self._values[slot] = given[name]
                if self._traces is not None:
                    self._traces.given(name, given[name])

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs that have a value, once everything is settled."""
        return {name: self._values[slot] for name, slot in self._plan.outputs.items() if slot not in self._schedule.lost}

    def calls(self) -> Iterator[tuple[Step, Call]]:
        """The calls that can be made now. What is left out, and what a store has, is settled on the way."""
        while (ready := self._schedule.next()) is not None:
            step, decided = ready
            outcome = decided or self._reused(step.node)
            if outcome is not None:
                self.settle(step, outcome)
                continue
            for observer in self._policy.observers:
                observer.started(step.node)
            yield step, Call(step.node, step.call, tuple([self._values[slot] for slot in step.arguments]))

    def settle(self, step: Step, outcome: Outcome) -> None:
        """Take the outcome of a step.

        Raises:
            BaseException: what a function raised, if the policy does not continue.
        """
        if isinstance(outcome, Succeeded):
            self._values[step.result] = outcome.value
            if self._traces is not None:
                self._traces.keep(step.node, outcome.value)
        elif isinstance(outcome, Reused):
            self._values[step.result] = outcome.value
        for observer in self._policy.observers:
            observer.ended(step.node, outcome)
        if isinstance(outcome, Failed) and outcome.error is not None and self._policy.on_failure == "raise":
            note(outcome.error, step.node, [self._values[slot] for slot in step.arguments])
            raise outcome.error
        for slot in self._schedule.settle(step, outcome):
            self._values[slot] = None

    def _reused(self, node: Node) -> Reused | None:
        found = None if self._traces is None else self._traces.find(node)
        return None if found is None else Reused(found.value)

    def announce(self) -> None:
        """Say before the first call which functions are going to be called, as far as that is known."""
        if not self._policy.observers:
            return
        lost = set(self._schedule.lost)
        uncertain: set[int] = set()
        queued: list[Node] = []
        for step in self._plan.steps:
            if step.node.name in self._lost or not lost.isdisjoint(step.arguments):
                lost.add(step.result)
            elif not uncertain.isdisjoint(step.arguments) or self._reused(step.node) is None:
                uncertain.add(step.result)
                queued.append(step.node)
        for observer in self._policy.observers:
            observer.queued(queued)
