"""`Policy`: observers, middleware and other settings of a run. Without a policy, a plan runs as bare calls.

The order around each step:

1. The store looks for a value that is still valid.
2. Middleware wraps the call. The first one is outermost.
3. The store records the value.

Observers and the store run in the thread that started the run. Middleware runs in the worker that calls the function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, cast

from headwater.execution.outcome import Failed, Succeeded
from headwater.graph.node import Dependency
from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from headwater.caching.traces import Traces
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node


class Call(NamedTuple):
    """One call of a node's function."""

    node: Node
    function: Callable[..., Any]
    """Compute the node's value from positional arguments."""
    arguments: tuple[Any, ...]

    @property
    def named(self) -> Mapping[str, Any]:
        """The arguments by parameter name."""
        return {argument.parameter: value for argument, value in zip(self.node.arguments, self.arguments, strict=True)}

    @property
    def upstream(self) -> Mapping[str, Any]:
        """The values of the nodes and inputs that the call reads, by name."""
        pairs = zip(self.node.arguments, self.arguments, strict=True)
        return {argument.source: value for argument, value in pairs if isinstance(argument, Dependency)}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _call, (self.node, portable(self.function), self.arguments)

    def run(self) -> Any:
        """Call the function and return its value."""
        return self.function(*self.arguments)


def _call(node: Node, function: Any, arguments: tuple[Any, ...]) -> Call:
    return Call(node, original(function), arguments)


Proceed = Callable[[Call], Any]
"""Run a call through the remaining middleware."""


class Middleware(Protocol):
    """A wrapper around calls. It can change the arguments or the value, retry, or not call the function at all."""

    def around(self, call: Call, proceed: Proceed) -> Any:
        """Return the node's value, usually `proceed(call)`."""
        ...


class Observer:
    """A receiver of the events of a run. Override the methods for the events that you need."""

    def queued(self, nodes: Sequence[Node]) -> None:
        """Handle the start of a run: the functions of these nodes will be called, unless a dependency fails or is unchanged."""

    def started(self, node: Node) -> None:
        """Handle a call of a node's function that is about to start."""

    def ended(self, node: Node, outcome: Outcome) -> None:
        """Handle the outcome of a node."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Observers, middleware and other settings of a run.

    Args:
        on_failure: `"raise"` ends the run when a function raises. `"continue"` skips only the nodes that depend on it.
        catches: the exceptions that count as a failure of a function. `KeyboardInterrupt` always ends the run.
        observers: receive the events of the run, in this order.
        middleware: wraps the calls. The first one is outermost.
        executor: runs independent functions in parallel. By default, functions are called one by one in the calling thread.
        traces: returns the `Traces` of a run, which look up values that are still valid and record new ones.
    """

    on_failure: Literal["raise", "continue"] = "raise"
    catches: tuple[type[BaseException], ...] = (Exception,)
    observers: tuple[Observer, ...] = ()
    middleware: tuple[Middleware, ...] = ()
    executor: Executor | None = None
    traces: Callable[[], Traces] | None = None

    @property
    def is_empty(self) -> bool:
        """True if a run under this policy is the same as a run without a policy."""
        has_hooks = self.observers or self.middleware or self.executor is not None or self.traces is not None
        return self.on_failure == "raise" and not has_hooks

    def __post_init__(self) -> None:
        """Check the arguments now. Otherwise, an invalid argument would be reported only during a run."""
        if self.on_failure not in ("raise", "continue"):
            raise ValueError(f'`on_failure` must be "raise" or "continue", not {self.on_failure!r}.')
        _check_items("observers", self.observers, lambda item: isinstance(item, Observer), "instances of `Observer`")
        _check_items("middleware", self.middleware, _has_around, "objects with a method `around`")
        if self.executor is not None and (isinstance(self.executor, type) or not hasattr(self.executor, "submit")):
            raise TypeError(f"`executor` must be an executor from `concurrent.futures`, not {self.executor!r}.")


def _check_items(name: str, items: object, fits: Callable[[object], bool], described: str) -> None:
    if not isinstance(items, tuple):
        raise TypeError(f"`{name}` must be a tuple, not {items!r}: write `{name}=(...,)`.")
    for item in cast("tuple[object, ...]", items):
        if not fits(item):
            hint = " Call the class." if isinstance(item, type) else ""
            raise TypeError(f"`{name}` must contain {described}, not {item!r}.{hint}")


def _has_around(item: object) -> bool:
    return not isinstance(item, type) and callable(getattr(item, "around", None))


class Attempt:
    """A function that runs calls through a policy's middleware and returns their outcomes. It may run in a worker."""

    def __init__(self, policy: Policy) -> None:
        self._catches = policy.catches
        self._proceed: Proceed = Call.run
        for middleware in reversed(policy.middleware):
            self._proceed = _MiddlewareCall(middleware, self._proceed)

    def __call__(self, call: Call) -> Succeeded | Failed:
        """Run a call. Raises only `KeyboardInterrupt` and exceptions that do not count as failures."""
        try:
            return Succeeded(self._proceed(call))
        except KeyboardInterrupt:
            raise
        except self._catches as error:
            return Failed(error)


@dataclass(frozen=True, slots=True)
class _MiddlewareCall:
    """Middleware around the rest of a call. A class, because closures cannot be sent to another process."""

    middleware: Middleware
    proceed: Proceed

    def __call__(self, call: Call) -> Any:
        return self.middleware.around(call, self.proceed)
