"""The cost of hooks per node, compared with a run without hooks."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.engine_round import module_of
from benchmarks.figures import Figure
from benchmarks.layered import layered

ROUNDS = 5
RUNS = 100
NODES = 1_000


def hooks() -> list[Figure]:
    """Measure runs of 1,000 trivial functions with and without hooks. The runs alternate."""
    from headwater import Builder  # noqa: PLC0415 - another benchmark measures this import
    from headwater.hooks import Observer  # noqa: PLC0415

    class Noop(Observer):
        def started(self, call: Any) -> None: ...

        def ended(self, node: Any, outcome: Any) -> None: ...

    class Named(Noop):
        def started(self, call: Any) -> None:
            _ = call.named

    class Through:
        def around(self, call: Any, proceed: Any) -> Any:
            return proceed(call)

    dataflow = layered(NODES)
    driver = Builder().with_modules(module_of(dataflow, "small")).build()
    cases = {
        "a no-op observer with `started` and `ended`, per node": (driver.with_hooks(Noop()), 0.5),
        "the same, reading the arguments by name": (driver.with_hooks(Named()), None),
        "two no-op observers": (driver.with_hooks(Noop(), Noop()), None),
        "no-op middleware": (driver.with_hooks(Through()), None),
    }
    samples: dict[str, list[float]] = {label: [] for label in cases}
    for _ in range(ROUNDS):
        runs = {label: [] for label in ("bare", *cases)}
        for _ in range(RUNS):
            runs["bare"].append(_seconds(lambda: driver.execute(dataflow.outputs)))
            for label, (hooked, _) in cases.items():
                runs[label].append(_seconds(lambda hooked=hooked: hooked.execute(dataflow.outputs)))
        for label in cases:
            samples[label].append((median(runs[label]) - median(runs["bare"])) / NODES * 1e6)
    return [Figure(label, samples[label], "µs", goal=goal) for label, (_, goal) in cases.items()]


def _seconds(work: Callable[[], object]) -> float:
    gc.collect(0)
    start = perf_counter()
    work()
    return perf_counter() - start
