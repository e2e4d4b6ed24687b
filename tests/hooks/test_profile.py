"""The time and memory that nodes use."""

from __future__ import annotations

import itertools
import json
import os
import re
import tracemalloc
from concurrent import futures
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from headwater import Builder, Parallelizable
from headwater.errors import WorkerLost
from headwater.hooks import ContinueOnError, NodeProfile, Policy, Profile, Retry

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    """A clock that tests advance manually."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


CLOCK = Clock()


def price() -> float:
    CLOCK.now += 1.0
    return 10.0


def total(price: float) -> float:
    CLOCK.now += 3.0
    return price * 2


def broken(price: float) -> float:
    raise ValueError


def after(broken: float) -> float:
    return broken


def big() -> int:
    return len(bytearray(3_000_000))


BUILDER = Builder().with_functions(price, total, broken, after, big)


def test_the_profile_has_start_and_duration_of_each_node() -> None:
    profile = Profile(clock=CLOCK)
    BUILDER.build().execute(["total"], hooks=[profile])
    assert profile.latest.nodes == (
        NodeProfile("price", "succeeded", 0.0, 1.0, "MainThread"),
        NodeProfile("total", "succeeded", 1.0, 3.0, "MainThread"),
    )
    assert profile.latest.seconds == 4.0


def test_the_report_is_a_table_with_the_slowest_node_first() -> None:
    profile = Profile(clock=CLOCK)
    BUILDER.build().execute(["total", "after"], hooks=[profile, ContinueOnError()])
    assert str(profile.latest).splitlines() == [
        "node      time  share  outcome",
        "total   3.00 s    75%  succeeded",
        "price   1.00 s    25%  succeeded",
        "broken    0 µs     0%  failed",
        "after     0 µs     0%  skipped",
        "4 nodes, 4.00 s",
    ]
    assert str(Profile().latest) == "0 nodes, 0 µs"


def test_memory_is_measured_on_request() -> None:
    profile = Profile(memory=True)
    BUILDER.build().execute(["big"], hooks=[profile])
    memory = profile.latest.nodes[0].memory
    assert memory is not None
    assert 3_000_000 <= memory < 4_000_000
    assert "3.0 MB" in str(profile.latest)
    assert not tracemalloc.is_tracing()


def test_a_retried_node_is_measured_from_the_first_attempt_to_the_last() -> None:
    clock = Clock()
    failures = [OSError()]

    def flaky() -> int:
        clock.now += 1.0
        if failures:
            raise failures.pop()
        return 1

    def sleep(seconds: float) -> None:
        clock.now += seconds

    profile = Profile(clock=clock)
    Builder().with_functions(flaky).build().execute(["flaky"], hooks=[Retry(delay=5.0, jitter=0.0, sleep=sleep), profile])
    assert [(node.start, node.seconds) for node in profile.latest.nodes] == [(0.0, 7.0)]


def elements() -> tuple[Clock, Builder]:
    """Return a clock, and functions that are called for each of three elements one after another."""
    clock = Clock()

    def number() -> Parallelizable[int]:
        return [1, 2, 3]

    def slow(number: int) -> int:
        clock.now += number
        return number

    def fast(slow: int) -> int:
        clock.now += 0.25
        return slow

    return clock, Builder().with_functions(number, slow, fast)


def test_the_time_of_a_function_for_each_element_is_the_sum_of_its_calls() -> None:
    clock, builder = elements()
    profile = Profile(clock=clock)
    builder.build().execute(["fast"], hooks=[profile])
    times = {node.name: (node.start, node.seconds, node.calls, node.elapsed) for node in profile.latest.nodes}
    assert times == {"number": (0.0, 0.0, 1, None), "slow": (0.0, 6.0, 3, 6.5), "fast": (1.0, 0.75, 3, 5.75)}
    assert re.search(r"slow +6\.00 s +89% +3 ", str(profile.latest))


def test_the_trace_of_a_function_for_each_element_ends_with_its_last_call(tmp_path: Path) -> None:
    clock, builder = elements()
    profile = Profile(clock=clock)
    builder.build().execute(["fast"], hooks=[profile])
    profile.latest.save_trace(tmp_path / "trace.json")
    spans = {event["name"]: event for event in json.loads((tmp_path / "trace.json").read_text())["traceEvents"]}
    assert (spans["slow"]["ts"], spans["slow"]["dur"]) == (0.0, 6.5e6)
    assert spans["slow"]["args"] == {"outcome": "succeeded", "calls": 3, "seconds in calls": 6.0}


@pytest.mark.native
def test_calls_for_elements_in_threads_are_all_counted() -> None:
    def number() -> Parallelizable[int]:
        return range(2_000)

    def square(number: int) -> int:
        return number * number

    profile = Profile()
    with futures.ThreadPoolExecutor(4) as pool:
        Builder().with_functions(number, square).with_executor(pool).build().execute(["square"], hooks=[profile])
    assert {node.name: node.calls for node in profile.latest.nodes} == {"number": 1, "square": 2_000}


@pytest.mark.native
def test_the_trace_has_a_row_for_each_thread(tmp_path: Path) -> None:
    clock = itertools.count()
    profile = Profile(clock=clock.__next__)
    with futures.ThreadPoolExecutor(1, thread_name_prefix="pool") as pool:
        BUILDER.with_policy(Policy(executor=pool)).build().execute(["big"], hooks=[profile])
    profile.latest.save_trace(tmp_path / "trace.json")
    trace = json.loads((tmp_path / "trace.json").read_text())
    row, span = trace["traceEvents"]
    assert row == {"name": "thread_name", "ph": "M", "pid": 1, "tid": 1, "args": {"name": "pool_0"}}
    assert (span["name"], span["ph"], span["tid"], span["args"]) == ("big", "X", 1, {"outcome": "succeeded"})
    assert (span["ts"], span["dur"]) == (2e6, 1e6)


@pytest.mark.native
def test_a_call_in_another_process_is_measured_from_its_submission() -> None:
    clock = itertools.count()
    profile = Profile(clock=clock.__next__)
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        BUILDER.with_policy(Policy(executor=pool)).build().execute(["big"], hooks=[profile])
    assert profile.latest.nodes == (NodeProfile("big", "succeeded", 1, 1, "other process"),)


def ending() -> int:
    os._exit(3)


@pytest.mark.native
def test_a_lost_call_has_failed() -> None:
    profile = Profile()
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        driver = Builder().with_functions(ending).with_executor(pool).with_hooks(profile).build()
        with pytest.raises(WorkerLost):
            driver.execute(["ending"])
    assert [(node.name, node.outcome) for node in profile.latest.nodes] == [("ending", "failed")]


def test_a_function_that_fails_for_an_element_has_failed() -> None:
    def number() -> Parallelizable[int]:
        return range(3)

    def double(number: int) -> int:
        return number * 2

    def inverse(double: int) -> float:
        return 1 / double

    profile = Profile()
    driver = Builder().with_functions(number, double, inverse).with_hooks(profile).build()
    with pytest.raises(ZeroDivisionError):
        driver.execute(["inverse"])
    assert {node.name: node.outcome for node in profile.latest.nodes} == {"number": "succeeded", "inverse": "failed"}
