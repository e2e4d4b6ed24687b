"""`pipe_input`, `pipe_output` and `mutate`: chains of functions."""

import pytest

from headwater import (
    apply_to,
    configuration,
    extract_fields,
    group,
    mutate,
    pipe_input,
    pipe_output,
    source,
    step,
    value,
)
from headwater.errors import IncompatibleTypes, MissingAnnotation


def _added(amount: int, more: int = 1) -> int:
    return amount + more


def _times(amount: int, *, by: int) -> int:
    return amount * by


def _worded(amount: int) -> str:
    return f"{amount} pieces"


def _nothing() -> int:
    return 0


def _bare(amount):
    return amount


def total(price: int, tax: int) -> int:
    return price + tax


def pair() -> dict[str, int]:
    return {"low": 1, "high": 9}


# --- pipe_input -------------------------------------------------------------------------------------------------------


def test_the_first_parameter_is_piped_through_the_steps_in_order(flow, fresh):
    driver = flow(pipe_input(step(_added, more=2), step(_times, by=10))(fresh(total)))
    values = driver.execute(["total.with_added", "total.with_times", "total"], inputs={"price": 1, "tax": 5})
    assert values == {"total.with_added": 3, "total.with_times": 30, "total": 35}


def test_an_unbound_parameter_of_a_step_depends_on_the_node_of_its_name(flow, fresh):
    driver = flow(pipe_input(step(_added, more=source("tip")), step(_times))(fresh(total)))
    assert driver.execute(["total"], inputs={"price": 1, "tax": 5, "tip": 3, "by": 2}) == {"total": 13}


def test_the_same_step_twice_gets_a_number(flow, fresh):
    driver = flow(pipe_input(step(_added), step(_added), step(_added))(fresh(total)))
    assert {"total.with_added", "total.with_added_1", "total.with_added_2"} <= set(driver.graph.nodes)
    assert driver.execute(["total"], inputs={"price": 1, "tax": 0}) == {"total": 4}


def test_steps_are_named_within_a_namespace(flow, fresh):
    steps = (
        step(_added).named("more"),
        step(_added).named("most", namespace="prices"),
        step(_added).named("top", namespace=None),
        step(_added),
    )
    driver = flow(pipe_input(*steps, namespace="clean")(fresh(total)))
    assert {"clean.more", "prices.most", "top", "clean.with_added"} <= set(driver.graph.nodes)


def test_the_config_selects_the_steps(flow, fresh):
    decorate = pipe_input(
        step(_added, more=1).when(mode="careful"),
        step(_added, more=10).when_not(mode="careful"),
        step(_added, more=100).when_in(mode=["careful", "slow"]),
        step(_added, more=1000).when_not_in(mode=["slow"]),
    )
    inputs = {"price": 0, "tax": 0}
    assert flow(decorate(fresh(total)), mode="careful").execute(["total"], inputs=inputs) == {"total": 1101}
    assert flow(decorate(fresh(total)), mode="slow").execute(["total"], inputs=inputs) == {"total": 110}


def test_a_function_without_included_steps_is_unchanged(flow, fresh):
    driver = flow(pipe_input(step(_added).when(mode="never"))(fresh(total)), mode="now")
    assert set(driver.graph.nodes) == {"price", "tax", "total", "mode"}  # the config value is a node as well


def test_another_parameter_is_piped_by_its_name(flow, fresh):
    driver = flow(pipe_input(step(_times, by=2), on_input="tax")(fresh(total)))
    assert driver.execute(["total"], inputs={"price": 1, "tax": 5}) == {"total": 11}


def test_each_of_several_parameters_is_piped_by_a_separate_chain(flow, fresh):
    decorated = pipe_input(step(_added).on_input("tax"), step(_times, by=2), on_input=["price", "tax"])(fresh(total))
    driver = flow(decorated)
    values = driver.execute(["total.price.with_times", "total.tax.with_times", "total"], inputs={"price": 1, "tax": 5})
    assert values == {"total.price.with_times": 2, "total.tax.with_times": 12, "total": 14}


def test_a_step_takes_values_of_the_config_and_groups(flow):
    def _extended(amount: int, summands: list[int], more: int) -> int:
        return amount + sum(summands) + more

    @pipe_input(step(_extended, summands=group(source("a"), source("b")), more=configuration("extra")))
    def result(price: int) -> int:
        return price

    assert flow(result, extra=100).execute(["result"], inputs={"price": 1, "a": 2, "b": 3}) == {"result": 106}


