"""Middleware: wraps function calls, input checks and the result builder."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from headwater.execution.outcome import Failed, Succeeded
from headwater.graph.node import Dependency
from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.node import Node


class Call(NamedTuple):
    """One call to a node's function."""

    node: Node
    function: Callable[..., Any]
    """The function that computes the node's value from positional arguments."""
    arguments: tuple[Any, ...]

    @property
    def named(self) -> Mapping[str, Any]:
        """The arguments, keyed by parameter name."""
        return {argument.parameter: value for argument, value in zip(self.node.arguments, self.arguments, strict=True)}

    @property
    def upstream(self) -> Mapping[str, Any]:
        """The values of the nodes and inputs that the call reads, keyed by name."""
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
"""A function that runs a call through the remaining middleware."""

AsyncProceed = Callable[[Call], Awaitable[Any]]
"""A function that runs a call through the remaining middleware of an `AsyncDriver`."""


class Middleware(Protocol):
    """A wrapper around calls. It can change the arguments or the value, retry, or not call the function at all.

    In an `AsyncDriver`, `proceed` calls plain functions. For an `async def` function, it returns an object that represents the
    value: return the object, or return a coroutine that awaits it. The same applies to all functions if this middleware
    wraps middleware that is awaited, such as `AsyncMiddleware`. To use the value in both drivers, see `CallMiddleware`.
    """

    def around(self, call: Call, proceed: Proceed) -> Any:
        """Return the node's value, usually `proceed(call)`."""
        ...


class Pause(NamedTuple):
    """A pause that `around_call` yields."""

    seconds: float
    sleep: Callable[[float], Any] | None = None
    """Waits for a number of seconds. By default, `time.sleep`, or `asyncio.sleep` in an `AsyncDriver`. It may be `async def`
    for an `AsyncDriver`."""

    def run(self) -> Any:
        """Wait in this thread."""
        return (self.sleep or time.sleep)(self.seconds)


CallSteps = Generator[Call | Pause, Any, Any]
"""The calls to make, as a generator. `yield call` evaluates to the value of the call, or raises the exception of its function.
The generator returns the node's value."""


class CallMiddleware(Protocol):
    """A wrapper around calls, written as a generator. A `Driver` makes the calls, and an `AsyncDriver` awaits them.

    If an object also has an `around` method, `around_call` takes precedence. Set `may_pause = True` in a class whose generators
    yield a `Pause`. An `AsyncDriver` then awaits calls to plain functions, too.
    """

    def around_call(self, call: Call) -> CallSteps:
        """Yield calls, usually `value = yield call`, and return the node's value."""
        ...


class AsyncMiddleware(Protocol):
    """A wrapper around calls in an `AsyncDriver`."""

    async def around(self, call: Call, proceed: AsyncProceed) -> Any:
        """Return the node's value, usually `await proceed(call)`, whether the function is `async def` or not."""
        ...


class SubstitutingMiddleware(Middleware, Protocol):
    """Middleware that may return a substitute instead of the node's value. A cache does not store substitutes."""

    def is_substitute(self, value: Any) -> bool:
        """Return True for a substitute. Called in the thread that started the run."""
        ...


class InputCheck(NamedTuple):
    """A check that a provided value fits a type."""

    value: Any
    type: Any
    """The annotation of a parameter that receives the value, or of the node that the value replaces."""


ProceedWithCheck = Callable[[InputCheck], bool]
"""A function that passes a check to the remaining middleware, and returns whether the value fits."""


class InputMiddleware(Protocol):
    """A wrapper around the checks of inputs, overrides and config values."""

    def around_input(self, check: InputCheck, proceed: ProceedWithCheck) -> bool:
        """Return whether the value fits, usually `proceed(check)`."""
        ...


ProceedWithResult = Callable[[Mapping[str, Any]], Any]
"""A function that passes outputs to the remaining middleware, and returns the result."""


class ResultMiddleware(Protocol):
    """A wrapper around the result builder."""

    def around_result(self, outputs: Mapping[str, Any], proceed: ProceedWithResult) -> Any:
        """Return the result of `Driver.execute`, usually `proceed(outputs)`."""
        ...


AnyMiddleware = Middleware | CallMiddleware | AsyncMiddleware | InputMiddleware | ResultMiddleware


@dataclass(frozen=True, slots=True)
class _Around:
    """Wraps the rest of a chain in a method of middleware. It is a class because closures cannot be sent to another process."""

    method: Callable[[Any, Any], Any]
    proceed: Callable[[Any], Any]

    def __call__(self, subject: Any) -> Any:
        return self.method(subject, self.proceed)


