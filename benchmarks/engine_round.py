"""One round for one engine in a new process: `python -m benchmarks.engine_round headwater`. Prints JSON.

Headwater and Hamilton run in different environments, so neither pays for the other's imports.
"""

import gc
import json
import sys
import types
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any, Protocol

from benchmarks.layered import Layered, layered

RUNS = 100


class Driver(Protocol):
    """The interface that both engines share."""

    def execute(self, outputs: list[str]) -> Any: ...  # noqa: D102


def headwater_driver(module: types.ModuleType) -> Driver:
    """Build a driver with Headwater."""
    from headwater import Builder  # noqa: PLC0415 - only one of the two engines is installed

    return Builder().with_modules(module).build()


def hamilton_driver(module: types.ModuleType) -> Driver:
    """Build a driver with Apache Hamilton. Its runs return a dictionary, like those of Headwater."""
    from hamilton import base, driver  # noqa: PLC0415

    return driver.Builder().with_modules(module).with_adapter(base.DictResult()).build()


BUILDS = {"headwater": headwater_driver, "hamilton": hamilton_driver}


def module_of(dataflow: Layered, name: str) -> types.ModuleType:
    """Return the functions as a module, as if it had been imported."""
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(dataflow.functions, module.__dict__)  # noqa: S102 - generated source
    return module


def milliseconds(work: Callable[[], object]) -> float:
    """Return the duration of one call, in milliseconds."""
    gc.collect()
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


def one_round(engine: str) -> dict[str, float]:
    """Measure builds and runs, in milliseconds. Straight-line calls and runs of the engine alternate."""
    build = BUILDS[engine]
    small, large = layered(1_000), layered(10_000)
    small_module, large_module = module_of(small, "small"), module_of(large, "large")
    build(module_of(layered(50), "warm"))  # the first build is not measured, because it includes lazy imports

    built_small = milliseconds(lambda: build(small_module))
    built_large = milliseconds(lambda: build(large_module))

    by_hand_code = dict(small_module.__dict__)
    exec(small.by_hand, by_hand_code)  # noqa: S102
    by_hand: Callable[[], dict[str, int]] = by_hand_code["by_hand"]
    driver = build(small_module)
    first = milliseconds(lambda: driver.execute(small.outputs))
    assert dict(driver.execute(small.outputs)) == by_hand()

    hand: list[float] = []
    execute: list[float] = []
    for _ in range(RUNS):
        start = perf_counter()
        by_hand()
        middle = perf_counter()
        driver.execute(small.outputs)
        hand.append(middle - start)
        execute.append(perf_counter() - middle)
    return {
        "build_1000": built_small,
        "build_10000": built_large,
        "first_run": first,
        "run": median(execute) * 1e3,
        "by_hand": median(hand) * 1e3,
        "ratio": median(execute) / median(hand),
    }


if __name__ == "__main__":
    print(json.dumps(one_round(sys.argv[1])))
