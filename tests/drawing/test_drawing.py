"""A drawing in all formats, written to files and shown in notebooks."""

import html.parser
import re
import shutil
import xml.etree.ElementTree as ET

import pytest

from headwater import Builder
from headwater.drawing import Style, draw
from headwater.errors import DrawingError

HOSTILE = '</script><img src=x onerror="alert(1)">&\'`"\\ \n end'


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


@pytest.fixture
def hostile():
    """Return a graph with a node whose name and docstring try to escape from every format."""

    def harmless(price: int) -> int: ...

    harmless.__doc__ = HOSTILE
    return Builder().with_functions(**{HOSTILE: harmless}).build().graph


def test_hostile_names_and_documentation_stay_text(hostile):
    drawing = draw(hostile)
    for page in (Page(drawing.html), Page(Page(drawing.embedded).elements[0][1]["srcdoc"] or "")):
        assert "img" not in {tag for tag, _ in page.elements}
        assert [tag for tag, _ in page.elements].count("script") == 2
        assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]
    assert "<img" not in drawing.svg
    ET.fromstring(drawing.svg)  # noqa: S314 - the test's own data
    assert "<img" not in drawing.mermaid
    assert not re.search(r"^\s*end\b", drawing.mermaid.replace("subgraph legend", "").replace("\n  end\n", ""), re.MULTILINE)


def test_colours_of_a_style_are_in_every_format(shop):
    drawing = draw(shop, style=lambda node: Style(fill="#ffd700", line="teal", text="navy") if node.name == "net" else None)
    assert 'fillcolor="#ffd700"' in drawing.dot
    assert "style n2 fill:#ffd700,stroke:teal,color:navy" in drawing.mermaid
    assert 'style="fill:#ffd700;stroke:teal"' in drawing.svg
    assert 'style="fill:navy"' in drawing.html


def test_a_notebook_gets_a_frame_of_its_own_and_text_beside_it(shop):
    drawing = draw(shop)
    [(tag, attributes)] = Page(drawing._repr_html_()).elements
    assert tag == "iframe"
    assert attributes["sandbox"] == "allow-scripts"
    assert attributes["srcdoc"] == drawing.html
    assert drawing._repr_mimebundle_() == {"text/html": drawing.embedded, "text/plain": drawing.text}


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        (".html", "<!doctype html>"),
        (".svg", "<svg "),
        (".SVG", "<svg "),
        (".dot", "digraph"),
        (".gv", "digraph"),
        (".mmd", "flowchart"),
        (".txt", "  price"),
    ],
)
def test_the_suffix_of_a_file_chooses_the_format(shop, tmp_path, suffix, start):
    path = tmp_path / f"shop{suffix}"
    draw(shop).write(path)
    assert path.read_text(encoding="utf-8").startswith(start)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "problem"),
    [("shop.jpeg", "The suffix '.jpeg' is not supported."), ("shop", "The file name has no suffix.")],
)
def test_an_unknown_suffix_is_an_error_that_lists_the_known_suffixes(shop, tmp_path, name, problem):
    with pytest.raises(DrawingError) as caught:
        draw(shop).write(tmp_path / name)
    assert str(caught.value) == f"{problem} Use one of: .html, .svg, .dot, .gv, .mmd, .txt, .png, .pdf."
    assert list(tmp_path.iterdir()) == []


def test_without_graphviz_a_png_is_an_error_that_names_the_package(shop, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "shop.png"
    target.write_bytes(b"earlier")
    with pytest.raises(DrawingError, match=r"which is not installed\. Install the system package `graphviz`"):
        draw(shop).write(target)
    assert target.read_bytes() == b"earlier"


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(shop, tmp_path):
    target = tmp_path / "shop.svg"
    (target / "in the way").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 - the message depends on the system
        draw(shop).write(target)
    assert [file.name for file in tmp_path.iterdir()] == ["shop.svg"]


@pytest.mark.native
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed here")
def test_graphviz_draws_a_png(shop, hostile, tmp_path):
    for number, graph in enumerate([shop, hostile]):
        draw(graph, overrides=["price"]).write(tmp_path / f"{number}.png")
        assert (tmp_path / f"{number}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.posix
@pytest.mark.native
def test_a_failure_of_graphviz_is_an_error_with_its_message(shop, tmp_path, monkeypatch):
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho 'no such thing' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(DrawingError) as caught:
        draw(shop).write(tmp_path / "shop.png")
    assert str(caught.value) == "`dot` failed to draw a .png file: no such thing"
