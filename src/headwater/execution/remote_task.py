"""`RemoteTask`: a call in the form that a cluster receives.

The function and the other parts of the call are bytes, which only a worker unpickles. Therefore, the scheduler does not need
the user's modules, and many tasks with the same function share the bytes. A worker unpickles these bytes only once.
"""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from headwater.errors import short_repr
from headwater.execution.failure import sent_error
from headwater.execution.middleware import Call
from headwater.execution.outcome import Failed
from headwater.execution.remote_values import RemoteFailed, Shown, loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.execution.middleware import Attempt
    from headwater.execution.remote import Job
    from headwater.graph.node import Node

_CACHED: Final = 256
"""The maximum number of unpickled functions that a worker keeps."""

_unpickled: Final = lru_cache(_CACHED)(pickle.loads)


class CallFailed(Exception):
    """Carries the exception of a function from a worker to this process."""

    def __init__(self, error: BaseException, shown: tuple[str, ...]) -> None:
        super().__init__(error, shown)
        self.error = error
        self.shown = shown

    def __str__(self) -> str:
        return f"{type(self.error).__name__}: {self.error}"

    @property
    def outcome(self) -> RemoteFailed:
        """The outcome of the call."""
        return RemoteFailed(self.error, tuple(map(Shown, self.shown)))


class _Placeholder(NamedTuple):
    """A placeholder for an argument that the worker already has."""

    number: int


class RemoteTask(NamedTuple):
    """A call, some of whose arguments are values on workers."""

    attempt: bytes
    function: bytes
    node: bytes | None
    """The pickled node. None if there is no middleware, because only middleware reads the node."""
    arguments: bytes

    def __repr__(self) -> str:
        """Return a short description, which the scheduler logs."""
        return "<call to a node's function>"

    def __call__(self, *values: Any) -> Any:
        """Call the function in a worker.

        Args:
            values: the arguments that are on workers, in order.

        Raises:
            CallFailed: the function raised an exception.
        """
        attempt = cast("Attempt", _unpickled(self.attempt))
        node = cast("Node", None if self.node is None else pickle.loads(self.node))  # noqa: S301 - from the caller's own run
        arguments = tuple(
            values[argument.number] if type(argument) is _Placeholder else argument
            for argument in pickle.loads(self.arguments)  # noqa: S301 - from the same run
        )
        outcome = attempt(Call(node, _unpickled(self.function), arguments))
        if not isinstance(outcome, Failed):
            return outcome.value
        assert outcome.error is not None
        raise CallFailed(sent_error(outcome.error), tuple(map(short_repr, arguments))) from None


class RemoteTasks:
    """Creates the tasks of a run.

    Args:
        attempt: runs a call in a worker.
        dumps: pickles an object. Functions that cannot be imported are pickled by value.
    """

    def __init__(self, attempt: Attempt, dumps: Callable[[Any], bytes]) -> None:
        self._dumps = dumps
        self._attempt = dumps(attempt)
        self._sends_nodes = attempt.proceed is not None
        self._functions: dict[int, tuple[Any, bytes]] = {}
        """The functions and their pickles, keyed by `id`. A reference to each function prevents reuse of its `id`."""

    def task(self, job: Job, is_on_worker: Sequence[bool]) -> RemoteTask:
        """Return the task for a job.

        Args:
            job: the job.
            is_on_worker: for each argument, whether the task receives it from a worker.
        """
        count = 0
        arguments: list[Any] = []
        for argument, is_remote in zip(job.arguments, is_on_worker, strict=True):
            arguments.append(_Placeholder(count) if is_remote else loaded(argument))
            count += is_remote
        node = self._dumps(job.node) if self._sends_nodes else None
        return RemoteTask(self._attempt, self._function(job.function), node, self._dumps(tuple(arguments)))

    def _function(self, function: Any) -> bytes:
        known = self._functions.get(id(function))
        if known is None:
            known = self._functions[id(function)] = function, self._dumps(function)
        return known[1]