def test_a_piped_input_keeps_its_default(flow):
    @pipe_input(step(_added, more=5))
    def result(price: int = 3) -> int:
        return price

    assert flow(result).execute(["result"]) == {"result": 8}
    assert flow(result).execute(["result"], inputs={"price": 10}) == {"result": 15}


def test_a_chain_is_checked_for_types(flow, fresh):
    with pytest.raises(IncompatibleTypes, match=r"`total` .* takes `price: int` .*`total.with_worded` .* returns str"):
        flow(pipe_input(step(_worded))(fresh(total)))


def test_a_function_may_be_a_step_of_another(flow, fresh):
    @pipe_input(step(_added))
    def doubled(amount: int) -> int:
        return amount * 2

    driver = flow(doubled, pipe_input(step(doubled))(fresh(total)))
    assert driver.execute(["total"], inputs={"price": 2, "tax": 0, "amount": 1}) == {"total": 4}


# --- pipe_output ------------------------------------------------------------------------------------------------------


def test_the_value_is_piped_and_the_raw_value_can_be_requested(flow, fresh):
    driver = flow(pipe_output(step(_added), step(_times, by=2))(fresh(total)))
    values = driver.execute(["total.raw", "total.with_added", "total.with_times", "total"], inputs={"price": 1, "tax": 5})
    assert values == {"total.raw": 6, "total.with_added": 7, "total.with_times": 14, "total": 14}


def test_the_last_step_determines_the_type(flow, fresh):
    driver = flow(pipe_output(step(_worded))(fresh(total)))
    assert driver.graph["total"].type is str
    assert driver.graph["total.raw"].type is int


def test_a_chosen_output_is_piped(flow, fresh):
    driver = flow(pipe_output(step(_added), on_output="high")(extract_fields("low", "high")(fresh(pair))))
    assert driver.execute(["low", "high"]) == {"low": 1, "high": 10}


def test_each_step_may_select_outputs(flow, fresh):
    steps = (step(_added).on_output("low", "high"), step(_times, by=3).on_output("high"))
    driver = flow(pipe_output(*steps)(extract_fields("low", "high")(fresh(pair))))
    assert driver.execute(["low", "high", "high.raw"]) == {"low": 2, "high": 30, "high.raw": 9}


def test_all_leaf_nodes_are_piped_by_default(flow, fresh):
    driver = flow(pipe_output(step(_added))(extract_fields("low", "high")(fresh(pair))))
    assert driver.execute(["low", "high"]) == {"low": 2, "high": 10}


def test_two_pipes_follow_one_another(flow, fresh):
    driver = flow(pipe_output(step(_times, by=2))(pipe_output(step(_added))(fresh(total))))
    assert driver.execute(["total"], inputs={"price": 1, "tax": 5}) == {"total": 14}


# --- mutate -----------------------------------------------------------------------------------------------------------


def test_functions_that_mutate_another_apply_in_order(flow, fresh):
    price, tax = fresh(pair), fresh(total)

    @mutate(tax, more=3)
    def _first(amount: int, more: int) -> int:
        return amount + more

    @mutate(apply_to(tax, by=value(2)).named("doubled"))
    def _second(amount: int, by: int) -> int:
        return amount * by

    values = flow(price, tax).execute(["total.with_first", "total.doubled", "total"], inputs={"price": 1, "tax": 5})
    assert values == {"total.with_first": 9, "total.doubled": 18, "total": 18}


def test_one_function_mutates_several_with_separate_bindings(flow, fresh):
    def first() -> int:
        return 1

    def second() -> int:
        return 2

    @mutate(first, apply_to(second, by=100), by=10)
    def scaled(amount: int, by: int) -> int:
        return amount * by

    driver = flow(first, second, scaled)
    assert driver.execute(["first", "second"]) == {"first": 10, "second": 200}
    assert "scaled" not in driver.graph


def test_a_mutation_may_depend_on_the_config(flow):
    def first() -> int:
        return 1

    @mutate(apply_to(first).when(mode="more"))
    def _more(amount: int) -> int:
        return amount + 1

    assert flow(first, mode="more").execute(["first"]) == {"first": 2}
    assert set(flow(first).graph.nodes) == {"first"}


