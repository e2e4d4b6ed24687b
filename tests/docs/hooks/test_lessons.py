"""The steps of the lessons: each check fails at the start with feedback, and passes with the solution."""

from __future__ import annotations

import html
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session

DOCS = Path(__file__).parents[3] / "docs"
EXAMPLES = DOCS / "examples"
STEPS = sorted(path.parents[1] for path in EXAMPLES.glob("*/lesson/check.py"))


@pytest.fixture(scope="module")
def lessons() -> Any:
    """Load the hook with the import path that MkDocs uses."""
    hooks = DOCS / "hooks"
    sys.path.insert(0, str(hooks))
    try:
        spec = importlib.util.spec_from_file_location("docs_hooks_lessons", hooks / "lessons.py")
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(hooks))
    return module


@pytest.mark.parametrize("folder", STEPS, ids=lambda folder: folder.name)
def test_a_check_fails_at_the_start_and_passes_with_the_solution(lessons: Any, folder: Path) -> None:
    step = lessons.Step.read(folder)
    with Session() as session:
        session.update(step.start)
        session.run()
        before = run_check(session, Exercise(step.check))
        session.update(step.start | step.solution)
        session.run()
        after = run_check(session, Exercise(step.check))
    assert not before["passed"]
    assert not before["message"].startswith(("The check raised", "Not yet:"))
    assert after["message"] == ""


def test_every_step_is_on_a_page_once() -> None:
    named = [name for page in DOCS.glob("*.md") for name in _names(page.read_text(encoding="utf-8"))]
    assert sorted(named) == [folder.name for folder in STEPS]


def _names(text: str) -> list[str]:
    return [part.partition('"')[0] for part in text.split('<hw-step name="')[1:]]


def _step(folder: Path, check: str = "assert 1") -> None:
    (folder / "lesson").mkdir(parents=True)
    (folder / "example.toml").write_text('title = "One"\nsummary = ""\n')
    (folder / "flow.py").write_text("def one() -> int:\n    return 0\n")
    (folder / "lesson" / "check.py").write_text(check)
    (folder / "lesson" / "flow.py").write_text("def one() -> int:\n    return 1\n")


def test_a_page_contains_the_data_of_a_step(lessons: Any, tmp_path: Path) -> None:
    _step(tmp_path / "one", check='assert "</script>" in "x"')
    page = '<p><hw-step name="one"></p>\n<p>Do it.</p>\n<p></hw-step></p>'
    begin, _, rest = lessons.completed(page, tmp_path).partition(' task="')
    text, _, end = rest.partition('"')
    assert (begin, end) == ('<hw-step name="one"', ">\n<p>Do it.</p>\n</hw-step>")
    task = json.loads(html.unescape(text))
    assert task["check"] == 'assert "</script>" in "x"'
    assert task["solution"] == {"flow.py": "def one() -> int:\n    return 1\n"}


@pytest.mark.parametrize("changed", ["flow.py", "lesson/flow.py", "lesson/check.py"])
def test_a_changed_step_has_a_different_digest(lessons: Any, tmp_path: Path, changed: str) -> None:
    _step(tmp_path)
    before = lessons.Step.read(tmp_path).digest
    assert lessons.Step.read(tmp_path).digest == before
    (tmp_path / changed).write_text("x = 1\n")
    assert lessons.Step.read(tmp_path).digest != before


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('<hw-step name="two"></hw-step>', "The step `two` has no example in docs/examples."),
        ('<hw-step name="one"></hw-step>' * 2, "The step `one` occurs twice"),
        ('<hw-step name="one">', "needs a `</hw-step>`"),
        ('<hw-step name="bare"></hw-step>', "needs a check: docs/examples/bare/lesson/check.py"),
        ('<hw-step name="unsolved"></hw-step>', "The step `unsolved` needs a solution"),
    ],
)
def test_an_invalid_step_fails_the_build(lessons: Any, tmp_path: Path, page: str, says: str) -> None:
    for name in ("one", "bare", "unsolved"):
        _step(tmp_path / name)
    (tmp_path / "bare/lesson/check.py").unlink()
    (tmp_path / "unsolved/lesson/flow.py").unlink()
    with pytest.raises(lessons.LessonError) as caught:
        lessons.completed(page, tmp_path)
    assert says in str(caught.value)
