"""`AsyncAttempt`: makes calls in an event loop, through middleware of every kind."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable
from typing import TYPE_CHECKING, Any

from headwater.execution.middleware import Attempt, Call, Pause, Returned, resume
from headwater.execution.outcome import Failed, Succeeded

if TYPE_CHECKING:
    from headwater.execution.middleware import AnyMiddleware, AsyncProceed, CallSteps, Proceed


MakeCall = Callable[[Call], Coroutine[Any, Any, Succeeded | Failed]]
"""A function that makes a call and returns its outcome."""


class AsyncAttempt:
    """Runs calls through middleware and returns their outcomes.

    Attributes:
        plain: calls plain functions through the innermost layers of middleware, none of which has to be awaited.
        awaits_plain: True if calls to plain functions have to be awaited because of their middleware.
    """

    __slots__ = ("_awaited", "_catches", "_outer", "awaits_plain", "plain")

    def __init__(self, middleware: Iterable[AnyMiddleware], catches: tuple[type[BaseException], ...]) -> None:
        layers = [layer for layer in middleware if hasattr(layer, "around") or hasattr(layer, "around_call")]
        outermost_sync = len(layers)
        while outermost_sync and not _must_be_awaited(layers[outermost_sync - 1]):
            outermost_sync -= 1
        self._catches = catches
        self._awaited = _wrap(_await_call, layers)
        self._outer = layers[:outermost_sync]
        self.plain = Attempt(layers[outermost_sync:], catches)
        self.awaits_plain = bool(self._outer)

    def awaited(self, call: Call) -> Coroutine[Any, Any, Succeeded | Failed]:
        """Return a coroutine that makes a call and awaits the result if it is awaitable."""
        return self._outcome(self._awaited, call)

    async def make(self, call: Call, make: MakeCall) -> Succeeded | Failed:
        """Run a call to a plain function. `make` makes the call, through the middleware of `plain`."""
        if not self._outer:
            return await make(call)

        async def value_of(call: Call) -> Any:
            outcome = await make(call)
            if isinstance(outcome, Succeeded):
                return outcome.value
            assert outcome.error is not None
            raise outcome.error

        return await self._outcome(_wrap(value_of, self._outer), call)

    async def make_plain(self, call: Call) -> Succeeded | Failed:
        """Make a call to a plain function in the event loop."""
        return self.plain(call)

    async def _outcome(self, proceed: AsyncProceed, call: Call) -> Succeeded | Failed:
        try:
            return Succeeded(await proceed(call))
        except (KeyboardInterrupt, asyncio.CancelledError):
            raise
        except self._catches as error:
            return Failed(error)


def is_async_middleware(layer: object) -> bool:
    """Return True for middleware whose `around` is `async def`."""
    return not hasattr(layer, "around_call") and inspect.iscoroutinefunction(getattr(layer, "around", None))


def _must_be_awaited(layer: object) -> bool:
    return is_async_middleware(layer) or getattr(layer, "may_pause", False)


async def _await_call(call: Call) -> Any:
    value = call.run()
    return await value if inspect.isawaitable(value) else value


def _wrap(innermost: AsyncProceed, layers: list[AnyMiddleware]) -> AsyncProceed:
    """Return a function that awaits calls, wrapped in middleware. The first middleware is outermost."""
    wrapped = innermost
    for layer in reversed(layers):
        around_call: Any = getattr(layer, "around_call", None)
        around: Any = getattr(layer, "around", None)
        if around_call is not None:
            wrapped = _around_call(around_call, wrapped)
        elif is_async_middleware(layer):
            wrapped = _around_async(around, wrapped)
        else:
            wrapped = _around(around, wrapped)
    return wrapped


def _around_call(method: Callable[[Call], CallSteps], proceed: AsyncProceed) -> AsyncProceed:
    async def run(call: Call) -> Any:
        steps = method(call)
        step = resume(steps)
        while not isinstance(step, Returned):
            try:
                value = await (proceed(step) if isinstance(step, Call) else _pause(step))
            except BaseException as error:  # noqa: BLE001 - re-raised in the generator
                step = resume(steps, error=error)
            else:
                step = resume(steps, value)
        return step.value

    return run


def _around_async(method: Callable[[Call, AsyncProceed], Awaitable[Any]], proceed: AsyncProceed) -> AsyncProceed:
    return lambda call: method(call, proceed)


def _around(method: Callable[[Call, Proceed], Any], proceed: AsyncProceed) -> AsyncProceed:
    async def run(call: Call) -> Any:
        value = method(call, lambda inner: AwaitableValue(proceed, inner))
        return await value if inspect.isawaitable(value) else value

    return run


class AwaitableValue:
    """The object that `proceed` returns to a synchronous `around` for an `async def` node.

    Awaiting this object returns the node's value. The function is called when the object is awaited.
    If the middleware does not return the object, the function is not called.
    """

    __slots__ = ("_call", "_proceed")

    def __init__(self, proceed: AsyncProceed, call: Call) -> None:
        self._proceed = proceed
        self._call = call

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._proceed(self._call).__await__()


async def _pause(pause: Pause) -> None:
    if pause.sleep is None:
        await asyncio.sleep(pause.seconds)
        return
    waiting = pause.sleep(pause.seconds)
    if inspect.isawaitable(waiting):
        await waiting
