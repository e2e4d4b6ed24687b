"""The values of mapped nodes stay on the workers of a cluster. These tests simulate the cluster with a thread."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, Collect, Driver, Parallelizable, on
from headwater.execution.outcome import NOT_KEPT
from headwater.execution.remote import Earlier, RemoteExecutor, RemoteFuture
from headwater.execution.remote_task import CallFailed, RemoteTasks
from headwater.execution.remote_values import RemoteSucceeded, RemoteValue
from headwater.hooks import Failed, Observer, Succeeded, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from headwater.execution.middleware import Attempt
    from headwater.execution.remote import Job
    from headwater.graph.node import Node
    from headwater.hooks import Outcome

cloudpickle = pytest.importorskip("cloudpickle")

pytestmark = pytest.mark.native  # threads


class KeptValue(RemoteValue):
    """A value that stays on a `KeepingCluster`."""

    def __init__(self, owner: KeepingCluster, job: Future[Any]) -> None:
        super().__init__()
        self.owner = owner
        self.job = job

    @property
    def cluster(self) -> KeepingCluster:
        return self.owner

    @classmethod
    def load_all(cls, values: Sequence[KeptValue]) -> list[Any]:
        loaded = [value.job.result() for value in values]
        values[0].owner.loaded += loaded
        return loaded


class KeptFuture(RemoteFuture):
    def receive(self, job: Future[Any]) -> None:
        error = job.exception()
        if error is None:
            self.settle(RemoteSucceeded(self.reference))
        else:
            assert isinstance(error, CallFailed)
            self.settle(cloudpickle.loads(cloudpickle.dumps(error)).outcome)


class KeepingCluster(RemoteExecutor):
    """A one-worker cluster that records the values that the run loads."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.started: list[str] = []
        self.loaded: list[Any] = []
        self.runs: set[str] = set()
        self.numbers = count()

    @property
    def cluster(self) -> KeepingCluster:
        return self

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise NotImplementedError

    def start(self, run: str, attempt: Attempt, jobs: Sequence[Job]) -> list[RemoteFuture]:
        tasks = RemoteTasks(attempt, cloudpickle.dumps)
        submitted: dict[int, Future[Any]] = {}
        futures: list[RemoteFuture] = []
        for job in jobs:
            key = f"{job.node.name}-{run}"
            assert key not in self.runs, "the scheduler already has a job with this key"
            self.runs.add(key)
            self.started.append(job.node.name)
            places = [self.place(argument, submitted) for argument in job.arguments]
            task = tasks.task(job, [place is not None for place in places])
            sources = [place for place in places if place is not None]
            submitted[job.number] = job_future = self.thread.submit(
                lambda task=task, sources=sources: task(*(source.result() for source in sources))
            )
            future = KeptFuture(KeptValue(self, job_future))
            job_future.add_done_callback(future.receive)
            futures.append(future)
        return futures

    def place(self, argument: Any, submitted: dict[int, Future[Any]]) -> Future[Any] | None:
        if isinstance(argument, Earlier):
            return submitted[argument.job]
        return argument.job if isinstance(argument, KeptValue) and argument.owner is self else None


@pytest.fixture
def cluster() -> Iterator[KeepingCluster]:
    cluster = KeepingCluster()
    with cluster.thread:
        yield cluster


def number(size: int) -> Parallelizable[int]:
    return list(range(size))


def square(number: int) -> int:
    return number * number


def negative(square: int) -> int:
    return -square


def total(negative: Collect[int]) -> int:
    return sum(negative)


def squares(square: Collect[int]) -> list[int]:
    return list(square)


def part(number: int) -> Parallelizable[int]:
    return list(range(number))


def part_total(part: Collect[int], number: int) -> int:
    return sum(part) + number


def inverse(number: int) -> float:
    return 1 / (number - 3)


def driver_on(cluster: RemoteExecutor, *functions: Callable[..., Any]) -> Driver[dict[str, Any]]:
    return Builder().with_functions(*functions).with_executor(cluster).build()


def test_only_the_elements_and_the_output_are_transferred(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, square, negative, total)
    assert driver.execute(["total"], inputs={"size": 4}) == {"total": -14}
    assert cluster.loaded == [[0, 1, 2, 3], -14]


