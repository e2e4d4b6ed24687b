"""Build the course: list the lessons, link them to each other, and add an editor and a task to each step.

`docs/steps` reads the course, by default from `docs/course`. `playground/src/lesson/` makes the steps interactive. Without
scripts, a step is text with expandable hints, and the course page is a list of links.
"""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).parents[1]))

from course_markup import course_list, lesson_links, with_position
from drawings import CLASS, drawing_styles, inline_svg
from steps.course import DOCS, FOLDER, Course, Entry, anchor_of, current_course
from steps.settings import StepError
from steps.solution_picture import solution_picture
from steps.step import SELECTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from steps.step import Step

COURSE_PAGE = f"{FOLDER}/index.md"

# Markdown wraps unknown elements in a paragraph. These patterns match the paragraph too.
STEP = re.compile(
    r'(?:<p>\s*)?<hw-step name="([^"]*)">(?:\s*</p>)?(.*?)(?:<p>\s*)?</hw-step>(?:\s*</p>)?',
    re.DOTALL,
)
LIST = re.compile(r"(?:<p>\s*)?<hw-course>\s*</hw-course>(?:\s*</p>)?")
FIRST_HINT = re.compile(r'<details class="hint"')


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the lessons to the navigation, below the course page."""
    course = _course()
    pages: list[Any] = [COURSE_PAGE, *({lesson.title: _page(lesson)} for lesson in course.lessons)]
    config.nav = [_with_lessons(item, {course.title: pages}) for item in config.nav or []]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """If the build uses a course from another folder, replace the pages in `docs/course` with that course's pages."""
    course = _course()
    if course.folder == DOCS / FOLDER:
        return files
    for file in list(files):
        if file.src_uri.startswith(f"{FOLDER}/"):
            files.remove(file)
    for path in _pages_and_pictures(course):
        name = path.relative_to(course.folder).as_posix()
        files.append(File.generated(config, f"{FOLDER}/{name}", abs_src_path=str(path)))
    return files


@event_priority(100)  # runs before the plugin that converts pages to Markdown
def on_page_content(content: str, page: Page, **_: object) -> str:
    """Fill the course page and the pages of its lessons."""
    course = _course()
    if page.file.src_uri == COURSE_PAGE:
        return with_list(content, course)
    for lesson in course.lessons:
        if page.file.src_uri == _page(lesson):
            page.meta["hide"] = [*page.meta.get("hide", []), "footer"]  # the theme's links would duplicate `lesson_links`
            return with_position(with_steps(content, lesson, course), lesson, course) + lesson_links(lesson, course)
    return content


def with_list(content: str, course: Course) -> str:
    """Return the course page with the list of its lessons."""
    completed, count = LIST.subn(lambda _: course_list(course), content)
    if count != 1:
        raise PluginError(f"{course.folder / 'index.md'} needs one `<hw-course></hw-course>`, not {count}.")
    return completed


def with_steps(content: str, lesson: Entry, course: Course) -> str:
    """Return the page of a lesson with an editor and a task in each step."""
    steps = {step.name: step for step in lesson.steps}
    following = _following(lesson, course)
    completed = STEP.sub(lambda found: _step(steps[found[1]], found[2], following[found[1]]), content)
    has_pictures = any(step.picture for step in lesson.steps)
    return f"<style>{drawing_styles()}</style>{completed}" if has_pictures else completed


def _course() -> Course:
    try:
        return current_course()
    except StepError as problem:
        raise PluginError(str(problem)) from None


def _pages_and_pictures(course: Course) -> Iterator[Path]:
    """Yield the pages and pictures in the folders of a course and its lessons, but not their settings and code."""
    for folder in (course.folder, *(course.folder / lesson.name for lesson in course.lessons)):
        yield from (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix not in {".toml", ".py"})


def _page(lesson: Entry) -> str:
    return f"{FOLDER}/{lesson.name}/index.md"


def _with_lessons(item: Any, section: dict[str, Any]) -> Any:
    """Return a navigation item in which the course page is replaced with a section."""
    match item:
        case {} if len(item) == 1:
            ((title, inner),) = item.items()
            if inner == COURSE_PAGE:
                return section
            return {title: [_with_lessons(each, section) for each in inner]} if isinstance(inner, list) else item
        case _:
            return item


def _following(lesson: Entry, course: Course) -> dict[str, dict[str, str] | None]:
    """Return a link from each step to the next step, and from the last step to the next lesson."""
    _, after = course.neighbors(lesson.name)
    last = None if after is None else {"title": after.title, "url": f"../{after.name}/"}
    inner = [{"title": step.title, "url": f"#{anchor_of(step)}"} for step in lesson.steps[1:]]
    return dict(zip((step.name for step in lesson.steps), [*inner, last], strict=True))


def _step(step: Step, content: str, following: dict[str, str] | None) -> str:
    if step.start:
        mode = ' mode="read"' if step.kind in SELECTING else ""
        editor = f'<hw-play example="{step.example_name}" height="{step.height}"{mode} loading="lazy"></hw-play>\n'
        hint = FIRST_HINT.search(content)
        at = len(content) if hint is None else hint.start()
        content = content[:at] + _picture(step) + editor + content[at:]
    task = _attribute({**step.task(), "next": following})
    return f'<hw-step id="{anchor_of(step)}" name="{step.name}" task="{task}">{content}</hw-step>'


def _picture(step: Step) -> str:
    """Return the graph of the solution, as a drawing and as text. Empty if the step shows no graph."""
    if not step.picture:
        return ""
    try:
        drawing = solution_picture(step)
    except StepError as problem:
        raise PluginError(str(problem)) from None
    figure = f'<div class="{CLASS}" data-search-exclude><figure>{inline_svg(drawing)}</figure></div>'
    text = f"<pre><code>{html.escape(drawing.text)}</code></pre>"
    return f"{figure}\n<details data-search-exclude><summary>The graph as text</summary>{text}</details>\n"


def _attribute(data: Any) -> str:
    """Return data as the value of an attribute. In a `<script>` element, instant navigation would execute the data."""
    return html.escape(json.dumps(data, ensure_ascii=False))
