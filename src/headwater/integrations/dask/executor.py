"""`DaskExecutor`: runs a dataflow as one graph on a Dask cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cloudpickle  # type: ignore[import-untyped]
from dask.base import is_dask_collection
from dask.sizeof import sizeof
from distributed import Client

from headwater.errors import short_repr
from headwater.execution.outcome import Failed, Succeeded
from headwater.execution.remote import Earlier, RemoteExecutor
from headwater.execution.remote_task import RemoteTasks
from headwater.execution.remote_values import loaded
from headwater.integrations.dask.collections import uses_collections
from headwater.integrations.dask.connections import require_connection
from headwater.integrations.dask.futures import DaskFuture
from headwater.integrations.dask.keys import task_key
from headwater.integrations.dask.values import DaskValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.remote import Job, RemoteFuture
    from headwater.graph.node import Node

_MAX_SENT: Final = 64 * 1024
"""The maximum size of an argument in the graph, in bytes.

A larger argument is sent to one worker, which shares it with the others.
"""


class DaskExecutor(RemoteExecutor):
    """Calls functions on the workers of a Dask cluster. The workers keep the values.

    A run is one Dask graph, whose keys start with node names. The workers pass values to each other. Only outputs, and
    values that a hook or the cache reads, are transferred to this process.

    A function with a Dask collection as a parameter or return type, such as `dask.dataframe.DataFrame`, is called in this
    process, because it only describes a computation. The collection's `compute()` runs on the cluster.

    Args:
        client: the client of the cluster. You must close it yourself.
        resources: the worker resources that each call needs, such as `{"GPU": 1}`.
        workers: the addresses or host names of the workers that may call the functions. By default, all workers.
        retries: how many times Dask calls a function again if it raises an exception. The `Retry` hook has more options.
        priority: calls with a higher priority run first.
        persist: whether workers compute and keep the partitions of a Dask collection that a function returns. Otherwise, each
            function that reads the collection computes them again.

    >>> from distributed import Client
    >>> from headwater import Builder
    >>> from headwater.integrations.dask import DaskExecutor
    >>> def price() -> float:
    ...     return 10.0
    >>> def total(price: float) -> float:
    ...     return price * 1.2
    >>> with Client(n_workers=1, processes=False, dashboard_address=":0") as client:
    ...     Builder().with_functions(price, total).with_executor(DaskExecutor(client)).build().execute(["total"])
    {'total': 12.0}
    """

    def __init__(
        self,
        client: Client,
        *,
        resources: Mapping[str, float] | None = None,
        workers: Iterable[str] | None = None,
        retries: int = 0,
        priority: int = 0,
        persist: bool = True,
    ) -> None:
        if not isinstance(client, Client) or client.asynchronous:
            raise TypeError(f"`DaskExecutor` takes a synchronous `distributed.Client`, not {short_repr(client)}.")
        self._client = client
        self._persist = persist
        self._options: dict[str, Any] = {"priority": priority, "retries": retries}
        if resources is not None:
            self._options["resources"] = dict(resources)
        if workers is not None:
            self._options["workers"] = list(workers)

    @property
    def cluster(self) -> Client:
        """The client."""
        return self._client

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function on a worker, and return its value to this process."""
        options = {key: value for key, value in self._options.items() if key != "priority"}
        executor: Any = self._client.get_executor(**options)  # type: ignore[no-untyped-call]
        submitted: Future[Any] = executor.submit(function, *args, **kwargs)
        return submitted

    def start(self, run: str, attempt: Attempt, jobs: Sequence[Job]) -> list[RemoteFuture]:
        """Submit jobs as one graph.

        Raises:
            ClusterLost: the client is closed.
        """
        require_connection(jobs[0].node, self._client)
        batch = _Batch(self._client, run, RemoteTasks(attempt, cloudpickle.dumps))
        keys = [batch.add(job) for job in jobs]
        submitted: list[Any] = self._client.get(batch.tasks, keys, sync=False, **self._options)  # type: ignore[no-untyped-call]
        return [DaskFuture(DaskValue(job.node, future)) for job, future in zip(jobs, submitted, strict=True)]

    def accepts(self, node: Node) -> bool:
        """Return False for a function with a Dask collection as a parameter or return type."""
        return not uses_collections(node)

    def call_here(self, attempt: Attempt, call: Call) -> Succeeded | Failed:
        """Call a function that only describes a computation. If it calls `compute()`, Dask uses this executor's client."""
        with self._client.as_current():
            outcome = attempt(call)
            if self._persist and isinstance(outcome, Succeeded) and is_dask_collection(outcome.value):
                return Succeeded(self._client.persist(outcome.value))  # type: ignore[no-untyped-call]
        return outcome


class _Batch:
    """The graph of a batch of jobs."""

    def __init__(self, client: Client, run: str, tasks: RemoteTasks) -> None:
        self._client = client
        self._run = run
        self._tasks = tasks
        self._keys: dict[int, Any] = {}
        self._sent: dict[int, Any] = {}
        """The large arguments that are on a worker, keyed by `id`. Jobs keep the arguments alive, so an `id` is not reused."""
        self.tasks: dict[Any, Any] = {}

    def add(self, job: Job) -> Any:
        """Add a job, and return its key."""
        key = self._keys[job.number] = task_key(job.node.name, self._run)
        places = [self._place(argument) for argument in job.arguments]
        task = self._tasks.task(job, [place is not None for place in places])
        self.tasks[key] = (task, *(place for place in places if place is not None))
        return key

    def _place(self, argument: Any) -> Any:
        """Return the key or the future of an argument that is on a worker, or None if the argument is part of the graph."""
        if isinstance(argument, Earlier):
            return self._keys[argument.job]
        if isinstance(argument, DaskValue) and argument.cluster is self._client:
            return argument.future
        value = loaded(argument)  # the argument may be a value on another cluster
        if id(value) not in self._sent and sizeof(value) > _MAX_SENT:
            self._sent[id(value)] = self._client.scatter(value, hash=False)  # type: ignore[no-untyped-call]
        return self._sent.get(id(value))
