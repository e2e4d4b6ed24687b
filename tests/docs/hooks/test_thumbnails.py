"""Small drawings of graphs for the gallery."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from headwater.session import Session


@pytest.fixture(scope="module")
def thumbnails(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("thumbnails")


def graph_of(code: str) -> Any:
    with Session() as session:
        session.update({"flow.py": code})
        return session.graph()


def test_a_thumbnail_has_a_box_for_each_node_and_says_how_many(thumbnails: Any) -> None:
    svg = thumbnails.thumbnail(graph_of("def total(price: int, count: int = 2) -> int: return price * count\n"))
    assert sorted(re.findall(r'<rect class="([^"]*)"', svg)) == ["function output", "input", "input"]
    assert 'aria-label="Graph with 3 nodes"' in svg
    assert "\n" not in svg


def test_a_node_without_arrows_is_drawn(thumbnails: Any) -> None:
    svg = thumbnails.thumbnail(graph_of("def one() -> int: return 1\n"))
    assert 'aria-label="Graph with 1 node"' in svg
    assert svg.count("<rect") == 1


def test_mapped_nodes_are_marked(thumbnails: Any) -> None:
    code = (
        "from headwater import Parallelizable\n"
        "def word() -> Parallelizable[str]: return ['a']\n"
        "def length(word: str) -> int: return len(word)\n"
    )
    assert re.findall(r'<rect class="([^"]*)"', thumbnails.thumbnail(graph_of(code))) == ["function", "function output mapped"]


def test_only_some_of_many_nodes_of_one_function_are_drawn(thumbnails: Any) -> None:
    code = (
        "from headwater import parameterize, value\n"
        "@parameterize(**{f'n{i}': {'x': value(i)} for i in range(300)})\n"
        "def n(x: int) -> int: return x\n"
    )
    svg = thumbnails.thumbnail(graph_of(code))
    assert svg.count('<rect class="function') <= 2 * thumbnails.MAX_NODES_OF_FUNCTION
    assert 'aria-label="Graph with 300 nodes"' in svg
