"""Versions are read from the changelog, and a tag is checked before it is released."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("docs_releases", Path(__file__).parents[2] / "docs" / "releases.py")
assert SPEC is not None
assert SPEC.loader is not None
module = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = module  # `dataclass` looks up the module in `sys.modules`
SPEC.loader.exec_module(module)
releases, obstacle = module.releases, module.obstacle

TEXT = """# Changelog

Introduction.

## 1.1.0 (unreleased)

- B

### Part

- C

## 1.0.0 (2026-12-24)

- A
"""


def test_releases_are_read_with_their_changes() -> None:
    assert [(release.version, release.date, release.title, release.text) for release in releases(TEXT)] == [
        ("1.1.0", None, "1.1.0 (unreleased)", "- B\n\n### Part\n\n- C"),
        ("1.0.0", dt.date(2026, 12, 24), "1.0.0 (2026-12-24)", "- A"),
    ]


@pytest.mark.parametrize("heading", ["## 1.0.0", "## Unreleased", "## 1.0.0 (24.12.2026)", "## 1.0.0 (2026-12-24) "])
def test_a_heading_without_a_version_or_a_date_is_refused(heading: str) -> None:
    with pytest.raises(ValueError, match="Write `## "):
        list(releases(f"{heading}\n\n- A\n"))


def test_a_changelog_may_have_no_versions() -> None:
    assert list(releases("# Changelog\n")) == []


def test_the_changelog_of_this_project_can_be_read() -> None:
    assert next(releases(module.CHANGELOG.read_text(encoding="utf-8"))).text


@pytest.mark.parametrize(
    ("tag", "version", "reason"),
    [
        ("v1.0.0", "1.0.0", None),
        ("1.0.0", "1.0.0", "The tag is 1.0.0, but pyproject.toml has the version 1.0.0. Use the tag v1.0.0."),
        ("v1.0.0", "1.1.0", "The tag is v1.0.0, but pyproject.toml has the version 1.1.0. Use the tag v1.1.0."),
        ("v1.1.0", "1.1.0", "CHANGELOG.md gives no date for 1.1.0. Replace `(unreleased)`."),
        ("v2.0.0", "2.0.0", "CHANGELOG.md has no section for 2.0.0."),
    ],
)
def test_a_tag_is_released_only_with_its_version_and_a_date(tag: str, version: str, reason: str | None) -> None:
    assert obstacle(tag, version, TEXT) == reason
