"""Mapped nodes, sweeps and executors, compared with hand-written code, Apache Hamilton and pipefunc."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engine import peer_python
from benchmarks.figures import Figure, ratio
from benchmarks.mapping_round import INDEPENDENT, QUICK

ROOT = Path(__file__).parents[1]
ROUNDS = 5
ENGINES = {"headwater": "Headwater", "hand": "by hand", "hamilton": "Hamilton", "pipefunc": "pipefunc"}
MARKERS = {
    "headwater": "from headwater import Collect, Parallelizable",
    "hamilton": "from hamilton.htypes import Collect, Parallelizable",
}
CASES = {
    "single": "one trivial function for each element",
    "chain": "three trivial functions, called for each element",
    "many on processes": "one trivial function for each element, on two processes",
    "threads": "10 ms for each element, on eight threads",
    "processes": "10 ms for each element, on two processes",
    "sweep": "sweep over two names, for each combination",
    "independent": "10 ms for each independent node, on eight threads",
    "quick": "no work for each independent node, on eight threads",
}
GOALS = {"single": 2.0}
FLOW = """
import time

{markers}


def number(count: int) -> Parallelizable[int]:
    yield from range(count)


def doubled(number: int) -> int:
    return 2 * number


def doubled_sum(doubled: Collect[int]) -> int:
    return sum(doubled)


def shifted(doubled: int) -> int:
    return doubled + 1


def squared(shifted: int) -> int:
    return shifted * shifted


def squared_sum(squared: Collect[int]) -> int:
    return sum(squared)


def waited(number: int) -> int:
    time.sleep(0.01)
    return number


def waited_sum(waited: Collect[int]) -> int:
    return sum(waited)


def row(x: int) -> int:
    return 3 * x


def column(y: int) -> int:
    return 5 * y


def cell(row: int, column: int) -> int:
    return row + column
"""


def mapping() -> list[Figure]:
    """Measure all engines in alternating rounds, each in a new process."""
    rounds: dict[str, list[dict[str, float]]] = {engine: [] for engine in ENGINES}
    for _ in range(ROUNDS):
        for engine, samples in rounds.items():
            samples.append(_round(engine))
    figures: list[Figure] = []
    for case, label in CASES.items():
        by_engine = {engine: [each[case] * 1e6 for each in samples] for engine, samples in rounds.items() if case in samples[0]}
        for engine, microseconds in by_engine.items():
            goal = GOALS.get(case) if engine == "headwater" else None
            figures.append(Figure(f"{label}, {ENGINES[engine]}", microseconds, "µs", goal))
        figures += _ratios(label, by_engine)
    return figures


def _ratios(label: str, by_engine: dict[str, Sequence[float]]) -> list[Figure]:
    own = by_engine["headwater"]
    others = {engine: samples for engine, samples in by_engine.items() if engine != "headwater"}
    return [ratio(f"{label}, relative to {ENGINES[engine]}", own, samples) for engine, samples in others.items()]


def _round(engine: str) -> dict[str, float]:
    is_peer = engine in ("hamilton", "pipefunc")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "flow.py").write_text(_flow(engine), encoding="utf-8")
        command = [str(peer_python()) if is_peer else sys.executable, "-B", "-m", "benchmarks.mapping_round", engine, folder]
        environment = {**os.environ, "HAMILTON_TELEMETRY_ENABLED": "false"}
        if is_peer:
            environment["PYTHONPATH"] = ""
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seconds


def _flow(engine: str) -> str:
    """Return the source of the dataflow. Each engine gets the same functions, with the engine's own markers."""
    functions = [FLOW.format(markers=MARKERS.get(engine, "Collect = Parallelizable = list"))]
    functions += [f"def slow_{number}() -> int:\n    time.sleep(0.01)\n    return {number}\n" for number in range(INDEPENDENT)]
    functions += [f"def quick_{number}() -> int:\n    return {number}\n" for number in range(QUICK)]
    return "\n".join(functions)
