"""Drawings of graphs in the wire format."""

import pytest

from headwater.drawing.graph_view import draw_view, in_topological_order
from headwater.outline import outline


def order(code: str) -> list[str]:
    return [node["name"] for node in in_topological_order(outline({"flow.py": code}))]


def test_nodes_follow_their_dependencies_whatever_the_order_of_the_functions() -> None:
    code = "def c(b: int) -> int: ...\ndef b(a: int) -> int: ...\ndef a() -> int: ...\n"
    assert order(code) == ["a", "b", "c"]
    drawing = draw_view(outline({"flow.py": code}))
    assert drawing.text == "  a  int\n  b  int  <- a\n* c  int  <- b"
    assert drawing.svg.count('class="arrow"') == 2


def test_nodes_that_do_not_depend_on_each_other_keep_their_order() -> None:
    assert order("def b() -> int: ...\ndef a() -> int: ...\ndef c(a: int) -> int: ...\n") == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("code", "names", "arrows"),
    [
        ("def a(b: int) -> int: ...\ndef b(a: int) -> int: ...\n", ["a", "b"], 1),
        ("def a(a: int) -> int: ...\n", ["a"], 0),
        # Only an arrow within the cycle is omitted, not the one that leads from the cycle to `d`.
        ("def d(b: int) -> int: ...\ndef a(b: int) -> int: ...\ndef b(a: int) -> int: ...\n", ["b", "d", "a"], 2),
    ],
)
def test_a_cycle_is_drawn_without_the_arrow_that_closes_it(code: str, names: list[str], arrows: int) -> None:
    assert order(code) == names
    assert draw_view(outline({"flow.py": code})).svg.count('class="arrow"') == arrows


def test_long_chains_are_ordered() -> None:
    code = "".join(f"def n{index}(n{index + 1}: int) -> int: ...\n" for index in range(2_000)) + "def n2000() -> int: ...\n"
    assert order(code) == [f"n{index}" for index in range(2_000, -1, -1)]
