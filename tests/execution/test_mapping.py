"""Calls for each element: in this thread, in threads and in processes, with hooks and failures."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder, Collect, Driver, Parallelizable, on
from headwater.execution.batches import BATCH_SECONDS, BatchSizes
from headwater.execution.concurrent import MAX_IN_FLIGHT
from headwater.hooks import ContinueOnError, Failed, GracefulErrors, Observer, Retry, StrictTypes, Succeeded, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater.graph.node import Node
    from headwater.hooks import Call, CallSteps, Outcome

pytestmark = pytest.mark.native  # a browser has one thread and no processes

PATIENCE = 60  # seconds until a test that hangs fails


def number(count: int) -> Parallelizable[int]:
    return range(count)


def inverse(number: int, numerator: int) -> float:
    return numerator / (number - 3)


def square(number: int) -> int:
    return number * number


def total(square: Collect[int]) -> int:
    return sum(square)


def part(number: int) -> Parallelizable[int]:
    return range(number)


def part_total(part: Collect[int]) -> int:
    return sum(part)


def driver_of(*functions: Callable[..., Any], executor: Executor | None = None) -> Driver:
    builder = Builder().with_functions(*functions)
    return (builder if executor is None else builder.with_executor(executor)).build()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2) as processes:
        yield processes


class Recorder(Observer):
    """Records the events of tasks and nodes."""

    def __init__(self) -> None:
        self.started_tasks: list[tuple[str, tuple[int, ...]]] = []
        self.ended_tasks: list[tuple[str, tuple[int, ...], Any]] = []
        self.totals: set[int] = set()
        self.nodes: list[tuple[str, str]] = []

    def task_started(self, task: Task) -> None:
        self.started_tasks.append((task.node.name, task.position))

    def task_ended(self, task: Task, outcome: Succeeded | Failed) -> None:
        value = outcome.value if isinstance(outcome, Succeeded) else type(outcome.error).__name__
        self.ended_tasks.append((task.node.name, task.position, value))
        self.totals.add(task.total)

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.nodes.append((node.name, type(outcome).__name__))


class Counting(Executor):
    """A thread pool that counts the submitted tasks, and records the maximum number of pending tasks."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._held = 0
        self.most = 0
        self.submitted = 0

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        with self._lock:
            self.submitted += 1
            self._held += 1
            self.most = max(self.most, self._held)
        future = self._pool.submit(function, *arguments, **named)
        future.add_done_callback(self._release)
        return future

    def _release(self, _: Future[Any]) -> None:
        with self._lock:
            self._held -= 1


# --- executors ----------------------------------------------------------------------------------------------------------


def test_calls_for_elements_run_in_parallel(pool: ThreadPoolExecutor) -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    def met(number: int) -> int:
        both.wait()
        return number

    assert driver_of(number, met, executor=pool).execute(["met"], inputs={"count": 2}) == {"met": [0, 1]}


def test_processes_make_the_calls(processes: ProcessPoolExecutor) -> None:
    driver = driver_of(number, square, total, part, part_total, executor=processes)
    values = driver.execute(["total", "part_total"], inputs={"count": 5})
    assert values == {"total": 30, "part_total": [0, 0, 1, 3, 6]}


def test_many_small_calls_share_few_batches_and_little_work_is_in_flight(pool: ThreadPoolExecutor) -> None:
    counting = Counting(pool)
    driver = driver_of(number, square, total, executor=counting)
    count = 20_000
    assert driver.execute(["total"], inputs={"count": count}) == {"total": sum(n * n for n in range(count))}
    assert counting.submitted < count / 10
    assert counting.most <= MAX_IN_FLIGHT


def test_there_may_be_no_elements(pool: ThreadPoolExecutor) -> None:
    assert driver_of(number, square, total, executor=pool).execute(["square", "total"], inputs={"count": 0}) == {
        "square": [],
        "total": 0,
    }


