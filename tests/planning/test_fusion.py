"""Functions called for the same elements are fused: each element passes through all of them before the next one does."""

from __future__ import annotations

import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder, Collect, Driver, Parallelizable, on
from headwater.execution.outcome import NOT_KEPT
from headwater.hooks import ContinueOnError, Observer, Succeeded, Task
from headwater.planning.fusion import fused
from headwater.planning.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.graph.node import Node
    from headwater.hooks import Call, Outcome


def number(count: int) -> Parallelizable[int]:
    return range(count)


def square(number: int) -> int:
    return number * number


def negative(square: int) -> int:
    return -square


def total(negative: Collect[int]) -> int:
    return sum(negative)


def share(negative: int, total: int) -> float:
    return negative / total


class Large:
    """An object whose lifetime the tests observe."""


def opened(number: int) -> Any:
    return threading.Lock()  # cannot be sent to another process


def is_open(opened: Any) -> bool:
    return not opened.locked()


def driver_of(*functions: Callable[..., Any]) -> Driver:
    return Builder().with_functions(*functions).build()


def steps_of(driver: Driver, *outputs: str) -> list[str]:
    """Return the names of the steps of the joined plan."""
    return [step.node.name for step in fused(plan(driver.graph, outputs, [node.name for node in driver.graph.inputs])).steps]


def test_functions_between_the_elements_and_a_collected_value_are_joined() -> None:
    driver = driver_of(number, square, negative, total)
    assert steps_of(driver, "total") == ["number", "square, negative", "negative", "total"]
    assert steps_of(driver, "total", "square") == ["number", "square, negative", "square", "negative", "total"]


def test_a_function_that_reads_a_collected_value_is_not_joined_with_those_before_it() -> None:
    driver = driver_of(number, square, negative, total, share)
    assert steps_of(driver, "share") == ["number", "square, negative", "negative", "total", "share"]
    assert driver.execute(["share"], inputs={"count": 3}) == {"share": [0.0, 0.2, 0.8]}


def test_functions_for_the_elements_of_different_lists_are_not_joined() -> None:
    def other(count: int) -> Parallelizable[int]:
        return range(count + 1)

    def half(other: int) -> float:
        return other / 2

    driver = driver_of(number, square, negative, other, half)
    assert "square, negative" in steps_of(driver, "negative", "half")
    assert driver.execute(["negative", "half"], inputs={"count": 1}) == {"negative": [0], "half": [0.0, 0.5]}


def test_a_sweep_joins_only_functions_for_the_same_list() -> None:
    sweep = driver_of(number, square, negative, total).sweep(["total"], over={"count": [1, 2, 3]})
    assert [row["total"] for row in sweep.rows] == [0, -1, -5]


def test_a_plan_without_elements_is_unchanged() -> None:
    def price() -> int:
        return 1

    whole = plan(driver_of(price).graph, ["price"])
    assert fused(whole) is whole


def test_values_between_functions_are_freed_with_their_element() -> None:
    alive: weakref.WeakSet[Large] = weakref.WeakSet()
    most = 0

    def large(number: int) -> Large:
        nonlocal most
        created = Large()
        alive.add(created)
        most = max(most, len(alive))
        return created

    def name(large: Large) -> str:
        return type(large).__name__

    driver = driver_of(number, large, name)
    assert driver.execute(["name"], inputs={"count": 20}) == {"name": ["Large"] * 20}
    assert most <= 2
    driver.execute(["name"], inputs={"count": 20}, hooks=[Observer()])
    assert most <= 2


@pytest.mark.native
def test_values_between_functions_stay_in_the_worker() -> None:
    from concurrent.futures import ProcessPoolExecutor  # Pyodide, which collects this module, has no processes

    with ProcessPoolExecutor(2) as processes:
        driver = Builder().with_functions(number, opened, is_open).with_executor(processes).build()
        assert driver.execute(["is_open"], inputs={"count": 5}) == {"is_open": [True] * 5}


@pytest.mark.native
def test_functions_with_different_executors_are_not_joined() -> None:
    @on("other")
    def thread(square: int) -> str:
        return threading.current_thread().name

    def is_other(thread: str) -> bool:
        return thread != threading.current_thread().name

    with ThreadPoolExecutor(1) as pool:
        driver = Builder().with_functions(number, square, thread, is_other).with_executor(pool, on="other").build()
        assert driver.execute(["is_other"], inputs={"count": 3}) == {"is_other": [True] * 3}


