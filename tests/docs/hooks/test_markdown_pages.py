"""The pages for language models follow the navigation."""

from __future__ import annotations

import importlib.util
from pathlib import Path

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "markdown_pages.py"
SPEC = importlib.util.spec_from_file_location("docs_hooks_markdown_pages", HOOK)
assert SPEC is not None
assert SPEC.loader is not None
markdown_pages = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(markdown_pages)


def write(folder: Path, **pages: str) -> None:
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def test_pages_are_listed_by_their_innermost_section() -> None:
    nav = ["index.md", {"Play": "play.md"}, {"Learn": [{"First": "first.md"}, {"Guides": ["hooks.md"]}, {"Last": "last.md"}]}]
    assert list(markdown_pages.pages(nav)) == [
        ("Start", "index.md"),
        ("Start", "play.md"),
        ("Learn", "first.md"),
        ("Guides", "hooks.md"),
        ("Learn", "last.md"),
    ]


def test_a_page_is_listed_with_its_description(tmp_path: Path) -> None:
    write(tmp_path, index="---\ndescription: The start.\n---\n# Home", hooks="# Hooks")
    sections = markdown_pages.sections(["index.md", {"Guides": ["hooks.md"]}], tmp_path)
    assert sections == {"Start": [{"index.md": "The start."}], "Guides": [{"hooks.md": ""}]}


def test_a_page_from_another_folder_has_no_description(tmp_path: Path) -> None:
    assert markdown_pages.sections([{"Course": ["course/first/index.md"]}], tmp_path) == {
        "Course": [{"course/first/index.md": ""}]
    }


def test_a_playground_and_the_license_texts_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, play="---\ntemplate: play.html\n---\n", **{"third-party": "# Licenses"})
    assert markdown_pages.sections(["play.md", "third-party.md"], tmp_path) == {}
