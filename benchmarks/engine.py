"""Building and running 1,000 trivial functions: against straight-line calls by hand, and against Apache Hamilton."""

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
    """Rounds in new processes, Headwater's and Hamilton's in turns."""
    peer = _peer_python()
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        ours.append(_round(sys.executable, "headwater"))
        theirs.append(_round(str(peer), "hamilton"))

    def both(key: str) -> tuple[list[float], list[float]]:
        return [each[key] for each in ours], [each[key] for each in theirs]

    return [
        Figure("run of 1,000 nodes over straight-line calls", both("ratio")[0], "x", goal=4),
        Figure("the same, Hamilton", both("ratio")[1], "x"),
        Figure("run of 1,000 nodes", [each["run"] * 1e3 for each in ours], "µs"),
        Figure("first run of 1,000 nodes, planning included", both("first_run")[0], "ms"),
        Figure("build of 1,000 functions", both("build_1000")[0], "ms"),
        Figure("build of 10,000 functions", both("build_10000")[0], "ms"),
        ratio("build of 1,000 functions, against Hamilton", *both("build_1000")),
        ratio("build of 10,000 functions, against Hamilton", *both("build_10000")),
        ratio("run of 1,000 nodes, against Hamilton", *both("run")),
    ]


def _round(python: str, engine: str) -> dict[str, float]:
    command = [python, "-m", "benchmarks.engine_round", engine]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": ""})
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _peer_python() -> Path:
    """The Python of the peer's environment, which is made when it is not there or another one is asked for."""
    python = PEER / "bin" / "python"
    wanted = (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8")
    made_from = PEER / "requirements.txt"
    if not made_from.is_file() or made_from.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEER)], check=True)
        pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "-r", str(ROOT / "benchmarks" / "requirements.txt")], check=True)
        made_from.write_text(wanted, encoding="utf-8")
    return python
