"""Policies: observers, middleware and executors for runs. See `Builder.with_policy`."""

from headwater.execution.outcome import Failed, Outcome, Reused, Skipped, Succeeded, Waiting
from headwater.execution.policy import Call, Middleware, Observer, Policy, Proceed
from headwater.hooks.mutation import WatchArguments
from headwater.types.type_checks import TypeChecks

__all__ = [
    "Call",
    "Failed",
    "Middleware",
    "Observer",
    "Outcome",
    "Policy",
    "Proceed",
    "Reused",
    "Skipped",
    "Succeeded",
    "TypeChecks",
    "Waiting",
    "WatchArguments",
]
