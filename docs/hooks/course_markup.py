"""The list of lessons on the course page, and the links on each lesson's page.

Both work without scripts. `<hw-course>` (`playground/src/course/`) reads the list and adds the learner's progress.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from steps.course import anchor_of

if TYPE_CHECKING:
    from steps.course import Course, Entry
    from steps.step import Step

TITLE_END: Final = "</h1>"


def course_list(course: Course) -> str:
    """Return the tracks of a course with their lessons and steps. URLs are relative to the course page."""
    tracks = (
        f'<h2 id="{_slug(track.title)}">{html.escape(track.title)}</h2>\n'
        f'<ol class="hw-lessons">{"".join(map(_lesson, track.lessons))}</ol>'
        for track in course.tracks
    )
    return f"<hw-course>{''.join(tracks)}</hw-course>"


def with_position(content: str, lesson: Entry, course: Course) -> str:
    """Return the page of a lesson with the lesson's position in the course, below the title."""
    lessons = course.lessons
    number = lessons.index(lesson) + 1
    facts = f"Lesson {number} of {len(lessons)} · {_minutes(lesson)} · {_link('../', 'up', 'All lessons')}"
    return content.replace(TITLE_END, f'{TITLE_END}\n<p class="hw-lesson-position">{facts}</p>', 1)


def lesson_links(lesson: Entry, course: Course) -> str:
    """Return links to the previous and next lesson, and to the course page."""
    before, after = course.neighbors(lesson.name)
    links = [_link(f"../{before.name}/", "prev", f"Previous lesson: {before.title}")] if before is not None else []
    links.append(_link("../", "up", "All lessons"))
    if after is not None:
        links.append(_link(f"../{after.name}/", "next", f"Next lesson: {after.title}"))
    return f'<nav class="hw-lesson-nav" aria-label="Lessons">{"".join(links)}</nav>'


def _lesson(lesson: Entry) -> str:
    return (
        f'<li class="hw-lesson"><a class="hw-lesson-title" href="{lesson.name}/">{html.escape(lesson.title)}</a> '
        f'<span class="hw-lesson-facts">{_minutes(lesson)}</span><p>{html.escape(lesson.goal)}</p>'
        f"<ol>{''.join(_step(lesson, step) for step in lesson.steps)}</ol></li>"
    )


def _step(lesson: Entry, step: Step) -> str:
    former = "" if step.formerly is None else f' data-formerly="{html.escape(step.formerly)}"'
    link = f'<a href="{lesson.name}/#{anchor_of(step)}">{html.escape(step.title)}</a>'
    return f'<li data-step="{step.name}" data-digest="{step.digest}"{former}>{link}</li>'


def _minutes(lesson: Entry) -> str:
    return "1 minute" if lesson.minutes == 1 else f"{lesson.minutes} minutes"


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _link(url: str, relation: str, text: str) -> str:
    return f'<a href="{url}" rel="{relation}">{html.escape(text)}</a>'
