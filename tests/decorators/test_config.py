"""Which functions `config.when`, the other `config` decorators and `exclude` include or exclude."""

import re

import pytest

from headwater import (
    Builder,
    config,
    exclude,
)
from headwater.errors import DecoratorError, DuplicateNode, MissingInput


@config.when(region="us")
def tax__us(price: float) -> float:
    return price * 0.08


@config.when_in(region=["de", "fr"])
def tax__eu(price: float) -> float:
    return price * 0.19


@config.otherwise
def tax__elsewhere(price: float) -> float:
    return price * 0.5


@pytest.mark.parametrize(
    ("values", "expected"), [({"region": "us"}, 8.0), ({"region": "fr"}, 19.0), ({"region": "jp"}, 50.0), ({}, 50.0)]
)
def test_the_config_selects_the_variant(values, expected):
    driver = Builder().with_functions(tax__us, tax__eu, tax__elsewhere).with_config(values).build()
    assert driver.execute(["tax"], inputs={"price": 100.0}) == {"tax": expected}


@pytest.mark.parametrize(("values", "present"), [({"mode": "fast"}, False), ({"mode": "slow"}, True), ({}, True)])
def test_when_not_and_when_not_in_exclude(values, present):
    @config.when_not(mode="fast")
    def first() -> int: ...

    @config.when_not_in(mode=["fast", "faster"])
    def second() -> int: ...

    nodes = Builder().with_functions(first, second).with_config(values).build().graph
    assert ("first" in nodes, "second" in nodes) == (present, present)


@pytest.mark.parametrize(
    ("values", "present"), [({"year": 2024}, True), ({"year": 2020}, False), ({"year": 2020, "more": 1}, True)]
)
def test_a_function_of_config_values_decides(values, present):
    @config.where(lambda year, *, more=0: year + more > 2020)
    def first() -> int: ...

    assert ("first" in Builder().with_functions(first).with_config(values).build().graph) == present


def test_a_function_of_config_values_gets_none_for_a_missing_key():
    @config.where(lambda region: region is None)
    def tax__anywhere() -> int: ...

    @config.otherwise
    def tax__elsewhere() -> int: ...

    builder = Builder().with_functions(tax__anywhere, tax__elsewhere)
    assert builder.build().graph.nodes["tax"].function is tax__anywhere
    assert builder.with_config({"region": "eu"}).build().graph.nodes["tax"].function is tax__elsewhere


def test_the_error_of_a_failing_function_of_config_values_lists_its_arguments():
    @config.where(lambda year: year > 2020)
    def first() -> int: ...

    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(first).build()
    assert "@config.where on `first` (" in str(caught.value)
    assert "its condition failed for year=None: TypeError: " in str(caught.value)
    assert isinstance(caught.value.__cause__, TypeError)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (3, "it takes a function of config values, not 3."),
        (
            lambda *keys: not keys,
            (
                "its function receives config values as keyword arguments, so it cannot have `*keys`. "
                "Write one parameter for each key."
            ),
        ),
        (max, "the parameters of <built-in function max> cannot be read. Use a function written in Python."),
    ],
)
def test_an_invalid_condition_is_refused(condition, reason):
    def first() -> int: ...

    with pytest.raises(DecoratorError, match=re.escape(reason)):
        config.where(condition)(first)


def test_several_conditions_must_all_hold():
    @config.when(a=1)
    @config.when(b=2)
    def first() -> int: ...

    builder = Builder().with_functions(first)
    assert "first" in builder.with_config({"a": 1, "b": 2}).build().graph
    assert "first" not in builder.with_config({"a": 1}).build().graph


def test_a_variant_function_can_be_requested_as_its_node():
    driver = Builder().with_functions(tax__us, tax__elsewhere).with_config({"region": "us"}).build()
    assert driver.run(tax__us, price=100.0) == 8.0


def test_two_variants_that_both_hold_are_a_duplicate():
    @config.when(a=1)
    def x__one() -> int: ...

    @config.when(b=1)
    def x__two() -> int: ...

    with pytest.raises(DuplicateNode, match="`x`"):
        Builder().with_functions(x__one, x__two).with_config({"a": 1, "b": 1}).build()


def test_without_a_matching_variant_the_name_is_an_input():
    def total(tax: float) -> float: ...

    driver = Builder().with_functions(tax__us, total).build()
    with pytest.raises(MissingInput, match="`tax`"):
        driver.execute(["total"])


def test_a_suffix_without_a_config_decorator_is_part_of_the_name():
    def tax__plain() -> float: ...

    assert "tax__plain" in Builder().with_functions(tax__plain).build().graph


def test_a_variant_needs_a_name_before_its_suffix():
    @config.when(region="us")
    def tax__() -> int: ...

    with pytest.raises(DecoratorError, match="`name__variant`"):
        Builder().with_functions(tax__).with_config({"region": "us"}).build()


def test_an_excluded_function_is_not_a_node(module):
    flows = module(
        "flows", "from headwater import exclude\n@exclude\ndef helper__(x: int) -> int: ...\ndef node() -> int: ...\n"
    )
    assert set(Builder().with_modules(flows).build().graph.nodes) == {"node"}


def test_an_excluded_function_can_still_be_called():
    @exclude
    def helper(x: int) -> int:
        return x + 1

    assert helper(1) == 2
