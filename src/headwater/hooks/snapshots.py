"""`ErrorSnapshots`: attaches a failed call to its exception. You can save and rerun the call."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import SnapshotError, error_text, short_repr
from headwater.execution.failure import user_traceback
from headwater.graph.portable import portable
from headwater.introspection.callables import innermost

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from types import TracebackType

    from headwater.execution.middleware import Call, CallSteps
    from headwater.hooks.snapshot_files import SnapshotDetails


_count: Final = count(1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A failed call, with its exception as text. The exception's `snapshot` attribute holds it."""

    call: Call
    error: str
    """The name of the exception's class."""
    message: str
    """The text of the exception."""
    _traceback: TracebackType | tuple[str, ...] | None
    """The traceback, or its lines if the snapshot was pickled. Storing the exception itself would create a reference cycle."""
    number: int = field(default_factory=_count.__next__, repr=False, compare=False)
    """Snapshots are numbered in the order in which this process creates or receives them."""

    @classmethod
    def of(cls, call: Call, error: BaseException) -> Snapshot:
        """Return a snapshot of a call that has just raised an exception."""
        return cls(call, error_name(error), error_text(error), user_traceback(error.__traceback__))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the traceback as text."""
        return Snapshot, (self.call, self.error, self.message, self._lines)

    @property
    def _lines(self) -> tuple[str, ...]:
        """The lines of the traceback."""
        import traceback

        return self._traceback if isinstance(self._traceback, tuple) else tuple(traceback.format_tb(self._traceback))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the function, its arguments, the exception and the environment to a file.

        `headwater reproduce PATH` shows the failed call. With `--trust`, it also runs the call again. The file contains the
        arguments, so it may contain secrets. Environment variables are not saved. A function is saved by reference, so a
        computer that runs the call again needs the function's module.

        Raises:
            SnapshotError: the function or an argument cannot be pickled.
            OSError: the file cannot be written.
        """
        from headwater.hooks.snapshot_files import write_snapshot  # imported lazily: most runs save nothing

        write_snapshot(path, self._details(), self._pickled())

    def _details(self) -> SnapshotDetails:
        from headwater.hooks.environment import Environment
        from headwater.hooks.snapshot_files import SnapshotDetails

        node = self.call.node
        main = getattr(sys.modules.get("__main__"), "__file__", None)
        return SnapshotDetails(
            node=node.name,
            location=str(node.location),
            module=node.module or getattr(node.function, "__module__", "") or "",
            source=source_of_function(self.call.function),
            arguments={name: short_repr(value, 200) for name, value in self.call.named.items()},
            error=self.error,
            message=self.message,
            traceback="".join([*self._lines, f"{self.error}: {self.message}"]),
            paths=tuple(sys.path),
            main=main,
            environment=Environment.current(),
        )

    def _pickled(self) -> bytes:
        import pickle

        call = self.call
        try:
            return pickle.dumps((portable(call.function), call.arguments))
        except Exception as error:
            part, reason = self._unpicklable() or ("the call", error)
            raise SnapshotError(f"`{call.node.name}` cannot be saved: {part} cannot be pickled ({reason}).") from error

    def _unpicklable(self) -> tuple[str, Exception] | None:
        """Return the part of the call that cannot be pickled, and the reason."""
        import pickle

        function = ("its function", portable(self.call.function))
        for name, value in [function, *((f"its argument `{name}`", value) for name, value in self.call.named.items())]:
            try:
                pickle.dumps(value)
            except Exception as error:  # noqa: BLE001 - pickling a user's object may raise anything
                return name, error
        return None


class ErrorSnapshots:
    """Middleware that attaches a `Snapshot` to a function's exception, as its `snapshot` attribute.

    Nothing is recorded until a function fails. Then the exception keeps the arguments in memory. Add the hook last, so that it
    runs inside other middleware and sees the arguments that the function receives. If a function runs a driver, the snapshot
    holds the innermost call.

    >>> from headwater import Builder
    >>> from headwater.hooks import ErrorSnapshots
    >>> def mean(total: float, count: int) -> float:
    ...     return total / count
    >>> driver = Builder().with_functions(mean).with_hooks(ErrorSnapshots()).build()
    >>> try:
    ...     driver.execute(["mean"], inputs={"total": 9.0, "count": 0})
    ... except ZeroDivisionError as error:
    ...     error.snapshot.call.named
    {'total': 9.0, 'count': 0}
    """

    def around_call(self, call: Call) -> CallSteps:
        """Make the call, and attach a snapshot to its exception."""
        start = next(_count)
        try:
            return (yield call)
        except Exception as error:
            if not _has_inner_snapshot(error, start):
                _attach(Snapshot.of(call, error), error)  # a local variable would create a reference cycle with the traceback
            raise


def _has_inner_snapshot(error: BaseException, start: int) -> bool:
    """Return True if an exception has a snapshot with a number greater than `start`, or another `snapshot` attribute."""
    with suppress(Exception):  # `__getattr__` of the exception may raise any exception
        snapshot = getattr(error, "snapshot", None)
        return snapshot is not None and (not isinstance(snapshot, Snapshot) or snapshot.number > start)
    return False


def _attach(snapshot: Snapshot, error: BaseException) -> None:
    with suppress(Exception):  # the exception's class might not allow attributes
        error.snapshot = snapshot  # type: ignore[attr-defined]


def error_name(error: BaseException) -> str:
    """Return the name of an exception's class with its module. For built-in exceptions, omit the module: `ValueError`."""
    cls = type(error)
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def source_of_function(function: Callable[..., Any]) -> str:
    """Return the source code of the function behind a callable, or an empty string if it is not available."""
    import inspect

    try:
        return inspect.getsource(innermost(function))
    except (OSError, TypeError):
        return ""
