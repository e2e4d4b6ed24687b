"""`GracefulErrors`: gives failed nodes a sentinel as their value."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from headwater.errors import FailedNodeWarning
from headwater.graph.node import Dependency
from headwater.hooks.retry import check_exceptions
from headwater.hooks.selection import NodeSelection

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.execution.middleware import Call, CallSteps
    from headwater.graph.node import Node
    from headwater.graph.tags import TagFilter


class GracefulErrors:
    """Middleware that gives a failed node a sentinel as its value. Nodes that depend on it get the sentinel, too.

    Unlike with `ContinueOnError`, every output has a value. Use `accepting` to select functions that can handle the sentinel.
    These functions receive it as an argument.

    Args:
        sentinel: the value of failed nodes. Choose one that no function returns. Values are compared by identity, so use None
            or an enumeration member if calls run in other processes. A cache does not store the sentinel.
        exceptions: the exceptions that are replaced by the sentinel.
        accepting: the tags of nodes whose functions are called with the sentinel.
        on_error: receives each failed node and its exception. By default, it issues a `FailedNodeWarning`.

    Raises:
        TypeError: an argument is invalid.

    >>> from headwater import Builder, tag
    >>> from headwater.hooks import GracefulErrors
    >>> def rate() -> float:
    ...     raise ConnectionError("no network")
    >>> def total(rate: float) -> float:
    ...     return rate * 10
    >>> @tag(handles="missing")
    ... def report(total: float) -> str:
    ...     return "no total" if total is None else f"{total} euros"
    >>> hook = GracefulErrors(accepting={"handles": "missing"}, on_error=lambda node, error: print(f"{node.name}: {error}"))
    >>> Builder().with_functions(rate, total, report).build().execute(["total", "report"], hooks=[hook])
    rate: no network
    {'total': None, 'report': 'no total'}
    """

    def __init__(
        self,
        *,
        sentinel: Any = None,
        exceptions: tuple[type[Exception], ...] = (Exception,),
        accepting: TagFilter | None = None,
        on_error: Callable[[Node, Exception], object] | None = None,
    ) -> None:
        check_exceptions(exceptions)
        self._sentinel = sentinel
        self._exceptions = exceptions
        self._accepting = None if accepting is None else NodeSelection(tag=accepting)
        self._on_error = on_error or _warn_of_failure

    def around_call(self, call: Call) -> CallSteps:
        """Make the call, and return the sentinel if it fails.

        If an argument is the sentinel, return it without making the call.
        """
        accepts = self._accepting is not None and self._accepting.matches(call.node)
        if not accepts and any(value is self._sentinel for value in self._received(call)):
            return self._sentinel
        try:
            return (yield call)
        except self._exceptions as error:
            self._on_error(call.node, error)
            return self._sentinel

    def is_substitute(self, value: Any) -> bool:
        """Return True for the sentinel, which a cache must not store."""
        return value is self._sentinel

    def _received(self, call: Call) -> list[Any]:
        """Return the arguments that may be values of failed nodes: neither constants nor defaults."""
        return [
            value
            for argument, value in zip(call.node.arguments, call.arguments, strict=True)
            if isinstance(argument, Dependency) and value is not argument.default
        ]


def _warn_of_failure(node: Node, error: Exception) -> None:
    warnings.warn_explicit(FailedNodeWarning(node.name, node.location, error), None, node.location.file, node.location.line)
