"""Hooks (observers and middleware) and policies for runs. See `Builder.with_hooks` and `Builder.with_policy`."""

import typing

from headwater.execution.middleware import (
    AsyncMiddleware,
    AsyncProceed,
    Call,
    CallMiddleware,
    CallSteps,
    InputCheck,
    InputMiddleware,
    Middleware,
    Pause,
    Proceed,
    ResultMiddleware,
    SubstitutingMiddleware,
)
from headwater.execution.observer import Observer, RunInfo, Task
from headwater.execution.outcome import NOT_KEPT, Failed, Outcome, Reused, Skipped, Succeeded, Waiting
from headwater.execution.policy import Hook, Policy
from headwater.hooks.mutation import WatchArguments
from headwater.types.type_checks import TypeChecks

if typing.TYPE_CHECKING:
    from headwater.hooks.debugger import Breakpoints
    from headwater.hooks.failures import ContinueOnError, Failures
    from headwater.hooks.printing import PrintNodes
    from headwater.hooks.profile import NodeProfile, Profile, RunProfile
    from headwater.hooks.progress import Progress
    from headwater.hooks.retry import Retry
    from headwater.hooks.sentinels import GracefulErrors
    from headwater.hooks.snapshots import ErrorSnapshots, Snapshot
    from headwater.hooks.strict_types import StrictTypes
    from headwater.hooks.timeout import Timeout
else:  # imported on first access: sessions need this package's modules, but no built-in hooks
    _MODULES = {
        "Breakpoints": "debugger",
        "ContinueOnError": "failures",
        "ErrorSnapshots": "snapshots",
        "Failures": "failures",
        "GracefulErrors": "sentinels",
        "NodeProfile": "profile",
        "PrintNodes": "printing",
        "Profile": "profile",
        "Progress": "progress",
        "Retry": "retry",
        "RunProfile": "profile",
        "Snapshot": "snapshots",
        "StrictTypes": "strict_types",
        "Timeout": "timeout",
    }

    def __getattr__(name: str) -> typing.Any:
        """Import a built-in hook on first access."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        hook = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = hook
        return hook

    def __dir__() -> list[str]:
        return sorted({*globals(), *_MODULES})


__all__ = [
    "NOT_KEPT",
    "AsyncMiddleware",
    "AsyncProceed",
    "Breakpoints",
    "Call",
    "CallMiddleware",
    "CallSteps",
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
    "Pause",
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
    "Task",
    "Timeout",
    "TypeChecks",
    "Waiting",
    "WatchArguments",
]
