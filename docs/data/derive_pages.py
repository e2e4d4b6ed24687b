"""Derive `docs-pages.csv`, the beginnings of the concept pages and guides of this documentation, for the `tf-idf` example.

    python docs/data/derive_pages.py

The file is a snapshot: the example needs realistic text, but not the latest. If you derive it again, update the tests of the
example.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = ("concepts", "guides")
LENGTH = 3_000
"""The number of characters to keep from the beginning of each page, where its subject is stated."""
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CODE = re.compile(r"^( *)(`{3,}).*?^\1\2$", re.DOTALL | re.MULTILINE)
MARKUP = re.compile(r"<[^>]*>|\{[^}]*\}|\]\([^)]*\)|[#*_`|\[\]>]")


def prose(markdown: str) -> str:
    """Return the beginning of a page's text, on one line, without its code and markup."""
    text = MARKUP.sub(" ", CODE.sub(" ", FRONT_MATTER.sub("", markdown)))
    return re.sub(r"\s+", " ", text).strip()[:LENGTH]


def main() -> None:
    """Write the file."""
    pages = sorted(path for folder in FOLDERS for path in (HERE.parent / folder).glob("*.md"))
    with (HERE / "docs-pages.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["path", "text"])
        writer.writerows([f"{path.parent.name}/{path.stem}", prose(path.read_text(encoding="utf-8"))] for path in pages)


if __name__ == "__main__":
    main()
