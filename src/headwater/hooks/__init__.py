"""Hooks (observers and middleware) and policies of runs. See `Builder.with_hooks` and `Builder.with_policy`."""

from headwater.execution.middleware import Call, InputCheck, InputMiddleware, Middleware, Proceed, ResultMiddleware
from headwater.execution.observer import Observer, RunInfo
from headwater.execution.outcome import Failed, Outcome, Reused, Skipped, Succeeded, Waiting
from headwater.execution.policy import Hook, Policy
from headwater.hooks.mutation import WatchArguments
from headwater.types.type_checks import TypeChecks

__all__ = [
    "Call",
    "Failed",
    "Hook",
    "InputCheck",
    "InputMiddleware",
    "Middleware",
    "Observer",
    "Outcome",
    "Policy",
    "Proceed",
    "ResultMiddleware",
    "Reused",
    "RunInfo",
    "Skipped",
    "Succeeded",
    "TypeChecks",
    "Waiting",
    "WatchArguments",
]
