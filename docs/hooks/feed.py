"""Write the changes of each version as an Atom feed (RFC 4287), `feed.xml`, from `CHANGELOG.md`."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from markdown import markdown

sys.path.insert(0, str(Path(__file__).parents[1]))

from releases import CHANGELOG, Release, releases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs.config.defaults import MkDocsConfig

FEED: Final = "feed.xml"
ATOM: Final = "http://www.w3.org/2005/Atom"
PAGE: Final = "changelog/"


def on_post_build(config: MkDocsConfig) -> None:
    """Write the feed into the built site."""
    versions = list(releases(CHANGELOG.read_text(encoding="utf-8")))
    content = feed(versions, str(config.site_url), str(config.site_name), identity(), last_change())
    Path(config.site_dir, FEED).write_bytes(content)


def feed(versions: Sequence[Release], site: str, name: str, identity: str, last_change: dt.datetime) -> bytes:
    """Return the feed.

    Args:
        versions: the versions, the newest first.
        site: the URL of the site. It ends with a slash.
        name: the name of the site.
        identity: the URL that is the feed's id. It is the same in every version of the site.
        last_change: the time of the last change to the unreleased version.
    """
    ET.register_namespace("", ATOM)
    root = _element("feed")
    page = urljoin(site, PAGE)
    times = [_time(version, last_change) for version in versions]
    root.append(_element("id", identity))
    root.append(_element("title", f"Changes in {name}"))
    root.append(_element("updated", max(times, default=last_change).isoformat()))
    root.append(_element("link", rel="self", type="application/atom+xml", href=urljoin(site, FEED)))
    root.append(_element("link", rel="alternate", type="text/html", href=page))
    author = _element("author")
    author.append(_element("name", f"The {name} authors"))
    root.append(author)
    root.extend(_entry(version, time, page, name, identity) for version, time in zip(versions, times, strict=True))
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def identity() -> str:
    """Return the public URL of the changelog."""
    project = tomllib.loads((CHANGELOG.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Changelog"])


def last_change() -> dt.datetime:
    """Return the time of the last commit that changed the changelog.

    Without a repository, return the file's modification time.
    """
    command = ["git", "log", "-1", "--format=%cI", "--", str(CHANGELOG)]
    try:
        done = subprocess.run(command, cwd=CHANGELOG.parent, capture_output=True, text=True, check=True)  # noqa: S603 - runs git with fixed arguments
        return dt.datetime.fromisoformat(done.stdout.strip())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return dt.datetime.fromtimestamp(int(CHANGELOG.stat().st_mtime), dt.UTC)


def _entry(version: Release, time: dt.datetime, page: str, name: str, identity: str) -> ET.Element:
    entry = _element("entry")
    # The id stays the same when the version is released, so feed readers update the entry instead of adding another one.
    entry.append(_element("id", f"{identity}#{version.version}"))
    entry.append(_element("title", f"{name} {version.title}"))
    entry.append(_element("updated", time.isoformat()))
    entry.append(_element("link", rel="alternate", type="text/html", href=page))
    entry.append(_element("content", markdown(version.text, extensions=["tables"]), type="html"))
    return entry


def _time(version: Release, last_change: dt.datetime) -> dt.datetime:
    return last_change if version.date is None else dt.datetime.combine(version.date, dt.time(), dt.UTC)


def _element(tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.Element(f"{{{ATOM}}}{tag}", attributes)
    element.text = text
    return element
