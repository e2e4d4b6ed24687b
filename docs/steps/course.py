"""`Course`: the tracks and lessons in `course.toml`, in order, with the steps on their pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from steps.lesson import Lesson, lesson_folders
from steps.settings import Settings, StepError
from steps.step import NAME, Step

DOCS: Final = Path(__file__).parents[1]
FOLDER: Final = "course"
"""The folder of the course on the site."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson in the course."""

    name: str
    title: str
    minutes: int
    goal: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """Lessons on one subject."""

    title: str
    lessons: tuple[Entry, ...]
    alternatives: bool
    """Whether learners take only one of the lessons, and then continue with the next track."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course."""

    folder: Path
    title: str
    tracks: tuple[Track, ...]

    @classmethod
    def read(cls, folder: Path) -> Course:
        """Read a course. Planned lessons, which have no folder yet, are left out.

        Data files are looked up in the course's own `data` folder first, then in `docs/data`.

        Raises:
            StepError: the course, a lesson or a step is invalid.
        """
        if not (folder / "index.md").is_file():
            raise StepError(f"{folder / 'index.md'} is missing. Write the page of the course, with `<hw-course></hw-course>`.")
        settings = Settings.read(folder / "course.toml")
        settings.allow({"title", "tracks"})
        tracks = map(_track, settings.sections("tracks"))
        course = cls(folder, settings.text("title"), tuple(track for track in tracks if track.lessons))
        listed = [lesson.name for lesson in course.lessons]
        for path in lesson_folders(folder):
            if path.name not in listed:
                raise StepError(f"{settings.path} does not list the lesson `{path.name}`. Add it to `[[tracks.lessons]]`.")
        for name in listed:
            if listed.count(name) > 1:
                raise StepError(f"{settings.path} lists the lesson `{name}` twice.")
        return course

    @property
    def lessons(self) -> tuple[Entry, ...]:
        """The lessons of all tracks, in order."""
        return tuple(lesson for track in self.tracks for lesson in track.lessons)

    @property
    def steps(self) -> Iterator[Step]:
        """The steps of all lessons, in order."""
        return (step for lesson in self.lessons for step in lesson.steps)

    def neighbors(self, name: str) -> tuple[Entry | None, Entry | None]:
        """Return the lessons before and after a lesson. The lesson after an alternative is the first one in the next track."""
        lessons = self.lessons
        at = next(at for at, lesson in enumerate(lessons) if lesson.name == name)
        track = next(track for track in self.tracks if lessons[at] in track.lessons)
        end = lessons.index(track.lessons[-1]) if track.alternatives else at
        return lessons[at - 1] if at > 0 else None, lessons[end + 1] if end + 1 < len(lessons) else None


def anchor_of(step: Step) -> str:
    """Return the id of a step on the page of its lesson."""
    return f"step-{step.folder.name}"


@cache
def current_course() -> Course:
    """Return the course of this build: the folder in the `COURSE` environment variable, by default `docs/course`."""
    return Course.read(Path(os.environ.get("COURSE") or DOCS / FOLDER).resolve())


def data_folders(course: Path) -> tuple[Path, ...]:
    """Return the folders that are searched for the data files of a course."""
    return (course / "data", DOCS / "data")


def _track(settings: Settings) -> Track:
    settings.allow({"title", "alternatives", "lessons"})
    entries = map(_entry, settings.sections("lessons"))
    lessons = tuple(entry for entry in entries if entry is not None)
    return Track(settings.text("title"), lessons, settings.flag("alternatives"))


def _entry(settings: Settings) -> Entry | None:
    """Read a lesson. None if it is planned and has no folder yet."""
    settings.allow({"name", "title", "minutes", "goal"})
    name, title = settings.text("name"), settings.text("title")
    minutes, goal = settings.number("minutes"), settings.sentence("goal")
    if NAME.fullmatch(name) is None:
        raise settings.error(f"has the invalid name `{name}`. Use lowercase words joined by hyphens.")
    course = settings.path.parent
    if not (course / name).is_dir():
        return None
    return Entry(name, title, minutes, goal, Lesson.read(course / name, data_folders(course)).steps)
