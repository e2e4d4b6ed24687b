"""The message names the first difference between a graph and the target."""

from __future__ import annotations

import pytest

from headwater.lessons.shape import GraphShape
from headwater.lessons.shape_difference import difference

DIAMOND = {"left": ["size"], "right": ["size"], "total": ["left", "right"]}
CHAIN = {"one": [], "two": ["one"], "three": ["two"], "four": ["three"]}


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"a": ["size"], "b": ["size"], "total": ["b", "a"]}, ""),
        (
            {"a": ["size"], "b": ["size"], "totals": ["a", "b"]},
            "There is no node `total` yet. Define it with a function or a decorator. Did you mean `totals`?",
        ),
        (
            {"a": ["weight"], "b": ["weight"], "total": ["a", "b"]},
            "There is no input `size` yet. Write a function with a parameter of that name.",
        ),
        (
            {"size": [], "a": ["size"], "b": ["size"], "total": ["a", "b"]},
            "`size` should be an input, but it is a node that a function computes once.",
        ),
        (
            {"a": ["total", "size"], "b": ["size"]},
            "`total` should be a node that a function computes once, but it is an input.",
        ),
        ({"a": ["size"], "total": ["a"]}, "The graph should have 4 nodes, but it has 3: `a`, `size`, `total`."),
        (
            {"a": ["size"], "total": ["a", "b"]},
            "The graph should have 1 input, but it has 2: `b`, `size`.",
        ),
        (
            {"a": ["size"], "b": ["size"], "total": ["a", "b", "sums"]},
            "The graph should have 4 nodes, but it has 5. No function computes `sums`.",
        ),
        (
            {"a": [], "b": [], "total": ["a", "b", "size"], "c": ["size"]},
            "The graph should have 4 nodes, but it has 5: `a`, `b`, `c`, `size`, `total`.",
        ),
        (
            {"a": ["size"], "b": ["size"], "total": ["a"]},
            "`total` should depend directly on 2 nodes, but it depends on 1: `a`.",
        ),
        (
            {"a": ["size"], "b": [], "total": ["a", "b"]},
            "`size` should be used by 2 nodes, but it is used by 1: `a`.",
        ),
        (
            {"a": ["size", "b"], "b": ["size"], "total": ["a", "b"]},
            (
                "The graph should have 4 edges, but it has 5. `a` depends directly on 2 nodes and is used by 1 node. "
                "The graph lacks a node that depends directly on 1 node and is used by 1 node."
            ),
        ),
    ],
)
def test_the_difference_from_a_diamond(found: dict[str, list[str]], message: str) -> None:
    assert difference(GraphShape.described(found), GraphShape.described(DIAMOND), named=["size", "total"]) == message


@pytest.mark.parametrize(
    ("order", "named", "message"),
    [
        (["one", "two", "four", "three"], "four", "No node should use `four`, but it is used by 1: `three`."),
        (["two", "one", "three", "four"], "one", "`one` should not depend on any node, but it depends on 1: `two`."),
    ],
)
def test_an_end_of_a_chain_in_its_middle(order: list[str], named: str, message: str) -> None:
    found = {name: order[place - 1 : place] if place else [] for place, name in enumerate(order)}
    assert difference(GraphShape.described(found), GraphShape.described(CHAIN), named=[named]) == message


def test_a_node_that_should_be_called_for_each_element() -> None:
    target = GraphShape.described({"item": [], "square": ["item"], "total": ["square"]}, for_each=["square"])
    found = GraphShape.described({"a": [], "b": ["a"], "c": ["b"]})
    message = "The graph should have 1 node whose function is called for each element, but it has none."
    assert difference(found, target) == message
    assert difference(found, target, named=["square"]).startswith("There is no node `square` yet.")


def test_an_input_that_a_function_should_compute() -> None:
    message = "The graph should have no inputs, but it has 1: `size`."
    assert difference(GraphShape.described({"a": ["size"]}), GraphShape.described({"a": [], "b": ["a"]})) == message


def test_a_long_list_of_names_is_cut() -> None:
    message = difference(GraphShape.described({f"n{number:02}": [] for number in range(12)}), GraphShape.described({"n00": []}))
    assert message.startswith("The graph should have 1 node, but it has 12: `n00`, `n01`, ")
    assert message.endswith("`n08`, `n09` and 2 more.")


def test_edges_that_connect_other_nodes() -> None:
    found = GraphShape.described({"one": [], "two": ["one"], "three": ["one"], "four": ["one"]})
    assert difference(found, GraphShape.described(CHAIN)) == (
        "The graph has the right number of nodes and edges, but some edges connect the wrong nodes. `four` depends directly "
        "on 1 node and is used by no nodes. The graph lacks a node that depends directly on 1 node and is used by 1 node."
    )


def test_equal_numbers_of_edges_at_each_node() -> None:
    found = GraphShape.described({"a": [], "b": ["a"], "c": ["b"], "d": ["c"], "e": [], "f": ["e"]})
    target = GraphShape.described({"a": [], "b": ["a"], "c": ["b"], "d": [], "e": ["d"], "f": ["e"]})
    assert difference(found, target) == (
        "Each node has the right number of edges, but some edges connect the wrong nodes. "
        "Compare the nodes before and after `b` with the target."
    )


def test_regular_graphs_that_only_the_search_distinguishes() -> None:
    sources = [f"s{number}" for number in range(6)]
    ring = {f"c{at}": [sources[at], sources[(at + 1) % 6]] for at in range(6)}
    rings = {f"c{at}": [sources[at], sources[at // 3 * 3 + (at + 1) % 3]] for at in range(6)}
    message = "Each node has the right number of edges, but some edges connect the wrong nodes."
    assert difference(GraphShape.described(ring), GraphShape.described(rings)) == message
