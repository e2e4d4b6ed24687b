"""Runs on a Dask cluster of worker processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, Collect, Parallelizable, on, tag
from headwater.errors import ClusterLost
from headwater.hooks import ContinueOnError, Observer, Retry

if TYPE_CHECKING:
    from distributed import Client

    from headwater.execution.middleware import Call
    from headwater.execution.observer import Task
    from headwater.graph.node import Node
    from headwater.hooks import Outcome
    from headwater.integrations.dask import DaskExecutor

MISSING = "Dask's collections are not installed. `make engines` installs them."
da = pytest.importorskip("dask.array", reason=MISSING)
dd = pytest.importorskip("dask.dataframe", reason=MISSING)

ITEMS = 10_000


@pytest.fixture(scope="module")
def client(library: Callable[[str], ModuleType]) -> Iterator[Client]:
    distributed = library("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", resources={"GPU": 1}) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def executor(client: Client) -> DaskExecutor:
    from headwater.integrations.dask import DaskExecutor

    return DaskExecutor(client)


def base(size: int) -> list[int]:
    return list(range(size))


def total(base: list[int], factor: int = 2) -> int:
    return sum(base) * factor


def broken(total: int) -> float:
    return total / 0


def after(broken: float) -> float:
    return broken


def square(number: int) -> tuple[int, int]:
    return number**2, os.getpid()


def numbers() -> Parallelizable[int]:
    yield from range(ITEMS)


def squared(numbers: int) -> tuple[int, int]:
    return square(numbers)


def squares(squared: Collect[tuple[int, int]]) -> list[tuple[int, int]]:
    return list(squared)


def process() -> int:
    return os.getpid()


def test_the_clients_executor_calls_functions_in_worker_processes(client: Client) -> None:
    driver = Builder().with_functions(process).with_executor(client.get_executor()).build()
    assert driver.execute(["process"])["process"] in client.run(os.getpid).values()


def test_the_names_of_nodes_group_the_tasks_of_one_graph(client: Client, executor: DaskExecutor) -> None:
    driver = Builder().with_functions(base, total).with_executor(executor).build()
    sweep = driver.sweep(["total"], over={"factor": [1, 2]}, inputs={"size": 3})
    assert [row["total"] for row in sweep.rows] == [3, 6]
    assert {"base", "total"} <= client.cluster.scheduler.task_prefixes.keys()


def test_values_stay_on_the_workers(executor: DaskExecutor) -> None:
    def large(size: int) -> np.ndarray:
        return np.ones(size)

    def mean(large: np.ndarray) -> float:
        return float(large.mean())

    loaded: list[str] = []

    class Ends(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            loaded.append(repr(outcome.reference))  # type: ignore[union-attr]

    driver = Builder().with_functions(large, mean).with_executor(executor).build()
    assert driver.execute(["mean"], inputs={"size": 1_000_000}, hooks=[Ends()]) == {"mean": 1.0}
    assert loaded == ["<value on a worker>"] * 2


def test_a_large_input_is_sent_once(executor: DaskExecutor) -> None:
    def part(data: np.ndarray, number: int) -> float:
        return float(data[number])

    driver = Builder().with_functions(part).with_executor(executor).build()
    data = np.arange(1_000_000.0)  # 8 MB: if each task contained a copy, Dask would warn about the size of the graph
    rows = driver.sweep(["part"], over={"number": range(100)}, inputs={"data": data}).rows
    assert [row["part"] for row in rows] == list(range(100))


def test_a_failure_names_the_node_its_location_and_its_arguments(executor: DaskExecutor) -> None:
    driver = Builder().with_functions(base, total, broken, after).with_executor(executor).build()
    with pytest.raises(ZeroDivisionError) as caught:
        driver.execute(["after"], inputs={"size": 4})
    worker, node = caught.value.__notes__
    assert "in broken" in worker
    assert node.startswith("Raised in node `broken` (")
    assert node.endswith("called with\n  total = 12")


def test_a_run_continues_after_a_failure(executor: DaskExecutor) -> None:
    failures = ContinueOnError()
    driver = Builder().with_functions(base, total, broken, after).with_executor(executor).with_hooks(failures).build()
    assert driver.execute(["after", "total"], inputs={"size": 4}) == {"total": 12}
    assert failures.failures.skipped == {"after": ("broken",)}


def test_middleware_runs_on_the_workers(executor: DaskExecutor) -> None:
    driver = Builder().with_functions(base, total).with_executor(executor).with_hooks(Retry()).build()
    assert driver.execute(["total"], inputs={"size": 4}) == {"total": 12}


def test_a_cache_reuses_values_of_an_earlier_run(executor: DaskExecutor, tmp_path: Path) -> None:
    driver = Builder().with_functions(base, total).with_executor(executor).with_cache(tmp_path).build()
    for _ in range(2):
        assert driver.execute(["total"], inputs={"size": 4}) == {"total": 12}
    assert [event.outcome for event in driver.cache.log] == ["miss", "miss", "hit", "hit"]


def test_functions_are_selected_by_mark_and_tag(client: Client) -> None:
    from headwater.integrations.dask import DaskExecutor

    @on("gpu")
    def trained() -> int:
        return os.getpid()

    @tag(where="here")
    def here(trained: int) -> int:
        return os.getpid()

    first = next(iter(client.scheduler_info()["workers"]))
    driver = (
        Builder()
        .with_functions(trained, here)
        .with_executor(DaskExecutor(client))
        .with_executor(DaskExecutor(client, resources={"GPU": 1}, workers=[first], retries=1, priority=5), on="gpu")
        .with_executor(None, where={"where": "here"})
        .build()
    )
    values = driver.execute(["trained", "here"])
    assert values == {"trained": client.run(os.getpid)[first], "here": os.getpid()}


def test_frames_and_arrays_are_computed_once_on_the_cluster(executor: DaskExecutor, tmp_path: Path) -> None:
    calls = tmp_path / "calls"

    def double(part: pd.DataFrame) -> pd.DataFrame:
        with calls.open("a") as file:
            file.write("x")
        return part * 2

    def frame(size: int) -> dd.DataFrame:
        source = dd.from_pandas(pd.DataFrame({"x": range(size)}), npartitions=2)
        return source.map_partitions(double, meta=source._meta)

    def sums(frame: dd.DataFrame) -> int:
        return int(frame["x"].sum().compute())

    def maximum(frame: dd.DataFrame) -> int:
        return int(frame["x"].max().compute())

    def array(frame: dd.DataFrame) -> da.Array:
        return frame["x"].to_dask_array(lengths=True)

    def result(sums: int, maximum: int, array: da.Array) -> tuple[int, int, int]:
        return sums, maximum, int(array.sum().compute())

    driver = Builder().with_functions(frame, sums, maximum, array, result).with_executor(executor).build()
    assert driver.execute(["result"], inputs={"size": 10}) == {"result": (90, 18, 90)}
    assert calls.read_text() == "xx"


class KillAfter(Observer):
    """Kill a process once the given number of nodes have ended, and count how often each node ends."""

    def __init__(self, number: int, process: Callable[[Outcome], int]) -> None:
        self.number = number
        self.process = process
        self.ends: dict[str, int] = {}
        self.killed: int | None = None

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.ends[node.name] = self.ends.get(node.name, 0) + 1
        if self.killed is None and len(self.ends) == self.number:
            self.killed = self.process(outcome)
            os.kill(self.killed, signal.SIGKILL)


def test_no_result_is_lost_or_duplicated_if_a_worker_is_killed(client: Client, executor: DaskExecutor) -> None:
    victim = next(iter(client.run(os.getpid).values()))
    kill = KillAfter(ITEMS // 5, lambda _: victim)
    driver = Builder().with_functions(square).with_executor(executor).build()
    rows = driver.sweep(["square"], over={"number": range(ITEMS)}, hooks=[kill]).rows
    assert kill.killed == victim
    assert [row["square"][0] for row in rows] == [number**2 for number in range(ITEMS)]
    assert list(kill.ends.values()) == [1] * ITEMS
    processes = {row["square"][1] for row in rows}
    assert victim not in processes, "Values from the killed worker were not computed again."


class KillDuringElements(Observer):
    """Kill a process once a fifth of the elements are done, and record the elements."""

    def __init__(self, victim: int) -> None:
        self.victim = victim
        self.numbers: list[int] = []

    def task_ended(self, task: Task, outcome: Outcome) -> None:
        self.numbers.append(task.number)
        if len(self.numbers) == ITEMS // 5:
            os.kill(self.victim, signal.SIGKILL)


def test_no_element_is_lost_or_duplicated_if_a_worker_is_killed(client: Client, executor: DaskExecutor) -> None:
    kill = KillDuringElements(next(iter(client.run(os.getpid).values())))
    driver = Builder().with_functions(numbers, squared, squares).with_executor(executor).build()
    values = driver.execute(["squares"], hooks=[kill])["squares"]
    assert [value for value, _ in values] == [number**2 for number in range(ITEMS)]
    assert sorted(kill.numbers) == list(range(ITEMS))


def test_a_killed_scheduler_is_an_error_that_says_what_to_do(
    library: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = library("distributed")
    import dask

    from headwater.integrations.dask import DaskExecutor

    contact = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "10s"}),
        subprocess.Popen([*command, "--scheduler-file", str(contact)], stderr=subprocess.PIPE, text=True) as scheduler,
    ):
        try:
            assert scheduler.stderr is not None
            next(line for line in scheduler.stderr if "Scheduler at:" in line)
            next(line for line in scheduler.stderr if "Registering" in line)
            with distributed.Client(scheduler_file=str(contact)) as client:

                class Kill(Observer):
                    def started(self, call: Call) -> None:
                        scheduler.kill()

                driver = Builder().with_functions(base).with_executor(DaskExecutor(client)).build()
                with pytest.raises(ClusterLost) as caught:  # without workers, the function never starts
                    driver.execute(["base"], inputs={"size": 3}, hooks=[Kill(), ContinueOnError()])
        finally:
            scheduler.kill()
    message = str(caught.value)
    assert message.startswith("`base` (")
    assert "because the connection to the Dask scheduler `tcp://" in message
    assert "Start a scheduler, create a new `Client` and `DaskExecutor`, and run again." in message


def test_a_closed_client_is_the_same_error(library: Callable[[str], ModuleType]) -> None:
    from headwater.integrations.dask import DaskExecutor

    client = library("distributed").Client(n_workers=1, processes=False, dashboard_address=":0")
    driver = Builder().with_functions(base).with_executor(DaskExecutor(client)).build()
    client.close()
    with pytest.raises(ClusterLost, match="because the connection to the Dask scheduler"):
        driver.execute(["base"], inputs={"size": 3})


@pytest.mark.parametrize("outputs", ["total", "squares"])
def test_a_client_that_is_closed_during_a_run_is_the_same_error(
    library: Callable[[str], ModuleType], client: Client, outputs: str
) -> None:
    from headwater.integrations.dask import DaskExecutor

    other = library("distributed").Client(client.scheduler.addr, set_as_default=False)

    class Close(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            other.close()

    driver = Builder().with_functions(base, total, numbers, squared, squares).with_executor(DaskExecutor(other)).build()
    with pytest.raises(ClusterLost, match="because the connection to the Dask scheduler"):
        driver.execute([outputs], inputs={"size": 3}, hooks=[Close(), ContinueOnError()])
