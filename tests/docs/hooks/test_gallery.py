"""The gallery: its cards, links, tags and the list for the playground."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture(scope="module")
def gallery(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("gallery")


@pytest.fixture
def examples(gallery: Any) -> list[Any]:
    """Return examples that run quickly."""
    return [example for example in gallery.gallery() if example.name in {"hello", "invoices", "penguins"}]


@pytest.fixture
def cards(gallery: Any, examples: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setattr(gallery, "CACHE", tmp_path)
    return "".join(gallery.card(example, "gallery/").markup for example in examples)


def test_the_gallery_has_at_least_sixteen_examples_and_the_shortest_is_first(gallery: Any) -> None:
    names = [example.name for example in gallery.gallery()]
    assert len(names) >= 16
    assert names[0] == "hello"
    assert not any(name.startswith("first-dataflow") for name in names)


def test_every_example_has_its_own_title_and_two_or_more_sentences(gallery: Any) -> None:
    found = gallery.gallery()
    assert len({example.title for example in found}) == len(found)
    for example in found:
        assert example.summary.endswith((".", "?")), example.name
        assert example.shows.endswith("."), example.name


def test_data_that_a_library_contains_has_an_accepted_license(gallery: Any) -> None:
    assert [(e.name, e.bundled["license"]) for e in gallery.gallery() if e.bundled] == [("digits", "CC-BY-4.0")]


def test_a_card_has_a_drawing_the_text_and_links(cards: str) -> None:
    assert cards.count("<article") == cards.count("<svg") == 3
    assert "Two functions, one input with a default, twelve lines." in cards
    assert 'href="../assets/headwater/projects/hello.zip" download' in cards
    assert re.search(r'href="\.\./play/#v1\.hello\.[a-z0-9]+\.[\w-]+"', cards)


def test_a_card_names_the_license_of_the_data(cards: str) -> None:
    assert re.search(r'<a href="https://allisonhorst[^"]*" title="[^"]*Gorman[^"]*">penguins\.csv</a>: CC0', cards)
    assert cards.count('class="data"') == 1


def test_a_link_opens_the_example_without_changes(gallery: Any, examples: list[Any], load_hook: Callable[[str], Any]) -> None:
    version, name, edition, payload = gallery.fragment(examples[0]).removeprefix("#").split(".")
    assert (version, name) == ("v1", "hello")
    assert edition == load_hook("editions").edition_of(examples[0].files)
    assert zlib.decompress(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))) == b"{}"


def test_the_page_says_how_many_examples_run_only_on_your_machine(gallery: Any) -> None:
    text = gallery.counts(17, 11)
    assert "28 examples" in text
    assert "17 run in your browser" in text
    assert "11 run only on your machine" in text


def test_the_page_needs_its_comments(gallery: Any) -> None:
    with pytest.raises(PluginError, match="must contain the comment `<!-- counts -->` exactly once"):
        gallery.on_page_content("", page=SimpleNamespace(file=SimpleNamespace(src_uri="gallery.md"), url="gallery/"))
    other = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"), url="")
    assert gallery.on_page_content("text", page=other) == "text"


def test_an_example_with_tags_states_what_it_shows(gallery: Any, tmp_path: Path) -> None:
    (tmp_path / "rain").mkdir()
    (tmp_path / "rain" / "example.toml").write_text('title = "Rain"\nsummary = ""\ntags = ["pandas"]\n')
    with pytest.raises(PluginError, match="`rain` must have both `tags` and `shows`"):
        gallery.gallery(tmp_path)


def test_a_local_example_is_drawn_and_downloaded(gallery: Any) -> None:
    (local,) = (example for example in gallery.local_examples() if example.name == "spark-columns")
    markup = gallery.local_card(local, "gallery/").markup
    assert 'href="../assets/headwater/projects/spark-columns.zip" download' in markup
    assert "Runs on your machine: <code>python run.py</code>" in markup
    assert markup.count("<rect") > 5


def test_the_examples_have_different_names(gallery: Any) -> None:
    names = [example.name for example in [*gallery.gallery(), *gallery.local_examples()]]
    assert len(set(names)) == len(names)


def test_the_list_for_the_playground_has_the_fields_that_the_page_reads(gallery: Any, examples: list[Any]) -> None:
    source = (ROOT / "playground/src/gallery/entries.ts").read_text(encoding="utf-8")
    declared = source.partition("export interface GalleryEntry {")[2].partition("}")[0]
    entry = json.loads(json.dumps(gallery.entry(examples[0])))
    assert set(entry) == set(re.findall(r"^  (\w+):", declared, re.MULTILINE))
    assert entry["tags"] == ["plain Python", "first steps"]
