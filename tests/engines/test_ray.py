"""Tests of runs on Ray, including runs in which a worker process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from headwater import Builder, Collect, Parallelizable, on, tag
from headwater.errors import ClusterLost
from headwater.hooks import ContinueOnError, Observer, Retry

if TYPE_CHECKING:
    from headwater.execution.observer import Task
    from headwater.graph.node import Node
    from headwater.hooks import Outcome
    from headwater.integrations.ray import RayExecutor

ITEMS = 10_000


@pytest.fixture
def executor(ray: ModuleType) -> RayExecutor:
    from headwater.integrations.ray import RayExecutor

    return RayExecutor()


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


def resources() -> dict[str, float]:
    import ray

    return ray.get_runtime_context().get_assigned_resources()


def task_name() -> str:
    import ray

    return str(ray.get_runtime_context().get_task_name())


def test_a_task_has_the_name_of_its_node(executor: RayExecutor) -> None:
    driver = Builder().with_functions(task_name).with_executor(executor).build()
    assert driver.execute(["task_name"]) == {"task_name": "task_name"}


def test_values_stay_in_the_object_store(executor: RayExecutor) -> None:
    def large(size: int) -> np.ndarray:
        return np.ones(size)

    def is_shared(large: np.ndarray) -> bool:
        return not large.flags.writeable  # an array in shared memory, which the task has not copied

    shown: list[str] = []

    class Ends(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            shown.append(repr(outcome.reference))  # type: ignore[union-attr]

    driver = Builder().with_functions(large, is_shared).with_executor(executor).build()
    assert driver.execute(["is_shared"], inputs={"size": 1_000_000}, hooks=[Ends()]) == {"is_shared": True}
    assert shown == ["<value on a worker>"] * 2


def test_a_large_input_is_put_into_the_store_once(
    executor: RayExecutor, ray: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def part(data: np.ndarray, number: int) -> float:
        return float(data[number])

    stored: list[Any] = []
    put = ray.put
    monkeypatch.setattr(ray, "put", lambda value: stored.append(value) or put(value))
    driver = Builder().with_functions(part).with_executor(executor).build()
    data = np.arange(1_000_000.0)
    rows = driver.sweep(["part"], over={"number": range(100)}, inputs={"data": data}).rows
    assert [row["part"] for row in rows] == list(range(100))
    assert [value is data for value in stored] == [True]


def test_tasks_receive_resources_by_mark_and_tag(ray: ModuleType) -> None:
    from headwater.integrations.ray import RayExecutor

    marked, tagged = on("accelerator")(resources), tag(kind="light")(resources)
    driver = (
        Builder()
        .with_functions(resources, marked=marked, tagged=tagged)
        .with_executor(RayExecutor())
        .with_executor(RayExecutor(num_cpus=2, resources={"accelerator": 1}), on="accelerator")
        .with_executor(RayExecutor(num_cpus=0.5), where={"kind": "light"})
        .build()
    )
    assert driver.execute(["resources", "marked", "tagged"]) == {
        "resources": {"CPU": 1.0},
        "marked": {"CPU": 2.0, "accelerator": 1.0},
        "tagged": {"CPU": 0.5},
    }


def test_a_failure_names_the_node_its_location_and_its_arguments(executor: RayExecutor) -> None:
    driver = Builder().with_functions(base, total, broken, after).with_executor(executor).build()
    with pytest.raises(ZeroDivisionError) as caught:
        driver.execute(["after"], inputs={"size": 4})
    worker, node = caught.value.__notes__
    assert "in broken" in worker
    assert node.startswith("Raised in node `broken` (")
    assert node.endswith("called with\n  total = 12")


def test_a_run_continues_after_a_failure(executor: RayExecutor) -> None:
    failures = ContinueOnError()
    driver = Builder().with_functions(base, total, broken, after).with_executor(executor).with_hooks(failures).build()
    assert driver.execute(["after", "total"], inputs={"size": 4}) == {"total": 12}
    assert failures.failures.skipped == {"after": ("broken",)}


def test_middleware_runs_on_the_workers(executor: RayExecutor) -> None:
    driver = Builder().with_functions(base, total).with_executor(executor).with_hooks(Retry()).build()
    assert driver.execute(["total"], inputs={"size": 4}) == {"total": 12}


def test_a_cache_reuses_values_of_an_earlier_run(executor: RayExecutor, tmp_path: Path) -> None:
    driver = Builder().with_functions(base, total).with_executor(executor).with_cache(tmp_path).build()
    for _ in range(2):
        assert driver.execute(["total"], inputs={"size": 4}) == {"total": 12}
    assert [event.outcome for event in driver.cache.log] == ["miss", "miss", "hit", "hit"]


def test_a_plain_call_returns_its_value(executor: RayExecutor) -> None:
    assert executor.submit(divmod, 7, 2).result() == (3, 1)


@pytest.mark.usefixtures("ray")
def test_the_executor_sets_the_names_of_tasks_itself() -> None:
    from headwater.integrations.ray import RayExecutor

    with pytest.raises(TypeError, match=r"^`RayExecutor` sets Ray's option `name` itself\.$"):
        RayExecutor(name="mine")


class KillWorker(Observer):
    """Kill the worker that returned the `number`-th result, and count how often each node ends."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.ends: dict[str, int] = {}
        self.killed: int | None = None

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.ends[node.name] = self.ends.get(node.name, 0) + 1
        if self.killed is None and len(self.ends) == self.number:
            self.killed = outcome.value[1]  # type: ignore[union-attr]
            os.kill(self.killed, signal.SIGKILL)


