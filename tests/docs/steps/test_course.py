"""A course lists its lessons in tracks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

COURSE = """
title = "Arithmetic"

[[tracks]]
title = "Basics"

[[tracks.lessons]]
name = "doubles"
title = "Doubles"
minutes = 5
goal = "Double a number."
"""


@pytest.fixture
def settings(course: Path) -> Path:
    (course.parent / "data").rename(course / "data")
    (course / "index.md").write_text("<hw-course></hw-course>\n")
    (course / "course.toml").write_text(COURSE)
    return course / "course.toml"


def test_a_course_has_tracks_lessons_and_steps(steps, course: Path, settings: Path) -> None:
    found = steps("course").Course.read(course)
    assert (found.title, [track.title for track in found.tracks]) == ("Arithmetic", ["Basics"])
    assert [(lesson.name, lesson.minutes) for lesson in found.lessons] == [("doubles", 5)]
    assert [step.name for step in found.steps] == ["doubles/double"]
    assert found.neighbors("doubles") == (None, None)


def test_a_planned_lesson_is_left_out(steps, course: Path, settings: Path) -> None:
    planned = COURSE.partition("[[tracks]]")[2].replace("doubles", "halves")
    settings.write_text(f"{COURSE}\n[[tracks]]{planned}")
    found = steps("course").Course.read(course)
    assert [track.title for track in found.tracks] == ["Basics"]
    assert [lesson.name for lesson in found.lessons] == ["doubles"]


def test_after_an_alternative_the_next_track_begins(steps, course: Path, settings: Path) -> None:
    for name in ("halves", "thirds"):
        copy = shutil.copytree(course / "doubles", course / name) / "index.md"
        copy.write_text(copy.read_text().replace("doubles", name))
    lesson = COURSE.partition("[[tracks.lessons]]")[2]
    first, second, third = (f"[[tracks.lessons]]{lesson.replace('doubles', name)}" for name in ("doubles", "halves", "thirds"))
    settings.write_text(
        f'title = "Arithmetic"\n[[tracks]]\ntitle = "Start"\nalternatives = true\n{first}{second}'
        f'[[tracks]]\ntitle = "Continue"\n{third}'
    )
    found = steps("course").Course.read(course)
    after = {lesson.name: found.neighbors(lesson.name)[1] for lesson in found.lessons}
    assert {name: lesson and lesson.name for name, lesson in after.items()} == {
        "doubles": "thirds",
        "halves": "thirds",
        "thirds": None,
    }


def test_data_of_the_course_takes_precedence(steps, course: Path, settings: Path) -> None:
    (step,) = steps("course").Course.read(course).steps
    assert step.data[0].path == course / "data" / "rain.csv"


def test_the_course_of_the_docs_is_valid(steps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE", raising=False)
    steps("course").current_course.cache_clear()
    assert steps("course").current_course().lessons


def test_a_step_has_the_title_of_its_section(steps, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise, the link to the next step would differ from the heading that it leads to."""
    monkeypatch.delenv("COURSE", raising=False)
    steps("course").current_course.cache_clear()
    course = steps("course").current_course()
    for lesson in course.lessons:
        text = (course.folder / lesson.name / "index.md").read_text(encoding="utf-8")
        headings = re.findall(r'^## (.*)\n+<hw-step name="([^"]+)"', text, re.MULTILINE)
        assert [(step.title, step.name) for step in lesson.steps] == headings


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('name = "doubles"', 'name = "halves"', r"does not list the lesson `doubles`"),
        ('name = "doubles"', 'name = "Doubles 1"', r"has the invalid name `Doubles 1`"),
        ("minutes = 5", "minutes = 0", r"\[\[tracks\]\] 1 \[\[lessons\]\] 1, needs a positive whole number for `minutes`"),
        ("minutes", "minute", r"has the unknown setting `minute`. Did you mean `minutes`\?"),
        ('goal = "Double a number."', "", r"has no `goal`"),
        ("[[tracks.lessons]]", "[[tracks.lesson]]", r"has the unknown setting `lesson`"),
    ],
)
def test_invalid_settings_are_refused(steps, settings: Path, before: str, after: str, says: str) -> None:
    settings.write_text(COURSE.replace(before, after))
    with pytest.raises(Exception, match=says):
        steps("course").Course.read(settings.parent)


def test_every_lesson_is_listed_once(steps, course: Path, settings: Path) -> None:
    settings.write_text(COURSE + COURSE.partition("[[tracks.lessons]]")[2].join(["[[tracks.lessons]]", ""]))
    with pytest.raises(Exception, match="lists the lesson `doubles` twice"):
        steps("course").Course.read(course)
    settings.write_text(COURSE)
    (course / "halves").mkdir()
    (course / "halves" / "index.md").write_text("# Halves\n")
    with pytest.raises(Exception, match=r"does not list the lesson `halves`. Add it to `\[\[tracks.lessons\]\]`"):
        steps("course").Course.read(course)


@pytest.mark.parametrize("name", ["index.md", "course.toml"])
def test_missing_parts_are_refused(steps, course: Path, settings: Path, name: str) -> None:
    (course / name).unlink()
    with pytest.raises(Exception, match=rf"{name} is missing"):
        steps("course").Course.read(course)