def test_each_result_of_joined_functions_stays_on_the_workers(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, square, negative, total, squares)
    assert driver.execute(["total", "squares"], inputs={"size": 3}) == {"total": -5, "squares": [0, 1, 4]}
    assert cluster.loaded == [[0, 1, 2], -5, [0, 1, 4]]


def test_several_functions_read_one_joined_list(cluster: KeepingCluster) -> None:
    def largest(negative: Collect[int]) -> int:
        return max(negative)

    driver = driver_on(cluster, number, square, negative, total, largest)
    assert driver.execute(["total", "largest"], inputs={"size": 3}) == {"total": -5, "largest": 0}
    assert cluster.started.count("total") + cluster.started.count("largest") == 3  # the two calls, and one join


def test_requested_lists_are_transferred(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, square, negative)
    assert driver.execute(["square", "negative"], inputs={"size": 3}) == {"square": [0, 1, 4], "negative": [0, -1, -4]}


def test_nested_lists_keep_their_form(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, part, part_total)
    assert driver.execute(["part", "part_total"], inputs={"size": 4}) == {
        "part": [[], [0], [0, 1], [0, 1, 2]],
        "part_total": [0, 1, 3, 6],
    }


def test_a_list_without_elements_needs_no_worker(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, square, negative, total)
    assert driver.execute(["total", "square"], inputs={"size": 0}) == {"total": 0, "square": []}


def test_many_elements_are_in_order(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, square, negative, total)
    values = driver.execute(["negative"], inputs={"size": 3000})
    assert values["negative"] == [-(n * n) for n in range(3000)]


def test_a_failure_names_the_element(cluster: KeepingCluster) -> None:
    driver = driver_on(cluster, number, square, inverse)
    with pytest.raises(ZeroDivisionError) as raised:
        driver.execute(["square", "inverse"], inputs={"size": 5})
    notes = "\n".join(raised.value.__notes__)
    assert "Raised in node `inverse`" in notes
    assert notes.endswith("This call was for the element `number[3]`.")
    assert "In the worker process:" in notes


def test_observers_load_what_they_read(cluster: KeepingCluster) -> None:
    tasks: list[tuple[str, int, Any]] = []
    outcomes: dict[str, Outcome] = {}

    class Recorder(Observer):
        def task_ended(self, task: Task, outcome: Succeeded | Failed) -> None:
            assert isinstance(outcome, Succeeded)
            tasks.append((task.node.name, task.number, outcome.value))

        def ended(self, node: Node, outcome: Outcome) -> None:
            outcomes[node.name] = outcome

    driver = driver_on(cluster, number, square, negative, total)
    driver.execute(["total"], inputs={"size": 2}, hooks=[Recorder()])
    assert sorted(tasks, key=lambda task: (task[1], -len(task[0]), task[0])) == [
        ("negative", 0, 0),
        ("square", 0, NOT_KEPT),
        ("negative", 1, -1),
        ("square", 1, NOT_KEPT),
    ]
    assert isinstance(outcomes["square"], Succeeded)
    assert outcomes["square"].value is NOT_KEPT
    assert isinstance(outcomes["negative"], RemoteSucceeded)
    assert outcomes["negative"].value == [0, -1]


def test_functions_in_this_process_receive_the_lists(cluster: KeepingCluster) -> None:
    @on("here")
    def here(negative: Collect[int]) -> int:
        return min(negative)

    driver = driver_on(cluster, number, square, negative, here).with_executor(None, on="here")
    assert driver.execute(["here"], inputs={"size": 3}) == {"here": -4}


def test_a_cache_stores_the_lists(cluster: KeepingCluster, tmp_path: Any) -> None:
    def build() -> Driver[dict[str, Any]]:
        builder = Builder().with_functions(number, square, negative, total).with_cache(tmp_path)
        return builder.with_executor(cluster).build()

    assert build().execute(["total", "square"], inputs={"size": 3}) == {"total": -5, "square": [0, 1, 4]}
    started = len(cluster.started)
    assert build().execute(["total", "square"], inputs={"size": 3}) == {"total": -5, "square": [0, 1, 4]}
    assert len(cluster.started) == started
