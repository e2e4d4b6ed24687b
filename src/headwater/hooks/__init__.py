"""Hooks (observers and middleware) and policies of runs. See `Builder.with_hooks` and `Builder.with_policy`."""

from headwater.execution.middleware import (
    Call,
    InputCheck,
    InputMiddleware,
    Middleware,
    Proceed,
    ResultMiddleware,
    SubstitutingMiddleware,
)
from headwater.execution.observer import Observer, RunInfo
from headwater.execution.outcome import Failed, Outcome, Reused, Skipped, Succeeded, Waiting
from headwater.execution.policy import Hook, Policy
from headwater.hooks.debugger import Breakpoints
from headwater.hooks.failures import ContinueOnError, Failures
from headwater.hooks.mutation import WatchArguments
from headwater.hooks.printing import PrintNodes
from headwater.hooks.profile import NodeProfile, Profile, RunProfile
from headwater.hooks.progress import Progress
from headwater.hooks.retry import Retry
from headwater.hooks.sentinels import GracefulErrors
from headwater.hooks.snapshots import ErrorSnapshots, Snapshot
from headwater.hooks.strict_types import StrictTypes
from headwater.types.type_checks import TypeChecks

__all__ = [
    "Breakpoints",
    "Call",
    "ContinueOnError",
    "ErrorSnapshots",
    "Failed",
    "Failures",
    "GracefulErrors",
    "Hook",
    "InputCheck",
    "InputMiddleware",
    "Middleware",
    "NodeProfile",
    "Observer",
    "Outcome",
    "Policy",
    "PrintNodes",
    "Proceed",
    "Profile",
    "Progress",
    "ResultMiddleware",
    "Retry",
    "Reused",
    "RunInfo",
    "RunProfile",
    "Skipped",
    "Snapshot",
    "StrictTypes",
    "SubstitutingMiddleware",
    "Succeeded",
    "TypeChecks",
    "Waiting",
    "WatchArguments",
]
