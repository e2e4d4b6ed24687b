"""In the built site, the page about third-party licenses lists all software that the site ships."""

import json
import re
from html import unescape

import pytest
from repository import ROOT, SITE
from test_accessibility import serious_now

PAGE = SITE / "third-party" / "index.html"
ROW = re.compile(r"<tr><td>(?:<a [^>]*>)?(?P<name>.*?)(?:</a>)?</td><td>(?P<version>[^<]*)</td><td>(?P<license>.*?)</td>")
PLAYGROUND = ROOT / "playground"


@pytest.fixture(scope="module")
def content() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def listed(content: str) -> set[tuple[str, str]]:
    """Return the names and versions in the tables."""
    return {(unescape(row["name"]), unescape(row["version"])) for row in ROW.finditer(content)}


def test_every_distribution_that_python_loads_is_listed(listed):
    manifest = json.loads((SITE / "assets" / "headwater" / "runtime" / "manifest.json").read_text(encoding="utf-8"))
    distributions = [file["distribution"] for file in manifest["files"] if "distribution" in file]
    names = {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in listed}
    assert {(each["name"], each["version"]) for each in distributions} <= names
    assert ("pyodide", manifest["pyodide"]) in names


def test_every_package_in_the_bundles_is_listed(listed):
    records = [PLAYGROUND / ".cache" / "bundled" / name for name in ("dist.json", "dist-worker.json")]
    packages = {(each["name"], each["version"]) for path in records for each in json.loads(path.read_text(encoding="utf-8"))}
    assert packages <= listed
    assert {name for name, _ in packages} >= {"lit", "fzstd", "@hpcc-js/wasm-graphviz", "workbox-precaching"}


def test_every_license_links_to_a_text_on_the_page(content):
    links = re.findall(r'href="#(license-text-\d+)"', content)
    assert links
    assert set(links) == set(re.findall(r'<pre id="(license-text-\d+)"', content))


def test_the_search_index_has_the_names_but_not_the_texts():
    index = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))
    words = "".join(section["text"] for section in index["docs"] if section["location"].startswith("third-party/"))
    assert "Graphviz" in words
    assert "MERCHANTABILITY" not in words


@pytest.mark.everywhere  # long; other tests read the page's text
@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), ("light", 1280)], ids=["phone", "desktop"])
def test_the_page_works_in_both_palettes_and_on_a_phone(page, site, scheme, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site.address}third-party/")
    page.get_by_role("row", name="Graphviz 16").get_by_role("link", name="EPL-2.0").click()
    page.get_by_text("Eclipse Public License - v 2.0").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_now(page) == []
