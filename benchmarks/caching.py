"""Runs with a persistent cache, compared with Apache Hamilton, pipefunc and joblib."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.engine import peer_python
from benchmarks.figures import Figure

ROOT = Path(__file__).parents[1]
ROUNDS = 3
NODES = 300
"""The number of nodes in a chain. With more nodes, some peers exceed Python's recursion limit."""
MANY = 10_000
ENGINES = {"headwater": "Headwater", "hamilton": "Hamilton", "pipefunc": "pipefunc", "joblib": "joblib"}


def caching() -> list[Figure]:
    """Measure cold and warm runs, each in a new process, and the first run after an edit to a helper."""
    figures: list[Figure] = []
    for engine, name in ENGINES.items():
        rounds = [_stages(engine, NODES, {"cold": 1, "warm": 1, "edited": 2}) for _ in range(ROUNDS)]
        figures += [
            Figure(f"cold run, {name}", [each["cold"]["first"] / NODES * 1e6 for each in rounds], "µs per node"),
            Figure(
                f"second run in a process, {name}",
                [each["warm"]["second"] / NODES * 1e6 for each in rounds],
                "µs per node",
                goal=30 if engine == "headwater" else None,
            ),
            Figure(f"first run in a process, {name}", [each["warm"]["first"] / NODES * 1e6 for each in rounds], "µs per node"),
            Figure(f"run after an edit to a helper, {name}", [each["edited"]["first"] * 1e3 for each in rounds], "ms"),
        ]
        stale = any(each["edited"]["result"] == each["cold"]["result"] for each in rounds)
        print(f"{name}: the result after the edit to a helper is {'stale' if stale else 'correct'}.", file=sys.stderr)
    opened = _stages("headwater", MANY, {"cold": 1, **{f"warm {number}": 1 for number in range(ROUNDS)}})
    seconds = [opened[f"warm {number}"]["build"] + opened[f"warm {number}"]["first"] for number in range(ROUNDS)]
    figures.append(Figure("build and first run of 10,000 cached nodes", seconds, "s", goal=0.5))
    return figures


def _stages(engine: str, nodes: int, steps: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Return the measurements of processes that share one cache. `steps` maps each stage to the number that the helper adds."""
    python = sys.executable if engine == "headwater" else str(peer_python())
    with tempfile.TemporaryDirectory() as folder:
        rounds: dict[str, dict[str, Any]] = {}
        for stage, step in steps.items():
            Path(folder, "flow.py").write_text(_source(nodes, step), encoding="utf-8")
            command = [python, "-B", "-m", "benchmarks.caching_round", engine, folder, f"node_{nodes - 1}"]
            environment = {**os.environ, "HAMILTON_TELEMETRY_ENABLED": "false"}
            if engine != "headwater":
                environment["PYTHONPATH"] = ""
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
            rounds[stage] = json.loads(done.stdout.splitlines()[-1])
    return rounds


def _source(nodes: int, step: int) -> str:
    """Return a chain of functions. The last function calls a helper, which adds `step`."""
    lines = [f"def _helper(value):\n    return value + {step}\n"]
    for number in range(nodes):
        source = "start" if number == 0 else f"node_{number - 1}"
        value = f"_helper({source})" if number == nodes - 1 else f"{source} + {number}"
        lines.append(f"def node_{number}({source}: int) -> int:\n    return {value}\n")
    return "\n".join(lines)
