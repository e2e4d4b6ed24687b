"""Which executor calls which function, and how much work an executor receives."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, on, tag
from headwater.errors import RequestError
from headwater.execution.concurrent import MAX_IN_FLIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.native  # a browser has one thread


def default() -> str:
    return threading.current_thread().name


@on("gpu")
def marked() -> str:
    return threading.current_thread().name


@tag(kind="download")
def tagged() -> str:
    return threading.current_thread().name


BUILDER = Builder().with_functions(default, marked, tagged)
NAMES = ["default", "marked", "tagged"]


@pytest.fixture
def cpu() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2, "cpu") as pool:
        yield pool


@pytest.fixture
def gpu() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1, "gpu") as pool:
        yield pool


def places(values: dict[str, str]) -> list[str]:
    return [values[name].split("_")[0] for name in NAMES]


def test_an_executor_calls_all_functions(cpu: Executor) -> None:
    assert places(BUILDER.with_executor(cpu).build().execute(NAMES)) == ["cpu", "cpu", "cpu"]


def test_a_mark_or_a_tag_selects_another_executor(cpu: Executor, gpu: Executor) -> None:
    driver = BUILDER.with_executor(cpu).with_executor(gpu, on="gpu").with_executor(None, where={"kind": "download"}).build()
    assert places(driver.execute(NAMES)) == ["cpu", "gpu", threading.main_thread().name]


def test_the_last_executor_that_fits_takes_precedence(cpu: Executor, gpu: Executor) -> None:
    driver = BUILDER.with_executor(gpu, on="gpu").with_executor(cpu).build()
    assert places(driver.execute(NAMES)) == ["cpu", "cpu", "cpu"]


def test_a_driver_uses_an_executor_for_some_runs(cpu: Executor, gpu: Executor) -> None:
    driver = BUILDER.build()
    parallel = driver.with_executor(cpu).with_executor(gpu, on="gpu")
    here = threading.current_thread().name
    assert places(parallel.execute(NAMES)) == ["cpu", "gpu", "cpu"]
    assert places(driver.execute(NAMES)) == [here, here, here]


def test_marks_have_no_effect_without_named_executors(cpu: Executor) -> None:
    assert BUILDER.build().execute(["marked"]) == {"marked": threading.current_thread().name}
    assert places(BUILDER.with_executor(cpu).build().execute(NAMES)) == ["cpu", "cpu", "cpu"]


UNKNOWN = r"`marked` \(.*test_placement.py:\d+\) is marked `@on\('gpu'\)`, but no executor has this name. Did you mean `gpus`"


@pytest.mark.parametrize(
    "use",
    [lambda pool: BUILDER.with_executor(pool, on="gpus").build(), lambda pool: BUILDER.build().with_executor(pool, on="gpus")],
    ids=["builder", "driver"],
)
def test_a_mark_without_its_executor_is_reported(cpu: Executor, use: Callable[[Executor], object]) -> None:
    with pytest.raises(RequestError, match=UNKNOWN):
        use(cpu)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "says"),
    [
        ((4,), {}, TypeError, r"`executor` must be an executor such as `ThreadPoolExecutor\(\)`, not 4"),
        ((ThreadPoolExecutor,), {}, TypeError, r"Pass an instance\."),
        ((None,), {"on": 4}, TypeError, "`on` must be the name of an executor, not 4"),
        ((None,), {"where": {"kind": 4}}, RequestError, "The filter for tag `kind` must be a string"),
    ],
)
def test_a_wrong_argument_is_refused(
    arguments: tuple[Any, ...], options: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        BUILDER.with_executor(*arguments, **options)


class Recording(Executor):
    """Starts no call until the expected number of calls has been received.

    A run that submits fewer calls at a time waits forever.
    """

    def __init__(self, expected: int) -> None:
        self.received: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.most = 0
        self._expected = expected

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.received.append((future, lambda: fn(*args, **kwargs)))
        self.most = max(self.most, len(self.received))
        if len(self.received) == self._expected:
            while self.received:
                waiting, call = self.received.pop()
                waiting.set_result(call())
        return future


def one() -> int:
    return 1


def test_an_executor_receives_a_bounded_number_of_calls() -> None:
    count = 2 * MAX_IN_FLIGHT
    functions = {f"f{number}": one for number in range(count)}
    executor = Recording(MAX_IN_FLIGHT)
    values = Builder().with_functions(**functions).with_executor(executor).build().execute(list(functions))
    assert (executor.most, sum(values.values())) == (MAX_IN_FLIGHT, count)


def test_functions_in_the_thread_of_the_run_do_not_hold_up_an_executor(cpu: Executor) -> None:
    has_started = threading.Event()

    def there() -> bool:
        has_started.set()
        return True

    @on("here")
    def here() -> bool:
        return has_started.wait(60)

    driver = Builder().with_functions(here, there).with_executor(cpu).with_executor(None, on="here").build()
    assert driver.execute(["here", "there"]) == {"here": True, "there": True}
