"""Drawings are excluded from the search index, and the search starts when it is opened."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "search.py"
SPEC = importlib.util.spec_from_file_location("docs_hooks_search", HOOK)
assert SPEC is not None
assert SPEC.loader is not None
search = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(search)


@pytest.mark.parametrize(
    ("content", "marked"),
    [
        ("<p>no drawing</p>", "<p>no drawing</p>"),
        ("<svg><text>a</text></svg>", "<svg data-search-exclude><text>a</text></svg>"),
        ('<svg\nclass="a">', '<svg data-search-exclude\nclass="a">'),
        ("<svg/><SVG >", "<svg data-search-exclude/><svg data-search-exclude >"),
        ("<svg data-search-exclude>", "<svg data-search-exclude>"),
        ("<code>&lt;svg&gt;</code> <svgx>", "<code>&lt;svg&gt;</code> <svgx>"),
    ],
)
def test_every_svg_is_marked_once_and_nothing_else_is(content: str, marked: str) -> None:
    assert search.on_page_content(content) == marked
    assert search.on_page_content(marked) == marked


def test_the_theme_waits_until_the_search_is_opened() -> None:
    assert search.with_search_on_demand('f($(location.protocol!=="file:"),g)') == "f($(false),g)"


@pytest.mark.parametrize("script", ["f($(true),g)", 'f(location.protocol!=="file:")' * 2])
def test_another_version_of_the_theme_is_reported(script: str) -> None:
    with pytest.raises(PluginError, match=r"The theme's script no longer contains .* once\."):
        search.with_search_on_demand(script)
