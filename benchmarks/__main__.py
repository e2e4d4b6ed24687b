"""Run the benchmarks and print Markdown: `.venv/bin/python -m benchmarks`, optionally with names from `PARTS`."""

import platform
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.asynchronous import asynchronous
from benchmarks.caching import caching
from benchmarks.completion import completion
from benchmarks.connection import connection
from benchmarks.engine import engine
from benchmarks.engines import engines
from benchmarks.figures import Figure, table
from benchmarks.graph import graph
from benchmarks.hooks import hooks
from benchmarks.importing import importing
from benchmarks.links import links
from benchmarks.loading import loading
from benchmarks.mapping import mapping
from benchmarks.packs import packs
from benchmarks.page import page
from benchmarks.pages import pages
from benchmarks.spark import spark
from benchmarks.stopping import stopping
from benchmarks.transfer import transfer

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "importing": importing,
    "engine": engine,
    "hooks": hooks,
    "asynchronous": asynchronous,
    "engines": engines,
    "mapping": mapping,
    "transfer": transfer,
    "caching": caching,
    "loading": loading,
    "page": page,
    "pages": pages,
    "completion": completion,
    "packs": packs,
    "connection": connection,
    "stopping": stopping,
    "links": links,
    "graph": graph,
    "spark": spark,
}


def main() -> None:
    """Run the requested parts in order."""
    requested = sys.argv[1:] or list(PARTS)
    unknown = [part for part in requested if part not in PARTS]
    if unknown:
        sys.exit(f"Unknown part: {', '.join(unknown)}. Choose from {', '.join(PARTS)}.")
    print(f"{_machine()}\n")
    for part in requested:
        print(f"{table(PARTS[part]())}\n", flush=True)


def _machine() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.machine()
    return f"{len(names) or '?'} x {name}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
