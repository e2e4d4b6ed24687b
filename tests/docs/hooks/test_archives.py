"""Examples as projects in zip files."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import headwater

SOURCES = Path(headwater.__file__).parents[1]


@pytest.fixture(scope="module")
def archives(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("archives")


@pytest.fixture(scope="module")
def invoices(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("examples").Example.read(Path(__file__).parents[3] / "docs" / "examples" / "invoices")


@pytest.fixture(scope="module")
def jobs(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("examples").Example.read(Path(__file__).parents[3] / "docs" / "examples" / "us-jobs")


def test_an_archive_is_a_project_whose_tests_pass(archives: Any, invoices: Any, tmp_path: Path) -> None:
    path = archives.archive(invoices, "headwater @ https://docs.example/headwater.whl", tmp_path)
    zipfile.ZipFile(path).extractall(tmp_path)
    project = tmp_path / "invoices"
    assert (project / "dataflow" / "billing.py").is_file()
    assert "headwater @ https://docs.example/headwater.whl" in (project / "pyproject.toml").read_text(encoding="utf-8")
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"],
        cwd=project,
        env={"PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout


def test_an_archive_states_the_license_of_its_data(archives: Any, jobs: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(archives.archive(jobs, "headwater", tmp_path)) as archive:
        note = archive.read("us-jobs/DATA_LICENSES.md").decode()
        assert archive.read("us-jobs/dataflow/us-employment.csv").decode() == jobs.files["us-employment.csv"]
    assert note.startswith("# Licenses of the data\n\nThese files come from the example “US jobs”:\n\n- `dataflow/us-employ")
    assert note.endswith("License: public domain (US government).\n")


def test_an_archive_is_made_again_only_if_something_changed(archives: Any, invoices: Any, tmp_path: Path) -> None:
    first = archives.archive(invoices, "headwater==1", tmp_path)
    written = first.stat().st_mtime_ns
    assert archives.archive(invoices, "headwater==1", tmp_path) == first
    assert first.stat().st_mtime_ns == written
    assert archives.archive(invoices, "headwater==2", tmp_path) != first
