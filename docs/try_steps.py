"""Try the steps of the course: `python docs/try_steps.py [lesson[/step]] [--write] [--course folder]`.

For each step, print what its check says about the start, the solution and the wrong answers. With `--write`, store the
messages for the wrong answers in `step.toml`, so you can review them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS), str(DOCS.parent / "src")]

from steps.lesson import Lesson  # noqa: E402 - needs the path added above
from steps.messages import with_messages  # noqa: E402 - needs the path added above
from steps.settings import StepError  # noqa: E402 - needs the path added above
from steps.step import Step  # noqa: E402 - needs the path added above
from steps.trials import choice_faults, try_step  # noqa: E402 - needs the path added above

_MARKS = {True: "x", False: " ", None: "?"}


def main() -> int:
    """Try steps, and return 1 if any of them is faulty."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", default="", help="a lesson, or a step as `lesson/step`; by default, all steps")
    parser.add_argument("--write", action="store_true", help="store the messages for the wrong answers in step.toml")
    parser.add_argument("--course", type=Path, default=DOCS / "course", help="the folder of the course")
    options = parser.parse_args()
    data = (options.course / "data", DOCS / "data")
    is_faulty = False
    folders = sorted(path.parent for path in options.course.glob(f"{_pattern(options.name)}/step.toml"))
    if not folders:
        print(f"There is no step `{options.name}` in {options.course}.")
        return 1
    for folder in folders:
        try:
            step = Step.read(folder, data)
        except StepError as error:
            print(f"\n{error}")
            is_faulty = True
            continue
        if options.write:
            step = _written(step, data)
        found = list(_show(step))
        for fault in found:
            print(f"  FAULT     {fault}")
        is_faulty |= bool(found)
    for lesson in sorted({folder.parent for folder in folders}):
        try:
            Lesson.read(lesson, data)
        except StepError as error:
            print(f"\n{error}")
            is_faulty = True
    return int(is_faulty)


def _pattern(name: str) -> str:
    if "/" in name:
        return name
    return f"{name}/*" if name else "*/*"


def _written(step: Step, data: tuple[Path, ...]) -> Step:
    if step.kind == "choose":
        return step
    messages = {name: view["message"] for name, view in try_step(step).wrong.items() if not view["passed"]}
    settings = step.folder / "step.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(with_messages(text, messages), encoding="utf-8")
    return Step.read(step.folder, data)


def _show(step: Step) -> Iterator[str]:
    """Print the results of a step and yield its faults."""
    print(f"\n{step.name} ({step.kind}): {step.title}")
    if step.kind == "choose":
        yield from choice_faults(step)
        return
    report = try_step(step)
    for label, view in (("start", report.start), ("solution", report.solution), *report.wrong.items()):
        print(f"  {label:<9} {'passes' if view['passed'] else view['message']}")
        for criterion in view["criteria"]:
            print(f"            [{_MARKS[criterion['passed']]}] {criterion['text']}")
    yield from report.faults()


if __name__ == "__main__":
    sys.exit(main())
