"""The examples in `examples/`, which need libraries that do not run in a browser.

Their dataflows are drawn from the source text, because the build does not install these libraries.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headwater.outline import outline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.wire.views import GraphView

FOLDER: Final = Path(__file__).parents[2] / "examples"
SETTINGS: Final = "example.toml"
SUFFIXES: Final = frozenset({".py", ".md", ".ipynb"})


@dataclass(frozen=True, slots=True)
class LocalExample:
    """The contents of an example's folder."""

    name: str
    title: str
    summary: str
    shows: str
    tags: tuple[str, ...]
    run: str
    """The command that runs the example."""
    files: Mapping[str, str]
    """The text of each file, keyed by file name."""
    graph: GraphView
    """The graph of the example's dataflow."""

    @classmethod
    def read(cls, folder: Path) -> LocalExample:
        """Read an example's folder without running its code."""
        settings = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        paths = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
        files = {path.name: path.read_text(encoding="utf-8") for path in paths}
        return cls(
            name=folder.name,
            title=settings["title"],
            summary=settings["summary"],
            shows=settings["shows"],
            tags=tuple(settings["tags"]),
            run=settings["run"],
            files=files,
            graph=outline({name: files[name] for name in settings["dataflow"]}),
        )


def local_examples(folder: Path = FOLDER) -> list[LocalExample]:
    """Return the examples, sorted by title."""
    found = [LocalExample.read(path.parent) for path in folder.glob(f"*/{SETTINGS}")]
    return sorted(found, key=lambda example: example.title.lower())
