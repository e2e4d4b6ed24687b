"""The lengths of links to forty lines of code and to five changed lines, encoded by the page's code under Node."""

import json
import subprocess
from pathlib import Path

from benchmarks.figures import Figure

PLAYGROUND = Path(__file__).parents[1] / "playground"


def links() -> list[Figure]:
    """Return the lengths of links to the samples in `playground/tests/share/corpus.ts`, with one figure for each kind."""
    done = subprocess.run(
        ["node", "tests/share/lengths.mjs"],  # noqa: S607 - the Node that `make` found
        cwd=PLAYGROUND,
        check=True,
        capture_output=True,
        text=True,
    )
    lengths = json.loads(done.stdout)
    return [
        Figure("link to forty lines of code", lengths["forty"], "characters", goal=900),
        Figure("link to five changed lines in an example", lengths["changed"], "characters", goal=250),
    ]
