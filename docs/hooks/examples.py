"""Examples in the docs and their results.

A folder in `docs/examples` contains `example.toml`, the modules of one dataflow, and their data. `run.py` (for the terminal)
and `README.md` are not part of the page.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import headwater
from headwater.session import Session

sys.path.insert(0, str(Path(__file__).parents[1]))

from licenses.components import LicenseError
from licenses.data_files import DATA, DataFile

ENGINE = Path(headwater.__file__).parent
FOR_THE_TERMINAL = "run.py"


class ExampleError(Exception):
    """An example that does not behave as its `example.toml` states."""


@dataclass(frozen=True, slots=True)
class Example:
    """The contents of an example's folder."""

    name: str
    title: str
    summary: str
    files: dict[str, str]
    credits: dict[str, dict[str, str]]
    """The source and license of each data file, by its name."""
    outputs: tuple[str, ...] | None
    fails: str | None
    """The kind of problem that the example demonstrates. None for a working example."""

    @classmethod
    def read(cls, folder: Path) -> Example:
        """Read a folder without running anything in it.

        Raises:
            ExampleError: if the source or license of a data file is missing.
        """
        settings = tomllib.loads((folder / "example.toml").read_text(encoding="utf-8"))
        outputs = settings.get("outputs")
        shown = [path for path in sorted(folder.iterdir()) if _is_shown(path)]
        return cls(
            name=folder.name,
            title=settings["title"],
            summary=settings["summary"],
            files={path.name: path.read_text(encoding="utf-8") for path in shown},
            credits={path.name: _credit(path) for path in shown if path.suffix in DATA},
            outputs=None if outputs is None else tuple(outputs),
            fails=settings.get("fails"),
        )

    def run(self) -> dict[str, Any]:
        """Run the example.

        Return the data that the page shows before scripts run, in the shape of `playground/src/example.ts`.
        """
        session = Session()
        try:
            session.update(self.files)
            run = session.run(self.outputs)
        finally:
            session.close()
        self._verify(run)
        return {
            "name": self.name,
            "title": self.title,
            "summary": self.summary,
            "files": self.files,
            "credits": self.credits,
            "outputs": None if self.outputs is None else list(self.outputs),
            "graph": run["graph"],
            "run": run,
        }

    def run_or_recall(self, cache: Path) -> dict[str, Any]:
        """Run the example, or load its cached result. The cache key covers the example, the engine and the Python version."""
        key = json.dumps([self.files, self.credits, self.outputs, self.fails, self.title, self.summary, _engine(), sys.version])
        path = cache / f"{self.name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
        if path.is_file():
            recalled: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return recalled
        result = self.run()
        cache.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
        return result

    def _verify(self, run: Any) -> None:
        errors = [problem for problem in run["problems"] if problem["severity"] == "error"]
        if self.fails is None and not run["ok"]:
            problems = "\n".join(f"{problem['file']}:{problem['line']}: {problem['message']}" for problem in errors)
            raise ExampleError(f"The example `{self.name}` does not run.\n{problems}")
        if self.fails is not None and [problem["kind"] for problem in errors] != [self.fails]:
            kinds = ", ".join(problem["kind"] for problem in errors) or "nothing"
            raise ExampleError(f"The example `{self.name}` should fail with {self.fails}, but its problems are: {kinds}.")


def _is_shown(path: Path) -> bool:
    return path.suffix in DATA or (path.suffix == ".py" and path.name != FOR_THE_TERMINAL)


def _credit(path: Path) -> dict[str, str]:
    try:
        return DataFile.read(path).credit
    except LicenseError as problem:
        raise ExampleError(str(problem)) from None


def _engine() -> str:
    digest = hashlib.sha256()
    for path in sorted(ENGINE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
