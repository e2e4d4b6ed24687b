"""Cache writers that are killed at random points, and a check of everything that they left behind.

Run as a program: `crash_writers.py FOLDER KILLS SEED`. It prints the numbers of killed writers, reused values and
incomplete files.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from typing import Any

from headwater import Builder
from headwater.caching.cache import Cache
from headwater.caching.disk import MISSING
from headwater.driver import Driver

WRITERS = 3
"""The number of processes that write at the same time."""
INPUTS = 12


def text(base: int) -> str:
    return f"{base}-" * 500


def numbers(base: int) -> list[int]:
    return list(range(base, base + 200))


def records(numbers: list[int], text: str) -> dict[str, object]:
    return {"numbers": numbers, "text": text, "pair": (1, 2.5)}


def total(records: dict[str, object], base: int) -> int:
    return len(str(records)) + base


def driver(folder: str, *, max_bytes: int | None = None) -> Driver[dict[str, Any]]:
    return Builder().with_functions(text, numbers, records, total).with_cache(folder, max_bytes=max_bytes).build()


def write(folder: str, seed: int) -> None:
    """Compute values, and kill this process after a random number of calls to Python functions and C functions."""
    chosen = random.Random(seed)  # noqa: S311 - not for cryptography
    left = chosen.randrange(1, 25_000)

    def count_down(_: object, __: str, ___: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count_down)
    flow = driver(folder, max_bytes=60_000 if seed % 3 == 0 else None)
    for _ in range(6):
        base = chosen.randrange(INPUTS)
        flow.execute(["total", "numbers"], inputs={"base": base}, cache="recompute" if chosen.random() < 0.3 else None)
    flow.cache.close()
    sys.setprofile(None)


def check(folder: str, seed: int) -> int:
    """Check all stored values, and the results of runs. Return how many values were reused."""
    flow = driver(folder)
    cache: Cache = flow.cache
    store = cache.store
    for row in store.database.files():
        value = store.read(row.version)
        assert value is MISSING or store.hash("value", value) == row.version, row
    base = seed % INPUTS
    expected = total(records(numbers(base), text(base)), base)
    for _ in range(2):
        assert flow.execute(["total"], inputs={"base": base}) == {"total": expected}
    reused = sum(event.outcome == "hit" for event in cache.log if event.run == 1)
    cache.close()
    return reused


def main(folder: str, kills: int, seed: int) -> None:
    """Kill writers until enough have been killed, and check the cache after each round."""
    killed = reused = 0
    while killed < kills:
        children: list[int] = []
        for _ in range(WRITERS):
            seed += 1
            child = os.fork()
            if child == 0:
                write(folder, seed)
                os._exit(0)
            children.append(child)
        statuses = [os.waitpid(child, 0)[1] for child in children]
        assert all(status in (0, signal.SIGKILL) for status in statuses), statuses
        killed += sum(status == signal.SIGKILL for status in statuses)
        reused += check(folder, seed)
    print(killed, reused, len(list(Path(folder, "values").glob("*/.part-*"))))  # noqa: T201 - the program's output


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