def test_each_function_has_its_own_executor(pool: ThreadPoolExecutor) -> None:
    @on("other")
    def thread(number: int) -> str:
        return threading.current_thread().name

    def here(number: int) -> str:
        return threading.current_thread().name

    driver = Builder().with_functions(number, thread, here).with_executor(pool, on="other").build()
    values = driver.execute(["thread", "here"], inputs={"count": 3})
    assert set(values["here"]) == {threading.current_thread().name}
    assert not set(values["here"]) & set(values["thread"])


# --- failures -----------------------------------------------------------------------------------------------------------


def test_the_failure_of_the_first_element_is_raised_although_another_fails_earlier(pool: ThreadPoolExecutor) -> None:
    later_failed = threading.Event()

    def failing(number: int) -> int:
        if number == 1:
            later_failed.set()
        else:
            assert later_failed.wait(PATIENCE)
        raise ValueError(str(number))

    with pytest.raises(ValueError, match="0") as raised:
        driver_of(number, failing, executor=pool).execute(["failing"], inputs={"count": 2})
    assert raised.value.__notes__[-1] == "This call was for the element `number[0]`."


def test_calls_after_a_failure_are_canceled(pool: ThreadPoolExecutor) -> None:
    made: list[int] = []

    def failing(number: int) -> int:
        made.append(number)
        raise ValueError(str(number))

    with pytest.raises(ValueError, match="0"):
        driver_of(number, failing, executor=pool).execute(["failing"], inputs={"count": 100_000})
    assert len(made) <= MAX_IN_FLIGHT


def test_a_failure_in_a_process_names_the_element(processes: ProcessPoolExecutor) -> None:
    driver = driver_of(number, inverse, executor=processes)
    with pytest.raises(ZeroDivisionError) as raised:
        driver.execute(["inverse"], inputs={"count": 10, "numerator": 1})
    notes = "\n".join(raised.value.__notes__)
    assert "In the worker process:" in notes
    assert "called with\n  number = 3\n  numerator = 1\nThis call was for the element `number[3]`." in notes


def test_lists_of_different_lengths_are_an_error_on_an_executor(pool: ThreadPoolExecutor) -> None:
    def both(number: int, square: int) -> int:
        return number * square

    driver = driver_of(number, square, both, executor=pool)
    with pytest.raises(ValueError, match=r"differ in length: 1 \(`number`\) and 2 \(`square`\)"):
        driver.execute(["both"], overrides={"number": [1], "square": [1, 4]})


def test_a_run_can_continue_after_an_element_failed(pool: ThreadPoolExecutor) -> None:
    def after(inverse: Collect[float]) -> float:
        return sum(inverse)

    for executor in (None, pool):
        driver = driver_of(number, inverse, after, square, total, executor=executor)
        values = driver.execute(["after", "total"], inputs={"count": 5, "numerator": 1}, hooks=[ContinueOnError()])
        assert values == {"total": 30}


# --- hooks --------------------------------------------------------------------------------------------------------------


def test_observers_get_the_events_of_each_element(pool: ThreadPoolExecutor) -> None:
    recorders = []
    for executor in (None, pool):
        recorder = Recorder()
        driver = driver_of(number, part, square, part_total, executor=executor)
        driver.execute(["part", "part_total", "square"], inputs={"count": 3}, hooks=[recorder])
        recorders.append(recorder)
    here, parallel = recorders
    assert Counter(here.nodes) == Counter(parallel.nodes)
    assert sorted(here.started_tasks) == sorted(parallel.started_tasks)
    assert sorted(here.ended_tasks) == sorted(parallel.ended_tasks)
    assert [task for task in here.ended_tasks if task[0] == "square"] == [
        ("square", (0,), 0),
        ("square", (1,), 1),
        ("square", (2,), 4),
    ]
    assert here.totals == {3}


def test_a_nested_task_has_a_position_in_each_list() -> None:
    def twice(part: int) -> int:
        return 2 * part

    recorder = Recorder()
    driver_of(number, part, twice).execute(["twice"], inputs={"count": 4}, hooks=[recorder])
    ended = [task for task in recorder.ended_tasks if task[0] == "twice"]
    positions = [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]
    assert ended == [("twice", position, 2 * position[1]) for position in positions]


