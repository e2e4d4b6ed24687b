"""`AsyncEvents`: delivers events to observers whose methods may be `async def`."""

from __future__ import annotations

import inspect
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.execution.events import Events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from headwater.execution.middleware import Call
    from headwater.execution.observer import Observer
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node


class _PendingEvent(NamedTuple):
    handler: Callable[..., Any]
    event: str
    node: Node | None
    arguments: tuple[Any, ...]


class AsyncEvents(Events):
    """The events of one run in an event loop.

    Observers get their events in order. When a method has to be awaited, its event and all later events stay pending until
    `deliver_pending` is called.
    """

    __slots__ = ("pending",)

    def __init__(self, observers: Iterable[Observer]) -> None:
        self.pending: deque[_PendingEvent] = deque()
        super().__init__(observers)

    def started(self, call: Call) -> None:
        """Notify the observers that a call has started."""
        for handler in self.on_started:
            self._send(handler, "started", call.node, call)

    def ended(self, node: Node, outcome: Outcome) -> None:
        """Notify the observers of the outcome of a node."""
        for handler in self.on_ended:
            self._send(handler, "ended", node, node, outcome)

    def _deliver(self, event: str, *arguments: Any) -> None:
        for handler in self._handlers(event):
            self._send(handler, event, None, *arguments)

    def _send(self, handler: Callable[..., Any], event: str, node: Node | None, *arguments: Any) -> None:
        if self.pending or inspect.iscoroutinefunction(handler):
            self.pending.append(_PendingEvent(handler, event, node, arguments))
            return
        try:
            handler(*arguments)
        except Exception as error:  # noqa: BLE001 - an observer may raise anything
            self.report(handler, event, error, node)

    async def deliver_pending(self) -> None:
        """Deliver the pending events, one after another."""
        while self.pending:
            handler, event, node, arguments = self.pending.popleft()
            try:
                handled = handler(*arguments)
                if inspect.isawaitable(handled):
                    await handled
            except Exception as error:  # noqa: BLE001 - an observer may raise anything
                self.report(handler, event, error, node)
