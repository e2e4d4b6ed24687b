"""Each example in `examples/` passes its own tests on a copy, in a separate process, if its libraries are installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import headwater
from headwater.outline import outline

pytestmark = pytest.mark.native

EXAMPLES = Path(__file__).parents[2] / "examples"
SOURCES = Path(headwater.__file__).parents[1]
SETTINGS: dict[str, dict[str, Any]] = {
    path.parent.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*/example.toml"))
}
QUICK = "polars-lazy"
"""The example that every run tests. `make test-examples` tests the others: each of them starts Python and imports libraries."""


def marks_of(name: str) -> list[pytest.MarkDecorator]:
    if SETTINGS[name].get("engine"):
        return [pytest.mark.engine]
    return [] if name == QUICK else [pytest.mark.everywhere]


NAMES = [pytest.param(name, marks=marks_of(name)) for name in SETTINGS]


@pytest.mark.parametrize("name", NAMES)
def test_the_tests_of_an_example_pass(name: str, tmp_path: Path) -> None:
    for library in SETTINGS[name]["imports"]:
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    folder = shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    paths = {"PYTHONPATH": os.pathsep.join([str(SOURCES), str(folder)]), "HOME": str(tmp_path), "AIRFLOW_HOME": str(tmp_path)}
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--rootdir", str(folder)],
        cwd=folder,
        env={
            **os.environ,
            **paths,
            "DO_NOT_TRACK": "1",
            "PYSPARK_PYTHON": sys.executable,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert tested.returncode == 0, tested.stdout + tested.stderr


@pytest.mark.parametrize("name", SETTINGS)
def test_an_example_is_described(name: str) -> None:
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    settings = SETTINGS[name]
    assert readme.startswith(f"# {settings['title']}\n\n{settings['summary']}\n")
    assert f"pip install headwater {' '.join(settings['install'])}\n" in readme
    assert f"{settings['run']}\n" in readme
    assert settings["shows"].endswith(".")
    assert settings["tags"]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_dataflow_of_an_example_has_no_problems(name: str) -> None:
    settings = SETTINGS[name]
    view = outline({file: (EXAMPLES / name / file).read_text(encoding="utf-8") for file in settings["dataflow"]})
    assert not view["problems"]
    assert set(settings["outputs"]) <= {node["name"] for node in view["nodes"]}
    assert all(node["doc"] for node in view["nodes"] if node["kind"] == "function")
