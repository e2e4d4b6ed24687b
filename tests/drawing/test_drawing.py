"""The formats in which a drawing can be had."""

import html.parser
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from headwater import Builder
from headwater.drawing import Style, draw
from headwater.errors import DrawingError

HOSTILE = '</script><img src=x onerror="alert(1)">&\'`"\\ \n end'


class Page(html.parser.HTMLParser):
    """The elements of a page, with their attributes and texts."""

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
    """A graph whose name and documentation are made to break out of whatever they stand in."""

    def harmless(price: int) -> int: ...

    harmless.__doc__ = HOSTILE
    return Builder().with_functions(**{HOSTILE: harmless}).build().graph


def test_text_has_a_line_for_each_node(shop):
    assert draw(shop).text == (
        "  price   float  (input)\n"
        "  amount  int    (input)\n"
        "  net     float  <- price, amount?\n"
        "  gross   float  <- net\n"
        "* note    str    <- net, gross\n"
        "* count   int    <- amount"
    )


def test_the_text_of_nothing_says_so():
    assert draw(Builder().build().graph).text == "(nothing)"


def test_dot_is_as_graphviz_reads_it(shop):
    assert draw(shop, outputs=["gross"], orient="LR", show_legend=False).dot == (
        "digraph dataflow {\n"
        "  rankdir=LR\n"
        '  graph [bgcolor="transparent", fontname="Helvetica", nodesep=0.3, ranksep=0.45]\n'
        '  node [shape=box, fontname="Helvetica", fontsize=12, margin="0.14,0.07"]\n'
        '  edge [color="#8d9baa", arrowsize=0.7]\n'
        '  "price" [label=<<b>price</b><br/><font point-size="10">float</font>>, style="rounded,dashed", color="#66737f"]\n'
        '  "amount" [label=<<b>amount</b><br/><font point-size="10">int</font>>, style="rounded,dashed", color="#66737f"]\n'
        '  "net" [label=<<b>net</b><br/><font point-size="10">float</font>>, style="rounded", color="#0b7a8f", '
        'tooltip="Before tax."]\n'
        '  "gross" [label=<<b>gross</b><br/><font point-size="10">float</font>>, style="rounded", color="#0b7a8f", '
        'penwidth="2.6"]\n'
        '  "price" -> "net"\n'
        '  "amount" -> "net" [style=dashed]\n'
        '  "net" -> "gross"\n'
        "}\n"
    )


def test_mermaid_is_as_mermaid_reads_it(shop):
    assert draw(shop, outputs=["gross"], overrides=["amount"]).mermaid == (
        "flowchart TB\n"
        '  n0(["<b>price</b><br/><small>float</small>"])\n'
        '  n1[["<b>amount</b><br/><small>int</small>"]]\n'
        '  n2["<b>net</b><br/><small>float</small>"]\n'
        '  n3["<b>gross</b><br/><small>float</small>"]\n'
        "  n0 --> n2\n"
        "  n1 -.-> n2\n"
        "  n2 --> n3\n"
        "  subgraph legend\n"
        '    l0(["<b>input</b>"])\n'
        '    l1["<b>function</b>"]\n'
        '    l2[["<b>override</b>"]]\n'
        '    l3["<b>output</b>"]\n'
        "  end\n"
        "  classDef input stroke-dasharray:4 3\n"
        "  class n0,l0 input\n"
        "  classDef override stroke:#a86400,stroke-width:2px\n"
        "  class n1,l2 override\n"
        "  classDef output stroke-width:3px\n"
        "  class n3,l3 output\n"
    )


def test_svg_is_well_formed_and_has_all_names(shop):
    root = ET.fromstring(draw(shop).svg)  # noqa: S314 - our own
    namespace = "{http://www.w3.org/2000/svg}"
    names = [text.text for text in root.iter(f"{namespace}text") if text.get("class") == "name"]
    assert names == ["price", "amount", "net", "gross", "note", "count"]
    assert len([group for group in root.iter(f"{namespace}g") if "arrow" in (group.get("class") or "")]) == 6


def test_the_page_asks_for_nothing_from_elsewhere(shop):
    page = draw(shop).html
    parsed = Page(page)
    assert not [one for one in parsed.elements if {"src", "href", "action", "srcset"} & one[1].keys()]
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
        "name": "net", "type": "float", "role": "function", "doc": "Before tax.", "place": "shop.py:1", "tags": {},
    }  # fmt: skip


def test_hostile_names_and_documentation_stay_text(hostile):
    drawing = draw(hostile)
    for page in (Page(drawing.html), Page(Page(drawing.embedded).elements[0][1]["srcdoc"] or "")):
        assert "img" not in {tag for tag, _ in page.elements}
        assert [tag for tag, _ in page.elements].count("script") == 2
        assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]
    assert "<img" not in drawing.svg
    ET.fromstring(drawing.svg)  # noqa: S314 - our own
    assert "<img" not in drawing.mermaid
    assert not re.search(r"^\s*end\b", drawing.mermaid.replace("subgraph legend", "").replace("\n  end\n", ""), re.MULTILINE)


def test_control_characters_leave_the_svg_well_formed():
    def harmless() -> int: ...

    graph = Builder().with_functions(**{"a\x00\x1b\ud800b": harmless}).build().graph
    ET.fromstring(draw(graph).svg)  # noqa: S314 - our own


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


def test_a_drawing_prints_as_text(shop):
    assert str(draw(shop)) == draw(shop).text


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
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(("name", "given"), [("shop.jpeg", "the suffix '.jpeg'"), ("shop", "a name without a suffix")])
def test_an_unknown_suffix_is_an_error_that_lists_the_known_ones(shop, tmp_path, name, given):
    with pytest.raises(DrawingError) as caught:
        draw(shop).write(tmp_path / name)
    assert str(caught.value) == (
        f"There is no format for {given}. Write to a file ending in one of: .html, .svg, .dot, .gv, .mmd, .txt, .png, .pdf."
    )
    assert list(tmp_path.iterdir()) == []


def test_without_graphviz_a_png_is_an_error_that_says_what_to_install(shop, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "shop.png"
    target.write_bytes(b"earlier")
    with pytest.raises(DrawingError, match=r"which is not installed\. Install the package `graphviz`"):
        draw(shop).write(target)
    assert target.read_bytes() == b"earlier"


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(shop, tmp_path):
    target = tmp_path / "shop.svg"
    (target / "in the way").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        draw(shop).write(target)
    assert [one.name for one in tmp_path.iterdir()] == ["shop.svg"]


@pytest.mark.native
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed here")
def test_graphviz_draws_a_png(shop, hostile, tmp_path):
    for number, graph in enumerate([shop, hostile]):
        draw(graph, overrides=["price"]).write(tmp_path / f"{number}.png")
        assert (tmp_path / f"{number}.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.native
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed here")
def test_graphviz_understands_every_role_without_a_complaint(graph_of):
    source = "@check_output(range=(0, 1))\ndef share(part: float, whole: float) -> float: ...\n"
    text = draw(graph_of(source, whole=4.0), overrides=["share_raw"]).dot
    run = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True)  # noqa: S607
    assert run.stderr == ""


@pytest.mark.native
def test_what_graphviz_refuses_is_an_error_with_its_words(shop, tmp_path, monkeypatch):
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho 'no such thing' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(DrawingError) as caught:
        draw(shop).write(tmp_path / "shop.png")
    assert str(caught.value) == "`dot` refused to draw a .png file: no such thing"