def test_a_single_output_is_mutated(flow, fresh):
    both = extract_fields("low", "high")(fresh(pair))

    @mutate(apply_to(both).on_output("low"))
    def _more(amount: int) -> int:
        return amount + 1

    assert flow(both).execute(["low", "high"]) == {"low": 2, "high": 9}


# --- errors -----------------------------------------------------------------------------------------------------------

INVALID_USES = {
    "no steps": (pipe_input, total, "it needs at least one step: `@pipe_input(step(other_function))`"),
    "a function instead of a step": (lambda: pipe_output(_added), total, "it takes steps. Write `step(_added)`"),
    "a step without a function": (lambda: pipe_input(step(3)), total, "a step takes a function, not 3"),
    "no such parameter": (
        lambda: pipe_input(step(_added), on_input="prise"),
        total,
        "it cannot pipe `prise`, which is not a parameter. Did you mean `price`?",
    ),
    "no parameter at all": (lambda: pipe_input(step(_added)), pair, "the function has no parameter to pipe"),
    "no such output": (
        lambda: pipe_output(step(_added), on_output="totl"),
        total,
        "`target_` names `totl`, but the function's nodes are `total`. Did you mean `total`?",
    ),
    "outputs in two places": (
        lambda: pipe_output(step(_added).on_output("total"), on_output="total"),
        total,
        "`on_output` is set both for all steps and for individual steps. Set it in one place",
    ),
    "a step without a parameter": (lambda: pipe_input(step(_nothing)), total, "has no unbound parameter for the piped value"),
    "a step all of whose parameters are bound": (
        lambda: pipe_input(step(_added, amount=1, more=2)),
        total,
        "has no unbound parameter for the piped value",
    ),
    "a step with a wrong group": (
        lambda: pipe_input(step(_added, more=group(3))),
        total,
        "the step `with_added` binds `more` to a `group`, but a `group` takes `source('name')` and `value(...)`, not 3",
    ),
    "an input that is not a name": (
        lambda: pipe_input(step(_added), on_input=3),
        total,
        "`on_input` takes a name or a list of names, such as `['a', 'b']`, not 3",
    ),
    "a step for an input that is not a name": (
        lambda: pipe_input(step(_added).on_input(3)),
        total,
        "`.on_input(...)` of the step `with_added` takes a name or a list of names, such as `['a', 'b']`, not (3,)",
    ),
    "an output that is not a name": (
        lambda: pipe_output(step(_added), on_output=3),
        total,
        "`target_` takes a name or a list of names, such as `['a', 'b']`, not 3",
    ),
    "a condition without a key": (
        lambda: pipe_output(step(_added).when()),
        total,
        "the step `with_added`, `.when(...)`: it needs at least one config key",
    ),
    "a condition on a string instead of a list": (
        lambda: pipe_output(step(_added).when_in(region="eu")),
        total,
        "the step `with_added`, `.when_in(...)`: `region` must be a list of values, such as `['eu']`, not 'eu'",
    ),
    "nothing to mutate": (mutate, total, "it needs the functions whose values it changes: `@mutate(price)`"),
    "a name to mutate": (lambda: mutate("price"), total, "it takes functions, not 'price'"),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason)


STEPS = {
    "a binding of an unknown parameter": (step(_added, moer=1), "the step `_added` binds `moer`", _added),
    "a binding of the wrong type": (step(_added, more="x"), "the step `_added` binds `more: int` to 'x'", _added),
}


@pytest.mark.parametrize(("wrong", "reason", "function"), STEPS.values(), ids=STEPS)
def test_the_error_of_an_invalid_step_has_its_location(wrong, reason, function, flow, fresh):
    with pytest.raises(Exception, match=reason) as caught:
        flow(pipe_input(wrong)(fresh(total)))
    assert caught.value.locations[0].line == function.__code__.co_firstlineno


def test_a_step_needs_annotations(flow, fresh):
    with pytest.raises(MissingAnnotation, match=r"`_bare` .* has no annotation for parameter `amount`"):
        flow(pipe_input(step(_bare))(fresh(total)))


def test_functions_of_another_module_are_not_mutated():
    import textwrap

    def own(text: str) -> str: ...

    with pytest.raises(
        Exception,
        match=r"`indent` is defined in `textwrap`, but must be in the module of the decorated function\. Decorate `indent`",
    ):
        mutate(textwrap.indent)(own)