def test_observers_get_the_events_of_each_joined_function() -> None:
    events: list[Any] = []

    class Recorder(Observer):
        def queued(self, nodes: Sequence[Node]) -> None:
            events.append([node.name for node in nodes])

        def started(self, call: Call) -> None:
            events.append(("started", call.node.name, dict(call.named)))

        def task_ended(self, task: Task, outcome: Outcome) -> None:
            assert isinstance(outcome, Succeeded)
            events.append((task.node.name, task.number, outcome.value))

        def ended(self, node: Node, outcome: Outcome) -> None:
            assert isinstance(outcome, Succeeded)
            events.append(("ended", node.name, outcome.value))

    driver_of(number, square, negative, total).execute(["total"], inputs={"count": 2}, hooks=[Recorder()])
    assert events == [
        ["number", "square", "negative", "total"],
        ("started", "number", {"count": 2}),
        ("ended", "number", [0, 1]),
        ("started", "square", {"number": [0, 1]}),
        ("started", "negative", {"square": NOT_KEPT}),
        ("square", 0, NOT_KEPT),
        ("negative", 0, 0),
        ("square", 1, NOT_KEPT),
        ("negative", 1, -1),
        ("ended", "square", NOT_KEPT),
        ("ended", "negative", [0, -1]),
        ("started", "total", {"negative": [0, -1]}),
        ("ended", "total", -1),
    ]


def test_a_failure_names_the_joined_function() -> None:
    failed: list[str] = []

    class Failures(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            if not isinstance(outcome, Succeeded):
                failed.append(node.name)

    def inverse(square: int) -> float:
        return 1 / (square - 4)

    def doubled(inverse: float) -> float:
        return 2 * inverse

    driver = driver_of(number, square, inverse, doubled)
    for hooks in ([], [Failures()]):
        with pytest.raises(ZeroDivisionError) as raised:
            driver.execute(["doubled"], inputs={"count": 5}, hooks=hooks)
        first, second = raised.value.__notes__
        assert first.startswith("Raised in node `inverse` (")
        assert first.endswith("called with\n  square = 4")
        assert second == "This call was for the element `number[2]`."
    assert failed == ["inverse"]


@st.composite
def dataflows(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Return the source of functions called for each element of lists and nested lists, and the names of their outputs."""
    lines = ["def top_0(size: int) -> Parallelizable[int]: return range(size)"]
    elements: dict[str, tuple[str, ...]] = {"size": (), "top_0": ("top_0",)}
    for position in range(draw(st.integers(1, 9))):
        name = f"node_{position}"
        sources = draw(st.lists(st.sampled_from(sorted(elements)), min_size=1, max_size=3, unique=True))
        context: tuple[str, ...] = ()
        parameters = []
        for source in sources:
            over = elements[source]
            collects = bool(over) and draw(st.booleans())
            read = over[:-1] if collects else over
            if read[: len(context)] != context and context[: len(read)] != read:
                continue
            context = max(context, read, key=len)
            parameters.append((source, "Collect[Any]" if collects else "Any"))
        has_elements = len(context) < 2 and draw(st.integers(0, 4)) == 0
        signature = ", ".join(f"{source}: {type_}" for source, type_ in parameters)
        values = ", ".join(source for source, _ in parameters)
        if has_elements:
            lines.append(f"def {name}({signature}) -> Parallelizable[Any]: return [hashed({values}), 1, 2][:size_of({values})]")
        else:
            lines.append(f"def {name}({signature}) -> Any: return hashed({values})")
        elements[name] = (*context, name) if has_elements else context
    outputs = draw(st.lists(st.sampled_from(sorted(elements.keys() - {"size"})), min_size=1, max_size=4, unique=True))
    return lines, outputs


def hashed(*values: Any) -> int:
    return hash(repr(values)) % 1000


def size_of(*values: Any) -> int:
    return len(repr(values)) % 3


@given(dataflows(), st.integers(0, 3))
def test_joined_functions_compute_the_same_values(dataflow: tuple[list[str], list[str]], size: int) -> None:
    lines, outputs = dataflow
    namespace: dict[str, Any] = {
        "Parallelizable": Parallelizable, "Collect": Collect, "Any": Any, "hashed": hashed, "size_of": size_of
    }  # fmt: skip
    exec("\n".join(lines), namespace)  # noqa: S102 - the test's own code
    functions = [function for name, function in namespace.items() if name.startswith(("node", "top"))]
    driver = driver_of(*functions)
    joined = driver.execute(outputs, inputs={"size": size})
    separate = driver.execute(outputs, inputs={"size": size}, hooks=[ContinueOnError()])  # such a run joins no functions
    observed = driver.execute(outputs, inputs={"size": size}, hooks=[Observer()])
    assert joined == separate == observed
