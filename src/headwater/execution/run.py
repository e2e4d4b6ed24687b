"""`Run`: the values and outcomes of one run of a plan under a policy. A runner decides only where to make the calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.failure import add_node_note
from headwater.execution.middleware import Call, substitute_checks
from headwater.execution.outcome import Failed, Reused, Succeeded
from headwater.execution.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.caching.traces import RunTraces
    from headwater.execution.events import Events
    from headwater.execution.outcome import Outcome, Unavailable
    from headwater.execution.policy import Policy
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan, Step


class Run:
    """One run of a plan under a policy.

    Args:
        plan: the plan to run.
        policy: the policy of the run.
        events: delivers the events of the run.
        provided: values for the plan's provided names, except those in `unavailable`.
        unavailable: outcomes that are known before the run, by the names of inputs, overridden nodes and steps.
    """

    def __init__(
        self,
        plan: Plan,
        policy: Policy,
        events: Events,
        provided: Mapping[str, Any],
        unavailable: Mapping[str, Unavailable],
    ) -> None:
        self._plan = plan
        self._policy = policy
        self._events = events
        self._unavailable = unavailable
        self._schedule = Schedule(plan, unavailable)
        self._traces = None if policy.traces is None else policy.traces()
        self._substitutes = substitute_checks(policy.middleware)
        self._values = list(plan.template)
        for name, slot in plan.provided.items():
            if name in unavailable:
                continue
            self._values[slot] = provided[name]
            if self._traces is not None:
                self._traces.provide(name, provided[name])
        if self._traces is not None:
            self._traces.start(plan, unavailable)

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs that have a value. Complete once every step is settled."""
        available = ((name, slot) for name, slot in self._plan.outputs.items() if slot not in self._schedule.unavailable)
        return {name: self._values[slot] for name, slot in available}

    @property
    def catches(self) -> tuple[type[BaseException], ...]:
        """The exceptions that are treated as a failure of a function."""
        return self._policy.catches

    def announce(self) -> None:
        """Tell the observers which functions will be called, as far as this is known before the first call."""
        if not self._events.handles("queued"):
            return
        unavailable = set(self._schedule.unavailable)
        uncertain: set[int] = set()
        queued: list[Node] = []
        for step in self._plan.steps:
            if step.node.name in self._unavailable or not unavailable.isdisjoint(step.arguments):
                unavailable.add(step.result)
            elif not uncertain.isdisjoint(step.arguments) or not self._has(step.node):
                uncertain.add(step.result)
                queued.append(step.node)
        self._events.queued(queued)

    def ready_steps(self) -> Iterator[Step]:
        """Yield the steps whose functions can be called now. Settle steps that need no call."""
        while (ready := self._schedule.next()) is not None:
            outcome = ready.outcome or self._reused(ready.step.node)
            if outcome is None:
                yield ready.step
            else:
                self.settle(ready.step, outcome)

    def begin(self, step: Step) -> Call:
        """Return a step's call, and tell the observers that it starts."""
        call = Call(step.node, step.call, tuple([self._values[slot] for slot in step.arguments]))
        self._events.started(call)
        return call

    def settle(self, step: Step, outcome: Outcome) -> None:
        """Record the outcome of a step.

        Raises:
            BaseException: an exception from a function, if the policy ends the run on a failure.
        """
        if isinstance(outcome, Succeeded | Reused):
            self._values[step.result] = outcome.value
            if self._traces is not None and isinstance(outcome, Succeeded):
                self._record(self._traces, step, outcome.value)
        self._events.ended(step.node, outcome)
        if isinstance(outcome, Failed) and outcome.error is not None and self._policy.on_failure == "raise":
            add_node_note(outcome.error, step.node, [self._values[slot] for slot in step.arguments])
            raise outcome.error
        for slot in self._schedule.settle(step, outcome):
            self._values[slot] = None

    def _record(self, traces: RunTraces, step: Step, value: Any) -> None:
        if any(is_substitute(value) for is_substitute in self._substitutes):
            traces.discard(step.node)
        else:
            traces.record(step.node, [self._values[slot] for slot in step.arguments], value)

    def end(self) -> None:
        """End the run, whether it succeeded or not."""
        if self._traces is not None:
            self._traces.end()

    def _has(self, node: Node) -> bool:
        return self._traces is not None and self._traces.has(node)

    def _reused(self, node: Node) -> Reused | None:
        stored = None if self._traces is None else self._traces.lookup(node)
        return None if stored is None else Reused(stored.value)
