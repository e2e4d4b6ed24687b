"""Building and running 1,000 trivial functions, compared with straight-line calls and with Apache Hamilton."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure, ratio

ROUNDS = 5
ROOT = Path(__file__).parents[1]
PEER = ROOT / ".make" / "peer"


def engine() -> list[Figure]:
    """Measure both engines in alternating rounds, each in a new process."""
    peer = peer_python()
    headwater: list[dict[str, float]] = []
    hamilton: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        headwater.append(_round(sys.executable, "headwater"))
        hamilton.append(_round(str(peer), "hamilton"))

    def both(key: str) -> tuple[list[float], list[float]]:
        return [result[key] for result in headwater], [result[key] for result in hamilton]

    return [
        Figure("run of 1,000 nodes, relative to straight-line calls", both("ratio")[0], "x", goal=4),
        Figure("the same run in Hamilton, relative to straight-line calls", both("ratio")[1], "x"),
        Figure("run of 1,000 nodes", [result["run"] * 1e3 for result in headwater], "µs"),
        Figure("first run of 1,000 nodes, including planning", both("first_run")[0], "ms"),
        Figure("build of 1,000 functions", both("build_1000")[0], "ms"),
        Figure("build of 10,000 functions", both("build_10000")[0], "ms"),
        ratio("build of 1,000 functions, relative to Hamilton", *both("build_1000")),
        ratio("build of 10,000 functions, relative to Hamilton", *both("build_10000")),
        ratio("run of 1,000 nodes, relative to Hamilton", *both("run")),
    ]


def _round(python: str, engine: str) -> dict[str, float]:
    command = [python, "-m", "benchmarks.engine_round", engine]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": ""})
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def peer_python() -> Path:
    """Return the path of Python in Hamilton's environment. Create the environment if it is missing or outdated."""
    python = PEER / "bin" / "python"
    requirements = (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8")
    installed = PEER / "requirements.txt"
    if not installed.is_file() or installed.read_text(encoding="utf-8") != requirements:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEER)], check=True)
        pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "-r", str(ROOT / "benchmarks" / "requirements.txt")], check=True)
        installed.write_text(requirements, encoding="utf-8")
    return python
