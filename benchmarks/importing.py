"""What `import headwater` costs over a Python that imports nothing."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figure

ROUNDS = 21
SOURCE = Path(__file__).parents[1] / "src"


def importing() -> list[Figure]:
    """Both start a new Python, in turns; the difference of each pair is the import."""
    for warm in ("pass", "import headwater"):  # so that byte code is there
        _milliseconds(warm)
    pairs = [(_milliseconds("pass"), _milliseconds("import headwater")) for _ in range(ROUNDS)]
    return [Figure("`import headwater` over bare Python", [full - bare for bare, full in pairs], "ms", goal=30)]


def _milliseconds(code: str) -> float:
    # -S: neither side loads what is installed beside Headwater. A `.pth` file may import half of the library at every
    # start, which would hide what the import costs elsewhere.
    start = perf_counter()
    subprocess.run([sys.executable, "-S", "-c", code], check=True, env={"PYTHONPATH": str(SOURCE)})
    return (perf_counter() - start) * 1e3
