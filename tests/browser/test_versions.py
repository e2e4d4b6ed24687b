"""Two versions of the site under one path, as published by `make site-version` and the Pages workflow."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from dataflows import SMALL
from local_server import Served, serving
from playground import Playground, link_to
from playwright.sync_api import BrowserContext, Page, expect
from repository import ROOT

pytestmark = [pytest.mark.everywhere, pytest.mark.pyodide]

NewContext = Callable[[], BrowserContext]

BELOW = "/some/where/"
SITE_URL = f"https://example.org{BELOW}"


def run(*command: str, **environment: str) -> None:
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build versions 0.1 and 0.2.

    Version 0.2 is also published as `latest`. The commits are made in a repository created for this test.
    """
    folder = tmp_path_factory.mktemp("versions")
    repository = {
        "GIT_DIR": str(folder / "repository.git"),
        **{f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    build = {
        **repository,
        "SITE_URL": SITE_URL,
        "SITE_DIR": str(folder / "build"),
        "PATH": f"{ROOT / '.venv/bin'}:{ROOT / '.make/node'}:{os.environ['PATH']}",
    }
    run("git", "init", "--quiet", "--bare", str(folder / "repository.git"))
    run("git", "commit", "--quiet", "--allow-empty", "--message", "Start", **repository, GIT_WORK_TREE=str(folder))
    mike = str(ROOT / ".venv" / "bin" / "mike")
    run(mike, "deploy", "0.1", **build)
    run(mike, "deploy", "0.2", "latest", **build)
    run(mike, "set-default", "latest", **build)
    run("git", "archive", "--output", str(folder / "published.tar"), "gh-pages", **repository)
    with tarfile.open(folder / "published.tar") as archive:
        archive.extractall(folder / "published", filter="tar")
    return folder / "published"


@pytest.fixture
def versions(published: Path) -> Iterator[Served]:
    with serving(published, BELOW) as served:
        yield served


def test_a_link_opens_in_the_version_that_made_it_in_later_versions_and_in_the_latest(page: Page, versions: Served) -> None:
    playground = Playground(page, versions.address)
    for version in ("0.1", "0.2", "latest"):
        page.goto(f"{versions.address}{version}/play/{link_to({'flow.py': SMALL})}")
        playground.expect_text(SMALL)
        expect(playground.consent).to_be_visible()
        page.goto("about:blank")


def test_a_shared_edit_of_an_example_opens_in_a_later_version(page: Page, versions: Served, new_context: NewContext) -> None:
    edited = Playground(page, f"{versions.address}0.1/").open_changed_example()
    link = edited.share()
    assert link.startswith(f"{versions.address}0.1/play/#v1.seattle-weather.")
    other = Playground(new_context().new_page(), versions.address)
    other.page.goto(link.replace("/0.1/", "/0.2/"))
    expect(other.code).to_contain_text("WARM = 3.0")
    expect(other.consent).to_be_visible()


def test_the_selector_leads_to_the_same_place_in_the_other_version(page: Page, versions: Served) -> None:
    page.goto(f"{versions.address}0.1/guides/sharing/#share-links")
    page.get_by_role("button", name="Select version").focus()
    page.get_by_role("link", name="0.2").click()
    page.wait_for_url(f"{versions.address}0.2/guides/sharing/#share-links")


def test_an_earlier_version_says_so(page: Page, versions: Served) -> None:
    notice = page.get_by_text("You are reading the docs of an earlier version.")
    page.goto(f"{versions.address}0.1/guides/sharing/")
    expect(notice).to_be_visible()
    page.get_by_role("link", name="Go to the latest version.").click()
    page.wait_for_url(f"{versions.address}latest/")
    expect(notice).to_be_hidden()


def test_the_folder_above_the_versions_redirects_to_the_latest(page: Page, versions: Served) -> None:
    page.goto(versions.address)
    page.wait_for_url(f"{versions.address}latest/")


def test_addresses_for_other_sites_contain_the_version(published: Path) -> None:
    for version in ("0.1", "0.2"):
        page = (published / version / "guides/sharing/index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{SITE_URL}{version}/guides/sharing/">' in page
        assert f'<meta property="og:image" content="{SITE_URL}{version}/assets/cards/guides/sharing.png">' in page
        assert f"({SITE_URL}{version}/guides/sharing/index.md)" in (published / version / "llms.txt").read_text(
            encoding="utf-8"
        )
        assert f'href="{SITE_URL}{version}/feed.xml"' in (published / version / "feed.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("version", ["0.1", "0.2"])
def test_no_link_of_a_version_is_dead(published: Path, version: str) -> None:
    dead = []
    for page in sorted((published / version).rglob("*.html")):
        at = f"{BELOW}{page.relative_to(published).as_posix()}"
        for link in links(page):
            target = urlsplit(urljoin(at, link))
            if (
                target.scheme in ("", "http", "https")
                and target.netloc in ("", "example.org")
                and not exists(published, target.path)
            ):
                dead.append((at, link))
    assert dead == []


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "link", "script", "img"):
            self.found |= {value for name, value in attrs if name in ("href", "src") and value}


def links(page: Path) -> set[str]:
    parser = _Links()
    # Templates and playground code contain text that only looks like markup.
    parser.feed(re.sub(r"<template.*?</template>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    return {link for link in parser.found if not link.startswith(("#", "data:", "mailto:", "javascript:"))}


def exists(published: Path, path: str) -> bool:
    if not path.startswith(BELOW):
        return False
    file = published / unquote(path.removeprefix(BELOW))
    return file.is_file() or (file / "index.html").is_file()
