"""The search index. The theme starts the search only when the visitor opens it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace

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


def test_only_pages_with_the_same_title_get_another() -> None:
    locations = ["concepts/variants/", "course/variants/", "course/variants/#variants", "faq/"]
    entries = [{"location": location, "title": "Variants" if "variants" in location else "FAQ"} for location in locations]
    titles = [entry["title"] for entry in search.with_distinct_titles(entries)]
    assert titles == ["Variants (Concepts)", "Variants (Course)", "Variants", "FAQ"]


def test_a_name_is_boosted_if_longer_names_on_its_page_start_with_it() -> None:
    titles = {
        "reference/#a": "parameterize",
        "reference/#b": "ParameterizedExtract",
        "reference/#c": "<code>parameterize_values</code>",
        "reference/#d": "tag",
        "guides/#e": "tag_outputs",
        "guides/#f": "<code>tag</code>",
    }
    entries = [{"location": location, "title": title} for location, title in titles.items()]
    boosted = [entry["title"] for entry in search.with_short_names_first(entries) if entry.get("boost", 1) > 1]
    assert boosted == ["parameterize", "<code>tag</code>"]


def test_the_built_index_is_changed(tmp_path: Path) -> None:
    index = tmp_path / "search" / "search_index.json"
    index.parent.mkdir()
    entries = [{"location": f"{folder}/caching/", "title": "Caching", "text": "é"} for folder in ("guides", "reference")]
    index.write_text(json.dumps({"config": {"lang": ["en"]}, "docs": entries}), encoding="utf-8")
    search.on_post_build(SimpleNamespace(site_dir=str(tmp_path)))
    changed = json.loads(index.read_text(encoding="utf-8"))
    assert changed["config"] == {"lang": ["en"]}
    assert [entry["title"] for entry in changed["docs"]] == ["Caching (Guides)", "Caching (Reference)"]
    assert {entry["text"] for entry in changed["docs"]} == {"é"}


def test_the_theme_waits_until_the_search_is_opened() -> None:
    assert search.with_search_on_demand('f($(location.protocol!=="file:"),g)') == "f($(false),g)"


@pytest.mark.parametrize("script", ["f($(true),g)", 'f(location.protocol!=="file:")' * 2])
def test_another_version_of_the_theme_is_reported(script: str) -> None:
    with pytest.raises(PluginError, match=r"The theme's script no longer contains .* once\."):
        search.with_search_on_demand(script)
