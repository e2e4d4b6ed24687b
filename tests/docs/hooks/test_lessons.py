"""The hook completes the pages of the course: tasks, editors, the list of lessons, and links between lessons."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

DOCS = Path(__file__).parents[3] / "docs"
TRACKS = """
title = "Arithmetic"

[[tracks]]
title = "Basics & more"

[[tracks.lessons]]
name = "doubles"
title = "Doubles"
minutes = 5
goal = "Double a number."

[[tracks.lessons]]
name = "halves"
title = "Halves"
minutes = 10
goal = "Halve a number."
"""
RENDERED = """<h1>Lesson</h1>
<p><hw-step name="doubles/double"></p>
<p>Write it.</p>
<details class="hint"><summary>One</summary></details>
<details class="hint"><summary>Two</summary></details>
<p></hw-step></p>
"""


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


@pytest.fixture(autouse=True)
def built_course(lessons, course: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Build the course of the test, with a second lesson."""
    (course.parent / "data").rename(course / "data")
    (course / "index.md").write_text("<hw-course></hw-course>\n")
    (course / "course.toml").write_text(TRACKS)
    (course / "halves").mkdir()
    page = (course / "doubles" / "index.md").read_text()
    (course / "halves" / "index.md").write_text(page.replace("doubles/", "halves/"))
    shutil.copytree(course / "doubles" / "double", course / "halves" / "double")
    monkeypatch.setenv("COURSE", str(course))
    lessons.current_course.cache_clear()
    yield
    lessons.current_course.cache_clear()


def content(lessons, uri: str, rendered: str) -> str:
    """Return the content of a page as the hook completes it."""
    return lessons.on_page_content(rendered, SimpleNamespace(file=SimpleNamespace(src_uri=uri), meta={}))


def attribute(text: str, name: str) -> Any:
    found = re.search(f'{name}="([^"]*)"', text)
    assert found is not None
    return json.loads(html.unescape(found[1]))


def test_a_step_has_its_task_and_an_editor_before_the_hints(lessons) -> None:
    page = content(lessons, "course/doubles/index.md", RENDERED)
    assert '<hw-step id="step-double" name="doubles/double" task="' in page
    assert (
        '<p>Write it.</p>\n<hw-play example="doubles--double" height="520" loading="lazy"></hw-play>\n<details class="hint">'
        in page
    )
    assert page.count("</hw-step>") == 1
    assert "<p></hw-step>" not in page
    task = attribute(page, "task")
    assert (task["kind"], task["next"]) == ("write", {"title": "Halves", "url": "../halves/"})


def test_a_puzzle_shows_the_graph_of_its_solution(lessons, folder: Path) -> None:
    settings = folder / "step.toml"
    settings.write_text(f"picture = true\n{settings.read_text()}")
    page = content(lessons, "course/doubles/index.md", RENDERED)
    drawn = page[page.index('<div class="hw-drawn"') : page.index("<hw-play")]
    assert 'aria-label="A dataflow of 2 nodes and 1 arrow"' in drawn
    assert "<pre><code>  one     int\n* double  int  &lt;- one</code></pre>" in drawn
    assert page.startswith("<style>.hw-drawn{")
    assert "flow.py" not in drawn


def test_a_puzzle_without_a_graph_fails_the_build(lessons, folder: Path) -> None:
    settings = folder / "step.toml"
    settings.write_text(f"picture = true\n{settings.read_text()}")
    (folder / "solution" / "flow.py").write_text("def")
    with pytest.raises(lessons.PluginError, match=r"The solution to doubles/double has no graph"):
        content(lessons, "course/doubles/index.md", RENDERED)


def test_a_lesson_links_its_neighbors(lessons) -> None:
    first = content(lessons, "course/doubles/index.md", RENDERED)
    assert '<nav class="hw-lesson-nav" aria-label="Lessons"><a href="../" rel="up">All lessons</a>' in first
    assert '<a href="../halves/" rel="next">Next lesson: Halves</a></nav>' in first
    last = content(lessons, "course/halves/index.md", RENDERED.replace("doubles", "halves"))
    assert '<a href="../doubles/" rel="prev">Previous lesson: Doubles</a>' in last
    assert 'rel="next"' not in last
    assert attribute(last, "task")["next"] is None


def test_the_page_of_the_course_lists_the_lessons(lessons) -> None:
    page = content(lessons, "course/index.md", "<p>Text</p>\n<p><hw-course></hw-course></p>")
    assert '<h2 id="basics-more">Basics &amp; more</h2>' in page
    assert '<a class="hw-lesson-title" href="doubles/">Doubles</a> <span class="hw-lesson-facts">5 minutes</span>' in page
    digest = lessons.current_course().lessons[0].steps[0].digest
    assert f'<li data-step="doubles/double" data-digest="{digest}"><a href="doubles/#step-double">Double</a></li>' in page


def test_a_renamed_step_keeps_its_progress(lessons, folder: Path) -> None:
    settings = folder / "step.toml"
    settings.write_text(f'formerly = "double-1"\n{settings.read_text()}')
    assert 'data-step="doubles/double"' in (page := content(lessons, "course/index.md", "<hw-course></hw-course>"))
    assert 'data-formerly="double-1"' in page
    assert attribute(content(lessons, "course/doubles/index.md", RENDERED), "task")["formerly"] == "double-1"


def test_a_lesson_has_its_position_below_the_title(lessons) -> None:
    page = content(lessons, "course/halves/index.md", RENDERED.replace("doubles", "halves"))
    position = 'Lesson 2 of 2 · 10 minutes · <a href="../" rel="up">All lessons</a>'
    assert page.startswith(f'<h1>Lesson</h1>\n<p class="hw-lesson-position">{position}</p>')


def test_a_course_page_without_a_place_for_the_list_fails_the_build(lessons) -> None:
    with pytest.raises(Exception, match=r"index\.md needs one `<hw-course></hw-course>`, not 0"):
        content(lessons, "course/index.md", "<p>Text</p>")


def test_other_pages_stay_as_they_are(lessons) -> None:
    assert content(lessons, "index.md", RENDERED) == RENDERED


def test_the_navigation_lists_the_lessons(lessons) -> None:
    nav = [{"Home": "index.md"}, {"Learn": [{"First": "first.md"}, {"Course": "course/index.md"}]}]
    config = lessons.on_config(SimpleNamespace(nav=nav))
    pages = ["course/index.md", {"Doubles": "course/doubles/index.md"}, {"Halves": "course/halves/index.md"}]
    assert config.nav == [{"Home": "index.md"}, {"Learn": [{"First": "first.md"}, {"Arithmetic": pages}]}]


def test_an_invalid_course_fails_the_build(lessons, folder: Path) -> None:
    (folder / "check.py").unlink()
    with pytest.raises(lessons.PluginError, match=r"check\.py is missing"):
        content(lessons, "course/doubles/index.md", RENDERED)
