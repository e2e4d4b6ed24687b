"""The markup of the gallery."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

GRAPH = {"nodes": [{"name": "one", "kind": "function", "output": True, "file": "flow.py", "line": 1}], "edges": []}


@pytest.fixture(scope="module")
def gallery_cards(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("gallery_cards")


def card_of(gallery_cards: Any, name: str, *tags: str, **changed: Any) -> Any:
    texts = {"title": name.title(), "summary": "Rain & sun.", "shows": "Shows `where`."} | changed
    links = [gallery_cards.Link("Open", f"Open {texts['title']}", f"../play/#{name}")]
    return gallery_cards.Card(name=name, tags=tags, graph=GRAPH, links=links, **texts)


def test_the_drawing_and_the_title_have_the_url_of_the_first_link(gallery_cards: Any) -> None:
    markup = card_of(gallery_cards, "rain").markup
    assert re.findall(r'href="([^"]*)"', markup) == ["../play/#rain"] * 3
    assert markup.count('tabindex="-1" aria-hidden="true"') == 1  # screen readers need only one of the links


def test_texts_are_escaped_and_code_is_marked(gallery_cards: Any) -> None:
    markup = card_of(gallery_cards, "rain", "<b>", title="<i>").markup
    assert "Rain &amp; sun." in markup
    assert "Shows <code>where</code>." in markup
    assert "<i>" not in markup
    assert "<b>" not in markup


def test_each_tag_of_several_cards_hides_the_others(gallery_cards: Any) -> None:
    shown = [card_of(gallery_cards, "rain", "Plain Python", "text"), card_of(gallery_cards, "sun", "Plain Python")]
    markup = gallery_cards.tag_filter(shown)
    assert re.findall(r'id="tag-([^"]*)"', markup) == ["all", "plain-python"]
    assert markup.count(" checked>") == 1
    assert ".hw-gallery:has(#tag-plain-python:checked) .hw-card:not(.tagged-plain-python){display:none}" in markup
    assert "Plain Python <span>2</span>" in markup
    assert "tagged-plain-python" in shown[0].markup
