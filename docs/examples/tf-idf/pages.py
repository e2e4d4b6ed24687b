"""Pages of the Headwater documentation, as words."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from headwater import Collect, Parallelizable

WORD = re.compile(r"[a-z]{3,}")


class Page(NamedTuple):
    """A page: its path, and its text without code."""

    path: str
    text: str


def page() -> Parallelizable[Page]:
    """The pages. Functions with this parameter are called for each page."""
    path = Path(__file__).with_name("docs-pages.csv")
    with path.open(encoding="utf-8", newline="") as table:
        return [Page(row["path"], row["text"]) for row in csv.DictReader(table)]


def words(page: Page) -> Counter[str]:
    """Number of times that each word occurs on a page."""
    return Counter(WORD.findall(page.text.lower()))


def pages_with(words: Collect[Counter[str]]) -> Counter[str]:
    """Number of pages on which each word occurs."""
    return Counter(word for counts in words for word in counts)


def page_count(words: Collect[Counter[str]]) -> int:
    """Number of pages."""
    return len(words)
