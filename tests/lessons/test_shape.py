"""The shape of a graph: labels and edges."""

import pytest

from headwater.lessons.shape import GraphShape


def test_the_shape_of_a_session(session) -> None:
    flow = """
from headwater import Collect, Parallelizable, config

def item(limit: int = 3) -> Parallelizable[int]:
    yield from range(limit)

def square(item: int, power: int) -> int:
    return item**power

@config.when(mode="sum")
def total(square: Collect[int], square_: int = 0) -> int:
    return sum(square)
"""
    session.update({"flow.py": flow}, config={"mode": "sum", "power": 2})
    session.run()
    shape = GraphShape.of(session.latest_run.graph)
    assert shape.labels == {
        "limit": "input",
        "item": "function",
        "power": "config",
        "square": "for each",
        "square_": "input",
        "total": "function",
    }
    assert shape.sources["square"] == {"item", "power"}
    assert shape.consumers["square"] == {"total"}
    assert shape.number_of_edges == 5


def test_a_described_shape() -> None:
    shape = GraphShape.described({"item": ["limit"], "square": ["item"]}, for_each=["square"])
    assert shape.labels == {"limit": "input", "item": "function", "square": "for each"}
    assert shape.labeled("input") == ["limit"]
    with pytest.raises(ValueError, match="`for_each` names 'cube'"):
        GraphShape.described({"square": []}, for_each=["cube"])
