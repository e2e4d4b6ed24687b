"""The calls of a function that runs for each element are counted. The count is reported at most ten times a second."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, Parallelizable
from headwater.errors import UnequalLengths
from headwater.execution.middleware import Call
from headwater.graph.executable import executable
from headwater.session.element_counter import ElementCounter

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.wire.views import ElementsView


def number(count: int) -> Parallelizable[int]:
    return range(count)


def square(number: int) -> int:
    return number * number


def quotient(number: int, square: int) -> float:
    return square / number


def call(function: Callable[..., Any], *arguments: Any) -> Call:
    """Return a call to a function in a graph where `number` returns the elements."""
    node = Builder().with_functions(number, square, quotient).build().graph[function.__name__]
    return Call(node, executable(node.operation), arguments)


class Clock:
    """A clock on which each call takes the same time."""

    def __init__(self, step: float) -> None:
        self._now = 0.0
        self._step = step

    def __call__(self) -> float:
        self._now += self._step
        return self._now


def counted(call: Call, clock: Clock) -> tuple[Any, ElementCounter, list[ElementsView]]:
    """Return the value of a counted call, the counter, and the reported counts."""
    reports: list[tuple[str, ElementsView]] = []
    counter = ElementCounter("square", lambda name, elements: reports.append((name, elements)), clock)
    counted_call = counter.counted(call)
    value = counted_call.function(*counted_call.arguments)
    assert {name for name, _ in reports} <= {"square"}
    return value, counter, [elements for _, elements in reports]


def test_slow_calls_are_reported_one_by_one() -> None:
    value, counter, reports = counted(call(square, [1, 2, 3]), Clock(0.5))
    assert value == [1, 4, 9]
    assert reports == [{"computed": computed, "total": 3} for computed in range(4)]
    assert counter.elements == {"computed": 3, "total": 3}


def test_quick_calls_are_reported_at_most_ten_times_a_second() -> None:
    _, counter, reports = counted(call(square, list(range(1_000))), Clock(0.001))
    computed = [elements["computed"] for elements in reports]
    assert computed[0] == 0
    assert all(later - earlier >= 100 for earlier, later in pairwise(computed))
    assert 9 <= len(computed) <= 11
    assert counter.elements == {"computed": 1_000, "total": 1_000}


def test_there_may_be_no_elements() -> None:
    value, counter, reports = counted(call(square, []), Clock(0.5))
    assert (value, reports) == ([], [{"computed": 0, "total": 0}])
    assert counter.elements == {"computed": 0, "total": 0}


def test_a_single_call_is_not_counted() -> None:
    single = call(number, 3)
    value, counter, reports = counted(single, Clock(0.5))
    assert (value, reports, counter.elements) == ([0, 1, 2], [], None)
    assert counter.counted(single) is single


def test_the_count_excludes_the_call_that_fails() -> None:
    counter = ElementCounter("quotient", lambda *_: None)
    counted_call = counter.counted(call(quotient, [2, 1, 0, 5], [4, 1, 0, 25]))
    with pytest.raises(ZeroDivisionError):
        counted_call.function(*counted_call.arguments)
    assert counter.elements == {"computed": 2, "total": 4}


def test_lists_that_do_not_belong_together_have_no_count() -> None:
    counter = ElementCounter("quotient", lambda *_: None)
    with pytest.raises(UnequalLengths):
        counter.counted(call(quotient, [1, 2], [1]))
    assert counter.elements is None