def test_a_failed_task_ends_with_its_exception() -> None:
    recorder = Recorder()
    with pytest.raises(ZeroDivisionError):
        driver_of(number, inverse).execute(["inverse"], inputs={"count": 9, "numerator": 1}, hooks=[recorder])
    assert recorder.ended_tasks[-1] == ("inverse", (3,), "ZeroDivisionError")
    assert len(recorder.ended_tasks) == 4


def test_middleware_wraps_the_call_for_each_element(pool: ThreadPoolExecutor) -> None:
    class Doubled:
        def around_call(self, call: Call) -> CallSteps:
            assert not isinstance(call.named.get("number"), list)
            value = yield call
            return value * 2 if call.node.name == "square" else value

    for executor in (None, pool):
        driver = driver_of(number, square, total, executor=executor)
        assert driver.execute(["total"], inputs={"count": 4}, hooks=[Doubled()]) == {"total": 28}


def test_only_the_failed_call_is_repeated() -> None:
    attempts: Counter[int] = Counter()

    def unstable(number: int) -> int:
        attempts[number] += 1
        if number == 1 and attempts[number] == 1:
            raise ConnectionError
        return number

    values = driver_of(number, unstable).execute(
        ["unstable"], inputs={"count": 3}, hooks=[Retry(attempts=2, sleep=lambda _: None)]
    )
    assert values == {"unstable": [0, 1, 2]}
    assert attempts == {0: 1, 1: 2, 2: 1}


def test_a_sentinel_takes_the_place_of_a_failed_element() -> None:
    with pytest.warns(match="inverse"):
        values = driver_of(number, inverse).execute(
            ["inverse"], inputs={"count": 5, "numerator": 2}, hooks=[GracefulErrors(sentinel=-1.0)]
        )
    assert values == {"inverse": [2 / -3, -1.0, -2.0, -1.0, 2.0]}


def test_types_are_checked_for_each_element() -> None:
    def wrong(number: int) -> str:
        return number  # type: ignore[return-value]

    with pytest.raises(TypeError, match="must return str, but returned int: 0"):
        driver_of(number, wrong).execute(["wrong"], inputs={"count": 2}, hooks=[StrictTypes()])
    driver = driver_of(number, square, total)
    assert driver.execute(["total"], inputs={"count": 3}, hooks=[StrictTypes()]) == {"total": 5}


# --- batches ------------------------------------------------------------------------------------------------------------


@given(st.integers(1, 1_000_000), st.floats(0, 10))
def test_batches_cover_all_elements_and_leave_work_for_all_workers(count: int, seconds: float) -> None:
    sizes = BatchSizes()
    remaining, batches = count, 0
    while remaining and batches < 5_000:
        size = sizes.next(remaining)
        assert 1 <= size <= max(1, remaining // 32)
        remaining -= size
        sizes.measured(size, seconds * size)
        batches += 1
    if seconds * 1_000_000 < BATCH_SECONDS:
        assert not remaining


# --- random dataflows ---------------------------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(-3, 3), max_size=4), max_size=4), st.integers(-3, 3))
def test_every_executor_gives_the_same_values_and_the_same_failure(rows: Sequence[Sequence[int]], forbidden: int) -> None:
    def row() -> Parallelizable[Sequence[int]]:
        return rows

    def cell(row: Sequence[int]) -> Parallelizable[int]:
        yield from row

    def checked(cell: int) -> int:
        if cell == forbidden:
            raise ValueError(cell)
        return cell

    def row_total(checked: Collect[int], row: Sequence[int]) -> int:
        return sum(checked) * len(row)

    def grand_total(row_total: Collect[int]) -> int:
        return sum(row_total)

    with ThreadPoolExecutor(3) as pool:
        results = []
        for executor in (None, pool):
            recorder = Recorder()
            driver = driver_of(row, cell, checked, row_total, grand_total, executor=executor)
            try:
                outcome: Any = driver.execute(["cell", "row_total", "grand_total"], hooks=[recorder])
            except ValueError as error:
                outcome = error.args, [note for note in error.__notes__ if note.startswith("Raised in node")]
            results.append((outcome, Counter(recorder.nodes)))
    assert results[0] == results[1]
