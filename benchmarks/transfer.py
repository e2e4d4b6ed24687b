"""The transfer of arrays and frames to a process pool and back, compared with `Executor.map`, which pickles them.

This part needs numpy and pandas in the environment that runs the benchmarks.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks.figures import Figure, ratio

ROUNDS = 5
CALLS = 8
"""The number of calls in a run."""
PROCESSES = 2
MEGABYTES = (1, 10, 100)
Run = Callable[[], list[Any]]


def transfer() -> list[Figure]:
    """Measure calls in two processes. The runs of Headwater and of `Executor.map` alternate."""
    figures: list[Figure] = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(abs, range(PROCESSES)))  # starts the workers
        for megabytes in MEGABYTES:
            for label, (headwater, by_hand) in _cases(pool, megabytes).items():
                figures += _figures(label, headwater, by_hand)
    return figures


def _cases(pool: ProcessPoolExecutor, megabytes: int) -> dict[str, tuple[Run, Run]]:
    """Return the cases. Each case has two functions that make the same calls, with Headwater and with `Executor.map`."""
    import numpy as np  # noqa: PLC0415 - only this part needs these libraries
    import pandas as pd  # noqa: PLC0415
    from benchmarks import transfer_flow as flow  # noqa: PLC0415

    from headwater import Builder  # noqa: PLC0415 - another benchmark measures this import

    driver = Builder().with_modules(flow).with_executor(pool).build()
    arrays = [np.full(megabytes * 125_000, float(number)) for number in range(CALLS)]
    frames = [pd.DataFrame(array.reshape(-1, 4)) for array in arrays]

    def computed(output: str, read: Callable[[Any], Any] = float, **options: Any) -> Run:
        return lambda: list(map(read, driver.execute([output], **options)[output]))

    def mapped(function: Callable[..., Any], values: Any, read: Callable[[Any], Any] = float) -> Run:
        return lambda: list(map(read, pool.map(function, values)))

    numbers = {"count": CALLS}
    return {
        f"a different array of {megabytes} MB for each call": (
            computed("block_total", overrides={"block": arrays}),
            mapped(flow.block_total, arrays),
        ),
        f"a different frame of {megabytes} MB for each call": (
            computed("block_total", overrides={"block": frames}),
            mapped(flow.block_total, frames),
        ),
        f"the same array of {megabytes} MB for each call": (
            computed("table_total", inputs={**numbers, "table": arrays[0]}),
            mapped(partial(flow.table_total, table=arrays[0]), range(CALLS)),
        ),
        f"an array of {megabytes} MB as the result of each call": (
            computed("produced", flow.block_total, inputs={**numbers, "megabytes": megabytes}),
            mapped(partial(flow.produced, megabytes=megabytes), range(CALLS), flow.block_total),
        ),
    }


def _figures(label: str, headwater: Run, by_hand: Run) -> list[Figure]:
    assert headwater() == by_hand()  # this run is not measured
    samples: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for run, measured in zip((headwater, by_hand), samples, strict=True):
            start = perf_counter()
            run()
            measured.append((perf_counter() - start) / CALLS * 1e3)
    own, pickled = samples
    return [
        Figure(f"{label}, Headwater", own, "ms"),
        Figure(f"{label}, `Executor.map`", pickled, "ms"),
        ratio(f"{label}, relative to `Executor.map`", own, pickled),
    ]
