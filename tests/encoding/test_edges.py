"""The edges of successive versions of a graph."""

from headwater import Builder
from headwater.encoding.edges import Edges


def price() -> float:
    return 1.0


def total(price: float, rate: float = 0.2) -> float:
    return price * rate


def report(total: float, price: float) -> float:
    return total + price


def test_each_pair_of_nodes_has_one_edge():
    edges = Edges().of(Builder().with_functions(price, total).build().graph)
    assert edges == [
        {"source": "price", "target": "total", "optional": False},
        {"source": "rate", "target": "total", "optional": True},
    ]


def test_the_edges_to_an_unchanged_node_stay_the_same_objects():
    edges, graph = Edges(), Builder().with_functions(price, total).build().graph
    before = edges.of(graph)
    assert list(map(id, edges.of(graph))) == list(map(id, before))


def test_new_and_removed_nodes_change_the_edges():
    edges = Edges()
    edges.of(Builder().with_functions(price, total).build().graph)
    longer = edges.of(Builder().with_functions(price, total, report).build().graph)
    assert [(edge["source"], edge["target"]) for edge in longer if edge["target"] == "report"] == [
        ("total", "report"),
        ("price", "report"),
    ]
    assert edges.of(Builder().with_functions(price).build().graph) == []
