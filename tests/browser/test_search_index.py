"""The built search index: it contains the words on the pages, but not those in drawings."""

import json
import re

import pytest
from repository import SITE

DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
LABEL = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the indexed text of each section, without tags, keyed by location."""
    index = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))
    return {section["location"]: re.sub(r"<[^>]+>", " ", section["text"]) for section in index["docs"]}


def test_the_sections_of_decorators_end_with_their_errors_or_their_code(texts: dict[str, str]) -> None:
    section = texts["reference/every-decorator/#check_output"]
    assert "from headwater import check_output" in section
    assert "validator" not in re.sub(r"(?s)\bErrors\b.*", "", section)


def test_no_drawing_of_any_page_is_in_the_index(texts: dict[str, str]) -> None:
    pages = [path for path in SITE.rglob("index.html") if "<svg" in path.read_text(encoding="utf-8")]
    checked = 0
    for path in pages:
        address = path.parent.relative_to(SITE).as_posix() + "/"
        words = "".join(text for location, text in texts.items() if location.partition("#")[0] == address)
        content = re.sub(r"(?s)<template shadowrootmode.*?</template>", "", path.read_text(encoding="utf-8"))
        for drawing in DRAWING.findall(content):
            labels = LABEL.findall(drawing)
            checked += len(labels) > 1
            assert len(labels) < 2 or "".join(labels) not in words
    assert checked > 10


def test_no_page_of_text_has_two_names_run_together(texts: dict[str, str]) -> None:
    assert [word for text in texts.values() for word in re.findall(r"\b\d+[a-z]+_[a-z]+[a-z_]{20,}\b", text)] == []
