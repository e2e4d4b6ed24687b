"""Pages list nodes in the order of their definitions, regardless of their dependencies."""

from collections.abc import Callable
from copy import copy
from types import ModuleType

import pytest

from headwater import Builder, parameterized_subdag, pipe_input, pipe_output, step, subdag, value
from headwater.graph.graph import Graph
from headwater.graph.source_order import in_source_order


def price() -> float:
    return 10.0


def total(price: float, rate: float) -> float:
    return price * rate


def early(late: float, rate: float) -> float:
    return late * rate


def late(start: float) -> float:
    return start


def _scaled(amount: float, by: float) -> float:
    return amount * by


@pipe_output(step(_scaled, by=2.0).named("twice"), step(_scaled, by=3.0).named("thrice"))
def piped(price: float) -> float:
    return price


@pipe_input(step(_scaled, by=2.0).named("twice"))
def fed(price: float) -> float:
    return price


@subdag(total, late, inputs={"rate": value(0.5)})
def nested(total: float, late: float) -> float:
    return total + late


@subdag(nested, total, inputs={"start": value(1.0)})
def outer(nested: float) -> float:
    return nested


@parameterized_subdag(late, one={"inputs": {"start": value(1.0)}}, two={"inputs": {"start": value(2.0)}})
def each(late: float) -> float:
    return late


def names(graph: Graph) -> list[str]:
    return [node.name for node in in_source_order(graph)]


CASES: dict[str, tuple[list[Callable[..., object]], list[str]]] = {
    "inputs come before their first use": ([price, total], ["price", "rate", "total"]),
    "a function may use later functions": ([early, late], ["rate", "early", "start", "late"]),
    "a pipe's steps come directly before the function": (
        [total, piped, price],
        ["rate", "total", "piped.raw", "piped.twice", "piped.thrice", "piped", "price"],
    ),
    "steps of an input come directly before the function": ([fed, price], ["fed.twice", "fed", "price"]),
    "a subdag's nodes come directly before the subdag": (
        [late, nested, price],
        ["start", "late", "nested.rate", "nested.total", "nested.late", "nested", "price"],
    ),
    "subdags of one function follow one another": (
        [each, price],
        ["one.start", "one.late", "one", "two.start", "two.late", "two", "price"],
    ),
    "nested subdags": (
        [outer],
        [
            *["outer.start", "outer.nested.rate", "price", "outer.nested.total", "outer.nested.late", "outer.nested"],
            *["rate", "outer.total", "outer"],
        ],
    ),
}


@pytest.mark.parametrize(("functions", "expected"), CASES.values(), ids=CASES)
def test_nodes_are_in_the_order_of_their_definitions(functions, expected):
    assert names(Builder().with_functions(*functions).build().graph) == expected


def test_config_is_where_the_function_is_that_it_replaces():
    graph = Builder().with_functions(late, price, total).with_config({"price": 3.0, "rate": 0.5}).build().graph
    assert names(graph) == ["start", "late", "price", "rate", "total"]


def test_config_that_no_function_reads_is_omitted():
    with pytest.warns(match="no effect"):
        graph = Builder().with_functions(price).with_config({"rates": 0.5}).build().graph
    assert names(graph) == ["price"]


def test_copies_of_a_graph_keep_the_order():
    graph = Builder().with_functions(early, late).build().graph
    copies = [copy(graph), graph.with_inputs({"other": 1.0})]
    assert [names(same) for same in copies] == [names(graph)] * 2


def test_functions_of_modules_are_in_the_order_of_the_modules(module: Callable[[str, str], ModuleType]):
    first = module("first", "def b(a: int) -> int: ...\n\ndef c(d: int) -> int: ...\n")
    second = module("second", "def d(b: int) -> int: ...\n\ndef a() -> int: ...\n")
    assert names(Builder().with_modules(second, first).build().graph) == ["d", "a", "b", "c"]
