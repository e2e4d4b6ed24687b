"""A node can be computed by itself, from the values of its dependencies."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, group, inject, source, value
from headwater.caching.equality import is_equal

if TYPE_CHECKING:
    from headwater.graph.node import Node

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "decorators").glob("*.py"))


def total(price: float, rate: float = 0.5) -> float:
    return price * rate


@inject(rate=value(2.0), price=source("old_price"))
def discounted(price: float, rate: float) -> float:
    return price * rate


@pytest.fixture
def nodes() -> dict[str, Node]:
    return {node.name: node for node in Builder().with_functions(total, discounted).build().graph}


def test_a_node_is_computed_from_its_dependencies(nodes: dict[str, Node]) -> None:
    assert nodes["total"].compute(price=10.0, rate=0.2) == 2.0
    assert nodes["total"].compute(price=10.0) == 5.0
    assert nodes["discounted"].compute(price=10.0) == 20.0


def test_each_member_of_a_group_is_a_dependency() -> None:
    @inject(numbers=group(source("a"), source("b")), named=group(x=source("a"), y=source("c")))
    def combined(numbers: list[int], named: dict[str, int]) -> tuple[list[int], dict[str, int]]:
        return numbers, named

    node = Builder().with_functions(combined).build().graph["combined"]
    values = {"a": 1, "b": 2, "c": 3}
    arguments = {dependency.parameter: values[dependency.source] for dependency in node.dependencies}
    assert node.compute(**arguments) == ([1, 2], {"x": 1, "y": 3})


def test_a_parameter_may_be_called_self() -> None:
    def doubled(self: int) -> int:
        return self * 2

    assert Builder().with_functions(doubled).build().graph["doubled"].compute(self=2) == 4


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_node_of_every_decorator_computes_the_same_by_itself_as_in_a_run(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)  # the examples' data is in this folder
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[path.stem] = module
    specification.loader.exec_module(module)
    driver = Builder().with_modules(module).with_config(getattr(module, "CONFIG", {})).build()
    nodes = {node.name: node for node in driver.graph if node.kind == "function" and node.name in module.EXPECTED}
    for name, node in nodes.items():
        read = [dependency for dependency in node.dependencies if dependency.source not in module.INPUTS]
        values = {**module.INPUTS, **driver.execute([dependency.source for dependency in read], inputs=module.INPUTS)}
        arguments = {dependency.parameter: values[dependency.source] for dependency in node.dependencies}
        assert is_equal(node.compute(**arguments), driver.execute([name], inputs=module.INPUTS)[name])


@pytest.mark.parametrize(
    ("node", "arguments", "message"),
    [
        ("total", {}, "`total` needs `price`."),
        ("total", {"price": 1.0, "rat": 2.0}, "`total` has no parameter `rat`. Did you mean `rate`?"),
        ("discounted", {"price": 1.0, "rate": 3.0}, "`discounted` has no parameter `rate`."),
        ("price", {}, "No function computes `price`."),
    ],
)
def test_a_node_that_cannot_be_computed_is_an_error(
    nodes: dict[str, Node], node: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        nodes[node].compute(**arguments)
