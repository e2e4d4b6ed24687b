"""How long links are: of forty lines of code, and of five changed lines. Exact; the page's own code packs them, under Node."""

import json
import subprocess
from pathlib import Path

from benchmarks.figures import Figure

PLAYGROUND = Path(__file__).parents[1] / "playground"


def links() -> list[Figure]:
    """The lengths of the links of `playground/tests/share/corpus.ts`, each kind as one figure."""
    done = subprocess.run(
        ["node", "tests/share/lengths.mjs"],  # noqa: S607 - the one that `make` found
        cwd=PLAYGROUND,
        check=True,
        capture_output=True,
        text=True,
    )
    lengths = json.loads(done.stdout)
    return [
        Figure("link to forty lines of code", lengths["forty"], "characters", goal=900),
        Figure("link to five changed lines of an example", lengths["changed"], "characters", goal=250),
    ]
