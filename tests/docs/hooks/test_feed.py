"""The feed has an entry for each version in the changelog."""

from __future__ import annotations

import datetime as dt
import importlib.util
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("markdown", reason="needs the packages for the site")

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "feed.py"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
SITE = "https://example.org/docs/"
IDENTITY = "https://example.org/docs/latest/changelog/"
CHANGED = dt.datetime(2026, 11, 5, 12, 30, tzinfo=dt.UTC)
CHANGELOG = """# Changelog

## 1.1.0 (unreleased)

- **New:** `a < b`

## 1.0.0 (2026-10-04)

- First
"""


@pytest.fixture(scope="module")
def hook() -> Any:
    spec = importlib.util.spec_from_file_location("docs_hooks_feed", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(hook: Any, changelog: str, site: str = SITE) -> ET.Element:
    content = hook.feed(list(hook.releases(changelog)), site, "Headwater", IDENTITY, CHANGED)
    return ET.fromstring(content)  # noqa: S314 - our own feed


@pytest.fixture
def feed(hook: Any) -> ET.Element:
    return read(hook, CHANGELOG)


def texts(feed: ET.Element, path: str) -> list[str | None]:
    return [element.text for element in feed.findall(path, ATOM)]


def test_each_version_is_an_entry_with_its_changes(feed: ET.Element) -> None:
    assert texts(feed, "atom:entry/atom:title") == ["Headwater 1.1.0 (unreleased)", "Headwater 1.0.0 (2026-10-04)"]
    content = feed.find("atom:entry/atom:content", ATOM)
    assert content is not None
    assert content.get("type") == "html"
    assert content.text == "<ul>\n<li><strong>New:</strong> <code>a &lt; b</code></li>\n</ul>"


def test_a_version_has_its_date_or_that_of_the_last_change(feed: ET.Element) -> None:
    assert texts(feed, "atom:entry/atom:updated") == ["2026-11-05T12:30:00+00:00", "2026-10-04T00:00:00+00:00"]
    assert texts(feed, "atom:updated") == ["2026-11-05T12:30:00+00:00"]


def test_the_identifier_of_a_version_stays_the_same_when_it_is_released_or_the_site_moves(hook: Any, feed: ET.Element) -> None:
    released = CHANGELOG.replace("unreleased", "2026-12-24")
    later = read(hook, released, "https://example.org/docs/1.1/")
    assert texts(later, "atom:entry/atom:id") == texts(feed, "atom:entry/atom:id")
    assert texts(feed, "atom:entry/atom:id") == [f"{IDENTITY}#1.1.0", f"{IDENTITY}#1.0.0"]


def test_all_links_are_absolute(feed: ET.Element) -> None:
    links = {(link.get("rel"), link.get("href")) for link in feed.iter(f"{{{ATOM['atom']}}}link")}
    assert links == {("self", f"{SITE}feed.xml"), ("alternate", f"{SITE}changelog/")}


def test_an_empty_changelog_is_an_empty_feed(hook: Any) -> None:
    empty = read(hook, "# Changelog")
    assert empty.findall("atom:entry", ATOM) == []
    assert texts(empty, "atom:updated") == [CHANGED.isoformat()]


def test_the_last_change_is_known_also_without_a_repository(hook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hook.last_change().tzinfo is not None
    monkeypatch.setenv("PATH", "")
    assert hook.last_change().tzinfo is not None
