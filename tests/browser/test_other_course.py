"""A teacher builds the site with a course from another folder: `make site COURSE=/path/to/course`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from repository import ROOT

LESSON = "functions-become-nodes"
COURSE = f"""
title = "Statistics"

[[tracks]]
title = "First steps"

[[tracks.lessons]]
name = "{LESSON}"
title = "Weather"
minutes = 90
goal = "Count warm days."
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one lesson, a picture, and its own version of the data."""
    folder = tmp_path / "course"
    shutil.copytree(ROOT / "docs" / "course" / LESSON, folder / LESSON)
    (folder / "course.toml").write_text(COURSE)
    (folder / "index.md").write_text("# Statistics for beginners\n\n![Rain](rain.svg)\n\n<hw-course></hw-course>\n")
    (folder / "rain.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "data").mkdir()
    for name in ("seattle-weather.csv", "data.toml"):
        text = (ROOT / "docs" / "data" / name).read_text(encoding="utf-8")
        (folder / "data" / name).write_text(text.replace("drizzle", "mist"), encoding="utf-8")
    return folder


@pytest.mark.everywhere
def test_the_site_has_the_course(course: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run(
        [str(ROOT / ".venv/bin/mkdocs"), "build", "--quiet", "--strict", "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "COURSE": str(course), "PATH": f"{ROOT / '.make/node'}:{os.environ['PATH']}"},
        check=True,
    )
    page = (site / "course/index.html").read_text(encoding="utf-8")
    assert "Statistics for beginners" in page
    assert f'href="{LESSON}/">Weather</a>' in page
    assert (site / "course/rain.svg").is_file()
    lesson = (site / "course" / LESSON / "index.html").read_text(encoding="utf-8")
    assert f'name="{LESSON}/write-a-node" task="' in lesson
    assert "mist" in (site / "assets/headwater/data/seattle-weather.csv").read_text(encoding="utf-8")
    example = json.loads((site / f"assets/headwater/examples/{LESSON}--write-a-node.json").read_text(encoding="utf-8"))
    assert set(example["files"]) == {"features.py"}
    assert {path.name for path in (site / "course").iterdir() if path.is_dir()} == {LESSON}
