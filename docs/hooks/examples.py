"""Examples in the docs and their results.

A folder in `docs/examples` contains `example.toml` and the modules of one dataflow. `run.py` (for the terminal) and `README.md`
are not published. `data` in `example.toml` names the files in `docs/data` that the modules read. An example with `tags` is part
of the gallery.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import headwater
from headwater.session import Session

sys.path.insert(0, str(Path(__file__).parents[1]))

from licenses.components import LicenseError
from licenses.data_files import DATA, DataFile
from licenses.expressions import readable
from steps.step import Step

DOCS = Path(__file__).parents[1]
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
    modules: dict[str, str]
    """The text of each module, keyed by file name."""
    data: tuple[DataFile, ...]
    outputs: tuple[str, ...] | None
    fails: str | None
    """The kind of problem that the example demonstrates. None for a working example."""
    tags: tuple[str, ...] = ()
    """The tags in the gallery. An example without tags is not in the gallery."""
    shows: str = ""
    """A sentence about the feature that the example shows."""
    bundled: Mapping[str, str] | None = None
    """The `source`, `url` and `license` of the example's data, if the data comes with a library."""

    @classmethod
    def read(cls, folder: Path, data: Path = DOCS / "data") -> Example:
        """Read an example's folder without running its code.

        Args:
            folder: the folder.
            data: the folder with the data files that examples share.

        Raises:
            ExampleError: if a data file, or its source or license, is missing.
        """
        settings = tomllib.loads((folder / "example.toml").read_text(encoding="utf-8"))
        outputs, names = settings.get("outputs"), settings.get("data", [])
        for path in sorted(folder.iterdir()):
            if path.suffix in DATA and path.name not in names:
                raise ExampleError(f'Move {path} to {data}, and add `data = ["{path.name}"]` to example.toml.')
        modules = sorted(path for path in folder.glob("*.py") if path.name != FOR_THE_TERMINAL)
        return cls(
            name=folder.name,
            title=settings["title"],
            summary=settings["summary"],
            modules={path.name: path.read_text(encoding="utf-8") for path in modules},
            data=tuple(_data_file(name, data) for name in names),
            outputs=None if outputs is None else tuple(outputs),
            fails=settings.get("fails"),
            tags=tuple(settings.get("tags", ())),
            shows=settings.get("shows", ""),
            bundled=_readable(settings.get("bundled")),
        )

    @classmethod
    def of_step(cls, step: Step) -> Example:
        """Return the initial state of a lesson's step as an example."""
        return cls(step.example_name, step.title, step.summary, step.start, step.data, step.outputs, step.fails)

    @property
    def files(self) -> dict[str, str]:
        """The text of each file, keyed by file name."""
        return self.modules | {file.path.name: file.text for file in self.data}

    @property
    def credits(self) -> dict[str, dict[str, str]]:
        """The source and license of each data file, keyed by file name."""
        return {file.path.name: file.credit for file in self.data}

    def run(self) -> dict[str, Any]:
        """Run the example.

        Return the data that the page shows before scripts run, in the shape that `playground/src/example.ts` defines.
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
        description = [self.title, self.summary, self.outputs, self.fails]
        key = json.dumps([self.files, self.credits, description, engine_digest(), sys.version])
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
            kinds = ", ".join(problem["kind"] for problem in errors) or "no problems"
            raise ExampleError(f"The example `{self.name}` should fail with {self.fails}, but it has: {kinds}.")


def without_data(result: dict[str, Any]) -> dict[str, Any]:
    """Return the result of an example without its data files. The page fetches each data file separately, and only once."""
    modules = {name: text for name, text in result["files"].items() if name not in result["credits"]}
    return {**result, "files": modules}


def _data_file(name: str, folder: Path) -> DataFile:
    try:
        return DataFile.find(name, [folder])
    except LicenseError as problem:
        raise ExampleError(str(problem)) from None


def _readable(credit: dict[str, str] | None) -> dict[str, str] | None:
    return None if credit is None else {**credit, "license": readable(credit["license"])}


@cache
def engine_digest() -> str:
    """Return a digest of the engine's sources, for cache keys."""
    digest = hashlib.sha256()
    for path in sorted(ENGINE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
