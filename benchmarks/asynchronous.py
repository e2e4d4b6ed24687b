"""The time that a run in an event loop takes per node, compared with asyncio alone."""

from __future__ import annotations

import asyncio
import gc
import types
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.figures import Figure

ROUNDS = 5
RUNS = 20
NODES = 1_000


def asynchronous() -> list[Figure]:
    """Measure runs of 1,000 trivial functions. The runs of Headwater and of asyncio alternate."""
    from headwater import Builder  # noqa: PLC0415 - another benchmark measures this import

    plain = [f"def plain{number}() -> int: return {number}" for number in range(NODES)]
    wide = [f"async def wide{number}() -> int: return {number}" for number in range(NODES)]
    chain = [f"async def chain{number}({_parameter(number)}) -> int: return {number}" for number in range(NODES)]
    module = types.ModuleType("functions")
    exec("\n".join([*plain, *wide, *chain]), vars(module))  # noqa: S102 - the benchmark's own code
    functions: dict[str, Callable[..., Any]] = vars(module)

    def execution(*names: str, outputs: list[str] | None = None) -> Callable[[], Any]:
        driver = Builder().with_functions(*(functions[name] for name in names)).build_async()
        requested = outputs or list(names)
        return lambda: driver.execute(requested)

    names = {kind: [f"{kind}{number}" for number in range(NODES)] for kind in ("plain", "wide", "chain")}
    last = names["chain"][-1:]

    async def gathered() -> Any:
        return await asyncio.gather(*(functions[name]() for name in names["wide"]))

    async def tasks() -> Any:
        value = await asyncio.create_task(functions["chain0"]())
        for name in names["chain"][1:]:
            value = await asyncio.create_task(functions[name](value))
        return value

    cases: dict[str, Callable[[], Any]] = {
        "1,000 plain functions": execution(*names["plain"]),
        "1,000 plain functions and an `async def`": execution(*names["plain"], "wide0"),
        "1,000 independent `async def` functions": execution(*names["wide"]),
        "the same with `asyncio.gather`": gathered,
        "a chain of 1,000 `async def` functions": execution(*names["chain"], outputs=last),
        "the same with one task after another": tasks,
    }
    samples: dict[str, list[float]] = {label: [] for label in cases}
    with asyncio.Runner() as runner:
        for _ in range(ROUNDS):
            seconds: dict[str, list[float]] = {label: [] for label in cases}
            for _ in range(RUNS):
                for label, work in cases.items():
                    gc.collect(0)
                    start = perf_counter()
                    runner.run(work())
                    seconds[label].append(perf_counter() - start)
            for label in cases:
                samples[label].append(median(seconds[label]) / NODES * 1e6)
    return [Figure(label, values, "µs") for label, values in samples.items()]


def _parameter(number: int) -> str:
    return f"chain{number - 1}: int" if number else ""
