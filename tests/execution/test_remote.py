"""Tests of runs on a cluster whose workers keep the values. The tests simulate the cluster with a thread."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, tag
from headwater.errors import ClusterLost
from headwater.execution.outcome import Succeeded
from headwater.execution.remote import Earlier, RemoteExecutor, RemoteFuture
from headwater.execution.remote_task import CallFailed, RemoteTasks
from headwater.execution.remote_values import RemoteSucceeded, RemoteValue
from headwater.hooks import ContinueOnError, GracefulErrors, Observer, Retry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from headwater.execution.middleware import Attempt, Call
    from headwater.execution.outcome import Failed, Outcome
    from headwater.execution.remote import Job
    from headwater.graph.node import Node

pytestmark = pytest.mark.native  # threads


def copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - the test's own value


class StoredValue(RemoteValue):
    """A value that stays on a `ThreadCluster`."""

    def __init__(self, owner: ThreadCluster, job: Future[Any]) -> None:
        super().__init__()
        self.owner = owner
        self.job = job

    @property
    def cluster(self) -> ThreadCluster:
        return self.owner

    @classmethod
    def load_all(cls, values: Sequence[StoredValue]) -> list[Any]:
        values[0].owner.loads.append(len(values))
        return [value.job.result() for value in values]


class StoredFuture(RemoteFuture):
    is_dropped = False

    def drop(self) -> None:
        self.is_dropped = True

    def receive(self, job: Future[Any]) -> None:
        error = job.exception()
        if error is None:
            self.settle(RemoteSucceeded(self.reference))
        else:
            self.settle(copied(error).outcome if isinstance(error, CallFailed) else error)


class ThreadCluster(RemoteExecutor):
    """A cluster with one worker, which calls functions in the order of submission."""

    def __init__(self, *, refuses: Sequence[str] = ()) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.batches: list[list[str]] = []
        self.loads: list[int] = []
        """The number of values in each transfer from the cluster."""
        self.refuses = refuses
        self.is_lost = False

    @property
    def cluster(self) -> ThreadCluster:
        return self

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.thread.submit(function, *args, **kwargs)

    def accepts(self, node: Node) -> bool:
        return node.name not in self.refuses

    def call_here(self, attempt: Attempt, call: Call) -> Succeeded | Failed:
        outcome = super().call_here(attempt, call)
        return Succeeded(outcome.value + 100) if isinstance(outcome, Succeeded) else outcome

    def start(self, run: str, attempt: Attempt, jobs: Sequence[Job]) -> list[RemoteFuture]:
        self.batches.append([job.node.name for job in jobs])
        tasks = RemoteTasks(attempt, pickle.dumps)
        submitted: dict[int, Future[Any]] = {}
        futures = []
        for job in jobs:
            places = [self.place(argument, submitted) for argument in job.arguments]
            task = tasks.task(job, [place is not None for place in places])
            sources = [place for place in places if place is not None]
            submitted[job.number] = future = self.thread.submit(self.work, job.node, copied(task), sources)
            futures.append(StoredFuture(StoredValue(self, future)))
            future.add_done_callback(futures[-1].receive)
        return futures

    def place(self, argument: Any, submitted: dict[int, Future[Any]]) -> Future[Any] | None:
        if isinstance(argument, Earlier):
            return submitted[argument.job]
        return argument.job if isinstance(argument, StoredValue) and argument.owner is self else None

    def work(self, node: Node, task: Callable[..., Any], sources: list[Future[Any]]) -> Any:
        if self.is_lost:
            raise ClusterLost(node.name, node.location, "the test's cluster stopped", "Start it.")
        return task(*(source.result() for source in sources))


@pytest.fixture
def cluster() -> Iterator[ThreadCluster]:
    cluster = ThreadCluster()
    with cluster.thread:
        yield cluster


class Ends(Observer):
    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.values: dict[str, Any] = {}

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.outcomes[node.name] = type(outcome).__name__.removeprefix("Remote")


class Values(Ends):
    def ended(self, node: Node, outcome: Outcome) -> None:
        self.values[node.name] = getattr(outcome, "value", None)


def base(size: int) -> list[int]:
    return list(range(size))


def total(base: list[int], factor: int = 2) -> int:
    return sum(base) * factor


def largest(base: list[int]) -> int:
    return max(base)


def both(total: int, largest: int) -> tuple[int, int]:
    return total, largest


def broken(total: int) -> float:
    return total / 0


def after(broken: float) -> float:
    return broken


@tag(other="yes")
def length(base: list[int]) -> int:
    return len(base)


def product(length: int, largest: int) -> int:
    return length * largest


ALL = (base, total, largest, both, broken, after)


def test_a_run_is_submitted_as_one_batch_and_only_outputs_are_transferred(cluster: ThreadCluster) -> None:
    driver = Builder().with_functions(*ALL).with_executor(cluster).build()
    assert driver.execute(["both", "total"], inputs={"size": 4}) == {"both": (12, 3), "total": 12}
    assert cluster.batches == [["base", "total", "largest", "both"]]
    assert cluster.loads == [2]


def test_hooks_that_read_no_values_transfer_none(cluster: ThreadCluster) -> None:
    ends = Ends()
    driver = Builder().with_functions(*ALL).with_executor(cluster).with_hooks(ends).build()
    driver.execute(["both"], inputs={"size": 4})
    assert ends.outcomes == dict.fromkeys(["base", "total", "largest", "both"], "Succeeded")
    assert cluster.loads == [1]


def test_hooks_that_read_values_receive_them(cluster: ThreadCluster) -> None:
    values = Values()
    driver = Builder().with_functions(*ALL).with_executor(cluster).with_hooks(values).build()
    driver.execute(["total"], inputs={"size": 4})
    assert values.values == {"base": [0, 1, 2, 3], "total": 12}


def test_a_failure_names_the_node_and_its_arguments(cluster: ThreadCluster) -> None:
    driver = Builder().with_functions(*ALL).with_executor(cluster).build()
    with pytest.raises(ZeroDivisionError) as caught:
        driver.execute(["after"], inputs={"size": 4})
    worker, node = caught.value.__notes__
    assert worker.startswith("In the worker process:\nTraceback")
    assert node.endswith("), called with\n  total = 12")
    assert node.startswith("Raised in node `broken` (")
    assert cluster.loads == []


def test_only_dependents_of_a_failure_are_skipped(cluster: ThreadCluster) -> None:
    ends = Ends()
    driver = Builder().with_functions(*ALL).with_executor(cluster).with_hooks(ends, ContinueOnError()).build()
    assert driver.execute(["after", "total"], inputs={"size": 4}) == {"total": 12}
    assert ends.outcomes == {"base": "Succeeded", "total": "Succeeded", "broken": "Failed", "after": "Skipped"}


@pytest.mark.filterwarnings("ignore::headwater.errors.FailedNodeWarning")
def test_middleware_runs_on_the_workers(cluster: ThreadCluster) -> None:
    driver = Builder().with_functions(*ALL).with_executor(cluster).build()
    assert driver.execute(["after"], inputs={"size": 4}, hooks=[GracefulErrors(sentinel=None)]) == {"after": None}
    assert driver.execute(["total"], inputs={"size": 4}, hooks=[Retry()]) == {"total": 12}


def test_functions_on_other_executors_receive_values(cluster: ThreadCluster) -> None:
    driver = Builder().with_functions(*ALL).with_executor(cluster).build()
    here = driver.with_executor(None, where={"module": "missing"})
    assert here.execute(["both"], inputs={"size": 4}) == {"both": (12, 3)}
    with ThreadPoolExecutor(1) as pool:
        mixed = Builder().with_functions(base, largest, both, total=total).with_executor(cluster)
        threads = mixed.with_executor(pool).build()
        assert threads.execute(["both"], inputs={"size": 4}) == {"both": (12, 3)}


@pytest.mark.parametrize("elsewhere", ["base", "total", "both"])
def test_a_function_may_be_called_in_this_process(cluster: ThreadCluster, elsewhere: str) -> None:
    functions = [
        tag(here="yes")(function) if function.__name__ == elsewhere else function for function in (base, total, largest, both)
    ]
    driver = Builder().with_functions(*functions).with_executor(cluster).with_executor(None, where={"here": "yes"}).build()
    assert driver.execute(["both"], inputs={"size": 4}) == {"both": (12, 3)}


def test_two_clusters_transfer_values_through_this_process(cluster: ThreadCluster) -> None:
    other = ThreadCluster()
    with other.thread:
        driver = (
            Builder()
            .with_functions(base, largest, length, product)
            .with_executor(cluster)
            .with_executor(other, where={"other": "yes"})
            .build()
        )
        assert driver.execute(["product"], inputs={"size": 4}) == {"product": 12}
    assert cluster.batches == [["base", "largest"], ["product"]]
    assert other.batches == [["length"]]


def test_a_cluster_may_refuse_a_function_and_change_its_value(cluster: ThreadCluster) -> None:
    cluster.refuses = ["total"]
    driver = Builder().with_functions(*ALL).with_executor(cluster).build()
    assert driver.execute(["both"], inputs={"size": 4}) == {"both": (112, 3)}


def test_a_cache_stores_values_and_reuses_them(cluster: ThreadCluster, tmp_path: Path) -> None:
    driver = Builder().with_functions(*ALL).with_executor(cluster).with_cache(tmp_path).build()
    for _ in range(2):
        assert driver.execute(["both"], inputs={"size": 4}) == {"both": (12, 3)}
    assert [names for batch in cluster.batches for names in batch] == ["base", "total", "largest", "both"]


def test_a_sweep_is_one_batch(cluster: ThreadCluster) -> None:
    driver = Builder().with_functions(*ALL).with_executor(cluster).build()
    rows = driver.sweep(["total"], over={"factor": range(600)}, inputs={"size": 3}).rows
    assert [row["total"] for row in rows] == [3 * factor for factor in range(600)]
    assert len(cluster.batches) == 1
    assert cluster.loads == [600]


def test_a_lost_cluster_ends_the_run_even_if_it_continues_after_failures(cluster: ThreadCluster) -> None:
    cluster.is_lost = True
    driver = Builder().with_functions(*ALL).with_executor(cluster).with_hooks(ContinueOnError()).build()
    with pytest.raises(ClusterLost) as caught:
        driver.execute(["after", "both"], inputs={"size": 4})
    assert "`base` (" in str(caught.value)
    message = str(caught.value)
    assert "has no value, because the test's cluster stopped. Start it. On the next run, a driver with a cache" in message
    assert caught.value.node == "base"


def test_an_async_driver_sends_values_to_this_process(cluster: ThreadCluster) -> None:
    import asyncio

    driver = Builder().with_functions(*ALL).with_executor(cluster).build_async()
    assert asyncio.run(driver.execute(["both"], inputs={"size": 4})) == {"both": (12, 3)}
    assert cluster.batches == []


def test_a_remote_outcome_is_pickled_with_its_value(cluster: ThreadCluster) -> None:
    outcome = RemoteSucceeded(StoredValue(cluster, cluster.thread.submit(sum, [1, 2])))
    assert copied(outcome) == Succeeded(3)
    assert repr(outcome.reference) == "<value on a worker>"


GATE = Event()


def fails() -> int:
    raise ZeroDivisionError


def waits() -> int:
    GATE.wait(60)
    return 1


def test_a_failure_cancels_jobs_that_have_not_ended(cluster: ThreadCluster) -> None:
    driver = Builder().with_functions(fails, waits).with_executor(cluster).build()
    with pytest.raises(ZeroDivisionError):
        driver.execute(["fails", "waits"])
    GATE.set()


def test_a_canceled_job_has_no_outcome(cluster: ThreadCluster) -> None:
    future = StoredFuture(StoredValue(cluster, cluster.thread.submit(int)))
    assert future.cancel()
    assert future.cancel()
    assert future.is_dropped
    future.settle(Succeeded(1))
    assert wait([future]).done == {future}
    assert future.cancelled()


def test_a_job_with_an_outcome_is_not_canceled(cluster: ThreadCluster) -> None:
    future = StoredFuture(StoredValue(cluster, cluster.thread.submit(int)))
    future.settle(Succeeded(1))
    assert not future.cancel()
    assert future.result().take() == Succeeded(1)