def wrap(innermost: Callable[[Any], Any], middleware: Iterable[AnyMiddleware], method: str) -> Callable[[Any], Any]:
    """Return a function wrapped in the middleware that has `method`. The first middleware is outermost."""
    wrapped = innermost
    for layer in reversed([layer for layer in middleware if hasattr(layer, method)]):
        wrapped = _Around(getattr(layer, method), wrapped)
    return wrapped


def wrap_calls(innermost: Proceed, middleware: Iterable[AnyMiddleware]) -> Proceed:
    """Return a function that makes calls, wrapped in the middleware for calls. The first middleware is outermost."""
    wrapped = innermost
    for layer in reversed(tuple(middleware)):
        around_call: Any = getattr(layer, "around_call", None)
        around: Any = getattr(layer, "around", None)
        if around_call is not None:
            wrapped = _AroundCall(around_call, wrapped)
        elif around is not None:
            wrapped = _Around(around, wrapped)
    return wrapped


@dataclass(frozen=True, slots=True)
class _AroundCall:
    """Wraps the rest of a chain in an `around_call` method."""

    method: Callable[[Call], CallSteps]
    proceed: Proceed

    def __call__(self, call: Call) -> Any:
        steps = self.method(call)
        step = resume(steps)
        while not isinstance(step, Returned):
            try:
                value = self.proceed(step) if isinstance(step, Call) else step.run()
            except BaseException as error:  # noqa: BLE001 - re-raised in the generator
                step = resume(steps, error=error)
            else:
                step = resume(steps, value)
        return step.value


class Returned(NamedTuple):
    """The value that `around_call` returned."""

    value: Any


def resume(steps: CallSteps, value: Any = None, error: BaseException | None = None) -> Call | Pause | Returned:
    """Pass the value or the exception of a call to `around_call`, and return its next step."""
    try:
        return steps.send(value) if error is None else steps.throw(error)
    except StopIteration as returned:
        return Returned(returned.value)
    except RuntimeError as replacement:
        if isinstance(error, StopIteration) and replacement.__cause__ is error:  # a generator cannot raise a `StopIteration`
            raise error from None
        raise
    finally:
        del error  # the error's traceback refers to this frame, so keeping the error would create a cycle


@dataclass(frozen=True, slots=True)
class WrappedAccepts:
    """The `accepts` function of `TypeChecks`, wrapped in middleware."""

    accepts: Callable[[object, Any], bool]
    check: ProceedWithCheck

    def __call__(self, value: object, type_: Any) -> bool:
        """Return whether a value fits a type."""
        return self.check(InputCheck(value, type_))


def wrap_accepts(accepts: Callable[[object, Any], bool], middleware: Iterable[AnyMiddleware]) -> Callable[[object, Any], bool]:
    """Return a check of provided values, wrapped in this middleware.

    Middleware that already wraps the check is replaced.
    """
    base = accepts.accepts if isinstance(accepts, WrappedAccepts) else accepts
    return WrappedAccepts(base, wrap(_Accepts(base), middleware, "around_input"))


@dataclass(frozen=True, slots=True)
class _Accepts:
    accepts: Callable[[object, Any], bool]

    def __call__(self, check: InputCheck) -> bool:
        return self.accepts(check.value, check.type)


def substitute_checks(middleware: Iterable[AnyMiddleware]) -> list[Callable[[Any], bool]]:
    """Return the `is_substitute` methods of middleware."""
    return [cast("SubstitutingMiddleware", layer).is_substitute for layer in middleware if hasattr(layer, "is_substitute")]


class Attempt:
    """A function that runs calls through middleware and returns their outcomes. It may run in a worker.

    Attributes:
        layers: the middleware.
        proceed: runs a call through the middleware. None if there is no middleware.
        catches: the exceptions that are treated as a failure.
    """

    __slots__ = ("catches", "layers", "proceed")

    def __init__(
        self,
        middleware: Iterable[AnyMiddleware],
        catches: tuple[type[BaseException], ...],
        *,
        innermost: Proceed = Call.run,
    ) -> None:
        self.layers = tuple(middleware)
        self.catches = catches
        wrapped = wrap_calls(innermost, self.layers)
        self.proceed: Proceed | None = None if wrapped is Call.run else wrapped

    def __call__(self, call: Call) -> Succeeded | Failed:
        """Run a call. Raises only `KeyboardInterrupt` and exceptions that are not treated as failures."""
        try:
            return Succeeded(call.run() if self.proceed is None else self.proceed(call))
        except KeyboardInterrupt:
            raise
        except self.catches as error:
            return Failed(error)
