"""Worker processes that end, values and exceptions that cannot be sent, and executors that accept no calls."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from headwater import Builder, Collect, Parallelizable
from headwater.errors import UnpicklableError, WorkerLost
from headwater.execution.failure import sent_error
from headwater.execution.outcome import Undelivered
from headwater.execution.undelivered import explained
from headwater.hooks import ContinueOnError, Observer

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.hooks import Task

pytestmark = pytest.mark.native  # a browser has no processes


class TwoArguments(Exception):
    """An exception that cannot be copied: a copy is constructed with only one argument."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class WithLock(Exception):
    """An exception that cannot be pickled."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.lock = threading.Lock()


def number(count: int) -> Parallelizable[int]:
    return range(count)


def ending(number: int) -> int:
    if number == 5_000:
        os._exit(3)
    return number


def total(ending: Collect[int]) -> int:
    return sum(ending)


def single(count: int) -> int:
    os._exit(3)


def after(single: int) -> int:
    return single


def other(count: int) -> int:
    return count


def lock(number: int) -> Any:
    return threading.Lock() if number == 3 else number


def single_lock(count: int) -> Any:
    return threading.Lock()


def two_arguments(number: int) -> int:
    if number == 3:
        raise TwoArguments("no number", 7)
    return number


def with_lock(number: int) -> int:
    if number == 3:
        raise WithLock("no number")
    return number


def single_two_arguments(count: int) -> int:
    raise TwoArguments("no count", 7)


def doubled(two_arguments: int) -> int:
    return two_arguments * 2


def named(text: str) -> str:
    """Return the text with `flow.py` instead of the path of this file."""
    return re.sub(r"[^ (]*test_undelivered\.py", "flow.py", text)


def failure(*functions: Callable[..., Any], output: str, count: int, hooks: Any = ()) -> BaseException:
    """Return the exception of a run in a new process pool."""
    with ProcessPoolExecutor(2) as pool:
        driver = Builder().with_functions(number, *functions).with_executor(pool).build()
        with pytest.raises(Exception) as raised:  # noqa: PT011 - the test checks the exception
            driver.execute([output], inputs={"count": count}, hooks=hooks)
    return raised.value


# --- workers that end ---------------------------------------------------------------------------------------------------


def test_a_worker_that_ends_among_many_elements_is_an_error_with_the_node_and_the_advice() -> None:
    error = failure(ending, total, output="total", count=10_000)
    assert isinstance(error, WorkerLost)
    assert error.node == "ending"
    assert re.sub(":[0-9]+", ":1", named(str(error))) == (
        "A worker process ended while running `ending` (flow.py:1). Possible causes: it ran out of memory, compiled code "
        "crashed, or the return value or exception of a function could not be unpickled. The executor can no longer be used. "
        "Create a new executor and run again."
    )
    _, note = error.__notes__
    first, last = map(int, re.findall(r"`number\[(\d+)\]`", note))
    assert first <= 5_000
    assert last - first < 10_000 // 32


def test_a_function_that_is_called_once_needs_no_note_on_elements() -> None:
    error = failure(single, after, other, output="after", count=1)
    assert named(str(error)).startswith("A worker process ended while running `single` (flow.py:")
    assert error.__notes__ == [error.docs_note]


def test_the_error_on_a_lost_worker_names_all_functions_that_it_may_have_called() -> None:
    graph = Builder().with_functions(single, after, other).build().graph
    broken = BrokenExecutor("broken")
    lost = explained(Undelivered(broken), [graph["single"]], in_flight=[graph["single"], graph["other"]]).error
    assert isinstance(lost, WorkerLost)
    assert lost.__cause__ is broken
    assert re.search(r"while running `single` \([^)]*\) or `other` \([^)]*\)\. Possible", str(lost))


def test_a_run_can_continue_without_the_functions_of_a_lost_worker() -> None:
    hook = ContinueOnError()
    with ProcessPoolExecutor(1) as pool:
        lost = Builder().with_functions(number, single, after, ending, total).with_executor(pool).build()
        assert lost.execute(["after", "total"], inputs={"count": 3}, hooks=[hook]) == {}
    assert isinstance(hook.failures.errors["single"], WorkerLost)
    assert hook.failures.skipped["after"] == ("single",)


def test_an_executor_that_lost_a_worker_earlier_calls_nothing() -> None:
    with ProcessPoolExecutor(1) as pool:
        driver = Builder().with_functions(number, single, other, ending, total).with_executor(pool).build()
        for output in ("single", "single", "other", "total"):
            with pytest.raises(WorkerLost) as raised:
                driver.execute([output], inputs={"count": 1})
    assert "`number` (flow.py:" in named(str(raised.value))
    assert "was not called, because a worker process of its executor had already ended. The executor" in str(raised.value)


@pytest.mark.parametrize("output", ["single", "ending"])
def test_an_async_driver_reports_a_lost_worker(output: str) -> None:
    with ProcessPoolExecutor(1) as pool:
        driver = Builder().with_functions(number, single, ending).with_executor(pool).build_async()
        for was_called in (True, False):
            with pytest.raises(WorkerLost, match="ended while running" if was_called else "was not called"):
                asyncio.run(driver.execute([output], overrides={"number": [5_000]}, inputs={"count": 1}))


def test_an_executor_that_is_shut_down_is_an_error_with_the_node() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    driver = Builder().with_functions(number, other, ending).with_executor(pool).build()
    for output, overrides in (("other", {}), ("ending", {"number": [1]})):
        with pytest.raises(RuntimeError) as raised:
            driver.execute([output], inputs={"count": 1}, overrides=overrides)
        (note,) = raised.value.__notes__
        assert note.startswith(f"The executor did not accept the call to node `{output}` (")


# --- values and exceptions that cannot be sent --------------------------------------------------------------------------


def test_a_value_that_cannot_be_pickled_does_not_blame_a_call() -> None:
    for output, element in (("lock", "This call was for the element `number[3]`."), ("single_lock", None)):
        error = failure(lock, single_lock, output=output, count=10)
        assert isinstance(error, TypeError)
        note, *elements = error.__notes__
        assert re.fullmatch(
            rf"The executor could not call node `{output}` \(.*\) or return the value\. "
            r"Functions, arguments and values must be picklable\.",
            note,
        )
        assert elements == ([element] if element else [])


@pytest.mark.parametrize(
    ("output", "raised"),
    [
        ("two_arguments", "TwoArguments: no number"),
        ("doubled", "TwoArguments: no number"),
        ("single_two_arguments", "TwoArguments: no count"),
        ("with_lock", "WithLock: no number"),
    ],
)
def test_an_exception_that_cannot_be_copied_does_not_end_the_pool(output: str, raised: str) -> None:
    error = failure(two_arguments, doubled, single_two_arguments, with_lock, output=output, count=10)
    assert isinstance(error, UnpicklableError)
    assert str(error).startswith(f"The function raised {raised}. This exception cannot be sent from the worker process")
    notes = "\n".join(error.__notes__)
    assert notes.count("In the worker process:") == 1
    assert notes.count("Raised in node `") == 1
    assert raised in notes
    assert (notes.splitlines()[-1] == "This call was for the element `number[3]`.") is ("count" not in raised)


class Ended(Observer):
    """Records the name of each node whose call ended, and the class name of the outcome."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[str, str]] = []

    def task_ended(self, task: Task, outcome: object) -> None:
        self.outcomes.append((task.node.name, type(outcome).__name__))


