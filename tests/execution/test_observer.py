"""Events of builds and runs, and exceptions in observers."""

from __future__ import annotations

import pickle
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, HeadwaterError
from headwater.errors import HookWarning
from headwater.graph.graph import Graph
from headwater.hooks import Call, Failed, Observer, Policy, Proceed, RunInfo, Succeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from headwater import Driver
    from headwater.graph.node import Node
    from headwater.hooks import Outcome


def price() -> float:
    return 10.0


def total(price: float, rate: float = 0.2) -> float:
    return price * (1 + rate)


def broken(price: float) -> float:
    raise ValueError(f"{price} is too much")


class Recorder(Observer):
    """Records every event in a list."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    def build_started(self, config: Mapping[str, Any]) -> None:
        self.events.append(("build_started", dict(config)))

    def build_ended(self, outcome: Succeeded | Failed) -> None:
        self.events.append(("build_ended", type(outcome)))

    def run_started(self, run: RunInfo) -> None:
        self.events.append(("run_started", list(run.outputs)))

    def queued(self, nodes: Sequence[Node]) -> None:
        self.events.append(("queued", [node.name for node in nodes]))

    def started(self, call: Call) -> None:
        self.events.append(("started", call.node.name, dict(call.named)))

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.events.append(("ended", node.name, outcome))

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        self.events.append(("run_ended", list(run.outputs), outcome))


class Broken(Observer):
    """Raises an exception in every event. `raised` lists the events."""

    def __init__(self) -> None:
        self.raised: list[str] = []

    def _fail(self, event: str) -> None:
        self.raised.append(event)
        raise RuntimeError(f"broken in {event}")

    def build_started(self, config: object) -> None:
        self._fail("build_started")

    def build_ended(self, outcome: object) -> None:
        self._fail("build_ended")

    def run_started(self, run: object) -> None:
        self._fail("run_started")

    def queued(self, nodes: object) -> None:
        self._fail("queued")

    def started(self, call: object) -> None:
        self._fail("started")

    def ended(self, node: object, outcome: object) -> None:
        self._fail("ended")

    def run_ended(self, run: object, outcome: object) -> None:
        self._fail("run_ended")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as executor:  # the pool starts threads only when it is used
        yield executor


def hook_warnings(work: Callable[[], object]) -> list[HookWarning]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        work()
    messages = [warning.message for warning in caught]
    assert all(isinstance(message, HookWarning) for message in messages), messages
    return [message for message in messages if isinstance(message, HookWarning)]


def test_an_observer_receives_all_events_of_a_build_and_a_run() -> None:
    recorder = Recorder()
    driver = Builder().with_functions(price, total).with_config({"rate": 0.5}).with_hooks(recorder).build()
    assert driver.execute(["total"]) == {"total": 15.0}
    assert recorder.events == [
        ("build_started", {"rate": 0.5}),
        ("build_ended", Succeeded),
        ("run_started", ["total"]),
        ("queued", ["price", "total"]),
        ("started", "price", {}),
        ("ended", "price", Succeeded(10.0)),
        ("started", "total", {"price": 10.0, "rate": 0.5}),
        ("ended", "total", Succeeded(15.0)),
        ("run_ended", ["total"], Succeeded({"total": 15.0})),
    ]


def test_the_end_of_a_build_has_the_graph() -> None:
    class Graphs(Observer):
        def build_ended(self, outcome: Succeeded | Failed) -> None:
            found.append(outcome)

    found: list[Any] = []
    driver = Builder().with_functions(price).with_hooks(Graphs()).build()
    assert isinstance(found[0].value, Graph)
    assert found[0].value is driver.graph


def test_a_failed_build_ends_with_its_error() -> None:
    def loop(loop: int) -> int:
        return loop

    recorder = Recorder()
    with pytest.raises(HeadwaterError):
        Builder().with_functions(loop).with_hooks(recorder).build()
    assert recorder.events[-1] == ("build_ended", Failed)


def test_a_failed_run_ends_with_the_error_of_the_function() -> None:
    recorder = Recorder()
    with pytest.raises(ValueError, match="too much") as caught:
        Builder().with_functions(price, broken).with_hooks(recorder).build().execute(["broken"])
    assert recorder.events[-2:] == [
        ("ended", "broken", Failed(caught.value)),
        ("run_ended", ["broken"], Failed(caught.value)),
    ]
    assert "Raised in node `broken`" in recorder.events[-1][2].error.__notes__[0]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_run_that_is_interrupted_ends_for_observers_too(error: type[BaseException]) -> None:
    def stop() -> int:
        raise error

    recorder = Recorder()
    with pytest.raises(error):
        Builder().with_functions(stop).with_hooks(recorder).build().execute(["stop"])
    assert [event[0] for event in recorder.events if event[0].startswith("run")] == ["run_started", "run_ended"]
    assert isinstance(recorder.events[-1][2].error, error)


def test_a_refused_request_is_not_a_run() -> None:
    recorder = Recorder()
    driver = Builder().with_functions(total).with_hooks(recorder).build()
    with pytest.raises(HeadwaterError):
        driver.execute(["total"])
    assert [event[0] for event in recorder.events] == ["build_started", "build_ended"]


def test_a_run_has_an_id_its_nodes_its_outputs_and_the_provided_values() -> None:
    class Runs(Observer):
        def run_started(self, run: RunInfo) -> None:
            runs.append(run)

    runs: list[RunInfo] = []
    driver = Builder().with_functions(price, total).with_hooks(Runs()).build()
    driver.execute(["total"], inputs={"rate": 1.0}, overrides={"price": 1.0})
    driver.execute(["total"])
    assert [node.name for node in runs[0].nodes] == ["total"]
    assert (runs[0].outputs, runs[0].provided) == (("total",), {"rate": 1.0, "price": 1.0})
    assert len(runs[0].id) == 32
    assert runs[0].id != runs[1].id


def test_hooks_of_one_run_come_after_those_of_the_driver() -> None:
    class Named(Observer):
        def __init__(self, name: str) -> None:
            self.name = name

        def started(self, call: Call) -> None:
            heard.append(self.name)

        def around(self, call: Call, proceed: Proceed) -> Any:
            heard.append(f"into {self.name}")
            return proceed(call)

    heard: list[str] = []
    driver = Builder().with_functions(price).with_hooks(Named("first"), Named("second")).build()
    assert driver.execute(["price"], hooks=[Named("third")]) == {"price": 10.0}
    assert heard == ["first", "second", "third", "into first", "into second", "into third"]
    heard.clear()
    driver.execute(["price"])
    assert heard == ["first", "second", "into first", "into second"]


def test_hooks_can_be_added_to_one_materialization_and_to_a_typed_run() -> None:
    recorder = Recorder()
    driver = Builder().with_functions(price, total).build()
    assert driver.materialize(additional_vars=["price"], hooks=[recorder]) == ({}, {"price": 10.0})
    assert driver.with_hooks(recorder).run(total, price=1.0) == 1.2
    assert [event[1] for event in recorder.events if event[0] == "started"] == ["price", "total"]


def test_a_policy_does_not_replace_hooks() -> None:
    recorder = Recorder()
    Builder().with_functions(price).with_hooks(recorder).with_policy(Policy()).build().execute(["price"])
    assert [event[0] for event in recorder.events][-1] == "run_ended"


# --- exceptions in observers ----------------------------------------------------------------------------------------


def executed(hooks: Sequence[Observer], executor: ThreadPoolExecutor | None) -> dict[str, Any]:
    builder = Builder().with_functions(price, total).with_hooks(*hooks).with_policy(Policy(executor=executor))
    return builder.build().execute(["total"])


@pytest.mark.parametrize("in_parallel", [False, pytest.param(True, marks=pytest.mark.native)])
def test_an_observer_that_raises_in_every_event_affects_neither_the_run_nor_other_observers(
    in_parallel: bool, pool: ThreadPoolExecutor
) -> None:
    executor = pool if in_parallel else None
    bare, between, broken = Recorder(), Recorder(), [Broken(), Broken()]
    expected = executed([bare], executor)
    results: list[object] = []
    found = hook_warnings(lambda: results.append(executed([broken[0], between, broken[1]], executor)))
    assert results == [expected]
    assert between.events == bare.events
    events = ["build_started", "build_ended", "run_started", "queued"]
    events += ["started", "ended", "started", "ended", "run_ended"]
    assert broken[0].raised == broken[1].raised == events
    assert len(found) == 2 * len(events)


def test_the_warning_names_the_hook_the_event_the_node_and_the_line() -> None:
    driver = Builder().with_functions(price).build()
    found = hook_warnings(lambda: driver.execute(["price"], hooks=[Broken()]))
    (warning,) = (warning for warning in found if warning.event == "ended")
    assert (warning.hook, warning.node, str(warning.error)) == ("Broken", "price", "broken in ended")
    assert str(warning) == (
        f"`Broken.ended` ({warning.location}) raised RuntimeError for node `price`: broken in ended. "
        "The run and other hooks are not affected."
    )
    assert warning.location.file == __file__
    (end,) = (warning for warning in found if warning.event == "run_ended")
    assert end.node is None
    assert " for node" not in str(end)


def test_an_observer_that_raises_does_not_hide_the_error_of_a_function() -> None:
    driver = Builder().with_functions(price, broken).build()

    def run() -> None:
        with pytest.raises(ValueError, match="too much"):
            driver.execute(["broken"], hooks=[Broken()])

    assert [warning.event for warning in hook_warnings(run)][-2:] == ["ended", "run_ended"]


def test_if_warnings_are_errors_the_first_is_raised_after_the_run() -> None:
    recorder = Recorder()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(HookWarning, match=r"`Broken\.run_started`") as caught:
            Builder().with_functions(price).build().execute(["price"], hooks=[Broken(), recorder])
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert recorder.events[-1] == ("run_ended", ["price"], Succeeded({"price": 10.0}))


def test_an_exception_of_an_essential_observer_ends_the_run() -> None:
    class Audit(Observer):
        is_essential = True

        def ended(self, node: Node, outcome: Outcome) -> None:
            raise PermissionError("no audit")

    recorder = Recorder()
    with pytest.raises(PermissionError, match="no audit"):
        Builder().with_functions(price, total).build().execute(["total"], hooks=[Audit(), recorder])
    assert [event[0] for event in recorder.events] == ["run_started", "queued", "started", "run_ended"]


def test_an_observer_can_interrupt_the_run() -> None:
    class Stop(Observer):
        def started(self, call: Call) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Builder().with_functions(price).build().execute(["price"], hooks=[Stop()])


def test_an_observer_with_the_wrong_signature_is_reported_at_its_definition() -> None:
    class Wrong(Observer):
        def started(self) -> None:  # type: ignore[override]
            ...

    driver = Builder().with_functions(price).build()
    (warning,) = hook_warnings(lambda: driver.execute(["price"], hooks=[Wrong()]))
    assert "TypeError" in str(warning)
    assert warning.location.file == __file__


def test_the_text_of_an_exception_may_raise() -> None:
    class Unprintable(Exception):
        def __str__(self) -> str:
            raise OSError

    class Hook(Observer):
        def started(self, call: Call) -> None:
            raise Unprintable

    driver = Builder().with_functions(price).build()
    (warning,) = hook_warnings(lambda: driver.execute(["price"], hooks=[Hook()]))
    assert "<its str() raised OSError>" in str(warning)


def test_a_warning_about_a_hook_can_be_pickled() -> None:
    driver = Builder().with_functions(price).build()
    warning = hook_warnings(lambda: driver.execute(["price"], hooks=[Broken()]))[2]
    copy = pickle.loads(pickle.dumps(warning))  # noqa: S301 - the test's own data
    assert (str(copy), copy.node) == (str(warning), "price")


def test_the_warning_names_the_hook_that_replaced_itself() -> None:
    class Outer(Observer):
        def for_run(self, run: RunInfo) -> Observer:
            return Broken()

    driver = Builder().with_functions(price).build()
    found = hook_warnings(lambda: driver.execute(["price"], hooks=[Outer()]))
    assert {warning.hook for warning in found} == {"Outer"}


# --- observers for one run ------------------------------------------------------------------------------------------


class Counter(Observer):
    """Counts calls per run, and doubles values."""

    def __init__(self) -> None:
        self.counts: list[list[str]] = []

    def for_run(self, run: RunInfo) -> Observer:
        names: list[str] = []
        self.counts.append(names)
        return _OneRun(names)

    def around(self, call: Call, proceed: Proceed) -> Any:
        raise AssertionError("replaced for each run")


class _OneRun(Observer):
    def __init__(self, names: list[str]) -> None:
        self._names = names

    def started(self, call: Call) -> None:
        self._names.append(call.node.name)

    def around(self, call: Call, proceed: Proceed) -> Any:
        return 2 * proceed(call)


def test_an_observer_can_replace_itself_for_each_run_also_as_middleware() -> None:
    counter = Counter()
    driver = Builder().with_functions(price, total).with_hooks(counter).build()
    assert driver.execute(["price"]) == driver.execute(["price"]) == {"price": 20.0}
    assert counter.counts == [["price"], ["price"]]


@pytest.mark.native
def test_overlapping_runs_have_their_own_observers() -> None:
    def outer() -> dict[str, float]:
        return inner_driver.execute(["price"])

    counter = Counter()
    inner_driver = Builder().with_functions(price).with_hooks(counter).build()
    driver = Builder().with_functions(outer).with_hooks(counter).build()
    barrier = threading.Barrier(2, timeout=30)

    def waiting() -> int:
        barrier.wait()
        return 1

    both = Builder().with_functions(waiting).with_hooks(counter).build()
    with pytest.raises(TypeError):  # a dictionary cannot be doubled
        driver.execute(["outer"])
    assert counter.counts == [["outer"], ["price"]]
    with ThreadPoolExecutor(2) as executor:
        list(executor.map(lambda _: both.execute(["waiting"]), range(2)))
    assert counter.counts[2:] == [["waiting"], ["waiting"]]


@pytest.mark.parametrize("replacement", [None, "raises"])
def test_an_observer_that_cannot_replace_itself_is_left_out(replacement: object) -> None:
    class Bad(Observer):
        def for_run(self, run: RunInfo) -> Observer:
            if replacement is None:
                return None  # type: ignore[return-value]
            raise OSError("no")

        def started(self, call: Call) -> None:
            raise AssertionError("left out")

        def around(self, call: Call, proceed: Proceed) -> Any:
            raise AssertionError("left out")

    recorder = Recorder()
    driver: Driver[dict[str, Any]] = Builder().with_functions(price).build()
    results: list[object] = []
    found = hook_warnings(lambda: results.append(driver.execute(["price"], hooks=[Bad(), recorder])))
    assert [warning.event for warning in found] == ["for_run"]
    assert results == [{"price": 10.0}]
    assert recorder.events[-1][0] == "run_ended"
