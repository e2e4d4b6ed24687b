"""Every format stays readable with any characters in names, types, docstrings and tags."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from headwater.drawing.characters import well_formed
from headwater.drawing.drawing import Drawing
from headwater.drawing.picture import Arrow, Box, Picture, Style

HOSTILE = [
    "\0",
    "\ud800",
    "\udc00\ud800",
    "\ufffe\uffff",
    "\x1b[2J\x1b]0;owned\x07",
    "\x7f\x80\x9b",
    "]]>",
    "<!--",
    "</svg>",
    "\r\n",
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(st.characters()), st.text("<>&\"'\0\ud800\ufffe a"))
boxes = st.builds(
    Box,
    name=texts,
    type=texts,
    role=st.sampled_from(["input", "config", "function", "check", "override"]),
    is_output=st.booleans(),
    doc=texts,
    location=texts,
    tags=st.tuples(st.tuples(texts, texts)),
    style=st.builds(Style, label=texts),
)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    drawn = tuple(draw(st.lists(boxes, min_size=1, max_size=4)))
    arrows = tuple(Arrow(number, number + 1) for number in range(len(drawn) - 1))
    return Picture(drawn, arrows)


@given(pictures())
def test_an_svg_is_xml(picture: Picture) -> None:
    root = ET.fromstring(Drawing(picture).svg.encode())  # noqa: S314 - the test's own data
    names = [part for part in root.iter("{http://www.w3.org/2000/svg}text") if part.get("class") == "name"]
    assert len(names) == len(picture.boxes)


class Elements(HTMLParser):
    """Counts the elements on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.opened.append(tag)


@given(pictures())
def test_a_page_has_no_elements_but_its_own(picture: Picture) -> None:
    page = Drawing(picture).html
    page.encode()
    assert "\0" not in page
    elements = Elements()
    elements.feed(page)
    assert elements.opened.count("script") == 2
    assert not {"img", "iframe", "object", "link", "a"} & set(elements.opened)


@given(pictures())
def test_every_text_is_utf8_without_control_characters(picture: Picture) -> None:
    drawing = Drawing(picture)
    for text in (drawing.dot, drawing.mermaid, drawing.text, drawing.svg):
        text.encode()
        controls = {character for character in text if unicodedata.category(character) in {"Cc", "Cs"}}
        assert controls <= {"\t", "\n", "\r", "\x85"}


@given(pictures())
def test_a_text_has_a_line_for_each_box(picture: Picture) -> None:
    assert len(Drawing(picture).text.split("\n")) == len(picture.boxes)


@given(texts)
def test_only_characters_that_no_format_can_represent_are_replaced(text: str) -> None:
    cleaned = well_formed(text)
    assert len(cleaned) == len(text)
    assert all(after in (before, "\ufffd") for before, after in zip(text, cleaned, strict=True))
    assert well_formed(cleaned) == cleaned
    if re.fullmatch(r"[\x20-\x7e\xa0-\ud7ff]*", text):
        assert cleaned == text
