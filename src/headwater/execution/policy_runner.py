"""`PolicyRunner`: runs a plan under a policy."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from headwater.execution.policy import Attempt
from headwater.execution.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.execution.outcome import Unavailable
    from headwater.execution.policy import Policy
    from headwater.planning.plan import Plan

_NOTHING: Final[Mapping[str, Unavailable]] = MappingProxyType({})


class PolicyRunner:
    """Runs one plan under a policy, any number of times."""

    __slots__ = ("plan", "policy")

    def __init__(self, plan: Plan, policy: Policy) -> None:
        self.plan = plan
        self.policy = policy

    def run(self, provided: Mapping[str, Any], unavailable: Mapping[str, Unavailable] = _NOTHING) -> dict[str, Any]:
        """Run the plan and return the outputs that have a value, by name.

        Args:
            provided: values for the plan's provided names, except those in `unavailable`.
            unavailable: outcomes that are known before the run, by the names of inputs, overridden nodes and steps.

        Raises:
            Exception: the exception of a function, with a note that names the node, if the policy ends the run on a failure.
        """
        run = Run(self.plan, self.policy, provided, unavailable)
        attempt = Attempt(self.policy)
        run.announce()
        if self.policy.executor is None:
            for step, call in run.calls():
                run.settle(step, attempt(call))
        else:
            from headwater.execution.concurrent import run_on  # imported lazily: only an executor needs it

            run_on(self.policy.executor, run, attempt)
        return run.outputs
