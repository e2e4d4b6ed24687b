"""`Run`: the values and outcomes of one run of a plan under a policy. A runner decides only where to make the calls."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from headwater.execution.failure import add_node_note
from headwater.execution.joined import joined_calls, joined_nodes, joined_outcomes, result_of, single_values
from headwater.execution.middleware import Call, substitute_checks
from headwater.execution.outcome import Failed, Reused, Succeeded, Undelivered
from headwater.execution.remote_values import RemoteCall, RemoteFailed, RemoteSucceeded, load_all, loaded
from headwater.execution.schedule import Schedule
from headwater.planning.fusion import TakeResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.caching.traces import RunTraces
    from headwater.execution.events import Events
    from headwater.execution.outcome import Outcome, Unavailable
    from headwater.execution.policy import Policy
    from headwater.graph.node import Node
    from headwater.planning.plan import Plan, Step

_WITH_VALUE: Final = (Succeeded, Reused)


class Run:
    """One run of a plan under a policy.

    Args:
        plan: the plan to run.
        policy: the policy of the run.
        events: delivers the events of the run.
        provided: values for the plan's provided names, except those in `unavailable`.
        unavailable: outcomes that are known before the run, keyed by the names of inputs, overridden nodes and steps.
    """

    def __init__(
        self,
        plan: Plan,
        policy: Policy,
        events: Events,
        provided: Mapping[str, Any],
        unavailable: Mapping[str, Unavailable],
    ) -> None:
        self.plan = plan
        self._policy = policy
        self._events = events
        self._unavailable = unavailable
        self._schedule = Schedule(plan, unavailable)
        self._traces = None if policy.traces is None else policy.traces()
        self._substitutes = substitute_checks(policy.middleware)
        self._has_remote_values = False
        self._values = list(plan.template)
        for name, slot in plan.provided.items():
            if name in unavailable:
                continue
            self._values[slot] = provided[name]
            if self._traces is not None:
                self._traces.provide(name, provided[name])
        if self._traces is not None:
            self._traces.start(plan, unavailable)

    @cached_property
    def id(self) -> str:
        """Identifies the run on a cluster."""
        return os.urandom(16).hex()

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs that have a value. Complete when every step is settled."""
        available = ((name, slot) for name, slot in self.plan.outputs.items() if slot not in self._schedule.unavailable)
        values = {name: self._values[slot] for name, slot in available}
        return dict(zip(values, load_all(values.values()), strict=True)) if self._has_remote_values else values

    @property
    def catches(self) -> tuple[type[BaseException], ...]:
        """The exceptions that are treated as failures of a function."""
        return self._policy.catches

    def initial(self, slot: int) -> Any:
        """Return the value that a slot has before the first step."""
        return self._values[slot]

    @property
    def can_start_ahead(self) -> bool:
        """True if there is no cache and no value is missing, so a step can be submitted before its dependencies are settled."""
        return self._traces is None and not self._unavailable and not self.plan.missing

    def announce(self) -> None:
        """Tell the observers which functions will be called, as far as this is known before the first call."""
        if not self._events.handles("queued"):
            return
        unavailable = set(self._schedule.unavailable)
        uncertain: set[int] = set()
        queued: list[Node] = []
        for step in self.plan.steps:
            if step.node.name in self._unavailable or not unavailable.isdisjoint(step.arguments):
                unavailable.add(step.result)
            elif isinstance(step.call, TakeResult):
                continue
            elif not uncertain.isdisjoint(step.arguments) or not self._has(step.node):
                uncertain.add(step.result)
                queued += joined_nodes(step)
        self._events.queued(queued)

    def ready_steps(self) -> Iterator[Step]:
        """Yield the steps whose functions can be called now. Settle steps that need no call."""
        while (ready := self._schedule.next()) is not None:
            if isinstance(ready.step.call, TakeResult):
                self._take_result(ready.step)
                continue
            outcome = ready.outcome or self._reused(ready.step.node)
            if outcome is None:
                yield ready.step
            else:
                self.settle(ready.step, outcome)

    def _take_result(self, step: Step) -> None:
        (results,) = self._arguments(step)
        self._values[step.result] = result_of(results, step)
        self._free(step, Succeeded(None))

    def begin(self, step: Step) -> Call:
        """Return a step's call, and notify the observers that it is starting."""
        arguments = tuple(self._arguments(step))
        call = (RemoteCall if self._has_remote_values else Call)(step.node, step.call, arguments)
        if self._events.on_started:
            for each in joined_calls(call):
                self._events.started(each)
        return call

    def settle(self, step: Step, outcome: Outcome) -> None:
        """Record the outcome of a step.

        Raises:
            BaseException: an exception from a function, if the policy ends the run on a failure.
        """
        if isinstance(outcome, _WITH_VALUE):
            if isinstance(outcome, RemoteSucceeded):
                self._values[step.result] = outcome.reference
                self._has_remote_values = True
            else:
                self._values[step.result] = outcome.value
            if self._traces is not None and isinstance(outcome, Succeeded):
                self._record(self._traces, step, outcome.value)
        if self._events.on_ended:
            for node, each in joined_outcomes(step, outcome):
                self._events.ended(node, each)
        if isinstance(outcome, Failed) and outcome.error is not None and self._policy.on_failure == "raise":
            if not isinstance(outcome, Undelivered):
                shown = outcome.shown if isinstance(outcome, RemoteFailed) else self._arguments(step)
                add_node_note(outcome.error, step.node, shown)
            raise outcome.error
        self._free(step, outcome)

    def _free(self, step: Step, outcome: Outcome) -> None:
        for slot in self._schedule.settle(step, outcome):
            self._values[slot] = None

    def _record(self, traces: RunTraces, step: Step, value: Any) -> None:
        if self._substitutes and any(map(self._is_substitute, single_values(step, value))):
            traces.discard(step.node)
        else:
            traces.record(step.node, [loaded(argument) for argument in self._arguments(step)], value)

    def _is_substitute(self, value: Any) -> bool:
        return any(is_substitute(value) for is_substitute in self._substitutes)

    def _arguments(self, step: Step) -> list[Any]:
        return [self._values[slot] for slot in step.arguments]

    def end(self) -> None:
        """End the run, whether it succeeded or not."""
        if self._traces is not None:
            self._traces.end()

    def _has(self, node: Node) -> bool:
        return self._traces is not None and self._traces.has(node)

    def _reused(self, node: Node) -> Reused | None:
        stored = None if self._traces is None else self._traces.lookup(node)
        return None if stored is None else Reused(stored.value)
