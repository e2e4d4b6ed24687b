"""`Policy`: observers, middleware and other settings of a run. Without a policy, a run calls the functions directly.

The order of events for each step:

1. The store looks for a value that is still valid.
2. Middleware wraps the call. The first middleware is outermost.
3. The store records the value.

Observers and the store run in the thread that started the run. Middleware runs in the worker that calls the function.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

from headwater.errors import short_repr
from headwater.execution.middleware import AnyMiddleware, wrap, wrap_accepts
from headwater.execution.observer import Observer
from headwater.execution.placement import Placement, check_executor, executor_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from headwater.caching.traces import RunTraces
    from headwater.graph.node import Node
    from headwater.results import ResultBuilder
    from headwater.types.type_checks import TypeChecks

R = TypeVar("R")

Hook = Observer | AnyMiddleware
"""An observer, middleware, or an object that is both."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Observers, middleware and other settings of a run.

    Args:
        on_failure: `"raise"` ends the run when a function raises an exception. `"continue"` skips only the nodes that depend
            on the failed node.
        catches: the exceptions that are treated as a failure of a function. `KeyboardInterrupt` always ends the run.
        observers: receive the events of the run, in this order.
        middleware: wraps the calls. The first middleware is outermost.
        executor: runs independent functions in parallel. By default, functions are called one by one in the calling thread.
        placements: executors for some of the functions. The last placement that fits a function takes precedence.
        traces: returns the `Traces` of a run, which look up values that are still valid and record new ones.
    """

    on_failure: Literal["raise", "continue"] = "raise"
    catches: tuple[type[BaseException], ...] = (Exception,)
    observers: tuple[Observer, ...] = ()
    middleware: tuple[AnyMiddleware, ...] = ()
    executor: Executor | None = None
    placements: tuple[Placement, ...] = ()
    traces: Callable[[], RunTraces] | None = None

    @property
    def is_empty(self) -> bool:
        """True if a run under this policy is the same as a run without a policy."""
        has_hooks = self.observers or self.middleware or self.has_executor or self.traces is not None
        return self.on_failure == "raise" and not has_hooks

    @property
    def has_executor(self) -> bool:
        """True if an executor calls some of the functions."""
        return self.executor is not None or bool(self.placements)

    @property
    def all_placements(self) -> tuple[Placement, ...]:
        """The placements, with the default executor first."""
        return (Placement(self.executor), *self.placements)

    def __post_init__(self) -> None:
        """Check the arguments now. Otherwise, an invalid argument would be reported only during a run."""
        if self.on_failure not in ("raise", "continue"):
            raise ValueError(f'`on_failure` must be "raise" or "continue", not {self.on_failure!r}.')
        _check_items("observers", self.observers, lambda item: isinstance(item, Observer), "instances of `Observer`")
        _check_items("middleware", self.middleware, is_middleware, f"objects with a method {_METHODS}")
        check_executor(self.executor)
        _check_items("placements", self.placements, lambda item: isinstance(item, Placement), "instances of `Placement`")

    def with_hooks(self, *hooks: Hook) -> Policy:
        """Return a policy with these hooks added, in order. New middleware runs inside the existing middleware.

        A hook that the policy already has is not added again.

        Raises:
            TypeError: an argument is neither an observer nor middleware.
        """
        check_hooks(hooks)
        existing = {id(hook) for hook in (*self.observers, *self.middleware)}
        added = {id(hook): hook for hook in hooks if id(hook) not in existing}.values()
        observers = tuple(hook for hook in added if isinstance(hook, Observer))
        return dataclasses.replace(
            self,
            on_failure="continue" if any(observer.continues_after_failure for observer in observers) else self.on_failure,
            observers=(*self.observers, *observers),
            middleware=(*self.middleware, *(cast("AnyMiddleware", hook) for hook in added if is_middleware(hook))),
        )

    def executor_of(self, node: Node) -> str | None:
        """Return the class name of the executor that calls a node's function, or None for the thread that starts the run."""
        executor = executor_for(node, self.all_placements)
        return None if executor is None else type(executor).__name__

    def with_placement(self, placement: Placement) -> Policy:
        """Return a policy with one more placement, which takes precedence over the existing placements."""
        return dataclasses.replace(self, placements=(*self.placements, placement))

    @property
    def raising(self) -> Policy:
        """The same policy, but a failure ends the run."""
        return self if self.on_failure == "raise" else dataclasses.replace(self, on_failure="raise")

    def type_checks(self, checks: TypeChecks) -> TypeChecks:
        """Wrap the middleware around the type checks of provided values, and return the resulting checks."""
        if not any(hasattr(layer, "around_input") for layer in self.middleware):
            return checks
        return checks._replace(accepts=wrap_accepts(checks.accepts, self.middleware))

    def build_result(self, builder: ResultBuilder[R], outputs: Mapping[str, Any]) -> R:
        """Create the result of a run with the result builder, wrapped in middleware."""
        result: R = wrap(builder.build, self.middleware, "around_result")(outputs)
        return result


_METHODS: Final = "`around`, `around_call`, `around_input` or `around_result`"


def check_hooks(hooks: tuple[object, ...]) -> None:
    """Check the arguments of `with_hooks`.

    Raises:
        TypeError: an argument is neither an observer nor middleware.
    """
    for hook in hooks:
        if isinstance(hook, Observer) or is_middleware(hook):
            continue
        if isinstance(hook, list | tuple):
            raise TypeError("`with_hooks` takes hooks as separate arguments: write `with_hooks(*hooks)`.")
        hint = " Pass an instance." if isinstance(hook, type) else ""
        raise TypeError(
            f"{short_repr(hook)} is not a hook. A hook is an instance of `Observer`, or has a method {_METHODS}.{hint}"
        )


def is_middleware(item: object) -> bool:
    """Return True for an object that wraps calls, input checks, or the result."""
    methods = (getattr(item, method, None) for method in ("around", "around_call", "around_input", "around_result"))
    return not isinstance(item, type) and any(callable(method) for method in methods)


def _check_items(name: str, items: object, fits: Callable[[object], bool], described: str) -> None:
    if not isinstance(items, tuple):
        raise TypeError(f"`{name}` must be a tuple, not {items!r}: write `{name}=(...,)`.")
    for item in cast("tuple[object, ...]", items):
        if not fits(item):
            hint = " Pass an instance." if isinstance(item, type) else ""
            raise TypeError(f"`{name}` must contain {described}, not {item!r}.{hint}")
