"""`RayExecutor`: calls functions as Ray tasks."""

from __future__ import annotations

import sys
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final

import ray
from ray import cloudpickle

from headwater.execution.remote import Earlier, RemoteExecutor
from headwater.execution.remote_task import CallFailed, RemoteTasks
from headwater.execution.remote_values import loaded
from headwater.integrations.ray.connections import require_connection
from headwater.integrations.ray.futures import RayFuture
from headwater.integrations.ray.values import CLUSTER, RayValue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.execution.middleware import Attempt
    from headwater.execution.remote import Job, RemoteFuture
    from headwater.execution.remote_task import RemoteTask

_MAX_SENT: Final = 64 * 1024
"""The maximum size of an argument that is sent with its task, in bytes. A larger argument is put into the object store."""


class RayExecutor(RemoteExecutor):
    """Calls functions as Ray tasks, whose values stay in Ray's object store.

    Tasks pass references to each other. Only outputs, and values that a hook or the cache reads, are transferred to this
    process. Tasks are named after their nodes in Ray's dashboard and in `ray list tasks`.

    Call `ray.init()` first. If functions need different resources, add several executors, and select the functions for each by
    a mark or a tag: `with_executor(RayExecutor(num_gpus=1), on="gpu")`.

    Args:
        options: Ray's options for tasks, such as `num_cpus`, `num_gpus`, `resources`, `memory`, `max_retries` or `runtime_env`.

    >>> import ray
    >>> from headwater import Builder
    >>> from headwater.integrations.ray import RayExecutor
    >>> def price() -> float:
    ...     return 10.0
    >>> def total(price: float) -> float:
    ...     return price * 1.2
    >>> driver = Builder().with_functions(price, total).with_executor(RayExecutor(num_cpus=1)).build()
    >>> context = ray.init(num_cpus=1, include_dashboard=False)  # doctest: +SKIP
    >>> driver.execute(["total"])  # doctest: +SKIP
    {'total': 12.0}
    """

    def __init__(self, **options: Any) -> None:
        unsupported = {"name", "num_returns"} & options.keys()
        if unsupported:
            raise TypeError(f"`RayExecutor` sets Ray's option `{min(unsupported)}` itself.")
        self._options = options

    @property
    def cluster(self) -> str:
        """Identify the cluster."""
        return CLUSTER

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in a task, and return its value to this process."""
        value: ray.ObjectRef[Any] = _make_plain_call.options(**self._options).remote(function, args, kwargs)
        return value.future()

    def start(self, run: str, attempt: Attempt, jobs: Sequence[Job]) -> list[RemoteFuture]:
        """Submit jobs as tasks. Each task waits for the values of the tasks that it depends on."""
        del run  # Ray identifies tasks itself
        require_connection(jobs[0].node)
        tasks = RemoteTasks(attempt, cloudpickle.dumps)
        earlier: dict[int, ray.ObjectRef[Any]] = {}
        sent: dict[int, ray.ObjectRef[Any]] = {}
        futures: list[RemoteFuture] = []
        for job in jobs:
            places = [_place(argument, earlier, sent) for argument in job.arguments]
            task = tasks.task(job, [place is not None for place in places])
            references = [place for place in places if place is not None]
            status, value = _make_call.options(**self._options, name=job.node.name, num_returns=2).remote(task, *references)
            earlier[job.number] = value
            futures.append(RayFuture(job.node, status, RayValue(value)))
        return futures


def _place(argument: Any, earlier: dict[int, ray.ObjectRef[Any]], sent: dict[int, ray.ObjectRef[Any]]) -> Any:
    """Return a reference to an argument in the object store, or None if the argument is sent with its task."""
    if isinstance(argument, Earlier):
        return earlier[argument.job]
    if isinstance(argument, RayValue):
        return argument.reference
    value = loaded(argument)  # a value on another cluster
    if id(value) not in sent and _size(value) > _MAX_SENT:
        sent[id(value)] = ray.put(value)
    return sent.get(id(value))


def _size(value: Any) -> int:
    """Return the approximate size of a value in bytes."""
    return int(getattr(value, "nbytes", 0)) or sys.getsizeof(value)


class _NoValue:
    """A placeholder for the value of a failed call. Tasks that receive it do not call their functions."""


@ray.remote
def _make_call(task: RemoteTask, *values: Any) -> tuple[CallFailed | None, Any]:
    """Make a call in a worker.

    Returns:
        The failure, which is returned to the run, and the value, which stays in the object store.
    """
    if any(type(value) is _NoValue for value in values):
        return None, _NoValue()
    try:
        return None, task(*values)
    except CallFailed as failed:
        return failed, _NoValue()


@ray.remote
def _make_plain_call(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return function(*args, **kwargs)
