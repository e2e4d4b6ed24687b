"""Steps of pipes for several inputs and outputs, and steps used several times."""

from __future__ import annotations

import pytest

from headwater import Builder, apply_to, extract_fields, mutate, pipe_input, pipe_output, step
from headwater.errors import DecoratorError


def _doubled(value: int) -> int:
    return value * 2


def three():
    @extract_fields({"a": int, "b": int, "c": int})
    def d() -> dict[str, int]:
        return {"a": 1, "b": 2, "c": 3}

    return d


def added(a: int, b: int) -> int:
    return a + b


def fresh():
    copy = type(added)(added.__code__, added.__globals__, "added")
    copy.__annotations__ = added.__annotations__
    return copy


TWICE_A_AND_B = {"a": 2, "b": 4, "c": 3}
OUTPUTS = {
    "names": (("a", "b"), TWICE_A_AND_B),
    "a list": ((["a", "b"],), TWICE_A_AND_B),
    "a tuple": ((("a", "b"),), TWICE_A_AND_B),
    "a list and a name": ((["a"], "b"), TWICE_A_AND_B),
    "a name twice": (("a", "a", ["b", "a"]), TWICE_A_AND_B),
    "None": ((None,), {"a": 2, "b": 4, "c": 6}),
}


@pytest.mark.parametrize(("names", "expected"), OUTPUTS.values(), ids=OUTPUTS)
def test_a_step_can_pipe_several_outputs(names, expected):
    driver = Builder().with_functions(pipe_output(step(_doubled).on_output(*names))(three())).build()
    assert driver.execute(["a", "b", "c"]) == expected


def test_a_step_can_pipe_all_nodes():
    def left(value: dict) -> dict:
        return {**value, "left": 1}

    @pipe_output(step(left).on_output(...))
    def d() -> dict:
        return {}

    assert Builder().with_functions(d).build().execute(["d"]) == {"d": {"left": 1}}


@pytest.mark.parametrize("names", [("a", "b"), (["a", "b"],), (("a",), "b"), ("a", "b", "a")])
def test_a_step_can_pipe_several_inputs(names):
    driver = Builder().with_functions(pipe_input(step(_doubled).on_input(*names))(fresh())).build()
    assert driver.execute(["added"], inputs={"a": 1, "b": 10}) == {"added": 22}
    assert {"added.a.with_doubled", "added.b.with_doubled"} <= set(driver.graph.nodes)


def test_a_mutation_can_change_several_outputs():
    function = three()
    decorated = mutate(apply_to(function).on_output(["a", "b"]))

    @decorated
    def _twice(value: int) -> int:
        return value * 2

    assert Builder().with_functions(function).build().execute(["a", "b", "c"]) == TWICE_A_AND_B


REFUSED = {
    "no name": ((), "`.on_output()` of the step `with_doubled` does not name an output. Name one, or remove the call."),
    "an empty list": (
        ([],),
        "`.on_output()` of the step `with_doubled` does not name an output. Name one, or remove the call.",
    ),
    "a number": (
        (3,),
        "`.on_output(...)` of the step `with_doubled` takes a name or a list of names, such as `['a', 'b']`, not (3,).",
    ),
    "a set": (
        ({"a"},),
        "`.on_output(...)` of the step `with_doubled` takes a name or a list of names, such as `['a', 'b']`, not ({'a'},).",
    ),
}


@pytest.mark.parametrize(("names", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_invalid_output_name_is_refused(names, reason):
    with pytest.raises(DecoratorError) as caught:
        pipe_output(step(_doubled).on_output(*names))(three())
    assert str(caught.value).endswith(reason)


again = step(_doubled)
NAMES = {
    "twice in a chain": (lambda: pipe_output(again, again), ["added.with_doubled", "added.with_doubled_1"]),
    "three times": (
        lambda: pipe_input(again, again, again),
        ["added.with_doubled", "added.with_doubled_1", "added.with_doubled_2"],
    ),
    "in two decorators": (
        lambda: lambda function: pipe_output(again)(pipe_input(again)(function)),
        ["added.with_doubled", "added.with_doubled_1"],
    ),
    "for two inputs": (
        lambda: pipe_input(again, again, on_input=["a", "b"]),
        ["added.a.with_doubled", "added.a.with_doubled_1", "added.b.with_doubled", "added.b.with_doubled_1"],
    ),
    "for two inputs without a namespace": (
        lambda: pipe_input(again, on_input=["a", "b"], namespace=None),
        ["with_doubled", "with_doubled_1"],
    ),
    "named twice": (lambda: pipe_output(again.named("x"), again.named("x")), ["added.x", "added.x_1"]),
    "some with conditions": (
        lambda: pipe_output(again.when(unset=1), again, again),
        ["added.with_doubled", "added.with_doubled_1"],
    ),
}


@pytest.mark.parametrize(("decorator", "names"), NAMES.values(), ids=NAMES)
def test_a_step_that_is_used_again_gets_the_next_number(decorator, names):
    driver = Builder().with_functions(decorator()(fresh())).build()
    assert [name for name in driver.graph.nodes if "with_doubled" in name or ".x" in name] == names