def test_joined_functions_whose_call_was_lost_have_not_succeeded() -> None:
    def pair(lock: Any) -> Any:
        return lock, threading.Lock()

    ended = Ended()
    failure(lock, pair, output="pair", count=1, hooks=[ended])
    assert ended.outcomes == [("lock", "Undelivered")]


# --- exceptions in transit ----------------------------------------------------------------------------------------------


class Strange(Exception):
    """An exception that raises another exception when it is pickled."""

    def __reduce__(self) -> NoReturn:
        raise RuntimeError("not today")


@pytest.mark.parametrize(
    "error", [ValueError("a"), OSError(2, "b"), KeyError("c"), UnicodeDecodeError("utf-8", b"", 0, 1, "d")]
)
def test_an_exception_that_can_be_copied_is_sent(error: Exception) -> None:
    sent = sent_error(error)
    assert sent is error
    assert type(pickle.loads(pickle.dumps(sent))) is type(error)  # noqa: S301 - pickled by the test


@pytest.mark.parametrize("error", [TwoArguments("a", 1), WithLock("b"), Strange("c")])
def test_a_substitute_is_sent_with_the_notes_of_the_exception(error: Exception) -> None:
    error.add_note("Attempt 2 of 2.")
    sent = pickle.loads(pickle.dumps(sent_error(error)))  # noqa: S301 - pickled by the test
    assert isinstance(sent, UnpicklableError)
    _, first, last = sent.__notes__
    assert first == "Attempt 2 of 2."
    assert last.startswith("In the worker process:")
    assert "Attempt" not in last
