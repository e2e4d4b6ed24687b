"""Values that were not written completely are never used, no matter when writers are killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

pytestmark = [pytest.mark.native, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]

PROGRAM = Path(__file__).parent / "crash_writers.py"
KILLS = 100


@pytest.mark.parametrize("part", range(max(1, settings.default.max_examples // 100)))  # 1 in `make test`, 10 in `make test-all`
def test_killed_writers_leave_only_complete_values(tmp_path: Path, part: int) -> None:
    seed = random.randrange(10**6)  # noqa: S311 - not for cryptography
    program = [sys.executable, "-W", "error", str(PROGRAM), str(tmp_path), str(KILLS), str(seed)]
    ran = subprocess.run(program, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"part {part}, seed {seed}\n{ran.stderr}"
    killed, reused, _ = map(int, ran.stdout.split())
    assert killed >= KILLS
    assert reused > 0
