"""Calls that an executor could not make, or whose outcome was lost on its way from a worker."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future
from pickle import PicklingError
from typing import TYPE_CHECKING, Any

from headwater.errors import WorkerLost
from headwater.execution.outcome import Undelivered
from headwater.graph.failure_notes import add_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor

    from headwater.execution.sharing_pool import SharingPool
    from headwater.graph.node import Node

_PICKLING_ERRORS = (PicklingError, TypeError, AttributeError)
"""The exceptions that `pickle` raises for objects that it cannot pickle."""


def submitted(
    executor: Executor | SharingPool, nodes: Iterable[Node], function: Callable[..., Any], *arguments: Any
) -> Future[Any]:
    """Submit a call, and return its future. If the executor has lost a worker, the future has already failed.

    Args:
        executor: the executor.
        nodes: the nodes that the call computes.
        function: makes the call in a worker.
        arguments: the arguments of `function`.
    """
    try:
        return executor.submit(function, *arguments)
    except BrokenExecutor as error:
        future: Future[Any] = Future()
        lost = WorkerLost([(node.name, node.location) for node in nodes], was_called=False)
        lost.__cause__ = error
        future.set_exception(lost)
        return future
    except Exception as error:
        add_note(error, f"The executor did not accept the call to {_listed(nodes)}.")
        raise


def explained(failed: Undelivered, nodes: Iterable[Node], *, in_flight: Iterable[Node] = ()) -> Undelivered:
    """Return the failure of a call with an error that names the call's nodes.

    Args:
        failed: the failure.
        nodes: the nodes that the call computes.
        in_flight: the nodes of other calls that the executor had received but not completed.
    """
    error = failed.error
    if isinstance(error, BrokenExecutor):  # all lost calls share this exception
        lost = WorkerLost(list(dict.fromkeys((node.name, node.location) for node in (*nodes, *in_flight))))
        lost.__cause__ = error
        return Undelivered(lost)
    if error is not None and not isinstance(error, WorkerLost):
        advice = " Functions, arguments and values must be picklable." if isinstance(error, _PICKLING_ERRORS) else ""
        add_note(error, f"The executor could not call {_listed(nodes)} or return the value.{advice}")
    return failed


def _listed(nodes: Iterable[Node]) -> str:
    return " and ".join(f"node `{node.name}` ({node.location})" for node in nodes)
