"""The pages of the error catalog on the site: the navigation, the table of all classes, and the live examples."""

from __future__ import annotations

import html
import importlib.util
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

HOOKS = Path(__file__).parents[3] / "docs" / "hooks"


@pytest.fixture(scope="module")
def hook() -> Any:
    """Load the hook with the import path that MkDocs uses."""
    sys.path.insert(0, str(HOOKS))
    try:
        spec = importlib.util.spec_from_file_location("docs_hooks_errors", HOOKS / "errors.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(HOOKS))
    return module


def test_the_table_lists_every_page_in_its_group(hook):
    pages = hook.error_pages()
    table = hook.table(pages)
    assert re.findall(r"^\| \[`(\w+)`\]\(([\w-]+\.md)\) \| ", table, re.MULTILINE) == [
        (page.name, page.path.name) for group in hook.GROUPS for page in pages if page.group == group
    ]
    sections = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", table, re.MULTILINE | re.DOTALL))
    assert "`CycleError`" in sections["Graph"]


def test_the_navigation_lists_the_pages_below_the_index(hook):
    config = SimpleNamespace(nav=[{"Home": "index.md"}, {"Reference": ["reference/index.md", {"Errors": "errors/index.md"}]}])
    hook.on_config(config)
    index, *groups = config.nav[1]["Reference"][1]["Errors"]
    assert index == "errors/index.md"
    assert {"CycleError": "errors/cycle-error.md"} in next(group["Graph"] for group in groups if "Graph" in group)


def test_an_example_on_a_page_becomes_a_playground(hook):
    page = next(page for page in hook.error_pages() if page.name == "CycleError")
    text = hook.with_playgrounds(page.path.read_text(encoding="utf-8"), page)
    (broken, fixed) = re.findall(r"<hw-play ([^>]*)>", text)
    assert html.unescape(re.findall(r'code="([^"]*)"', broken)[0]) == page.blocks["broken.py"]
    assert 'file="broken.py" fails="CycleError"' in broken
    assert "fails" not in fixed
    assert "```python" not in text


def test_characters_with_a_meaning_in_markdown_are_escaped(hook):
    assert 'code="&#42;&#42;&#91;a&#93;&#96;b&#96;&#95;&#92;n&#10;"' in hook._playground("broken.py", "**[a]`b`_\\n\n", "")
