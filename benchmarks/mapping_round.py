"""One round for one engine in a new process: `python -m benchmarks.mapping_round ENGINE FOLDER`. Prints JSON.

The folder contains the `flow` module. Each engine runs in its own environment, so no engine pays for the imports of another
engine. Each case returns how many elements, combinations or nodes it computed.
"""

import gc
import importlib
import json
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

MANY = 100_000
WAITING = 400
"""The number of elements that take 10 ms each."""
FEW = 1_000
"""The number of trivial elements for Hamilton, whose time per element grows with the number of elements."""
THREADS = 8
PROCESSES = 2
SIDE = 100
"""The number of values in each dimension of a sweep."""
INDEPENDENT = 64
"""The number of independent nodes that take 10 ms each."""
QUICK = 1_000
"""The number of independent trivial nodes."""
Case = Callable[[], int]


def chunk_size(count: int, workers: int) -> int:
    """Return the chunk size that gives each worker four chunks, which is a common choice."""
    return -(-count // (4 * workers))


def headwater_cases(flow: Any, threads: Executor, processes: Executor) -> dict[str, Case]:
    """Return the cases for Headwater."""
    from headwater import Builder  # noqa: PLC0415 - only one of the engines is installed

    driver = Builder().with_modules(flow).build()
    on_threads, on_processes = driver.with_executor(threads), driver.with_executor(processes)

    def mapped(driver: Any, output: str, count: int) -> Case:
        def run() -> int:
            driver.execute([output], inputs={"count": count})
            return count

        return run

    def sweep() -> int:
        return len(driver.sweep(["cell"], over={"x": range(SIDE), "y": range(SIDE)}).rows)

    def independent(driver: Any, kind: str, count: int) -> Case:
        return lambda: len(driver.execute([f"{kind}_{number}" for number in range(count)]))

    return {
        "single": mapped(driver, "doubled_sum", MANY),
        "chain": mapped(driver, "squared_sum", MANY),
        "threads": mapped(on_threads, "waited_sum", WAITING),
        "processes": mapped(on_processes, "waited_sum", WAITING),
        "many on processes": mapped(on_processes, "doubled_sum", MANY),
        "sweep": sweep,
        "independent": independent(on_threads, "slow", INDEPENDENT),
        "quick": independent(on_threads, "quick", QUICK),
    }


def hand_cases(flow: Any, threads: Executor, processes: Executor) -> dict[str, Case]:
    """Return the cases in hand-written code."""

    def single() -> int:
        flow.doubled_sum([flow.doubled(number) for number in flow.number(MANY)])
        return MANY

    def chain() -> int:
        flow.squared_sum([flow.squared(flow.shifted(flow.doubled(number))) for number in flow.number(MANY)])
        return MANY

    def waited(pool: Executor, workers: int) -> Case:
        def run() -> int:
            numbers = list(flow.number(WAITING))
            flow.waited_sum(list(pool.map(flow.waited, numbers, chunksize=chunk_size(WAITING, workers))))
            return WAITING

        return run

    def many_on_processes() -> int:
        numbers = list(flow.number(MANY))
        flow.doubled_sum(list(processes.map(flow.doubled, numbers, chunksize=chunk_size(MANY, PROCESSES))))
        return MANY

    def sweep() -> int:
        rows, columns = {x: flow.row(x) for x in range(SIDE)}, {y: flow.column(y) for y in range(SIDE)}
        pairs = product(range(SIDE), range(SIDE))
        return len([{"x": x, "y": y, "cell": flow.cell(rows[x], columns[y])} for x, y in pairs])

    def independent(kind: str, count: int) -> Case:
        def run() -> int:
            submitted = {f"{kind}_{number}": threads.submit(getattr(flow, f"{kind}_{number}")) for number in range(count)}
            return len({name: future.result() for name, future in submitted.items()})

        return run

    return {
        "single": single,
        "chain": chain,
        "threads": waited(threads, THREADS),
        "processes": waited(processes, PROCESSES),
        "many on processes": many_on_processes,
        "sweep": sweep,
        "independent": independent("slow", INDEPENDENT),
        "quick": independent("quick", QUICK),
    }


def hamilton_cases(flow: Any, threads: Executor, processes: Executor) -> dict[str, Case]:
    """Return the cases for Apache Hamilton. Hamilton creates its own pools."""
    from hamilton import base, driver  # noqa: PLC0415
    from hamilton.execution import executors  # noqa: PLC0415
    from hamilton.plugins.h_threadpool import FutureAdapter  # noqa: PLC0415

    del threads, processes

    def mapped(executor: Any, output: str, count: int) -> Case:
        builder = driver.Builder().enable_dynamic_execution(allow_experimental_mode=True).with_modules(flow)
        built = builder.with_remote_executor(executor).build()

        def run() -> int:
            built.execute([output], inputs={"count": count})
            return count

        return run

    plain = driver.Builder().with_modules(flow).with_adapters(base.DictResult()).build()
    on_threads = driver.Builder().with_modules(flow).with_adapters(FutureAdapter(max_workers=THREADS)).build()

    def sweep() -> int:
        side = SIDE // 5  # a fifth of the values in each dimension, because each run takes a long time
        pairs = product(range(side), range(side))
        return len([plain.execute(["cell"], inputs={"x": x, "y": y}) for x, y in pairs])

    def independent(kind: str, count: int) -> Case:
        return lambda: len(on_threads.execute([f"{kind}_{number}" for number in range(count)]))

    return {
        "single": mapped(executors.SynchronousLocalTaskExecutor(), "doubled_sum", FEW),
        "chain": mapped(executors.SynchronousLocalTaskExecutor(), "squared_sum", FEW),
        "threads": mapped(executors.MultiThreadingExecutor(max_tasks=THREADS), "waited_sum", WAITING),
        "processes": mapped(executors.MultiProcessingExecutor(max_tasks=PROCESSES), "waited_sum", WAITING),
        "sweep": sweep,
        "independent": independent("slow", INDEPENDENT),
        "quick": independent("quick", QUICK),
    }


def pipefunc_cases(flow: Any, threads: Executor, processes: Executor) -> dict[str, Case]:
    """Return the cases for pipefunc. The elements are an input, because pipefunc has no counterpart to `Parallelizable`."""
    from pipefunc import PipeFunc, Pipeline  # noqa: PLC0415

    def pipeline(**specs: str | None) -> Any:
        functions = [PipeFunc(getattr(flow, name), output_name=name, mapspec=spec) for name, spec in specs.items()]
        return Pipeline(functions, validate_type_annotations=False)

    options: dict[str, Any] = {"storage": "dict", "run_folder": None, "show_progress": False}
    single = pipeline(doubled="number[i] -> doubled[i]", doubled_sum=None)
    chain = pipeline(
        doubled="number[i] -> doubled[i]",
        shifted="doubled[i] -> shifted[i]",
        squared="shifted[i] -> squared[i]",
        squared_sum=None,
    )
    waited = pipeline(waited="number[i] -> waited[i]", waited_sum=None)
    table = pipeline(row="x[i] -> row[i]", column="y[j] -> column[j]", cell="row[i], column[j] -> cell[i, j]")

    def mapped(pipeline: Any, count: int, executor: Executor | None = None, workers: int = 1) -> Case:
        def run() -> int:
            chunks = None if executor is None else chunk_size(count, workers)
            numbers = list(range(count))
            parallel = {"parallel": executor is not None, "executor": executor, "chunksizes": chunks}
            pipeline.map({"number": numbers}, **parallel, **options)
            return count

        return run

    def sweep() -> int:
        result = table.map({"x": list(range(SIDE)), "y": list(range(SIDE))}, parallel=False, **options)
        return int(result["cell"].output.size)

    return {
        "single": mapped(single, MANY),
        "chain": mapped(chain, MANY),
        "threads": mapped(waited, WAITING, threads, THREADS),
        "processes": mapped(waited, WAITING, processes, PROCESSES),
        "many on processes": mapped(single, MANY, processes, PROCESSES),
        "sweep": sweep,
    }


CASES = {"headwater": headwater_cases, "hand": hand_cases, "hamilton": hamilton_cases, "pipefunc": pipefunc_cases}


def main(engine: str, folder: Path) -> None:
    """Print the seconds for each element, combination or node."""
    sys.path.insert(0, str(folder))
    flow = importlib.import_module("flow")
    warnings.simplefilter("ignore")
    seconds: dict[str, float] = {}
    with ThreadPoolExecutor(THREADS) as threads, ProcessPoolExecutor(PROCESSES) as processes:
        list(processes.map(flow.doubled, range(PROCESSES)))  # starts the workers before any threads exist
        for name, run in CASES[engine](flow, threads, processes).items():
            gc.collect()
            start = perf_counter()
            count = run()
            seconds[name] = (perf_counter() - start) / count
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
