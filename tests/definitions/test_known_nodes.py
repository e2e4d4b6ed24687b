"""Nodes that are known from an earlier build."""

from __future__ import annotations

import warnings

from headwater import config, configuration, extract_fields, inject, parameterize, tag, value
from headwater.definitions.functions import Definition, definition_of, nodes_of
from headwater.definitions.known_nodes import KnownNodes
from headwater.errors import DecoratorWarning


@parameterize(weekly={"days": value(7)}, monthly={"days": value(30)})
def cost(rate: float, days: int) -> float:
    return rate * days


@inject(rate=configuration("rate"))
def tax(rate: float) -> float:
    return rate


@config.when(country="us")
def price__us() -> float:
    return 1.0


@config.when(country="de")
def price__de() -> float:
    return 2.0


def test_the_nodes_of_a_function_stay_the_same_objects() -> None:
    known, definitions = KnownNodes(), [definition_of(cost)]
    first = nodes_of(definitions, {}, reuse=known.nodes_of)
    assert [node.name for node in first] == ["weekly", "monthly"]
    assert list(map(id, nodes_of(definitions, {}, reuse=known.nodes_of))) == list(map(id, first))


def test_the_nodes_of_a_forgotten_module_are_created_again() -> None:
    known, definitions = KnownNodes(), [definition_of(cost)]
    first = nodes_of(definitions, {}, reuse=known.nodes_of)
    known.forget(__name__)
    assert nodes_of(definitions, {}, reuse=known.nodes_of)[0] is not first[0]


def test_another_function_or_another_definition_of_a_function_has_nodes_of_its_own() -> None:
    known = KnownNodes()

    def nodes(definition: Definition) -> list[tuple[str, object]]:
        return [(node.name, node.tags.get("unit")) for node in nodes_of([definition], {}, reuse=known.nodes_of)]

    plain = definition_of(cost)
    tagged = definition_of(tag(unit="eur")(cost))
    assert nodes(plain) == [("weekly", None), ("monthly", None)]
    assert nodes(tagged) == [("weekly", "eur"), ("monthly", "eur")]
    assert nodes(plain) == [("weekly", None), ("monthly", None)]
    assert not nodes_of([plain._replace(is_standalone=False)], {}, reuse=known.nodes_of)[0].is_standalone


def test_nodes_that_depend_on_the_config_follow_the_config() -> None:
    known, definitions = KnownNodes(), [definition_of(function) for function in (tax, price__us, price__de)]
    for settings in ({"rate": 0.1, "country": "us"}, {"rate": 0.2, "country": "de"}):
        rate, price = nodes_of(definitions, settings, reuse=known.nodes_of)
        expected_rate, expected_price = nodes_of(definitions, settings)
        assert rate.arguments == expected_rate.arguments
        assert price.function is expected_price.function


def test_warnings_are_issued_whenever_the_nodes_are_used() -> None:
    @extract_fields({"tax": str})
    def bill() -> dict[str, float]:
        return {}

    known = KnownNodes()
    for _ in range(2):
        with warnings.catch_warnings(record=True) as issued:
            warnings.simplefilter("always")
            nodes_of([definition_of(bill)], {}, reuse=known.nodes_of)
        assert [warning.category for warning in issued] == [DecoratorWarning]
