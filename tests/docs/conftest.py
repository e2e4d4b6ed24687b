"""Fixtures for the course's steps: a valid step, and the package that reads steps, which is in `docs/`, not on the path."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

SETTINGS = """
title = "Double"
summary = "A function is a node."
kind = "write"
matters = "A node is a function."
data = ["rain.csv"]

[wrong]
triple = "`double` should be 4, but it is 6."
same = "`double` should be 4, but it is 2."
missing = "There is no node `double` yet. Write a function with that name."
"""
FILES = {
    "step.toml": SETTINGS,
    "start/flow.py": "def one() -> int:\n    return 2\n",
    "check.py": "found = value('double')\nassert found == 4, f'`double` should be 4, but it is {found}.'\n",
    "solution/flow.py": "def one() -> int:\n    return 2\n\n\ndef double(one: int) -> int:\n    return one * 2\n",
    "wrong/triple/flow.py": "def one() -> int:\n    return 2\n\n\ndef double(one: int) -> int:\n    return one * 3\n",
    "wrong/same/flow.py": "def one() -> int:\n    return 2\n\n\ndef double(one: int) -> int:\n    return one\n",
    "wrong/missing/flow.py": "def one() -> int:\n    return 3\n",
}
DATA = '["rain.csv"]\nsource = "Rain"\nurl = "https://rain.example/"\nlicense = "CC0-1.0"\n'
PAGE = """# Lesson

<hw-step name="doubles/double">

Write `double`.

??? hint "One"
    Multiply.

??? hint "Two"
    By two.

</hw-step>
"""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Return a function that imports a module from the package."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return lambda name: importlib.import_module(f"steps.{name}")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one lesson, which has one step."""
    files = {f"course/doubles/double/{name}": text for name, text in FILES.items()}
    files |= {"data/rain.csv": "day,rain\n1,2\n", "data/data.toml": DATA, "course/doubles/index.md": PAGE}
    for name, text in files.items():
        write(tmp_path / name, text)
    return tmp_path / "course"


@pytest.fixture
def folder(course: Path) -> Path:
    return course / "doubles" / "double"


@pytest.fixture
def read(steps, course: Path, folder: Path) -> Callable[[], Any]:
    """Return a function that reads the step."""
    return lambda: steps("step").Step.read(folder, (course.parent / "data",))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
