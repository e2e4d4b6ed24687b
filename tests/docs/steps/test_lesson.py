"""A lesson's page shows each step of the lesson once, with hints."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def page(course: Path) -> Path:
    return course / "doubles" / "index.md"


@pytest.fixture
def lesson(steps, course: Path):
    return lambda: steps("lesson").Lesson.read(course / "doubles", (course.parent / "data",))


def test_the_steps_are_in_the_order_of_the_page(steps, lesson, course: Path) -> None:
    assert [step.name for step in lesson().steps] == ["doubles/double"]
    assert list(steps("lesson").lesson_folders(course)) == [course / "doubles"]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("doubles/double", "doubles/half", r"has the step `doubles/half`, but .*half/step\.toml does not exist"),
        ("doubles/double", "double", r"has the step `double`, but"),
        ("</hw-step>", "", r"needs `<hw-step name=\"doubles/\.\.\.\">` and `</hw-step>` on separate lines"),
        ("Write", '<hw-play example="x"></hw-play>', r"remove `<hw-play>`, which the build adds"),
        ('??? hint "Two"', "Two", r"write at least 2 hints .* not 1"),
        ("# Lesson", '<hw-step name="doubles/double"></hw-step>', r"has the step `doubles/double` twice"),
    ],
)
def test_an_invalid_page_is_refused(lesson, page: Path, before: str, after: str, says: str) -> None:
    page.write_text(page.read_text().replace(before, after))
    with pytest.raises(Exception, match=says):
        lesson()


def test_a_step_that_is_not_on_the_page_is_refused(lesson, page: Path) -> None:
    page.write_text("# Lesson\n")
    with pytest.raises(Exception, match=r"does not have the step `doubles/double`. Add `<hw-step"):
        lesson()


def test_a_lesson_needs_a_page(lesson, page: Path) -> None:
    page.unlink()
    with pytest.raises(Exception, match=r"index\.md is missing. Write the lesson's page"):
        lesson()
