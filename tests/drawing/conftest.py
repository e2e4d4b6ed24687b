"""Fixtures for drawings: graphs from source text."""

from collections.abc import Callable
from typing import Any

import pytest

import headwater
from headwater import Builder
from headwater.graph.graph import Graph

GraphOfSource = Callable[..., Graph]


@pytest.fixture
def graph_of() -> GraphOfSource:
    """Return a function that builds the graph of functions in source text, which may use Headwater's names."""

    def build(source: str, **config: Any) -> Graph:
        names: dict[str, Any] = {name: getattr(headwater, name) for name in headwater.__all__} | {"__name__": "shop"}
        known = set(names)
        exec(compile(source, "shop.py", "exec", dont_inherit=True), names)  # noqa: S102
        functions = [value for name, value in names.items() if name not in known and callable(value)]
        return Builder().with_functions(*functions).with_config(config).build().graph

    return build


@pytest.fixture
def shop(graph_of) -> Graph:
    """Return a graph with two inputs, one of them optional, an inner node and two outputs."""
    return graph_of(
        "def net(price: float, amount: int = 1) -> float:\n"
        '    "Before tax."\n'
        "    return price * amount\n"
        "def gross(net: float) -> float: ...\n"
        "def note(net: float, gross: float) -> str: ...\n"
        "def count(amount: int) -> int: ...\n"
    )
