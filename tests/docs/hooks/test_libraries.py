"""The playground guide lists the libraries that a page can import."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

SPEC = importlib.util.spec_from_file_location(
    "docs_hooks_libraries", Path(__file__).parents[3] / "docs" / "hooks" / "libraries.py"
)
assert SPEC is not None
assert SPEC.loader is not None
libraries = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(libraries)


def _file(name: str, stage: str, imports: list[str], size: float, requires: list[str] | None = None) -> dict[str, Any]:
    file = {"name": f"{name}.zip", "stage": stage, "imports": imports, "transfer": size * 1_000_000}
    requirements = {} if requires is None else {"requires": requires}
    return {**file, "distribution": {"name": name, "version": "1.2"}, **requirements}


def test_a_library_has_the_size_of_all_that_it_needs_and_libraries_that_only_others_import_are_left_out() -> None:
    files = [
        {"name": "python.wasm", "stage": "core", "imports": [], "transfer": 1},
        _file("pandas", "library", ["pandas"], 5),
        _file("openblas", "pack", [], 1),
        _file("scipy", "pack", ["scipy"], 7, ["openblas.zip"]),
        _file("joblib", "pack", ["joblib"], 0.25, []),
        _file("threads", "pack", ["threads"], 0.25, []),
        _file("sklearn", "pack", ["sklearn", "_private"], 3, ["scipy.zip", "threads.zip"]),
    ]
    assert libraries.table(files).splitlines() == [
        "| library | import | download |",
        "|---|---|---|",
        "| pandas 1.2 | `pandas` | at startup |",
        "| joblib 1.2 | `joblib` | 0.2 MB |",
        "| scipy 1.2 | `scipy` | 8.0 MB |",
        "| sklearn 1.2 | `sklearn` | 11.2 MB |",
    ]
