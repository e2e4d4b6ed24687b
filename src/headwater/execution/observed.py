"""Runs a plan under a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.execution.policy import Attempt
from headwater.execution.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.execution.outcome import Lost
    from headwater.execution.policy import Policy
    from headwater.plan import Plan


class Observed:
    """Runs one plan under a policy, time and again."""

    __slots__ = ("plan", "policy")

    def __init__(self, plan: Plan, policy: Policy) -> None:
        self.plan = plan
        self.policy = policy

    def run(self, given: Mapping[str, Any], lost: Mapping[str, Lost] | None = None) -> dict[str, Any]:
        """The plan's outputs that have a value, by name.

        Args:
            given: the values of the plan's given names; those of names in `lost` are not looked at.
            lost: what has no value from the start, by the names of inputs, of overridden nodes and of steps.

        Raises:
            Exception: what a function raised, with a note that names the node, if the policy does not continue.
        """
        run = Run(self.plan, self.policy, given, lost or {})
        run.announce()
        attempt = Attempt(self.policy)
        if self.policy.executor is not None:
            from headwater.execution.concurrent import run_on  # who runs in one thread does not wait for it

            run_on(self.policy.executor, run, attempt)
        else:
            for step, call in run.calls():
                run.settle(step, attempt(call))
        return run.outputs
