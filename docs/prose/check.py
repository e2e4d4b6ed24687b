"""Check the English of pages, docstrings, comments, messages and names.

PYTHONPATH=docs python -m prose                      the whole repository, as `make check` does
PYTHONPATH=docs python -m prose src/headwater/io     some files or folders
PYTHONPATH=docs python -m prose --counts             totals per habit, and words per sentence on each page
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prose.habits import HABITS, MEAN_WORDS
from prose.sentences import mean_words, sentences
from prose.texts import Kind, Text, markdown_texts, python_texts, typescript_texts

ROOT: Final = Path(__file__).parents[2]
DEFAULT_PATHS: Final = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "SECURITY.md",
    ".github",
    "docs",
    "src",
    "playground",
    "benchmarks",
    "deploy",
    "tests/README.md",
)
READERS: Final = {".md": markdown_texts, ".py": python_texts, ".ts": typescript_texts, ".mjs": typescript_texts}
SKIPPED: Final = frozenset(
    {"node_modules", ".cache", "dist", "dist-native", "dist-node", "dist-worker", "editions", "tests", "__pycache__"}
)
"""Folders that are skipped. The tests' README is checked nevertheless, because `DEFAULT_PATHS` names it."""
NOT_PROSE: Final = frozenset({"docs/prose/habits.py"})
"""Files that are not checked: the table of habits contains every habit as an example."""
STORED: Final = frozenset({"given"})
"""Names of fields in links and stored drafts, which cannot change. They are allowed in the page and the wire format."""
STORED_IN: Final = ("playground/src/", "src/headwater/wire/")
FEW_SENTENCES: Final = 5
"""Pages with fewer sentences have no meaningful average."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A habit that was found in a file."""

    path: str
    line: int
    habit: str
    found: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.habit} ({self.found!r}): {self.instead}"


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences on a Markdown page."""

    path: str
    sentences: int
    mean: float


def check(path: str, texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield the habits in a file."""
    for text in texts:
        if text.kind is Kind.NAME and text.value in STORED and path.startswith(STORED_IN):
            continue
        for habit in HABITS:
            if text.kind in habit.kinds:
                for match in habit.pattern.finditer(text.value):
                    found = " ".join(match[0].split())
                    yield Finding(path, text.line_of(match.start()), habit.name, found, habit.instead)


def measure(path: str, texts: Iterable[Text]) -> Page:
    """Return the lengths of a page's sentences. Headings, tables and code are not included."""
    paragraphs = [text.value for text in texts if text.kind is Kind.PARAGRAPH]
    return Page(path, sum(len(sentences(paragraph)) for paragraph in paragraphs), mean_words(paragraphs))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to check, in order."""
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            folders = file.relative_to(path).parts[:-1] if path.is_dir() else ()
            if file.suffix in READERS and SKIPPED.isdisjoint(folders):
                yield file


def name_of(file: Path) -> str:
    """Return a file's path in the repository."""
    return file.resolve().relative_to(ROOT).as_posix() if file.resolve().is_relative_to(ROOT) else str(file)


def long_page(page: Page) -> Finding | None:
    """Report a page whose sentences are too long on average."""
    if page.sentences < FEW_SENTENCES or page.mean <= MEAN_WORDS:
        return None
    return Finding(
        page.path,
        1,
        "long sentences",
        f"{page.mean:.1f} words on average",
        f"at most {MEAN_WORDS}: split sentences, or write a list",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings; return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m prose", description="Check the English of this repository.")
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders; default: the whole repository")
    parser.add_argument("--counts", action="store_true", help="print totals per habit and the words per sentence on each page")
    options = parser.parse_args(arguments)
    findings: list[Finding] = []
    pages: list[Page] = []
    for file in files(options.paths or [ROOT / path for path in DEFAULT_PATHS]):
        name = name_of(file)
        if name in NOT_PROSE:
            continue
        texts = list(READERS[file.suffix](file.read_text(encoding="utf-8")))
        findings += check(name, texts)
        if file.suffix == ".md":
            pages.append(measure(name, texts))
    findings += filter(None, map(long_page, pages))
    print(counts(findings, pages) if options.counts else "\n".join(map(str, findings)) or "Prose: no findings.")
    return 1 if findings and not options.counts else 0


def counts(findings: Iterable[Finding], pages: Iterable[Page]) -> str:
    """Return two tables: findings per habit, and words per sentence on each page."""
    totals = Counter(finding.habit for finding in findings)
    names = [*(habit.name for habit in HABITS), "long sentences"]
    habit_rows = [f"{totals[name]:6}  {name}" for name in names]
    counted = [page for page in pages if page.sentences >= FEW_SENTENCES]
    page_rows = [f"{page.mean:6.1f}  {page.path} ({page.sentences} sentences)" for page in counted]
    total = sum(page.sentences for page in counted)
    overall = sum(page.sentences * page.mean for page in counted) / total if total else 0.0
    return "\n".join(
        [*habit_rows, f"{totals.total():6}  total", "", *page_rows, f"{overall:6.1f}  all pages ({total} sentences)"]
    )
