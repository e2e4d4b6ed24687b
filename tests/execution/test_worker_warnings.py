"""Warnings of calls in worker processes are shown in the process that started the run."""

from __future__ import annotations

import asyncio
import multiprocessing
import warnings
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, Collect, Parallelizable, check_output
from headwater.errors import ChangedArgumentWarning, CheckWarning
from headwater.execution.worker_warnings import MAX_SENT
from headwater.hooks import WatchArguments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater import Driver

pytestmark = pytest.mark.native  # a browser has one process


class Drought(UserWarning):
    """A warning that pickle cannot restore, because its constructor needs two arguments."""

    def __init__(self, month: str, rain: float) -> None:
        super().__init__(f"{rain} mm in {month}")


@check_output(range=(10, 20))
def low() -> int:
    return 3


def dry() -> int:
    warnings.warn("It is dry.", stacklevel=1)
    return 1


def drought() -> int:
    warnings.warn(Drought("July", 0.5), stacklevel=1)
    return 1


def many() -> int:
    for number in range(MAX_SENT + 5):
        warnings.warn(f"Warning {number}", stacklevel=1)
    return 1


def rain() -> list[float]:
    return [3.0, 1.0, 2.0]


def least(rain: list[float]) -> float:
    rain.sort()
    return rain[0]


def day() -> Parallelizable[int]:
    return list(range(200))


@check_output(range=(0, 197))
def hours(day: int) -> int:
    warnings.warn("An hour is missing.", stacklevel=1)
    return day


def total(hours: Collect[int]) -> int:
    return sum(hours)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """Two processes whose warning filters are those of a new process."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


@contextmanager
def caught(action: Any = "default") -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter(action)
        yield found


def driver_for(pool: ProcessPoolExecutor, *functions: Callable[..., Any]) -> Driver[dict[str, Any]]:
    return Builder().with_functions(*functions).with_executor(pool).build()


@pytest.mark.parametrize("function", [low, dry])
def test_a_warning_is_shown_as_in_a_run_without_an_executor(pool: ProcessPoolExecutor, function: Callable[[], int]) -> None:
    with caught() as expected:
        Builder().with_functions(function).build().execute([function.__name__])
    with caught() as found:
        driver_for(pool, function).execute([function.__name__])
    assert [describe(warning) for warning in found] == [describe(warning) for warning in expected]
    assert len(found) == 1


def describe(warning: warnings.WarningMessage) -> tuple[type[Warning], str, str, int]:
    return warning.category, str(warning.message), warning.filename, warning.lineno


def test_middleware_in_a_worker_may_warn(pool: ProcessPoolExecutor) -> None:
    driver = driver_for(pool, rain, least).with_hooks(WatchArguments())
    with caught() as found:
        driver.execute(["least"])
    assert [warning.category for warning in found] == [ChangedArgumentWarning]


def test_the_calls_for_many_elements_repeat_only_failed_checks(pool: ProcessPoolExecutor) -> None:
    with caught() as found:
        driver_for(pool, day, hours, total).execute(["total"])
    assert sorted(str(warning.message).rpartition(": ")[2] for warning in found) == [
        "198 is not between 0 and 197.",
        "199 is not between 0 and 197.",
        "An hour is missing.",
    ]


@pytest.mark.parametrize("functions", [(low,), (day, hours)], ids=["one call", "a call for each element"])
def test_a_filter_that_raises_an_exception_applies_in_workers(pool: ProcessPoolExecutor, functions: Any) -> None:
    driver = driver_for(pool, *functions)
    with caught() as found:
        warnings.simplefilter("error", CheckWarning)
        with pytest.raises(CheckWarning) as error:
            driver.execute([functions[-1].__name__])
    assert CheckWarning not in {warning.category for warning in found}
    assert "Raised in node `" in "".join(error.value.__notes__)


def test_ignored_warnings_are_not_shown(pool: ProcessPoolExecutor) -> None:
    with caught("ignore") as found:
        driver_for(pool, low, dry).execute(["low", "dry"])
    assert found == []


def test_a_warning_that_cannot_be_restored_is_shown_as_text(pool: ProcessPoolExecutor) -> None:
    with caught() as found:
        driver_for(pool, drought).execute(["drought"])
    assert [str(warning.message) for warning in found] == ["Drought: 0.5 mm in July"]


def test_a_filter_for_a_category_that_workers_do_not_have_is_left_out(pool: ProcessPoolExecutor) -> None:
    class Local(UserWarning):
        pass

    with caught() as found:
        warnings.simplefilter("error", Local)
        driver_for(pool, dry).execute(["dry"])
    assert [str(warning.message) for warning in found] == ["It is dry."]


def test_a_notice_counts_the_warnings_that_are_not_sent(pool: ProcessPoolExecutor) -> None:
    with caught() as found:
        driver_for(pool, many).execute(["many"])
    assert len(found) == MAX_SENT + 1
    assert str(found[-1].message) == "5 more warnings from the same worker are not shown."


def test_an_async_driver_shows_the_warnings_of_its_workers(pool: ProcessPoolExecutor) -> None:
    driver = Builder().with_functions(low, dry).with_executor(pool).build_async()
    with caught() as found:
        asyncio.run(driver.execute(["low", "dry"]))
    assert {warning.category for warning in found} == {CheckWarning, UserWarning}


def test_the_filters_of_a_worker_stay_as_they_are(pool: ProcessPoolExecutor) -> None:
    before = pool.submit(_actions).result()
    with caught("error"):
        driver_for(pool, rain).execute(["rain"])
    assert pool.submit(_actions).result() == before


def _actions() -> list[str]:
    return [action for action, *_ in warnings.filters]
