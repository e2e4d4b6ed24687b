"""The Python code on all pages runs. Each page is one program."""

from __future__ import annotations

import doctest
import importlib
import re
import shutil
import sys
import textwrap
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sybil import Document, Example, Region
from sybil.evaluators.doctest import NUMBER, DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.region import Lexeme

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ENGINES = {
    DOCS / "errors" / "cluster-lost.md": "dask_library",
    DOCS / "errors" / "unknown-column-type.md": "spark",
    DOCS / "guides" / "dask.md": "dask_library",
    DOCS / "guides" / "ray.md": "ray",
    DOCS / "guides" / "spark.md": "spark",
}
"""The pages whose code needs an engine, each with the fixture that starts or imports it."""

CATALOG = DOCS / "errors"
"""The pages about errors, which show messages without notes."""
DOCS_NOTE = "More: "
"""The start of notes that contain the address of an error's page. No page shows these notes."""

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md"), *DOCS.glob("[!.]*/*.md")])

FENCE = re.compile(
    r'^(?P<indent> *)```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<code>.*?)^(?P=indent)```$',
    re.MULTILINE | re.DOTALL,
)
SNIPPET = re.compile(r'^--8<-- "(?P<path>[^"]+)"$', re.MULTILINE)

read_session = DocTestStringParser(DocTestEvaluator(doctest.ELLIPSIS | NUMBER | doctest.NORMALIZE_WHITESPACE))
run_code = PythonEvaluator()


def blocks(document: Document) -> Iterable[Region]:
    for found in FENCE.finditer(document.text):
        text = textwrap.dedent(found["code"])
        code = SNIPPET.sub(lambda snippet: (DOCS / "examples" / snippet["path"]).read_text(encoding="utf-8"), text)
        if found["language"] == "pycon":
            for session in read_session(code, document.path):
                session.start += found.start("code")
                session.end += found.start("code")
                yield session
        elif found["language"] == "python" and found["title"]:
            yield Region(found.start(), found.end(), (found["title"], code), write_module)
        elif found["language"] == "python":
            yield Region(found.start(), found.end(), Lexeme(code, 0, 0), run_code)


def write_module(example: Example) -> None:
    name, code = example.parsed
    Path(name).write_text(textwrap.dedent(code), encoding="utf-8")
    sys.modules.pop(Path(name).stem, None)
    importlib.invalidate_caches()


@pytest.fixture
def separate_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    # Python reuses bytecode if the source's size and modification time (in seconds) are equal. They may be equal if a page
    # writes a file twice.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shutil.copy(DOCS / "data" / "seattle-weather.csv", tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and Path(sys.modules[name].__file__).is_relative_to(tmp_path):
            del sys.modules[name]


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ENGINES], ids=lambda page: str(page.relative_to(ROOT)))
@pytest.mark.usefixtures("separate_folder")
def test_the_code_of_a_page_works_as_described(page: Path):
    run_page(page)


@pytest.mark.parametrize("page", ENGINES, ids=lambda page: str(page.relative_to(ROOT)))
@pytest.mark.usefixtures("separate_folder")
@pytest.mark.engine
@pytest.mark.native
@pytest.mark.filterwarnings("default")  # issued by the engines
def test_the_code_of_a_page_about_an_engine_works_as_described(page: Path, request: pytest.FixtureRequest):
    request.getfixturevalue(ENGINES[page])
    run_page(page)


def run_page(page: Path) -> None:
    document = Document.parse(str(page), blocks)
    document.namespace["__name__"] = "page"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doctest, "traceback", traceback_with_fewer_notes(None if page.parent == CATALOG else DOCS_NOTE))
        for example in document.examples():
            example.evaluate()


def traceback_with_fewer_notes(start: str | None) -> SimpleNamespace:
    """Return a module like `traceback` that omits notes that start with `start`, or all notes if `start` is None."""

    def format_exception_only(kind: type[BaseException], error: BaseException) -> list[str]:
        formatted = traceback.TracebackException(kind, error, None)
        notes = formatted.__notes__ or []
        formatted.__notes__ = [note for note in notes if start is not None and not note.startswith(start)] or None
        return list(formatted.format_exception_only())

    return SimpleNamespace(**{**vars(traceback), "format_exception_only": format_exception_only})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_all_python_blocks_are_found(page: Path):
    text = page.read_text(encoding="utf-8")
    run = [found for found in FENCE.finditer(text) if found["language"] in {"python", "pycon"}]
    assert len(re.findall(r"^\s*(?:```|~~~) *(?:\{[^}]*)?\.?py", text, re.MULTILINE)) == len(run)


def test_the_readme_has_at_most_60_lines():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 60
