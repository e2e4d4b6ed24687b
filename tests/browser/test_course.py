"""The page of the course: ticks, the step to continue with, and saving, loading and resetting progress."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playground import Playground
from playwright.sync_api import Page, expect
from warm_page import TEXT_PAGE

pytestmark = pytest.mark.warm(TEXT_PAGE)

ADD_COURSE = """() => {
    const steps = ["nodes/write", "nodes/read", "reruns/predict"];
    const item = name => `<li data-step="${name}" data-digest="aaa"><a href="${name.replace("/", "/#step-")}">${name}</a></li>`;
    const lesson = name => `<li class="hw-lesson"><a class="hw-lesson-title" href="${name}/">${name}</a>
        <span class="hw-lesson-facts">5 minutes</span>
        <ol>${steps.filter(step => step.startsWith(name)).map(item).join("")}</ol></li>`;
    const course = document.createElement("hw-course");
    course.innerHTML = `<ol class="hw-lessons">${lesson("nodes")}${lesson("reruns")}</ol>`;
    document.querySelector("article").replaceChildren(course);
}"""


class CoursePage:
    """The page of a course with two lessons."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = page.locator(".hw-course-count")
        self.message = page.locator(".hw-course-message")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def show(self, **progress: dict[str, Any]) -> None:
        """Show the course with this progress, keyed by the name of each step, with `_` instead of the slash."""
        stored = {name.replace("_", "/"): record for name, record in progress.items()}
        self.page.evaluate("text => localStorage.setItem('headwater-lesson', text)", json.dumps(stored))
        self.page.evaluate(ADD_COURSE)
        expect(self.count).to_be_visible()

    def load(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        with self.page.expect_file_chooser() as chooser:
            self.press("Load from a file")
        chooser.value.set_files(path)

    def stored(self) -> Any:
        return json.loads(self.page.evaluate("localStorage.getItem('headwater-lesson')"))

    def ticks(self) -> list[str]:
        return self.page.locator("[data-step] .hw-tick").evaluate_all("all => all.map(tick => tick.dataset.status)")


@pytest.fixture
def course(play: Playground) -> CoursePage:
    play.open(TEXT_PAGE)
    expect(play.page.locator("article")).to_be_visible()
    return CoursePage(play.page)


def test_the_list_shows_what_is_done_and_where_to_continue(course: CoursePage) -> None:
    course.show()
    expect(course.count).to_contain_text("0 of 3 steps done")
    expect(course.page.get_by_role("link", name="Start the course")).to_have_attribute("href", re.compile("/nodes/$"))
    expect(course.page.get_by_role("button", name="Reset")).to_be_disabled()

    course.show(nodes_read={"done": "aaa", "doneAt": 2}, nodes_write={"done": "old", "doneAt": 1})
    assert course.ticks() == ["stale", "done", "open"]
    expect(course.count).to_contain_text("2 of 3 steps done")
    expect(course.page.locator(".hw-lesson-done")).to_have_text(["2 of 2 done", "0 of 1 done"])
    link = course.page.get_by_role("link", name="Continue where you left off")
    expect(link).to_have_attribute("href", re.compile("/reruns/#step-predict$"))

    course.show(nodes_read={"code": {"flow.py": "x"}, "codeAt": 3}, reruns_predict={"done": "aaa", "doneAt": 1})
    expect(link).to_have_attribute("href", re.compile("/nodes/#step-read$"))
    course.show(**{step: {"done": "aaa"} for step in ("nodes_write", "nodes_read", "reruns_predict")})
    expect(course.page.get_by_text("You have completed the course.")).to_be_visible()


def test_progress_that_was_saved_to_a_file_can_be_loaded(course: CoursePage, tmp_path: Path) -> None:
    own = {"done": "aaa", "doneAt": 1, "code": {"flow.py": "older"}, "codeAt": 1}
    course.show(nodes_write=own)
    with course.page.expect_download() as download:
        course.press("Save progress to a file")
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert saved["steps"] == {"nodes/write": own}
    newer = {"code": {"flow.py": "newer"}, "codeAt": 2}
    saved["steps"] = {"nodes/write": newer, "reruns/predict": {"done": "aaa", "doneAt": 3}}
    course.load(tmp_path / "progress.json", json.dumps(saved))
    expect(course.message).to_have_text("Loaded progress.json: 1 step is now done, and newer code was loaded for 1 step.")
    assert course.stored() == {"nodes/write": {**own, **newer}, "reruns/predict": {"done": "aaa", "doneAt": 3}}
    assert course.ticks() == ["done", "open", "done"]


@pytest.mark.parametrize("text", ["not JSON", '{"format": "headwater-progress", "version": 1, "steps": {"a": {"code": 1}}}'])
def test_a_bad_file_changes_nothing(course: CoursePage, tmp_path: Path, text: str) -> None:
    course.show(nodes_write={"done": "aaa"})
    course.load(tmp_path / "bad.json", text)
    expect(course.message).to_contain_text("bad.json was not loaded.")
    expect(course.message).to_contain_text("Your progress has not changed.")
    assert course.stored() == {"nodes/write": {"done": "aaa"}}


def test_a_reset_asks_first_and_keeps_other_progress(course: CoursePage) -> None:
    course.show(nodes_write={"done": "aaa"}, other_step={"done": "aaa"})
    dialog = course.page.get_by_role("dialog", name="Reset the course?")
    course.press("Reset")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    course.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert course.ticks() == ["done", "open", "open"]
    course.press("Reset")
    course.press("Delete my progress")
    expect(course.message).to_contain_text("were deleted")
    assert course.stored() == {"other/step": {"done": "aaa"}}
    assert course.ticks() == ["open", "open", "open"]
