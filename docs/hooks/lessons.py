"""Add a lesson's check and solution to every `<hw-step>` on a page.

A step is an example whose folder contains `lesson/check.py` and, in `lesson/`, the files that the solution changes.
`playground/src/lesson/` makes the step interactive. Without scripts, a step is text with hints that can be opened.
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

# Markdown wraps unknown elements in a paragraph.
BEGINS = re.compile(r'(?:<p>\s*)?<hw-step name="([^"]*)">(?:\s*</p>)?')
ENDS = re.compile(r"(?:<p>\s*)?</hw-step>(?:\s*</p>)?")


class LessonError(Exception):
    """An invalid step."""


@dataclass(frozen=True, slots=True)
class Step:
    """The initial files of a step, its check, and a solution."""

    start: dict[str, str]
    check: str
    solution: dict[str, str]
    """The files that differ from the initial files."""

    @classmethod
    def read(cls, folder: Path) -> Step:
        """Read the step of an example.

        Raises:
            LessonError: if a part of the step is missing.
        """
        lesson = folder / "lesson"
        if not (lesson / "check.py").is_file():
            raise LessonError(f"The step `{folder.name}` needs a check: docs/examples/{folder.name}/lesson/check.py.")
        solution = {path.name: path.read_text(encoding="utf-8") for path in sorted(lesson.iterdir()) if path.name != "check.py"}
        if not solution:
            raise LessonError(f"The step `{folder.name}` needs a solution next to its check.")
        return cls(Example.read(folder).files, (lesson / "check.py").read_text(encoding="utf-8"), solution)

    @property
    def digest(self) -> str:
        """Return a digest that changes with the step."""
        return hashlib.sha256(json.dumps([self.start, self.check, self.solution]).encode()).hexdigest()[:12]

    @property
    def task(self) -> str:
        """Return the data for `playground/src/lesson/task.ts` as an attribute. Instant navigation would execute a script."""
        task = {"check": self.check, "solution": self.solution, "digest": self.digest}
        return html.escape(json.dumps(task, ensure_ascii=False))


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Complete the steps on a page."""
    try:
        return completed(output)
    except LessonError as problem:
        raise PluginError(f"{page.file.src_uri}: {problem}") from None


def completed(output: str, examples: Path = EXAMPLES) -> str:
    """Return a page with the data of its steps.

    Raises:
        LessonError: for steps without an example, duplicate steps, and steps without an end tag.
    """
    names: list[str] = BEGINS.findall(output)
    for name in names:
        if names.count(name) > 1:
            raise LessonError(f"The step `{name}` occurs twice, but progress is stored by its name.")
        if not (examples / name / "example.toml").is_file():
            raise LessonError(f"The step `{name}` has no example in docs/examples.")
    if len(ENDS.findall(output)) != len(names):
        raise LessonError("Each `<hw-step>` needs a `</hw-step>` on a separate line.")
    begun = BEGINS.sub(lambda step: f'<hw-step name="{step[1]}" task="{Step.read(examples / step[1]).task}">', output)
    return ENDS.sub("</hw-step>", begun)
