"""The error catalog: every public class has a page, and the examples on a page behave as it describes."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import headwater
from headwater import Builder
from headwater.errors import HeadwaterError, SeveralErrors
from headwater.hooks import WatchArguments
from headwater.session import Session

HOOKS = Path(__file__).parents[3] / "docs" / "hooks"
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
RAISED = re.compile(r"^Traceback \(.*?\):\n(?:[\w.]+\.)?(\w+): (.*?)(?=^>>> |^```$)", re.MULTILINE | re.DOTALL)


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_hooks_{name}", HOOKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalog = _load("error_pages")
PAGES = catalog.error_pages()
LIVE = [page for page in PAGES if page.is_live]
OTHERS = [page for page in PAGES if not page.is_live]


def _named(page: Any) -> str:
    return page.path.stem


def test_every_public_class_has_a_page():
    assert {page.name for page in PAGES} == {class_.__name__ for class_ in catalog.documented_classes()}


def test_the_catalog_knows_every_class_in_the_source():
    classes: dict[str, ast.ClassDef] = {}
    for path in Path(headwater.__file__).parent.rglob("*.py"):
        found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        classes |= {statement.name: statement for statement in found if isinstance(statement, ast.ClassDef)}
    expected = {name for name in classes if _is_cataloged(name, classes) and not classes[name].keywords}
    assert {class_.__name__ for class_ in catalog.documented_classes()} == expected - {"Cataloged"}


def _is_cataloged(name: str, classes: Mapping[str, ast.ClassDef]) -> bool:
    bases = [base.id for base in classes[name].bases if isinstance(base, ast.Name)] if name in classes else []
    return name == "Cataloged" or any(_is_cataloged(base, classes) for base in bases)


def test_a_page_without_a_class_is_refused(tmp_path: Path):
    (tmp_path / "circle-error.md").write_text("---\ndescription: A circle.\n---\n")
    with pytest.raises(LookupError, match=r"circle-error\.md is named after a class that does not exist"):
        catalog.ErrorPage.read(tmp_path / "circle-error.md")


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_a_page_has_a_broken_and_a_fixed_example_and_other_causes(page):
    text = page.path.read_text(encoding="utf-8")
    assert re.findall(r"^# `(\w+)`: [A-Z`]", text, re.MULTILINE) == [page.name]
    assert [title for title, _ in SECTION.findall(text)][:3] == ["Broken example", "Fixed example", "Other causes"]
    assert re.fullmatch(r"[A-Z`].*\.", page.summary), "a description is one sentence, which the table of all classes shows"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Discard the environment variables that an example sets."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], list[Exception]]]:
    """Return a function that runs a module with a driver, and returns the errors and warnings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(file: str, code: str) -> list[Exception]:
        (tmp_path / file).write_text(code, encoding="utf-8")
        importlib.invalidate_caches()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            raised: list[Exception] = []
            try:
                driver = Builder().with_modules(importlib.import_module(Path(file).stem)).build()
                outputs = [node.name for node in driver.graph if node.kind == "function"]
                driver.execute(outputs, hooks=[WatchArguments()])  # sessions also watch arguments
            except HeadwaterError as error:
                raised = list(error.errors) if isinstance(error, SeveralErrors) else [error]
        return [*raised, *(warning.message for warning in caught if isinstance(warning.message, Warning))]

    yield run
    for name in (catalog.BROKEN, catalog.FIXED):
        sys.modules.pop(Path(name).stem, None)


def _problems(file: str, code: str) -> list[Any]:
    session = Session()
    try:
        session.update({file: code})
        return session.run(None)["problems"]
    finally:
        session.close()


@pytest.mark.parametrize("page", LIVE, ids=_named)
def test_the_broken_example_has_exactly_the_problem_on_its_page(page, run):
    code, message = page.blocks[catalog.BROKEN], page.blocks[catalog.MESSAGE].rstrip("\n")
    problems = _problems(catalog.BROKEN, code)
    assert [problem["kind"] for problem in problems] == [page.name]
    if page.name == "OutlineWarning":  # a driver does not read source text
        assert problems[0]["message"] == message
    else:
        found = run(catalog.BROKEN, code)
        assert [(type(problem), str(problem)) for problem in found] == [(page.class_, message)]


@pytest.mark.parametrize("page", LIVE, ids=_named)
def test_the_fixed_example_has_no_problems(page, run):
    code = page.blocks[catalog.FIXED]
    assert _problems(catalog.FIXED, code) == []
    assert run(catalog.FIXED, code) == []


@pytest.mark.parametrize("page", OTHERS, ids=_named)
def test_an_example_that_is_not_live_shows_the_exact_message_in_a_session(page):
    sections = dict(SECTION.findall(page.path.read_text(encoding="utf-8")))
    raised = RAISED.findall(sections["Broken example"])
    assert [name for name, _ in raised] == [page.name]
    assert not any(re.search(r"\.\.\.(?![)}])", message) for _, message in raised), "an ellipsis would match any text"
    assert ">>> " in sections["Fixed example"]
    assert "Traceback" not in sections["Fixed example"]


@pytest.mark.parametrize("page", OTHERS, ids=_named)
def test_a_page_says_why_its_example_is_not_live(page):
    text = " ".join(page.path.read_text(encoding="utf-8").split())
    assert "is not live" in text
