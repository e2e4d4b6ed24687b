"""`AsyncDriver`: runs with `async def` and plain functions."""

from __future__ import annotations

import asyncio
import contextvars
import copy
import gc
import pickle
import threading
import weakref
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from headwater import AsyncDriver, Builder, dataloader, datasaver, extract_fields, load_from, parameterize, value
from headwater.errors import AsyncNode, HookWarning, NodeCanceled, RequestError, RunError, RunTimeout, WrongAdapterResult
from headwater.hooks import ContinueOnError, Failed, Observer, Policy
from headwater.io import formats, register_adapter, registry, to

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from headwater.graph.node import Node
    from headwater.hooks import Call, Outcome, RunInfo

pytestmark = pytest.mark.native  # the event loop of a browser is always running

T = TypeVar("T")

PATIENCE = 60  # seconds until a test that hangs fails


@pytest.fixture(scope="module", autouse=True)
def _hide_objects_of_other_tests() -> None:
    """Hide objects of other tests from `gc.collect()`, which each of these tests calls."""
    gc.freeze()


def in_loop(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine, and check that no task is left and that asyncio has nothing to report."""
    reports: list[dict[str, Any]] = []

    async def watched() -> T:
        asyncio.get_running_loop().set_exception_handler(lambda _, report: reports.append(report))
        try:
            return await asyncio.wait_for(main, PATIENCE)
        finally:
            assert asyncio.all_tasks() == {asyncio.current_task()}
            gc.collect()  # when a task is freed, asyncio reports its exception if it was never read

    try:
        return asyncio.run(watched())
    finally:
        assert reports == []


def built(*functions: Callable[..., Any], **limits: Any) -> AsyncDriver[dict[str, Any]]:
    return Builder().with_functions(*functions).build_async(**limits)


async def price() -> float:
    await asyncio.sleep(0)
    return 10.0


def total(price: float, count: int = 2) -> float:
    return price * count


async def report(total: float, *, unit: str = "euros") -> str:
    await asyncio.sleep(0)
    return f"{total} {unit}"


# --- values -----------------------------------------------------------------------------------------------------------


def test_async_and_plain_functions_are_mixed() -> None:
    driver = built(price, total, report)
    assert in_loop(driver.execute(["report", "price"])) == {"report": "20.0 euros", "price": 10.0}
    assert in_loop(driver.execute(["report"], inputs={"count": 3, "unit": "$"})) == {"report": "30.0 $"}
    assert in_loop(driver.execute(["report"], overrides={"price": 1.0})) == {"report": "2.0 euros"}


def test_a_function_is_computed_from_values() -> None:
    assert in_loop(built(price, total, report).run(report, total=1.0)) == "1.0 euros"
    assert in_loop(built(price, total, report).run(total, count=3)) == 30.0


def test_a_node_is_computed_on_its_own() -> None:
    graph = built(price, total, report).graph
    assert in_loop(graph["report"].compute(total=1.0, unit="$")) == "1.0 $"
    assert graph["total"].compute(price=1.0) == 2.0


def test_tasks_are_created_by_the_factory_of_the_event_loop() -> None:
    tasks: list[asyncio.Task[Any]] = []

    def create(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(coroutine, loop=loop, **options)
        tasks.append(task)
        return task

    async def main() -> None:
        asyncio.get_running_loop().set_task_factory(create)
        assert await built(price, total).execute(["total"]) == {"total": 20.0}

    in_loop(main())
    assert [task.get_name() for task in tasks].count("headwater node price") == 1


def test_a_sweep_awaits_async_functions() -> None:
    sweep = in_loop(built(price, total).sweep(["total"], over={"count": [1, 2, 3]}))
    assert sweep.rows == ({"count": 1, "total": 10.0}, {"count": 2, "total": 20.0}, {"count": 3, "total": 30.0})
    events = Recorder()
    in_loop(built(price, total).sweep(["total"], over={"count": [1, 2, 3]}, hooks=[events]))
    assert events.events.count("price starts") == 1
    with pytest.raises(AsyncNode, match=r"`price` \(.*\) is `async def`"):
        Builder().with_functions(price, total).build().sweep(["total"], over={"count": [1, 2]})


def test_a_dataflow_of_plain_functions_needs_no_task() -> None:
    tasks: list[object] = []

    def one() -> int:
        tasks.append(asyncio.current_task())
        return 1

    async def main() -> None:
        assert await built(one).execute(["one"]) == {"one": 1}
        assert tasks == [asyncio.current_task()]

    in_loop(main())


def test_async_functions_run_at_the_same_time() -> None:
    both = asyncio.Barrier(2)

    async def one() -> int:
        return await both.wait()

    async def other() -> int:
        return await both.wait()

    def both_done(one: int, other: int) -> int:
        return one + other

    assert in_loop(built(one, other, both_done).execute(["both_done"])) == {"both_done": 1}


def test_async_functions_start_before_plain_functions_that_block_them() -> None:
    starts: list[str] = []

    async def fetched() -> int:
        starts.append("fetched")
        await asyncio.sleep(0)
        return 1

    def computed() -> int:
        starts.append("computed")
        return 2

    in_loop(built(computed, fetched).execute(["computed", "fetched"]))
    assert starts == ["fetched", "computed"]


def test_decorators_work_with_async_functions() -> None:
    @extract_fields({"low": int, "high": int})
    async def bounds() -> dict[str, int]:
        await asyncio.sleep(0)
        return {"low": 1, "high": 9}

    @parameterize(double={"factor": value(2)}, triple={"factor": value(3)})
    async def product(high: int, factor: int) -> int:
        await asyncio.sleep(0)
        return high * factor

    assert in_loop(built(bounds, product).execute(["low", "double", "triple"])) == {"low": 1, "double": 18, "triple": 27}


def test_missing_fields_of_an_async_function_are_filled() -> None:
    @extract_fields({"low": int, "high": int}, fill_with=0)
    async def bounds() -> dict[str, int]:
        await asyncio.sleep(0)
        return {"low": 1}

    assert in_loop(built(bounds).execute(["high", "bounds"])) == {"high": 0, "bounds": {"low": 1, "high": 0}}


def test_an_async_generator_is_the_value_of_its_node() -> None:
    async def pages() -> AsyncIterator[int]:
        yield 1
        yield 2

    async def count(pages: AsyncIterator[int]) -> int:
        return sum([page async for page in pages])

    assert in_loop(built(pages, count).execute(["count"])) == {"count": 3}


def test_loaders_and_savers_may_be_async() -> None:
    @dataloader()
    async def prices() -> tuple[list[int], dict[str, Any]]:
        await asyncio.sleep(0)
        return [1, 2], {"source": "the shop"}

    @datasaver()
    async def saved(prices: list[int]) -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"count": len(prices)}

    assert in_loop(built(prices, saved).execute(["saved"])) == {"saved": {"count": 2}}


# --- adapters ---------------------------------------------------------------------------------------------------------


SHELF: dict[str, Any] = {}


@dataclass
class RemoteLoader:
    """A loader that reads from memory, and simulates one that reads from a remote service."""

    key: str

    @classmethod
    def name(cls) -> str:
        return "remote"

    @classmethod
    def applicable_types(cls) -> list[Any]:
        return [object]

    async def load_data(self, type_: Any) -> tuple[Any, dict[str, Any]]:
        await asyncio.sleep(0)
        return SHELF[self.key], {"key": self.key}


@dataclass
class RemoteSaver:
    """A saver that writes to the memory from which `RemoteLoader` reads."""

    key: str

    @classmethod
    def name(cls) -> str:
        return "remote"

    @classmethod
    def applicable_types(cls) -> list[Any]:
        return [object]

    async def save_data(self, data: Any) -> Any:
        await asyncio.sleep(0)
        SHELF[self.key] = data
        return {"key": self.key} if data else None


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> None:
    formats("load")
    registered = {direction: dict(adapters) for direction, adapters in registry._registered.items()}
    monkeypatch.setattr(registry, "_registered", registered)
    register_adapter(RemoteLoader)
    register_adapter(RemoteSaver)
    SHELF.clear()


@pytest.mark.usefixtures("remote")
def test_adapters_may_be_async() -> None:
    def total(prices: list) -> int:  # type: ignore[type-arg]
        return sum(prices)

    SHELF["prices"] = [1, 2]
    decorated = getattr(load_from, "remote")(key=value("prices"))(total)  # noqa: B009 - type checkers do not know the attribute
    assert in_loop(built(decorated).execute(["total"])) == {"total": 3}
    with pytest.raises(AsyncNode, match=r"`total\.prices\.loader` \(.*\) uses `RemoteLoader`, which is `async def`"):
        Builder().with_functions(decorated).build().execute(["total"])


@pytest.mark.usefixtures("remote")
def test_materializers_may_be_async() -> None:
    save = getattr(to, "remote")(id="saved", dependencies="total", key="total")  # noqa: B009 - type checkers do not know the attribute
    saved, values = in_loop(built(price, total).materialize(save, additional_vars=["price"]))
    assert (saved, values, SHELF) == ({"saved": {"key": "total"}}, {"price": 10.0}, {"total": 20.0})
    with pytest.raises(WrongAdapterResult, match="`save_data` of `RemoteSaver` must return a dictionary of metadata"):
        in_loop(built(price, total).materialize(save, inputs={"count": 0}))
    with pytest.raises(AsyncNode, match=r"`saved` \(.*\) uses `RemoteSaver`, which is `async def`"):
        Builder().with_functions(total).build().materialize(save, inputs={"price": 1.0})


# --- requests ---------------------------------------------------------------------------------------------------------


def test_requests_are_checked_like_those_of_a_driver() -> None:
    driver = built(price, total, report)
    with pytest.raises(RequestError, match="There is no node `totl`"):
        in_loop(driver.execute(["totl"]))
    with pytest.raises(RequestError, match="count"):
        driver.validate_execution(["total"], inputs={"count": "two"})
    driver.validate_execution(["report"])
    assert [node.name for node in driver.what_is_upstream_of("total")] == ["count", "price", "total"]
    assert [step.node.name for step in driver.explain(["total"]).steps] == ["price", "total"]
    assert "report" in driver.display_all_functions().mermaid


def test_a_synchronous_driver_names_the_functions_that_it_cannot_await() -> None:
    driver = Builder().with_functions(price, total, report).build()
    assert driver.execute(["total"], overrides={"price": 1.0}) == {"total": 2.0}
    with pytest.raises(AsyncNode) as caught:
        driver.execute(["report"])
    first, second = caught.value.locations
    assert str(caught.value) == (
        f"Some nodes are async:\n  `price` ({first}) is `async def`\n  `report` ({second}) is `async def`\n"
        "Only an `AsyncDriver` can await them: call `build_async()`, and then `await driver.execute(...)`."
    )


def test_a_driver_can_be_copied_and_pickled() -> None:
    driver = built(price, total, concurrency=1)
    for same in (copy.deepcopy(driver), pickle.loads(pickle.dumps(driver))):  # noqa: S301 - pickled by the test
        assert in_loop(same.execute(["total"])) == {"total": 20.0}


def test_limits_are_checked() -> None:
    for limits in ({"concurrency": 0}, {"concurrency": True}, {"timeout": 0}, {"timeout": "1"}):
        with pytest.raises(ValueError, match=f"`{next(iter(limits))}` must be a positive"):
            Builder().build_async(**limits)
    with pytest.raises(ValueError, match="`timeout` must be a positive"):
        in_loop(built(price).execute(["price"], timeout=-1))


def test_hooks_are_a_list() -> None:
    with pytest.raises(TypeError, match="`hooks` must be a list of hooks"):
        in_loop(built(price).execute(["price"], hooks=Observer()))  # type: ignore[arg-type]


# --- failures ---------------------------------------------------------------------------------------------------------


async def failing(price: float) -> float:
    await asyncio.sleep(0)
    raise ValueError(price)


def test_an_exception_reaches_the_caller_with_a_note_and_without_internal_frames() -> None:
    with pytest.raises(ValueError, match="10") as caught:
        in_loop(built(price, failing).execute(["failing"]))
    (note,) = caught.value.__notes__
    assert note == f"Raised in node `failing` ({built(failing).graph['failing'].location}), called with\n  price = 10.0"
    files = [entry.path.name for entry in caught.traceback]
    assert not {"asynchronous.py", "async_calls.py", "async_runner.py", "run.py"} & set(files)


def test_a_failure_cancels_the_functions_that_are_running_and_waits_for_them() -> None:
    is_running = asyncio.Event()
    events: list[str] = []

    async def failing() -> int:
        await is_running.wait()
        raise ValueError("no")

    async def running() -> int:
        is_running.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            events.append("canceled")
            await asyncio.sleep(0)
            events.append("cleaned up")
            raise
        return 1

    def later(running: int) -> int:
        events.append("later")
        return running

    async def main() -> None:
        with pytest.raises(ValueError, match="no"):
            await built(failing, running, later).execute(["failing", "later"])
        assert events == ["canceled", "cleaned up"]

    in_loop(main())


def test_a_failure_while_other_functions_are_canceled_is_not_lost_track_of() -> None:
    is_running = asyncio.Event()

    async def failing() -> int:
        await is_running.wait()
        raise ValueError("first")

    async def worse() -> int:
        is_running.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise KeyError("second")

    with pytest.raises(ValueError, match="first"):
        in_loop(built(failing, worse).execute(["failing", "worse"]))


def test_the_failure_of_the_function_that_started_first_is_raised() -> None:
    gates: list[asyncio.Event] = []

    async def first() -> int:
        gates.append(asyncio.Event())
        await gates[-1].wait()
        raise ValueError("first")

    async def second() -> int:
        await asyncio.sleep(0)
        gates[-1].set()  # wakes `first`, so both end in the same turn of the event loop
        raise ValueError("second")

    for outputs in (["first", "second"], ["second", "first"]):
        with pytest.raises(ValueError, match="first"):
            in_loop(built(first, second).execute(outputs))


def test_a_run_can_continue_after_a_failure() -> None:
    async def lost(failing: float) -> float:
        return failing

    hook = ContinueOnError()
    result = in_loop(built(price, total, failing, lost).execute(["total", "lost"], hooks=[hook]))
    assert result == {"total": 20.0}
    assert list(hook.failures.errors) == ["failing"]
    assert hook.failures.skipped == {"lost": ("failing",)}


def test_a_function_that_is_canceled_on_its_own_fails() -> None:
    async def fetched() -> int:
        task = asyncio.ensure_future(asyncio.Event().wait())
        asyncio.get_running_loop().call_soon(task.cancel)
        await task
        return 1

    with pytest.raises(NodeCanceled, match=r"`fetched` \(.*\) raised `asyncio.CancelledError`, but the run was not canceled"):
        in_loop(built(fetched).execute(["fetched"]))


def test_a_wrapper_around_an_async_function_is_awaited() -> None:
    import functools

    def logged(function: Callable[..., Any]) -> Any:
        @functools.wraps(function)
        def call(*values: Any, **named: Any) -> Any:
            return function(*values, **named)

        return call

    driver = Builder().with_functions(logged(price), logged(total)).build_async()
    assert in_loop(driver.execute(["total"])) == {"total": 20.0}
    with pytest.raises(RunError, match=r"its decorator returned a coroutine without running it\. .* `build_async\(\)`\."):
        Builder().with_functions(logged(price)).build().execute(["price"])


# --- cancellation and timeouts ----------------------------------------------------------------------------------------


def test_canceling_a_run_cancels_its_functions_and_waits_for_them() -> None:
    is_running, ended = asyncio.Event(), []

    async def running() -> int:
        is_running.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("running")
        return 1

    async def main() -> None:
        task = asyncio.ensure_future(built(running).execute(["running"]))
        await is_running.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended == ["running"]

    in_loop(main())


def test_a_run_that_is_canceled_twice_still_waits_for_its_functions() -> None:
    is_running, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def running() -> int:
        is_running.set()
        try:
            await asyncio.Event().wait()
        finally:
            await may_end.wait()
            ended.append("running")
        return 1

    async def main() -> None:
        task = asyncio.ensure_future(built(running).execute(["running"]))
        await is_running.wait()
        for _ in range(2):
            task.cancel()
            for _turn in range(5):
                await asyncio.sleep(0)
        assert not task.done()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended == ["running"]

    in_loop(main())


def test_a_run_in_a_timeout_of_the_caller_ends_like_any_other_task() -> None:
    async def endless() -> int:
        await asyncio.Event().wait()
        return 1

    async def main() -> None:
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(0):
                await built(endless).execute(["endless"])
        assert not isinstance(caught.value, RunTimeout)

    in_loop(main())


def test_a_timeout_names_the_functions_that_were_running() -> None:
    async def endless() -> int:
        await asyncio.Event().wait()
        return 1

    def later(endless: int) -> int:
        return endless

    for run in (
        built(endless, later, timeout=0.001).execute(["later"]),
        built(endless, later).execute(["later"], timeout=0.001),
    ):
        with pytest.raises(RunTimeout) as caught:
            in_loop(run)
        (location,) = caught.value.locations
        assert str(caught.value) == (f"The run took longer than 0.001 s. These nodes were running:\n  endless ({location})")
        assert caught.value.running == ("endless",)
        assert isinstance(caught.value, TimeoutError)


def test_a_timeout_error_from_a_function_is_its_own() -> None:
    async def slow() -> int:
        raise TimeoutError("of a request")

    with pytest.raises(TimeoutError, match="of a request"):
        in_loop(built(slow).execute(["slow"], timeout=PATIENCE))


# --- limits -----------------------------------------------------------------------------------------------------------


def test_the_number_of_functions_at_the_same_time_is_limited() -> None:
    running, most = 0, 0

    async def fetched(number: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return number

    functions = [parameterize(**{f"n{number}": {"number": value(number)} for number in range(20)})(fetched)]
    names = [f"n{number}" for number in range(20)]
    expected = {f"n{number}": number for number in range(20)}
    assert in_loop(built(*functions, concurrency=3).execute(names)) == expected
    assert most == 3
    most = 0
    assert in_loop(built(*functions).execute(names)) == expected
    assert most == 20


def test_many_runs_of_one_driver_do_not_affect_each_other() -> None:
    async def doubled(number: int) -> int:
        await asyncio.sleep(0)
        return 2 * number

    def text(doubled: int, number: int) -> str:
        return f"{number}: {doubled}"

    driver = built(doubled, text, concurrency=2)

    async def main() -> list[dict[str, Any]]:
        return await asyncio.gather(*(driver.execute(["text"], inputs={"number": number}) for number in range(100)))

    assert in_loop(main()) == [{"text": f"{number}: {2 * number}"} for number in range(100)]


# --- contexts, threads, memory ----------------------------------------------------------------------------------------

LANGUAGE: contextvars.ContextVar[str] = contextvars.ContextVar("LANGUAGE", default="en")


async def asynchronous_language() -> str:
    await asyncio.sleep(0)
    return LANGUAGE.get()


def language() -> str:
    return f"{LANGUAGE.get()} in {threading.current_thread().name}"


def in_french(driver: AsyncDriver[dict[str, Any]]) -> dict[str, Any]:
    async def main() -> dict[str, Any]:
        LANGUAGE.set("fr")
        return await driver.execute(["asynchronous_language", "language"])

    return in_loop(main())


def test_functions_run_in_the_context_of_the_caller() -> None:
    expected = {"asynchronous_language": "fr", "language": f"fr in {threading.current_thread().name}"}
    assert in_french(built(asynchronous_language, language)) == expected


def test_an_executor_calls_the_plain_functions_in_the_context_of_the_caller() -> None:
    with ThreadPoolExecutor(1, "worker") as pool:
        driver = Builder().with_functions(asynchronous_language, language).with_executor(pool).build_async()
        assert in_french(driver) == {"asynchronous_language": "fr", "language": "fr in worker_0"}


def test_a_run_waits_for_functions_in_threads_before_it_raises() -> None:
    is_running, may_end, ended = threading.Event(), threading.Event(), []

    def running() -> int:
        is_running.set()
        assert may_end.wait(PATIENCE)
        ended.append("running")
        return 1

    async def failing() -> int:
        await asyncio.to_thread(is_running.wait, PATIENCE)
        raise ValueError("no")

    class Releasing(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                asyncio.get_running_loop().call_soon(may_end.set)

    with ThreadPoolExecutor(1) as pool:
        driver = Builder().with_functions(running, failing).with_executor(pool).with_hooks(Releasing()).build_async()
        with pytest.raises(ValueError, match="no"):
            in_loop(driver.execute(["running", "failing"]))
    assert ended == ["running"]


def test_functions_that_no_thread_has_started_are_canceled_with_the_run() -> None:
    is_running, may_end, calls = threading.Event(), threading.Event(), []

    def first() -> int:
        is_running.set()
        assert may_end.wait(PATIENCE)
        return 1

    def second() -> int:
        calls.append("second")
        return 2

    async def main(driver: AsyncDriver[dict[str, Any]]) -> None:
        task = asyncio.ensure_future(driver.execute(["first", "second"]))
        await asyncio.to_thread(is_running.wait, PATIENCE)
        task.cancel()
        await asyncio.sleep(0)
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    with ThreadPoolExecutor(1) as pool:
        in_loop(main(Builder().with_functions(first, second).with_executor(pool).build_async()))
    assert calls == []


class Big:
    """A value that should not be retained."""


def test_a_value_is_freed_when_its_last_reader_has_ended() -> None:
    values: list[weakref.ref[Big]] = []
    freed: list[bool] = []
    has_read = asyncio.Event()

    async def big() -> Big:
        made = Big()
        values.append(weakref.ref(made))
        return made

    async def small(big: Big) -> int:
        return 1

    class Told(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            if node.name == "small":
                has_read.set()

    async def slow() -> int:
        await has_read.wait()
        for _ in range(5):
            await asyncio.sleep(0)
        freed.append(values[0]() is None)
        return 1

    driver = Builder().with_functions(big, small, slow).with_hooks(Told()).build_async()
    gc.disable()
    try:
        in_loop(driver.execute(["slow", "small"]))
    finally:
        gc.enable()
    assert freed == [True]


def test_other_tasks_run_between_plain_functions() -> None:
    turns: list[int] = []
    import time

    def one() -> int:
        time.sleep(0.006)
        return 1

    def other(one: int) -> int:
        return len(turns)

    async def waiting() -> int:
        await asyncio.Event().wait()
        return 1

    async def main() -> dict[str, Any]:
        asyncio.get_running_loop().call_soon(turns.append, 1)
        return await built(price, one, other).execute(["other", "price"])

    assert in_loop(main())["other"] == 1


# --- caching ----------------------------------------------------------------------------------------------------------


def test_values_of_async_functions_are_cached(tmp_path: Path) -> None:
    driver = Builder().with_functions(price, total, report).with_cache(tmp_path).build_async()
    for _ in range(2):
        assert in_loop(driver.execute(["report"])) == {"report": "20.0 euros"}
    assert [event.outcome for event in driver.cache.log] == ["miss"] * 3 + ["hit"] * 3
    in_loop(driver.execute(["report"], cache={"price": "recompute"}))
    assert [event.outcome for event in driver.cache.log][6:] == ["miss", "hit", "hit"]
    driver.cache.close()


def test_runs_at_the_same_time_share_a_cache(tmp_path: Path) -> None:
    async def doubled(number: int) -> int:
        await asyncio.sleep(0)
        return 2 * number

    driver = Builder().with_functions(doubled).with_cache(tmp_path).build_async()

    async def main() -> list[dict[str, Any]]:
        return await asyncio.gather(*(driver.execute(["doubled"], inputs={"number": number % 10}) for number in range(50)))

    for _ in range(2):
        assert in_loop(main()) == [{"doubled": number % 10 * 2} for number in range(50)]
    driver.cache.close()


# --- observers --------------------------------------------------------------------------------------------------------


@dataclass
class Recorder(Observer):
    """Records events, some of them asynchronously."""

    events: list[str] = field(default_factory=list[str])

    async def run_started(self, run: RunInfo) -> None:
        await asyncio.sleep(0)
        self.events.append(f"run of {', '.join(run.outputs)}")

    async def started(self, call: Call) -> None:
        await asyncio.sleep(0)
        self.events.append(f"{call.node.name} starts")

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.events.append(f"{node.name} {type(outcome).__name__.lower()}")

    async def run_ended(self, run: RunInfo, outcome: Outcome) -> None:
        await asyncio.sleep(0)
        self.events.append(f"run {type(outcome).__name__.lower()}")


def test_async_observers_get_the_events_in_order() -> None:
    recorder = Recorder()
    in_loop(built(price, total).execute(["total"], hooks=[recorder]))
    assert recorder.events == [
        *("run of total", "price starts", "price succeeded", "total starts", "total succeeded", "run succeeded")
    ]
    recorder = Recorder()
    with pytest.raises(ValueError, match="10"):
        in_loop(built(price, failing).execute(["failing"], hooks=[recorder]))
    assert recorder.events[-2:] == ["failing failed", "run failed"]


def test_an_exception_in_an_async_observer_is_a_warning() -> None:
    class Broken(Observer):
        async def started(self, call: Call) -> None:
            await asyncio.sleep(0)
            raise KeyError(call.node.name)

    with pytest.warns(HookWarning, match=r"`Broken\.started`") as caught:
        assert in_loop(built(price).execute(["price"], hooks=[Broken()])) == {"price": 10.0}
    assert caught[0].filename == __file__


def test_a_synchronous_driver_refuses_async_hooks() -> None:
    for add in (
        lambda: Builder().with_functions(total).with_hooks(Recorder()).build(),
        lambda: Builder().with_functions(total).build().execute(["total"], inputs={"price": 1.0}, hooks=[Recorder()]),
    ):
        with pytest.raises(TypeError) as caught:
            add()
        assert str(caught.value) == (
            "`Recorder.run_started` is `async def`, which a `Driver` cannot await. Build an `AsyncDriver` with `build_async()`."
        )


def test_methods_that_are_never_awaited_must_be_plain() -> None:
    class Building(Observer):
        async def build_started(self, config: Any) -> None: ...  # type: ignore[override]

    with pytest.raises(TypeError, match=r"`Building\.build_started` is `async def`, but it is never awaited\. Use `def`\."):
        Builder().with_hooks(Building()).build_async()


def test_a_policy_with_an_executor_is_explained() -> None:
    with ThreadPoolExecutor(1) as pool:
        driver = Builder().with_functions(price, total).with_policy(Policy(executor=pool)).build_async()
        assert in_loop(driver.execute(["total"])) == {"total": 20.0}
