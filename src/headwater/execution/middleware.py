"""Middleware, which wraps function calls, input checks and the result builder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


class SubstitutingMiddleware(Middleware, Protocol):
    """Middleware that may return a substitute instead of the node's value. A cache does not store substitutes."""

    def is_substitute(self, value: Any) -> bool:
        """Return True for a substitute. Called in the thread that started the run."""
        ...


class InputCheck(NamedTuple):
    """A check that a provided value fits a type."""

    value: Any
    type: Any
    """The annotation of a parameter that reads the value, or of the node that the value replaces."""


ProceedWithCheck = Callable[[InputCheck], bool]
"""Answer a check through the remaining middleware."""


class InputMiddleware(Protocol):
    """A wrapper around the checks of inputs, overrides and config values."""

    def around_input(self, check: InputCheck, proceed: ProceedWithCheck) -> bool:
        """Return whether the value fits, usually `proceed(check)`."""
        ...


ProceedWithResult = Callable[[Mapping[str, Any]], Any]
"""Create the result from outputs through the remaining middleware."""


class ResultMiddleware(Protocol):
    """A wrapper around the result builder."""

    def around_result(self, outputs: Mapping[str, Any], proceed: ProceedWithResult) -> Any:
        """Return the result of `Driver.execute`, usually `proceed(outputs)`."""
        ...


AnyMiddleware = Middleware | InputMiddleware | ResultMiddleware


@dataclass(frozen=True, slots=True)
class _Around:
    """A method of middleware around the rest of a chain. A class, because closures cannot be sent to another process."""

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


@dataclass(frozen=True, slots=True)
class WrappedAccepts:
    """The function `accepts` of `TypeChecks`, wrapped in middleware."""

    accepts: Callable[[object, Any], bool]
    check: ProceedWithCheck

    def __call__(self, value: object, type_: Any) -> bool:
        """Return whether a value fits a type."""
        return self.check(InputCheck(value, type_))


def wrap_accepts(accepts: Callable[[object, Any], bool], middleware: Iterable[AnyMiddleware]) -> Callable[[object, Any], bool]:
    """Return a check of provided values, wrapped in this middleware. It replaces any middleware that the check already has."""
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
        proceed: runs a call through the middleware. None without middleware.
        catches: the exceptions that are treated as a failure.
    """

    __slots__ = ("catches", "proceed")

    def __init__(self, middleware: Iterable[AnyMiddleware], catches: tuple[type[BaseException], ...]) -> None:
        self.catches = catches
        wrapped = wrap(Call.run, middleware, "around")
        self.proceed: Proceed | None = None if wrapped is Call.run else wrapped

    def __call__(self, call: Call) -> Succeeded | Failed:
        """Run a call. Raises only `KeyboardInterrupt` and exceptions that are not treated as failures."""
        try:
            return Succeeded(call.run() if self.proceed is None else self.proceed(call))
        except KeyboardInterrupt:
            raise
        except self.catches as error:
            return Failed(error)
