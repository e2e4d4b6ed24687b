"""A drawing as a self-contained HTML page."""

import html.parser
import json
import re

from headwater.drawing import draw


class Page(html.parser.HTMLParser):
    """Collects the elements on a page with their attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.within = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.within = tag

    def handle_data(self, data):
        self.texts.setdefault(self.within, []).append(data)


def test_the_page_asks_for_nothing_from_elsewhere(shop):
    page = draw(shop).html
    parsed = Page(page)
    assert not [element for element in parsed.elements if {"src", "href", "action", "srcset"} & element[1].keys()]
    assert "url(" not in page
    assert "@import" not in page
    policy = next(attrs["content"] for tag, attrs in parsed.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def test_the_page_lets_a_keyboard_reach_every_node(shop):
    boxes = [attrs for tag, attrs in Page(draw(shop).html).elements if "data-n" in attrs]
    assert len(boxes) == 6
    assert {(box["tabindex"], box["role"]) for box in boxes} == {("0", "button")}


def test_the_page_tells_about_every_node(shop):
    page = draw(shop).html
    [written] = re.findall(r'<script type="application/json" id="boxes">(.*?)</script>', page)
    facts = json.loads(written)
    assert facts[2] == {
        "name": "net", "type": "float", "role": "function", "doc": "Before tax.", "location": "shop.py:1", "tags": {},
    }  # fmt: skip
