"""The boxes and arrows of a graph, and their roles."""

import pytest

from headwater.drawing import Style, draw
from headwater.drawing.graph_view import draw_view
from headwater.drawing.picture import picture_of
from headwater.errors import DrawingError, UnknownNode
from headwater.outline import outline


def roles(picture):
    return {box.name: box.role for box in picture.boxes}


def arrows(picture):
    names = [box.name for box in picture.boxes]
    return sorted((names[arrow.source], names[arrow.target]) for arrow in picture.arrows)


def test_all_of_a_graph_is_drawn_with_the_nodes_that_nothing_reads_as_outputs(shop):
    picture = picture_of(shop)
    assert roles(picture) == {
        "price": "input", "amount": "input", "net": "function", "gross": "function", "note": "function", "count": "function",
    }  # fmt: skip
    assert {box.name for box in picture.boxes if box.is_output} == {"note", "count"}
    assert arrows(picture) == [
        ("amount", "count"), ("amount", "net"), ("gross", "note"), ("net", "gross"), ("net", "note"), ("price", "net"),
    ]  # fmt: skip


def test_arrows_lead_from_earlier_boxes_to_later_boxes(shop):
    assert all(arrow.source < arrow.target for arrow in picture_of(shop).arrows)


def test_with_outputs_only_their_dependencies_are_drawn(shop):
    picture = picture_of(shop, outputs=["gross"])
    assert set(roles(picture)) == {"price", "amount", "net", "gross"}
    assert {box.name for box in picture.boxes if box.is_output} == {"gross"}


def test_nothing_behind_an_override_is_drawn(shop):
    picture = picture_of(shop, outputs=["note"], overrides=["net"])
    assert roles(picture) == {"net": "override", "gross": "function", "note": "function"}
    assert arrows(picture) == [("gross", "note"), ("net", "gross"), ("net", "note")]


def test_an_override_in_a_complete_drawing_has_no_incoming_arrows(shop):
    picture = picture_of(shop, overrides=["net"])
    assert roles(picture)["net"] == "override"
    assert ("price", "net") not in arrows(picture)


def test_an_unknown_output_is_an_error(shop):
    with pytest.raises(UnknownNode, match="Did you mean `gross`"):
        draw(shop, outputs=["grosss"])


def test_inputs_can_be_hidden(shop):
    picture = picture_of(shop, hide_inputs=True)
    assert set(roles(picture).values()) == {"function"}
    assert arrows(picture) == [("gross", "note"), ("net", "gross"), ("net", "note")]


def test_optional_parameters_have_optional_arrows_and_show_their_default(shop):
    picture = picture_of(shop)
    names = [box.name for box in picture.boxes]
    assert {(names[a.source], names[a.target]) for a in picture.arrows if a.optional} == {("amount", "net")}


def test_checks_and_config_values_have_roles_of_their_own(graph_of):
    source = "@check_output(range=(0, 1))\ndef share(part: float, whole: float) -> float: ...\n"
    picture = picture_of(graph_of(source, whole=4.0))
    assert roles(picture) == {
        "part": "input", "whole": "config", "share_raw": "function", "share_range_validator": "check", "share": "function",
    }  # fmt: skip
    assert next(box.type for box in picture.boxes if box.name == "whole") == "float = 4.0"


def test_the_legend_lists_only_the_roles_in_the_picture(shop):
    assert [box.name for box in picture_of(shop).legend] == ["input", "function", "output"]
    assert [box.name for box in picture_of(shop, hide_inputs=True, overrides=["net"]).legend] == [
        "function", "override", "output",
    ]  # fmt: skip
    assert picture_of(shop, show_legend=False).legend == ()


def test_a_style_function_colours_nodes_and_adds_to_the_legend(shop):
    def style(node):
        return Style(fill="#ffd", label="money") if node.type is float else None

    picture = picture_of(shop, style=style)
    assert {box.name for box in picture.boxes if box.style.fill == "#ffd"} == {"price", "net", "gross"}
    assert [box.name for box in picture.legend] == ["input", "function", "output", "money"]


@pytest.mark.parametrize("colour", ["url(http://example.org)", "red;stroke:blue", '"><script>', "#12", "", "rgb(1,2,3)"])
def test_an_invalid_color_is_refused(colour):
    with pytest.raises(DrawingError, match="must be a color such as `#0b7a8f` or `teal`"):
        Style(fill=colour)


def test_another_orientation_is_refused(shop):
    with pytest.raises(DrawingError) as caught:
        draw(shop, orient="UP")
    assert str(caught.value) == "`orient` must be one of 'TB', 'BT', 'LR', 'RL', not 'UP'."


def test_drawing_changes_nothing_of_the_graph(shop):
    before = dict(shop.nodes)
    drawing = draw(shop, outputs=["note"], overrides=["net"])
    assert all([drawing.dot, drawing.mermaid, drawing.text, drawing.svg, drawing.html])
    assert dict(shop.nodes) == before


ELEMENTS = """
def word(text: str) -> Parallelizable[str]: ...
def length(word: str) -> int: ...
def longest(length: Collect[int]) -> int: ...
"""


def test_a_function_for_each_element_names_the_elements_and_adds_to_the_legend(graph_of):
    picture = picture_of(graph_of(ELEMENTS))
    assert {box.name: (box.type, box.is_mapped) for box in picture.boxes if box.role == "function"} == {
        "word": ("Parallelizable[str]", False),
        "length": ("int for each word", True),
        "longest": ("int", False),
    }
    assert [box.name for box in picture.legend] == ["input", "function", "output", "called for each element"]


def test_a_function_for_each_element_is_a_stack_in_every_format_that_has_one(graph_of):
    drawing = draw(graph_of(ELEMENTS), show_legend=False)
    assert [line for line in drawing.text.splitlines() if "length " in line] == [
        "  length   int for each word    <- word",
    ]
    (stacked,) = (line for line in drawing.dot.splitlines() if "peripheries" in line)
    assert "<b>length</b>" in stacked
    assert '"<b>length</b><br/><small>int for each word</small>"' in drawing.mermaid
    assert drawing.svg.count('class="behind"') == drawing.html.count('class="behind"') == 2


def test_a_legend_has_a_stack_if_the_format_has_one(graph_of):
    drawing = draw(graph_of(ELEMENTS))
    assert drawing.svg.count('class="behind"') == drawing.html.count('class="behind"') == 4
    assert drawing.dot.count("peripheries") == 2
    assert "called for each element" not in drawing.mermaid


def test_an_outline_is_drawn_like_the_graph(graph_of):
    outlined = outline({"shop.py": f"from headwater import Collect, Parallelizable\n{ELEMENTS}"})
    assert draw_view(outlined).text == draw(graph_of(ELEMENTS)).text
    assert draw_view(outlined).svg.count('class="behind"') == 4
