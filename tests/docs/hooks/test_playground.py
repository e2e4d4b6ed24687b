"""Playgrounds embedded in pages, and their prerendering in the build."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

ROOT = Path(__file__).parents[3]
HOOKS = ROOT / "docs" / "hooks"


@pytest.fixture(scope="module")
def playground() -> Any:
    """Load the hook with the import path that MkDocs uses."""
    sys.path.insert(0, str(HOOKS))
    try:
        spec = importlib.util.spec_from_file_location("docs_hooks_playground", HOOKS / "playground.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(HOOKS))
    return module


@pytest.mark.parametrize("name", ["", ".", "../examples/seattle-weather", "./seattle-weather", "seattle-weather/", "nowhere"])
def test_a_page_embeds_examples_only_by_name(playground: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(PluginError) as refused:
        playground._drawn(f' example="{name}"', "page.md", "", tmp_path)
    embed = f'<hw-play example="{name}">'
    assert str(refused.value) == f"page.md embeds {embed}, but there is no example `{name}` in docs/examples."


def test_the_build_and_the_browser_agree_on_the_names_of_examples(playground: Any) -> None:
    browser = re.search(r"EXAMPLE_NAME = /\^(.*)\$/;", (ROOT / "playground/src/example.ts").read_text(encoding="utf-8"))
    assert browser is not None
    assert playground.EXAMPLE_NAME.pattern == browser[1]
    for folder in (ROOT / "docs/examples").glob("*/example.toml"):
        assert playground.EXAMPLE_NAME.fullmatch(folder.parent.name)


@pytest.fixture
def renderer(playground: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return a function that replaces the prerenderer, a Node program, with a Python program."""

    def use(program: str) -> None:
        path = tmp_path / "prerender.py"
        path.write_text(program, encoding="utf-8")
        monkeypatch.setattr(playground.shutil, "which", lambda _: sys.executable)
        monkeypatch.setattr(playground, "PRERENDER", path)

    yield use
    playground.on_post_build()


def test_one_program_draws_all_examples_of_a_build(playground: Any, renderer: Callable[[str], None]) -> None:
    renderer("import os, sys\nfor line in sys.stdin:\n    print(f'\"{len(line)} {os.getpid()}\"', flush=True)\n")
    first, second = (playground._prerender(request, "a").split() for request in ("a", "bbb"))
    assert (first[0], second[0]) == ("2", "4")
    assert first[1] == second[1]


def test_an_example_that_cannot_be_drawn_ends_the_build(playground: Any, renderer: Callable[[str], None]) -> None:
    renderer("raise SystemExit(1)")
    with pytest.raises(PluginError, match="Prerendering the example `a` failed"):
        playground._prerender("{}", "a")
