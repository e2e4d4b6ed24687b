"""Releases, read from `CHANGELOG.md`. `python docs/releases.py v0.1.0` checks that a tag can be released."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
CHANGELOG: Final = ROOT / "CHANGELOG.md"
HEADING: Final = re.compile(
    r"^## (?P<title>(?P<version>\d+\.\d+\.\d+\S*) \((?P<date>unreleased|\d{4}-\d\d-\d\d)\))$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Release:
    """A version in the changelog."""

    version: str
    date: dt.date | None
    """The date of the release. None for a version that has not been released."""
    title: str
    """The text of the heading, without the leading `##`."""
    text: str
    """The changes, as Markdown."""


def releases(changelog: str) -> Iterator[Release]:
    r"""Yield the versions in a changelog, the newest first.

    Raises:
        ValueError: a second-level heading is not a version with a date.

    >>> [release] = releases("# Changelog\n\n## 1.2.0 (2026-12-24)\n\n- A hook.\n")
    >>> release.version, release.date, release.text
    ('1.2.0', datetime.date(2026, 12, 24), '- A hook.')
    """
    headings = list(HEADING.finditer(changelog))
    known = {heading.start() for heading in headings}
    for heading in re.finditer(r"^## .*$", changelog, re.MULTILINE):
        if heading.start() not in known:
            raise ValueError(f"Write `{heading[0]}` as `## 1.2.3 (2026-12-24)` or `## 1.2.3 (unreleased)`.")
    for heading, following in itertools.zip_longest(headings, headings[1:]):
        end = len(changelog) if following is None else following.start()
        date = None if heading["date"] == "unreleased" else dt.date.fromisoformat(heading["date"])
        yield Release(heading["version"], date, heading["title"], changelog[heading.end() : end].strip())


def obstacle(tag: str, version: str, changelog: str) -> str | None:
    """Return the reason why a tag cannot be released, or None.

    >>> obstacle("v1.2.0", "1.2.0", "## 1.2.0 (unreleased)")
    'CHANGELOG.md gives no date for 1.2.0. Replace `(unreleased)`.'
    """
    if tag != f"v{version}":
        return f"The tag is {tag}, but pyproject.toml has the version {version}. Use the tag v{version}."
    release = next((release for release in releases(changelog) if release.version == version), None)
    if release is None:
        return f"CHANGELOG.md has no section for {version}."
    return f"CHANGELOG.md gives no date for {version}. Replace `(unreleased)`." if release.date is None else None


def main() -> None:
    """Check the tag in the first argument."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    reason = obstacle(sys.argv[1], version, CHANGELOG.read_text(encoding="utf-8"))
    if reason is not None:
        sys.exit(reason)
    print(f"{sys.argv[1]} can be released.")


if __name__ == "__main__":
    main()
