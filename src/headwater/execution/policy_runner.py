"""`PolicyRunner`: runs a plan under a policy."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from headwater.execution.events import Events, run_info
from headwater.execution.interpreter import program_of
from headwater.execution.middleware import Attempt
from headwater.execution.observed import run_in_order
from headwater.execution.outcome import Failed, Succeeded
from headwater.execution.placement import executor_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.execution.interpreter import Program
    from headwater.execution.middleware import AnyMiddleware
    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Unavailable
    from headwater.execution.policy import Policy
    from headwater.planning.plan import Plan

_NOTHING: Final[Mapping[str, Unavailable]] = MappingProxyType({})


class PolicyRunner:
    """Runs one plan under a policy, once or repeatedly.

    Args:
        plan: the plan to run.
        policy: the policy of the runs.
        program: the plan's program. By default, it is created when it is first needed.
    """

    __slots__ = ("_program", "plan", "policy")

    def __init__(self, plan: Plan, policy: Policy, program: Program | None = None) -> None:
        self.plan = plan
        self.policy = policy
        self._program = program

    def run(self, provided: Mapping[str, Any], unavailable: Mapping[str, Unavailable] = _NOTHING) -> dict[str, Any]:
        """Run the plan and return the outputs that have a value, keyed by name.

        Args:
            provided: values for the plan's provided names, except those in `unavailable`.
            unavailable: outcomes that are known before the run, keyed by the names of inputs, overridden nodes and steps.

        Raises:
            Exception: a function raised an exception, and the policy ends the run on a failure. A note names the node.
        """
        events = Events(self.policy.observers)
        middleware = self.policy.middleware
        if not events.handle_runs:
            outputs = self._run(provided, unavailable, events, middleware)
            events.raise_reported()
            return outputs
        run = run_info(self.plan, provided)
        return self._run_between_events(run, provided, unavailable, events, replace_for_run(events, run, middleware))

    def _run_between_events(
        self,
        run: RunInfo,
        provided: Mapping[str, Any],
        unavailable: Mapping[str, Unavailable],
        events: Events,
        middleware: tuple[AnyMiddleware, ...],
    ) -> dict[str, Any]:
        try:
            events.run_started(run)
            outputs = self._run(provided, unavailable, events, middleware)
        except BaseException as error:
            events.run_ended(run, Failed(error))
            raise
        events.run_ended(run, Succeeded(MappingProxyType(dict(outputs))))
        events.raise_reported()
        return outputs

    def _run(
        self,
        provided: Mapping[str, Any],
        unavailable: Mapping[str, Unavailable],
        events: Events,
        middleware: tuple[AnyMiddleware, ...],
    ) -> dict[str, Any]:
        policy = self.policy
        attempt = Attempt(middleware, policy.catches)
        if not unavailable and self._is_sequence:
            if self._program is None:
                self._program = program_of(self.plan)
            return run_in_order(self.plan, self._program, attempt, events, provided)
        from headwater.execution.mapping import make_call  # imported lazily: a sequential run needs neither module
        from headwater.execution.run import Run

        run = Run(self._executed_plan(unavailable), policy, events, provided, unavailable)
        try:
            run.announce()
            if policy.has_executor:
                from headwater.execution.concurrent import run_on  # imported lazily: only an executor needs it

                run_on(policy.all_placements, run, attempt, events)
            else:
                for step in run.ready_steps():
                    run.settle(step, make_call(run.begin(step), attempt, events))
        finally:
            run.end()
        return run.outputs

    def _executed_plan(self, unavailable: Mapping[str, Unavailable]) -> Plan:
        """Return the plan, with steps joined if possible.

        A cache needs separate steps. So does a run that continues after failures.
        """
        policy = self.policy
        if not self.plan.is_mapped or unavailable or policy.traces is not None or policy.on_failure == "continue":
            return self.plan
        from headwater.planning.fusion import fused

        return fused(self.plan, lambda node: id(executor_for(node, policy.all_placements)))

    @property
    def _is_sequence(self) -> bool:
        """True if every step runs, in the plan's order and in this thread."""
        policy = self.policy
        has_other_order = policy.has_executor or policy.traces is not None or policy.on_failure == "continue"
        return not has_other_order and not self.plan.missing and not self.plan.is_mapped


def replace_for_run(events: Events, run: RunInfo, middleware: tuple[AnyMiddleware, ...]) -> tuple[AnyMiddleware, ...]:
    """Let observers replace themselves for a run, and return the middleware of the run."""
    replaced = events.for_run(run)
    if not replaced:
        return middleware
    layers = [replaced.get(id(layer), layer) for layer in middleware]
    return tuple(cast("AnyMiddleware", layer) for layer in layers if layer is not None)
