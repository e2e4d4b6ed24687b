"""Files of the built site for other programs: Markdown, `llms.txt`, social cards and the feed of changes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from local_server import Served
from PIL import Image
from playwright.sync_api import Page
from repository import SITE

PLAYGROUNDS = {"play", "embed"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
ATOM = "{http://www.w3.org/2005/Atom}"


def html_pages() -> list[Path]:
    return sorted(path for path in SITE.rglob("index.html") if path.is_file())


def head(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("</head>")[0]


def address() -> str:
    """Return the address for which the site was built."""
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', head(SITE / "index.html"))
    assert canonical is not None
    return canonical[1]


def file_at(url: str) -> Path:
    path = url.removeprefix(address()).partition("#")[0]
    return SITE / path / "index.html" if path.endswith("/") or path == "" else SITE / path


def test_every_page_with_text_has_its_markdown_beside_it() -> None:
    without = {page.parent.name for page in html_pages() if 'type="text/markdown"' not in head(page)}
    assert without == PLAYGROUNDS | {"third-party"}
    for page in html_pages():
        if 'type="text/markdown"' in head(page):
            text = (page.parent / "index.md").read_text(encoding="utf-8")
            assert re.search(r"^# \S", text, re.MULTILINE), page
            assert "<svg" not in text, page
            assert "<hw-play" not in re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL), page


def test_a_lesson_contains_the_code_at_the_start_of_its_steps() -> None:
    lessons = sorted(SITE.glob("course/*/index.md"))
    assert lessons
    assert [lesson for lesson in lessons if "```python\n# " not in lesson.read_text(encoding="utf-8")] == []


def test_llms_txt_links_every_page_and_nothing_else() -> None:
    linked = [file_at(url) for url in LINK.findall((SITE / "llms.txt").read_text(encoding="utf-8"))]
    assert set(linked) == {page.with_name("index.md") for page in html_pages() if page.with_name("index.md").is_file()}
    assert len(linked) == len(set(linked))


def test_llms_full_txt_contains_every_page() -> None:
    full = (SITE / "llms-full.txt").read_text(encoding="utf-8")
    for path in SITE.rglob("index.md"):
        assert path.read_text(encoding="utf-8") in full, path


def test_links_between_the_markdown_pages_are_not_dead() -> None:
    dead = [
        (path.relative_to(SITE), url)
        for path in SITE.rglob("index.md")
        for url in LINK.findall(path.read_text(encoding="utf-8"))
        if url.startswith(address()) and not file_at(url).is_file()
    ]
    assert dead == []


def test_every_page_names_a_card_of_the_right_size() -> None:
    for page in html_pages():
        found = re.search(r'<meta property="og:image" content="([^"]*)">', head(page))
        assert found is not None, page
        with Image.open(file_at(found[1])) as card:
            assert (card.format, card.size) == ("PNG", (1200, 630)), page
        assert '<meta name="twitter:card" content="summary_large_image">' in head(page)


def test_every_page_links_the_feed_of_changes() -> None:
    for page in html_pages():
        found = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)">', head(page))
        assert found is not None, page
        assert (page.parent / found[1]).resolve() == SITE / "feed.xml"
    feed = ET.parse(SITE / "feed.xml").getroot()  # noqa: S314 - our own feed
    assert feed.findall(f"{ATOM}entry")
    assert all(file_at(str(link.get("href"))).is_file() for link in feed.iter(f"{ATOM}link"))


def test_a_page_requests_nothing_that_does_not_exist(page: Page, site: Served) -> None:
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if not response.ok else None)
    page.goto(f"{site.address}guides/sharing/", wait_until="networkidle")
    assert failed == []


@pytest.mark.parametrize("name", ["index.md", "llms.txt", "llms-full.txt", "feed.xml", "assets/cards/index.png"])
def test_a_browser_does_not_store_files_for_other_programs(name: str) -> None:
    assert (SITE / name).is_file()
    assert f'"./{name}"' not in (SITE / "sw.js").read_text(encoding="utf-8")
