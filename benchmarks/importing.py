"""The duration of `import headwater`, compared with starting Python without imports."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figure

ROUNDS = 31
ROOT = Path(__file__).parents[1]
BARE = ROOT / ".make" / "bare"


def importing() -> list[Figure]:
    """Start Python alternately with and without the import.

    The difference between the two times is the duration of the import.
    """
    # The `BARE` environment contains no packages. In other environments, a `.pth` file may import much of the standard library
    # at every start, which would hide the cost of the import.
    if not BARE.is_dir():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(BARE)], check=True)
    for warm in ("pass", "import headwater"):  # the first import compiles the bytecode
        _milliseconds(warm)
    pairs = [(_milliseconds("pass"), _milliseconds("import headwater")) for _ in range(ROUNDS)]
    return [Figure("`import headwater`, compared with bare Python", [full - bare for bare, full in pairs], "ms", goal=30)]


def _milliseconds(code: str) -> float:
    start = perf_counter()
    subprocess.run([BARE / "bin" / "python", "-c", code], check=True, env={"PYTHONPATH": str(ROOT / "src")})
    return (perf_counter() - start) * 1e3
