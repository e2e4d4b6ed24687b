"""Mapped nodes with a persistent cache: a node's list is stored as one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater import Builder, Collect, Driver, Parallelizable
from headwater.hooks import GracefulErrors, Retry

pytestmark = pytest.mark.native  # Pyodide may have no SQLite

FLOW = """
from typing import Any

from headwater import Collect, Parallelizable

import helpers


def number(numbers: list) -> Parallelizable[Any]:
    return numbers


def doubled(number: Any) -> Any:
    return helpers.twice(number)


def total(doubled: Collect[Any]) -> Any:
    return [*doubled, len(doubled)]
"""
HELPERS = """
def twice(value):
    return 2 * value
"""
Make = Callable[..., Driver[dict[str, Any]]]


@pytest.fixture
def make(module, tmp_path: Path) -> Iterator[Make]:
    """Return a function that builds the dataflow as a new process would, from changed source text."""
    drivers: list[Driver[dict[str, Any]]] = []

    def build(*, flow: str = FLOW, helpers: str = HELPERS) -> Driver[dict[str, Any]]:
        module("helpers", helpers)
        driver = Builder().with_modules(module("flow", flow)).with_cache(tmp_path / "cache").build()
        drivers.append(driver)
        return driver

    yield build
    for driver in drivers:
        driver.cache.close()


def run(driver: Driver[dict[str, Any]], *numbers: Any, outputs: tuple[str, ...] = ("total",), **options: Any) -> Any:
    """Return the values of the outputs, and the nodes that were computed."""
    before = len(driver.cache.log)
    values = driver.execute(list(outputs), inputs={"numbers": list(numbers)}, **options)
    computed = [event.node for event in driver.cache.log[before:] if event.outcome == "miss"]
    return *(values[name] for name in outputs), computed


def test_the_values_for_all_elements_are_reused_in_later_runs_and_by_other_drivers(make: Make) -> None:
    driver = make()
    assert run(driver, 1, 2) == ([2, 4, 2], ["number", "doubled", "total"])
    assert run(driver, 1, 2) == ([2, 4, 2], [])
    assert run(make(), 1, 2, outputs=("doubled", "total")) == ([2, 4], [2, 4, 2], [])
    assert run(make()) == ([0], ["number", "doubled", "total"])
    assert run(make()) == ([0], [])


def test_one_more_element_computes_the_list_again(make: Make) -> None:
    run(make(), 1, 2)
    assert run(make(), 1, 2, 3) == ([2, 4, 6, 3], ["number", "doubled", "total"])
    assert run(make(), 1, 2) == ([2, 4, 2], [])


@pytest.mark.parametrize(
    ("changed", "total", "computed"),
    [
        ({"helpers": HELPERS.replace("2 *", "3 *")}, [3, 6, 2], ["doubled", "total"]),
        ({"helpers": HELPERS.replace("2 * value", "value + value")}, [2, 4, 2], ["doubled"]),
        ({"flow": FLOW.replace("return numbers", "yield from numbers")}, [2, 4, 2], ["number"]),
        ({"flow": FLOW.replace("return numbers", "yield from reversed(numbers)")}, [4, 2, 2], ["number", "doubled", "total"]),
        ({"flow": FLOW.replace("[*doubled, len(doubled)]", "list(doubled)")}, [2, 4], ["total"]),
    ],
    ids=["helper", "helper with equal values", "equal elements", "order of elements", "collecting function"],
)
def test_an_edit_computes_what_it_affects(make: Make, changed: dict[str, str], total: Any, computed: list[str]) -> None:
    run(make(), 1, 2)
    assert run(make(**changed), 1, 2) == (total, computed)
    assert run(make(), 1, 2) == ([2, 4, 2], [])


@pytest.mark.parametrize(
    ("old", "new", "doubled"),
    [
        ("-> Parallelizable[Any]", "-> list", [1, 2, 1, 2]),
        ("def doubled(number: Any)", "def doubled(number: Collect[Any])", [1, 2, 1, 2]),
    ],
    ids=["the elements", "the reader"],
)
def test_a_changed_marker_computes_the_readers_although_their_arguments_are_the_same(
    make: Make, old: str, new: str, doubled: list[int]
) -> None:
    mapped = FLOW.replace("doubled: Collect[Any]", "doubled: Any")
    for flow, expected in ((mapped, [2, 4]), (mapped.replace(old, new), doubled), (mapped, [2, 4])):
        assert run(make(flow=flow), 1, 2, outputs=("doubled",))[0] == expected


def test_nested_and_flat_lists_are_not_confused(make: Make) -> None:
    nested = FLOW + "\n\ndef inner(number: Any) -> Parallelizable[Any]:\n    return number\n"
    nested += "\n\ndef kept(inner: Any) -> Any:\n    return [inner]\n"
    flat = nested.replace("-> Parallelizable[Any]:\n    return number\n", "-> Any:\n    return number\n")
    assert run(make(flow=nested), [1], [2, 3], outputs=("kept",))[0] == [[[1]], [[2], [3]]]
    assert run(make(flow=flat), [1], [2, 3], outputs=("kept",))[0] == [[[1]], [[2, 3]]]
    assert run(make(flow=nested), [1], [2, 3], outputs=("kept",)) == ([[[1]], [[2], [3]]], [])


def test_overridden_lists_have_versions(make: Make) -> None:
    assert run(make(), overrides={"doubled": [5]}) == ([5, 1], ["total"])
    assert run(make(), overrides={"doubled": [5]}) == ([5, 1], [])
    assert run(make(), overrides={"doubled": [6]}) == ([6, 1], ["total"])


def test_a_failed_list_is_not_stored(make: Make) -> None:
    driver = make()
    with pytest.raises(TypeError, match="unsupported"):
        run(driver, 1, None)
    assert run(driver, 1, 2)[0] == [2, 4, 2]
    with pytest.raises(TypeError, match="unsupported"):
        run(driver, 1, None)


def test_a_sentinel_for_an_element_is_not_stored(make: Make) -> None:
    hook = GracefulErrors(sentinel=0, on_error=lambda *_: None)
    assert run(make(), 1, None, outputs=("doubled",), hooks=[hook])[0] == [2, 0]
    with pytest.raises(TypeError, match="unsupported"):
        run(make(), 1, None, outputs=("doubled",))


def test_hooks_and_executors_do_not_matter(make: Make) -> None:
    driver = make()
    assert run(driver, 1, 2, hooks=[Retry(attempts=2)])[0] == [2, 4, 2]
    with ThreadPoolExecutor(2) as pool:
        assert run(driver.with_executor(pool), 1, 2) == ([2, 4, 2], [])
        assert run(driver.with_executor(pool), 3)[0] == [6, 1]
    assert run(driver, 3) == ([6, 1], [])


@given(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=3), st.lists(st.integers(0, 3), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cached_run_returns_what_a_fresh_run_returns(tmp_path: Path, rows: list[list[int]], scales: list[int]) -> None:
    def row(rows: list[list[int]]) -> Parallelizable[list[int]]:
        return rows

    def cell(row: list[int]) -> Parallelizable[int]:
        return row

    def scaled(cell: int, row: list[int], scale: int) -> int:
        return cell * scale + len(row)

    def row_total(scaled: Collect[int]) -> int:
        return sum(scaled)

    outputs = ["cell", "scaled", "row_total"]
    builder = Builder().with_functions(row, cell, scaled, row_total)
    cached, fresh = builder.with_cache(tmp_path / "cache").build(), builder.build()
    try:
        for scale in [*scales, *scales]:
            inputs = {"rows": rows, "scale": scale}
            assert cached.execute(outputs, inputs=inputs) == fresh.execute(outputs, inputs=inputs)
    finally:
        cached.cache.close()
