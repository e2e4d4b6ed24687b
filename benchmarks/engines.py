"""Headwater's tasks on Dask and Ray, compared with tasks that use these libraries directly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, ratio

if TYPE_CHECKING:
    from headwater import Driver
    from headwater.execution.remote import RemoteExecutor

ROUNDS = 5
TASKS = 500
SECONDS = 0.01

Gather = Callable[[Callable[[int], int], int], list[int]]
"""A function that calls another function for each number below a limit, using only Dask or Ray, and returns the results."""


def engines() -> list[Figure]:
    """Measure independent tasks that take 10 ms and tasks that take no time, on two workers.

    Runs with and without Headwater alternate.
    """
    found = {"Dask": ("distributed", dask), "Ray": ("ray", ray)}
    figures: list[Figure] = []
    for name, (library, start) in found.items():
        if find_spec(library) is None:
            print(f"{name} is not installed. `make engines` installs it.\n")
            continue
        with start() as (executor, gather):
            figures += _figures(name, executor, gather)
    return figures


def _figures(name: str, executor: RemoteExecutor, gather: Gather) -> list[Figure]:
    from headwater import Builder  # noqa: PLC0415 - another benchmark measures this import

    driver = Builder().with_functions(waiting, instant).with_executor(executor).build()
    samples: dict[str, list[float]] = {}
    for _ in range(ROUNDS + 1):
        for function in (waiting, instant):
            for label, work in _ways(driver, gather, function).items():
                start = perf_counter()
                work()
                samples.setdefault(f"{function.__name__} {label}", []).append((perf_counter() - start) / TASKS * 1e6)
    ours, alone, ours_instant, alone_instant = (values[1:] for values in samples.values())  # the first round starts workers
    return [
        ratio(f"{name}: 10 ms tasks, relative to {name} alone", ours, alone, 1.2),
        Figure(f"{name}: instant tasks, per task", ours_instant, "µs"),
        Figure(f"the same with {name} alone", alone_instant, "µs"),
    ]


def _ways(driver: Driver[Any], gather: Gather, function: Callable[[int], int]) -> dict[str, Callable[[], Any]]:
    return {
        "with Headwater": partial(driver.sweep, [function], over={"number": range(TASKS)}),
        "alone": partial(gather, function, TASKS),
    }


def waiting(number: int) -> int:
    """Sleep for 10 ms."""
    time.sleep(SECONDS)
    return number


def instant(number: int) -> int:
    """Return immediately."""
    return number


@contextmanager
def dask() -> Iterator[tuple[RemoteExecutor, Gather]]:
    """Start two Dask workers."""
    from distributed import Client  # noqa: PLC0415 - an optional library

    from headwater.integrations.dask import DaskExecutor  # noqa: PLC0415 - an optional library

    with Client(n_workers=2, threads_per_worker=1, dashboard_address=":0") as client:
        yield DaskExecutor(client), lambda function, count: client.gather(client.map(function, range(count), pure=False))


@contextmanager
def ray() -> Iterator[tuple[RemoteExecutor, Gather]]:
    """Start Ray with two processors."""
    import ray as library  # noqa: PLC0415 - an optional library

    from headwater.integrations.ray import RayExecutor  # noqa: PLC0415 - an optional library

    def gather(function: Callable[[int], int], count: int) -> list[int]:
        task = library.remote(function)
        return library.get([task.remote(number) for number in range(count)])

    library.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        yield RayExecutor(), gather
    finally:
        library.shutdown()
