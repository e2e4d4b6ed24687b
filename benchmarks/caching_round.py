"""Two runs with a cache in a new process: `python -m benchmarks.caching_round ENGINE FOLDER NODE`. Prints JSON.

The folder contains the `flow` module. Each engine runs in its own environment, so no engine pays for the imports of another
engine.
"""

import gc
import importlib
import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

RunFlow = Callable[[], Any]


def headwater_run(flow: Any, folder: Path, last: str) -> RunFlow:
    """Build a driver with Headwater."""
    from headwater import Builder  # noqa: PLC0415 - only one of the engines is installed

    driver = Builder().with_modules(flow).with_cache(folder / "headwater").build()
    return lambda: driver.execute([last], inputs={"start": 1})[last]


def hamilton_run(flow: Any, folder: Path, last: str) -> RunFlow:
    """Build a driver with Apache Hamilton."""
    from hamilton import base, driver  # noqa: PLC0415

    builder = driver.Builder().with_modules(flow).with_adapter(base.DictResult())
    built = builder.with_cache(path=str(folder / "hamilton")).build()
    return lambda: built.execute([last], inputs={"start": 1})[last]


def pipefunc_run(flow: Any, folder: Path, last: str) -> RunFlow:
    """Build a pipeline with pipefunc."""
    from pipefunc import PipeFunc, Pipeline  # noqa: PLC0415

    functions = [value for name, value in vars(flow).items() if name.startswith("node_")]
    pipeline = Pipeline(
        [PipeFunc(function, output_name=function.__name__, cache=True) for function in functions],
        cache_type="disk",
        cache_kwargs={"cache_dir": str(folder / "pipefunc")},
    )
    return lambda: pipeline.run(last, kwargs={"start": 1})


def joblib_run(flow: Any, folder: Path, last: str) -> RunFlow:
    """Cache each function with joblib, and call them one after another."""
    from joblib import Memory  # noqa: PLC0415

    memory = Memory(str(folder / "joblib"), verbose=0)
    functions = {name: memory.cache(value) for name, value in vars(flow).items() if name.startswith("node_")}

    def run() -> Any:
        value = 1
        for function in functions.values():
            value = function(value)
        return value

    del last
    return run


RUNS = {"headwater": headwater_run, "hamilton": hamilton_run, "pipefunc": pipefunc_run, "joblib": joblib_run}


def main(engine: str, folder: Path, last: str) -> None:
    """Build the dataflow and run it twice."""
    sys.path.insert(0, str(folder))
    flow = importlib.import_module("flow")
    warnings.simplefilter("ignore")
    gc.collect()
    start = perf_counter()
    run = RUNS[engine](flow, folder, last)
    built = perf_counter()
    result = run()
    first = perf_counter()
    run()
    second = perf_counter()
    figures = {"build": built - start, "first": first - built, "second": second - first, "result": result}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
