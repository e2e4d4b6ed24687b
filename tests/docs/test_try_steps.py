"""The command for lesson authors prints each check's message, and stores messages for wrong answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[2] / "docs" / "try_steps.py"


def try_steps(course: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(COMMAND), "--course", str(course), *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture(autouse=True)
def data_of_course(course: Path) -> None:
    (course.parent / "data").rename(course / "data")


@pytest.mark.parametrize("name", ["", "doubles", "doubles/double"])
def test_it_prints_each_result(course: Path, name: str) -> None:
    status, text = try_steps(course, name)
    assert status == 0
    assert text.splitlines()[1:] == [
        "doubles/double (write): Double",
        "  start     There is no node `double` yet. Write a function with that name.",
        "  solution  passes",
        "  triple    `double` should be 4, but it is 6.",
        "  same      `double` should be 4, but it is 2.",
        "  missing   There is no node `double` yet. Write a function with that name.",
    ]


def test_it_reports_faults_and_stores_messages(course: Path, folder: Path) -> None:
    settings = folder / "step.toml"
    written = settings.read_text()
    settings.write_text(written.replace("`double` should be 4, but it is 6.", ""))
    status, text = try_steps(course)
    assert status == 1
    assert "FAULT     The wrong answer `triple` should get the message" in text
    status, text = try_steps(course, "doubles/double", "--write")
    assert status == 0
    assert settings.read_text() == written


def test_it_reports_invalid_steps_and_pages(course: Path, folder: Path) -> None:
    (course / "doubles" / "index.md").write_text("# Lesson\n")
    (folder / "check.py").unlink()
    status, text = try_steps(course)
    assert status == 1
    assert "check.py is missing" in text
    assert "does not have the step `doubles/double`" in text


def test_an_unknown_name_is_reported(course: Path) -> None:
    assert try_steps(course, "halves") == (1, f"There is no step `halves` in {course}.\n")
