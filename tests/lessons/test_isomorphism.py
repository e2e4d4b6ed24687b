"""The search for isomorphisms agrees with an exhaustive search, and recognizes renamed graphs as large as those in puzzles."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.lessons.isomorphism import is_isomorphic
from headwater.lessons.shape import GraphShape

pytestmark = pytest.mark.portable

QUARTER = settings(max_examples=max(1, settings.default.max_examples // 4))


@st.composite
def targets(draw, max_nodes: int) -> dict[str, list[str]]:
    """Return a graph in which each node depends on earlier ones. Some nodes without dependencies are inputs."""
    names = [f"n{number}" for number in range(draw(st.integers(1, max_nodes)))]
    edges = {name: draw(st.lists(st.sampled_from(names[:position]), unique=True, max_size=4)) if position else []
             for position, name in enumerate(names)}  # fmt: skip
    read = {source for sources in edges.values() for source in sources}
    inputs = {name for name in sorted(read) if not edges[name] and draw(st.booleans())}
    return {name: sources for name, sources in edges.items() if name not in inputs}


def renamed(target: dict[str, list[str]], order: list[str]) -> dict[str, list[str]]:
    """Return the same graph with the names in another order."""
    names = dict(zip(sorted(GraphShape.described(target).labels), order, strict=True))
    return {names[name]: [names[source] for source in sources] for name, sources in target.items()}


def is_isomorphic_by_force(first: GraphShape, second: GraphShape) -> bool:
    """Try all orders of the nodes."""
    names = list(first.labels)
    return len(names) == len(second.labels) and any(
        all(
            first.labels[name] == second.labels[other]
            and {pairs[source] for source in first.sources[name]} == second.sources[other]
            for name, other in pairs.items()
        )
        for pairs in (dict(zip(names, order, strict=True)) for order in permutations(second.labels))
    )


@given(st.data())
def test_a_renamed_graph_is_isomorphic(data) -> None:
    target = data.draw(targets(30))
    shape = GraphShape.described(target)
    other = GraphShape.described(renamed(target, data.draw(st.permutations(sorted(shape.labels)))))
    assert is_isomorphic(shape, other)
    assert is_isomorphic(other, shape)


@given(st.data())
def test_a_graph_with_an_edge_more_is_not_isomorphic(data) -> None:
    target = data.draw(targets(30))
    names = sorted(GraphShape.described(target).labels)
    near = renamed(target, data.draw(st.permutations(names)))
    near["last"] = []
    target["last"] = [names[0]]
    assert not is_isomorphic(GraphShape.described(target), GraphShape.described(near))


@QUARTER
@given(targets(6), targets(6))
def test_the_search_agrees_with_an_exhaustive_search(first: dict[str, list[str]], second: dict[str, list[str]]) -> None:
    shapes = GraphShape.described(first), GraphShape.described(second)
    assert is_isomorphic(*shapes) == is_isomorphic_by_force(*shapes)


@QUARTER
@given(st.data())
def test_a_moved_edge_agrees_with_an_exhaustive_search(data) -> None:
    target = data.draw(targets(6).filter(lambda target: any(target.values())))
    moved = {name: list(sources) for name, sources in target.items()}
    name = data.draw(st.sampled_from([name for name, sources in moved.items() if sources]))
    others = sorted(GraphShape.described(target).labels.keys() - {name})
    moved[name][0] = data.draw(st.sampled_from(others))
    shapes = GraphShape.described(target), GraphShape.described(moved)
    assert is_isomorphic(*shapes) == is_isomorphic_by_force(*shapes)


def crowns(*lengths: int) -> dict[str, list[str]]:
    """Return rings of these lengths, in which consumers and sources alternate: each consumer depends on its two neighbors."""
    rings = {
        f"c{ring}_{at}": [f"s{ring}_{at}", f"s{ring}_{(at + 1) % length}"]
        for ring, length in enumerate(lengths)
        for at in range(length)
    }
    return rings | {source: [] for sources in rings.values() for source in sources}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((6,), (3, 3), False),
        ((15,), (3, 12), False),
        ((3, 3, 3, 3, 3), (3, 6, 6), False),
        ((3, 5, 7), (7, 3, 5), True),
        ((3, 3, 3, 6), (6, 3, 3, 3), True),
    ],
)
def test_regular_graphs_need_the_search(first: tuple[int, ...], second: tuple[int, ...], expected: bool) -> None:
    assert is_isomorphic(GraphShape.described(crowns(*first)), GraphShape.described(crowns(*second))) is expected


def test_graphs_without_edges_and_without_nodes() -> None:
    thirty = GraphShape.described({f"n{number}": [] for number in range(30)})
    assert is_isomorphic(thirty, GraphShape.described({f"m{number}": [] for number in range(30)}))
    assert not is_isomorphic(thirty, GraphShape.described({}))
    assert is_isomorphic(GraphShape.described({}), GraphShape.described({}))


def test_a_named_node_must_be_in_the_same_place() -> None:
    chain, other = GraphShape.described({"a": [], "b": ["a"]}), GraphShape.described({"b": [], "a": ["b"]})
    assert is_isomorphic(chain, other)
    assert not is_isomorphic(chain, other, named=["a"])
    assert is_isomorphic(chain, GraphShape.described({"a": [], "c": ["a"]}), named=["a"])
