"""`Lesson`: the page of a lesson and its steps, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from steps.settings import StepError
from steps.step import Step

MIN_HINTS: Final = 2

_STEP: Final = re.compile(r'<hw-step name="([^"]*)">(.*?)</hw-step>', re.DOTALL)
_OPENING: Final = "<hw-step"
_HINT: Final = re.compile(r"^\?\?\? hint", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson and its steps."""

    folder: Path
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, folder: Path, data_folders: tuple[Path, ...]) -> Lesson:
        """Read a lesson.

        Raises:
            StepError: the page or a step is invalid.
        """
        page = folder / "index.md"
        if not page.is_file():
            raise StepError(f"{page} is missing. Write the lesson's page, with a `<hw-step>` for each step.")
        text = page.read_text(encoding="utf-8")
        found = _STEP.findall(text)
        if len(found) != text.count(_OPENING):
            raise StepError(f'{page} needs `<hw-step name="{folder.name}/...">` and `</hw-step>` on separate lines.')
        names = [name for name, _ in found]
        _check_names(page, names)
        steps = tuple(Step.read(folder.parent / name, data_folders) for name in names)
        for step, (_, content) in zip(steps, found, strict=True):
            _check_content(page, step, content)
        return cls(folder, steps)


def lesson_folders(course: Path) -> Iterator[Path]:
    """Yield the folders of the lessons that exist."""
    return (path.parent for path in sorted(course.glob("*/index.md")))


def _check_names(page: Path, names: list[str]) -> None:
    lesson = page.parent
    for name in names:
        if names.count(name) > 1:
            raise StepError(f"{page} has the step `{name}` twice. Remove one of them: progress is stored by step name.")
        if not name.startswith(f"{lesson.name}/") or not (lesson.parent / name / "step.toml").is_file():
            raise StepError(f"{page} has the step `{name}`, but {lesson.parent / name / 'step.toml'} does not exist.")
    for settings in sorted(lesson.glob("*/step.toml")):
        name = f"{lesson.name}/{settings.parent.name}"
        if name not in names:
            raise StepError(f'{page} does not have the step `{name}`. Add `<hw-step name="{name}">`.')


def _check_content(page: Path, step: Step, content: str) -> None:
    if "<hw-play" in content:
        raise StepError(f"{page}, step `{step.name}`: remove `<hw-play>`, which the build adds.")
    hints = len(_HINT.findall(content))
    if step.kind != "choose" and hints < MIN_HINTS:
        raise StepError(f'{page}, step `{step.name}`: write at least {MIN_HINTS} hints (`??? hint "..."`), not {hints}.')
