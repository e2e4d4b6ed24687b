"""Stacked decorators that bind parameters, in either order, and one decorator object on several functions."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from headwater import (
    Builder,
    check_output,
    configuration,
    dataloader,
    datasaver,
    group,
    inject,
    load_from,
    mutate,
    parameterize,
    parameterized_subdag,
    pipe_input,
    pipe_output,
    source,
    step,
    subdag,
    tag,
    value,
    with_columns,
)
from headwater.errors import DecoratorError


def scaled(amount: int, by: int = 2) -> int:
    return amount * by


def loaded(amount: int, by: int = 2) -> tuple[int, dict]:
    return amount * by, {"by": by}


def saved(amount: int, by: int = 2) -> dict:
    return {"saved": amount * by}


def summed(parts: list[int], by: int = 2) -> int:
    return sum(parts) * by


def _plus(value: int) -> int:
    return value + 1


def fresh(function, name=None):
    copy = type(function)(function.__code__, function.__globals__, name or function.__name__, function.__defaults__)
    copy.__annotations__ = function.__annotations__
    return copy


def built(*functions, **config):
    return Builder().with_functions(*functions).with_config(config).build()


def either_way(*decorators, function=scaled):
    """Yield the function with the decorators applied in each possible order."""
    for order in itertools.permutations(decorators):
        decorated = fresh(function)
        for decorate in order:
            decorated = decorate(decorated)
        yield decorated


TWO = parameterize(single={"by": value(1)}, ten={"by": value(10)})

HARMLESS = {
    "inject and parameterize": ((inject(amount=source("x")), TWO), {"single": 3, "ten": 30}),
    "inject of a value and parameterize": ((inject(amount=value(4)), TWO), {"single": 4, "ten": 40}),
    "inject of the config and parameterize": ((inject(amount=configuration("base")), TWO), {"single": 5, "ten": 50}),
    "inject twice": ((inject(amount=source("x")), inject(by=value(3))), {"scaled": 9}),
    "inject and pipe_input of one parameter": ((inject(amount=source("x")), pipe_input(step(_plus))), {"scaled": 8}),
    "inject of a value and pipe_input": ((inject(amount=value(4)), pipe_input(step(_plus))), {"scaled": 10}),
    "inject and pipe_input of two parameters": (
        (inject(amount=source("x")), pipe_input(step(_plus), on_input="by")),
        {"scaled": 9},
    ),
    "inject, pipe_input and parameterize": (
        (inject(amount=source("x")), pipe_input(step(_plus)), TWO),
        {"single": 4, "ten": 40},
    ),
    "inject and pipe_output": ((inject(amount=source("x")), pipe_output(step(_plus))), {"scaled": 7}),
    "inject and a check": ((inject(amount=source("x")), check_output(range=(0, 9))), {"scaled": 6}),
    "inject and load_from": ((inject(by=source("x")), load_from.literal(value=2, inject_="amount")), {"scaled": 6}),
    "inject and parameterized_subdag": (
        (
            inject(by=source("x")),
            parameterized_subdag(
                fresh(_plus, "amount"), external_inputs=["by"], low={"inputs": {"value": 1}}, high={"inputs": {"value": 9}}
            ),
        ),
        {"low": 6, "high": 30},
    ),
    "inject and tag": ((inject(amount=source("x")), tag(a="b")), {"scaled": 6}),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_decorators_combine_in_every_order(name):
    decorators, expected = HARMLESS[name]
    config = {"base": 5} if "config" in name else {}
    for decorated in either_way(*decorators):
        driver = built(decorated, **config)
        inputs = {"x": 3} if "x" in driver.graph else {}
        assert driver.execute(list(expected), inputs=inputs) == expected


def test_with_columns_accepts_an_injected_frame():
    def doubled(a: pd.Series) -> pd.Series:
        return a * 2

    def total(frame: pd.DataFrame) -> int:
        return int(frame["doubled"].sum())

    for decorated in either_way(inject(frame=source("raw")), with_columns(doubled, columns_to_pass=["a"]), function=total):
        driver = built(decorated)
        assert driver.execute(["total"], inputs={"raw": pd.DataFrame({"a": [1, 2]})}) == {"total": 6}


READING = {
    "inject": (inject(by=value(5)), {"loaded": 15}),
    "parameterize": (parameterize(single={"by": value(1)}, ten={"by": value(10)}), {"single": 3, "ten": 30}),
    "pipe_input": (pipe_input(step(_plus)), {"loaded": 8}),
    "pipe_output": (pipe_output(step(_plus)), {"loaded": 7}),
    "subdag": (subdag(fresh(_plus, "amount"), inputs={"value": 1}, external_inputs=["by"]), {"loaded": 4}),
}


@pytest.mark.parametrize(("decorator", "expected"), READING.values(), ids=READING)
def test_a_data_loader_combines_with_bindings_of_its_parameters(decorator, expected):
    for decorated in either_way(decorator, dataloader(), function=loaded):
        driver = built(decorated)
        inputs = {"amount": 3} if "amount" in driver.graph else {}
        assert driver.execute(list(expected), inputs=inputs) == expected
        assert {f"{name}.loader" for name in expected} <= set(driver.graph.nodes)


def test_a_data_saver_keeps_the_nodes_of_its_subdag():
    for decorated in either_way(
        subdag(fresh(_plus, "amount"), inputs={"value": 1}, external_inputs=["by"]), datasaver(), function=saved
    ):
        assert built(decorated).execute(["saved"]) == {"saved": {"saved": 4}}


FEED_TWICE = {
    "inject twice": (inject(by=source("x")), inject(by=value(3)), "`x`"),
    "inject and parameterize": (inject(by=value(3)), TWO, "a value"),
    "a pipe and parameterize": (pipe_input(step(_plus), on_input="by"), TWO, "`scaled.with_plus`"),
    "load_from and parameterize": (load_from.literal(value=1, inject_="by"), TWO, "`scaled.by`"),
    "a subdag and inject": (subdag(fresh(_plus, "by"), external_inputs=["amount"]), inject(by=value(3)), "`scaled.by`"),
}


@pytest.mark.parametrize(("first", "second", "feed"), FEED_TWICE.values(), ids=FEED_TWICE)
def test_a_parameter_that_two_decorators_bind_is_an_error(first, second, feed):
    with pytest.raises(DecoratorError) as caught:
        built(second(first(fresh(scaled))))
    expected = f"binds `by`, but another decorator already binds it to {feed}. Bind the parameter in only one decorator."
    assert expected in str(caught.value)
    assert caught.value.locations[0].line == scaled.__code__.co_firstlineno


def test_a_group_that_two_decorators_bind_is_an_error():
    decorated = inject(parts=value([1]))(inject(parts=group(source("x")))(fresh(summed)))
    with pytest.raises(DecoratorError, match="another decorator already binds it to a group"):
        built(decorated)


def test_a_group_is_not_piped():
    decorated = pipe_input(step(_plus))(inject(parts=group(source("x")))(fresh(summed)))
    with pytest.raises(DecoratorError) as caught:
        built(decorated)
    reason = "it cannot pipe the input `parts`, which is bound to a group. Collect the group in a separate function."
    assert str(caught.value) == f"@pipe_input on `summed` ({caught.value.locations[0]}): {reason}"
    assert caught.value.locations[0].line == summed.__code__.co_firstlineno


def test_a_frame_that_is_bound_to_a_value_cannot_get_columns():
    def doubled(a: pd.Series) -> pd.Series: ...

    def total(frame: pd.DataFrame) -> int: ...

    decorated = inject(frame=value(pd.DataFrame()))(with_columns(doubled, columns_to_pass=["a"])(total))
    with pytest.raises(DecoratorError, match="`frame` is the frame, but another decorator binds it to a value"):
        built(decorated)


# --- one decorator object on two functions ------------------------------------------------------------------------------

REUSED = {
    "tag": tag(a="b"),
    "inject": inject(by=value(2)),
    "a check": check_output(range=(0, 99)),
    "pipe_input": pipe_input(step(_plus), step(_plus)),
    "pipe_output": pipe_output(step(_plus)),
    "subdag": subdag(fresh(_plus, "amount"), external_inputs=["by"]),
    "load_from": load_from.literal(value=3, inject_="amount"),
}


@pytest.mark.parametrize("decorator", REUSED.values(), ids=REUSED)
def test_one_decorator_object_decorates_two_functions(decorator):
    both = built(decorator(fresh(scaled, "first")), decorator(fresh(scaled, "second")))
    alone = built(decorator(fresh(scaled, "first")))
    inputs = {name: 3 for name in ("amount", "value", "by") if name in both.graph}
    values = both.execute(["first", "second"], inputs=inputs)
    assert values["first"] == values["second"] == alone.execute(["first"], inputs=inputs)["first"]


def test_one_mutate_object_applies_once_for_each_decorated_function():
    target = fresh(scaled)
    decorate = mutate(target)
    decorate(fresh(_plus, "_first"))
    decorate(fresh(_plus, "_second"))
    driver = built(target)
    assert driver.execute(["scaled"], inputs={"amount": 1}) == {"scaled": 4}
    assert {"scaled.with_first", "scaled.with_second"} <= set(driver.graph.nodes)
