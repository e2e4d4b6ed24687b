"""Decorated functions with a parameter that has the function's name, and nodes that depend on themselves."""

from __future__ import annotations

import pandas as pd
import pytest

from headwater import (
    Builder,
    check_output,
    extract_columns,
    extract_fields,
    inject,
    load_from,
    parameterize,
    parameterized_subdag,
    pipe_input,
    pipe_output,
    source,
    step,
    subdag,
    tag,
    unpack_fields,
    value,
    with_columns,
)
from headwater.errors import CycleError, HeadwaterError


def plain(s: int) -> int:
    return s * 10


def record(s: dict) -> dict:
    return s


def pair(s: tuple[int, int]) -> tuple[int, int]:
    return s


def table(s: pd.DataFrame) -> pd.DataFrame:
    return s


def inner(i: int) -> int:
    return i + 1


def _plus(value: int, more: int = 1) -> int:
    return value + more


def doubled(a: pd.Series) -> pd.Series:
    return a * 2


def copy_function(function, name="s"):
    copy = type(function)(function.__code__, function.__globals__, name, function.__defaults__)
    copy.__annotations__ = function.__annotations__
    return copy


FED = {
    "subdag": (lambda: subdag(copy_function(inner)), "s", 20),
    "parameterized_subdag": (
        lambda: parameterized_subdag(copy_function(inner), first={"inputs": {"i": value(4)}}),
        "first",
        50,
    ),
    "inject of a source": (lambda: inject(s=source("i")), "s", 10),
    "inject of a value": (lambda: inject(s=value(3)), "s", 30),
    "parameterize": (lambda: parameterize(s={"s": source("i")}), "s", 10),
    "load_from": (lambda: load_from.literal(value=7), "s", 70),
}
AROUND = {
    "nothing": lambda function: function,
    "tag": tag(a="b"),
    "check_output": check_output(range=(0, 100)),
    "pipe_output": pipe_output(step(_plus, more=0)),
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize(("decorator", "output", "expected"), FED.values(), ids=FED)
def test_a_decorator_may_bind_the_parameter_with_the_name_of_the_function(decorator, output, expected, around):
    driver = Builder().with_functions(around(decorator()(copy_function(plain)))).build()
    assert driver.execute([output], inputs={"i": 1} if "i" in driver.graph else {}) == {output: expected}


CYCLES = {
    "tag": (tag(a="b"), plain),
    "check_output": (check_output(range=(0, 1)), plain),
    "pipe_output": (pipe_output(step(_plus)), plain),
    "pipe_input": (pipe_input(step(_plus)), plain),
    "extract_fields": (extract_fields({"p": int}), record),
    "unpack_fields": (unpack_fields("p"), pair),
    "extract_columns": (extract_columns("p"), table),
    "with_columns": (with_columns(doubled, columns_to_pass=["a"]), table),
    "an external input of a subdag": (subdag(inner, external_inputs=["s"]), plain),
    "parameterize": (parameterize(s={"s": source("s")}), plain),
}


@pytest.mark.parametrize(("decorator", "function"), CYCLES.values(), ids=CYCLES)
def test_a_node_that_depends_on_itself_is_a_cycle_with_function_and_line(decorator, function):
    with pytest.raises(CycleError) as caught:
        Builder().with_functions(decorator(copy_function(function))).build()
    lines = {(place.file, place.line) for place in caught.value.locations}
    assert (__file__, function.__code__.co_firstlineno) in lines


ABOVE = {
    "tag": tag(a="b"),
    "check_output": check_output(range=(0, 1)),
    "extract_fields": extract_fields({"p": int}),
    "pipe_output": pipe_output(step(_plus)),
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
@pytest.mark.parametrize(
    "below",
    [parameterize(x={"s": source("y")}, y={"s": source("x")}), pipe_output(step(_plus, more=source("s")))],
    ids=["two variants", "a step that depends on its own pipe"],
)
def test_a_cycle_of_nodes_of_one_function_names_them(above, below):
    with pytest.raises(CycleError, match="The dataflow has a cycle"):
        Builder().with_functions(above(below(copy_function(plain)))).build()


def test_a_frame_of_its_own_name_under_two_decorators_is_a_cycle():
    @extract_columns("a")
    @with_columns(doubled, columns_to_pass=["a"])
    def frame(frame: pd.DataFrame) -> pd.DataFrame: ...

    with pytest.raises(HeadwaterError, match=r"cycle: `frame.frame` -> `frame` -> `frame.frame`"):
        Builder().with_functions(frame).build()
