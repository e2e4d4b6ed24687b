"""`Policy`: what goes on around the calls of a run. Without one, a plan runs as bare calls, and nothing here is imported.

Around each step, in this order: the store is asked for a value; middleware, of which the first that is given is outermost, wraps
the call; the store takes the value. Observers and the store run where the run was started. Middleware runs where the function
does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from headwater.execution.outcome import Failed, Succeeded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from headwater.caching.traces import Traces
    from headwater.execution.outcome import Outcome
    from headwater.node import Node


class Call(NamedTuple):
    """One call of a node's function."""

    node: Node
    function: Callable[..., Any]
    """Makes the node's value from the arguments by position."""
    arguments: tuple[Any, ...]

    @property
    def named(self) -> Mapping[str, Any]:
        """The arguments by the names of the function's parameters."""
        return {one.parameter: value for one, value in zip(self.node.arguments, self.arguments, strict=True)}

    def make(self) -> Any:
        """Call the function."""
        return self.function(*self.arguments)


Proceed = Callable[[Call], Any]
"""Makes the call, or has the next middleware make it."""


class Middleware(Protocol):
    """Wraps calls: it may change the arguments and the value, call again, or not call at all."""

    def around(self, call: Call, proceed: Proceed) -> Any:
        """Return the node's value, usually that of `proceed(call)`."""
        ...


class Observer:
    """Is told what happens to the nodes of a run. Override what you want to know."""

    def queued(self, nodes: Sequence[Node]) -> None:
        """These functions are going to be called, unless something that they need fails or stays as it was."""

    def started(self, node: Node) -> None:
        """The function of this node is called."""

    def ended(self, node: Node, outcome: Outcome) -> None:
        """This is what became of the node."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What goes on around the calls of a run.

    Args:
        on_failure: whether the first function that raises ends the run, or only leaves out what needs its value.
        catches: what counts as a failure of a function. `KeyboardInterrupt` always ends the run.
        observers: are told what happens, in this order.
        middleware: wraps the calls; the first is outermost.
        executor: calls functions that do not need one another at the same time. Without, they are called one by one in the
            thread that started the run.
        traces: where values are looked up before a function is called, and kept after; made anew for each run.
    """

    on_failure: Literal["raise", "continue"] = "raise"
    catches: tuple[type[BaseException], ...] = (Exception,)
    observers: tuple[Observer, ...] = ()
    middleware: tuple[Middleware, ...] = ()
    executor: Executor | None = None
    traces: Callable[[], Traces] | None = None


class Attempt:
    """Makes calls through the middleware of a policy, here or in a worker, and returns what came of them."""

    def __init__(self, policy: Policy) -> None:
        self._catches = policy.catches
        self._proceed: Proceed = Call.make
        for middleware in reversed(policy.middleware):
            self._proceed = _wrapped(self._proceed, middleware)

    def __call__(self, call: Call) -> Succeeded | Failed:
        """Make a call. `KeyboardInterrupt` passes."""
        try:
            return Succeeded(self._proceed(call))
        except KeyboardInterrupt:
            raise
        except self._catches as error:
            return Failed(error)


def _wrapped(proceed: Proceed, middleware: Middleware) -> Proceed:
    return lambda call: middleware.around(call, proceed)