def test_no_result_is_lost_or_duplicated_if_a_worker_is_killed(executor: RayExecutor) -> None:
    kill = KillWorker(ITEMS // 5)
    driver = Builder().with_functions(square).with_executor(executor).build()
    rows = driver.sweep(["square"], over={"number": range(ITEMS)}, hooks=[kill]).rows
    assert kill.killed is not None
    assert [row["square"][0] for row in rows] == [number**2 for number in range(ITEMS)]
    assert list(kill.ends.values()) == [1] * ITEMS
    assert len({row["square"][1] for row in rows} - {kill.killed}) >= 2, "Fewer than two other workers returned results."


class KillDuringElements(Observer):
    """Kill a worker once a fifth of the elements are done, and record the elements."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def task_ended(self, task: Task, outcome: Outcome) -> None:
        self.numbers.append(task.number)
        if len(self.numbers) == ITEMS // 5:
            os.kill(outcome.value[1], signal.SIGKILL)  # type: ignore[union-attr]


def test_no_element_is_lost_or_duplicated_if_a_worker_is_killed(executor: RayExecutor) -> None:
    kill = KillDuringElements()
    driver = Builder().with_functions(numbers, squared, squares).with_executor(executor).build()
    values = driver.execute(["squares"], hooks=[kill])["squares"]
    assert [value for value, _ in values] == [number**2 for number in range(ITEMS)]
    assert sorted(kill.numbers) == list(range(ITEMS))


WITHOUT_RAY = """
    from headwater import Builder
    from headwater.integrations.ray import RayExecutor

    def one() -> int:
        return 1

    driver = Builder().with_functions(one).with_executor(RayExecutor()).build()
    try:
        driver.execute(["one"])
    except Exception as error:
        print(type(error).__name__, error)
"""


def program_output(program: str, folder: Path) -> str:
    """Run a program, and return its output. The output goes to a file, because Ray's processes would keep a pipe open."""
    output = folder / "output"
    with output.open("w") as file:
        subprocess.run([sys.executable, "-c", textwrap.dedent(program)], stdout=file, stderr=subprocess.STDOUT, check=True)
    return output.read_text()


def test_a_run_without_a_connection_says_what_to_call(library: Callable[[str], ModuleType], tmp_path: Path) -> None:
    library("ray")
    assert program_output(WITHOUT_RAY, tmp_path).startswith(
        "ClusterLost `one` (<string>:5) has no value, because this process is not connected to Ray. Call `ray.init()`"
    )


def test_the_end_of_the_connection_is_an_error_that_says_what_to_do(ray: ModuleType) -> None:
    from ray.exceptions import LocalRayletDiedError

    from headwater.integrations.ray.futures import RayFuture
    from headwater.integrations.ray.values import RayValue

    class Status:
        """The status of a task whose machine Ray has lost. Ray takes up to a minute to report this."""

        def future(self) -> Future[None]:
            future = Future[None]()
            future.set_exception(LocalRayletDiedError())
            return future

    node = Builder().with_functions(base).build().graph["base"]
    error = RayFuture(node, Status(), RayValue(ray.put(1))).exception()
    assert isinstance(error, ClusterLost)
    assert str(error).startswith(f"`base` ({node.location}) has no value, because the connection to Ray ended. Start Ray, call")
    assert isinstance(error.__cause__, LocalRayletDiedError)
