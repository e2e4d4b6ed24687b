"""Puts into every `<hw-step>` of a page what its lesson is made of: the check, and a solution.

A step is an example whose folder holds `lesson/check.py`, and in `lesson/` those files that a solution has otherwise.
`playground/src/lesson/` makes the step live. Without scripts it is a text to read, with hints that open.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from examples import Example
from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

EXAMPLES = Path(__file__).parents[1] / "examples"

# Markdown takes an element that it does not know for text, and puts a paragraph around it.
BEGINS = re.compile(r'(?:<p>\s*)?<hw-step name="([^"]*)">(?:\s*</p>)?')
ENDS = re.compile(r"(?:<p>\s*)?</hw-step>(?:\s*</p>)?")


class LessonError(Exception):
    """A step that cannot be taken."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a learner begins with, what is looked at, and one way to do it."""

    start: dict[str, str]
    check: str
    solution: dict[str, str]
    """The files that differ from those at the start."""

    @classmethod
    def read(cls, folder: Path) -> Step:
        """Read the step of an example.

        Raises:
            LessonError: if something of it is missing.
        """
        lesson = folder / "lesson"
        if not (lesson / "check.py").is_file():
            raise LessonError(f"The step `{folder.name}` needs a check: docs/examples/{folder.name}/lesson/check.py.")
        solution = {path.name: path.read_text(encoding="utf-8") for path in sorted(lesson.iterdir()) if path.name != "check.py"}
        if not solution:
            raise LessonError(f"The step `{folder.name}` needs a solution beside its check.")
        return cls(Example.read(folder).files, (lesson / "check.py").read_text(encoding="utf-8"), solution)

    @property
    def digest(self) -> str:
        """Another one when anything of the step is another."""
        return hashlib.sha256(json.dumps([self.start, self.check, self.solution]).encode()).hexdigest()[:12]

    @property
    def task(self) -> str:
        """What `playground/src/lesson/task.ts` reads. An attribute: the theme's instant navigation would run a script."""
        task = {"check": self.check, "solution": self.solution, "digest": self.digest}
        return html.escape(json.dumps(task, ensure_ascii=False))


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Complete the steps of a page."""
    try:
        return completed(output)
    except LessonError as problem:
        raise PluginError(f"{page.file.src_uri}: {problem}") from None


def completed(output: str, examples: Path = EXAMPLES) -> str:
    """A page with all that its steps need.

    Raises:
        LessonError: for steps that are no examples, that are there twice, or that do not end.
    """
    names: list[str] = BEGINS.findall(output)
    for name in names:
        if names.count(name) > 1:
            raise LessonError(f"The step `{name}` is there twice: what is done is kept by its name.")
        if not (examples / name / "example.toml").is_file():
            raise LessonError(f"There is a step `{name}`, but docs/examples has no example of that name.")
    if len(ENDS.findall(output)) != len(names):
        raise LessonError("Each `<hw-step>` needs its `</hw-step>`, on a line of its own.")
    begun = BEGINS.sub(lambda step: f'<hw-step name="{step[1]}" task="{Step.read(examples / step[1]).task}">', output)
    return ENDS.sub("</hw-step>", begun)
