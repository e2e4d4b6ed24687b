"""Labels for the theme's elements."""

import importlib.util
from pathlib import Path

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "accessible.py"
SPEC = importlib.util.spec_from_file_location("docs_hooks_accessible", HOOK)
assert SPEC is not None
assert SPEC.loader is not None
accessible = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(accessible)

SECTION = """<div class="md-nav__link md-nav__container">
  <a href="../" class="md-nav__link ">
    <span class="md-ellipsis">
      Course
    </span>
  </a>
  <label class="md-nav__link " for="__nav_3" id="__nav_3_label" tabindex="0">
    <span class="md-nav__icon md-icon"></span>
  </label>
</div>"""


def test_the_arrow_beside_a_section_has_a_name() -> None:
    assert '<label role="button" class="md-nav__link "' in accessible.named(SECTION)
    assert '<span class="hw-unseen">Pages in Course</span><span class="md-nav__icon md-icon">' in accessible.named(SECTION)


def test_each_arrow_is_named_after_its_own_section() -> None:
    page = accessible.named(SECTION + SECTION.replace("Course", "Reference"))
    assert page.index("Pages in Course") < page.index("Reference") < page.index("Pages in Reference")


def test_the_search_has_a_name() -> None:
    search = '<div class="md-search" data-md-component="search" role="dialog">'
    assert 'aria-label="Search"' in accessible.named(search)
