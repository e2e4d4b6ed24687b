"""`subdag` and `parameterized_subdag`: nested dataflows."""

import pandas as pd
import pytest

from headwater import (
    config,
    configuration,
    exclude,
    group,
    parameterized_subdag,
    pipe_output,
    source,
    step,
    subdag,
    value,
    with_columns,
)
from headwater.errors import DecoratorError, IncompatibleTypes, MissingAnnotation


def doubled(amount: int, factor: int = 2) -> int:
    return amount * factor


def increased(doubled: int, more: int) -> int:
    return doubled + more


@config.when(kind="plain")
def label__plain(increased: int) -> str:
    return str(increased)


@config.otherwise
def label__long(increased: int) -> str:
    return f"{increased} pieces"


LABELS = (doubled, increased, label__plain, label__long)


def result(label: str) -> str:
    return label


def pieces(increased: int, price: int) -> int:
    return increased * price


def frame(weather: pd.DataFrame) -> pd.DataFrame:
    return weather


def text() -> str:
    return "x"


# --- subdag -----------------------------------------------------------------------------------------------------------
def test_the_functions_are_nodes_under_the_name_of_the_decorated_function(flow, fresh):
    driver = flow(*LABELS, subdag(*LABELS, inputs={"amount": source("pears")})(fresh(result)))
    values = driver.execute(["label", "result", "result.doubled"], inputs={"amount": 1, "pears": 10, "more": 1})
    assert values == {"label": "3 pieces", "result": "21 pieces", "result.doubled": 20}


def test_values_and_plain_values_are_bound_inside(flow, fresh):
    driver = flow(subdag(*LABELS, inputs={"amount": value(5), "more": 1, "factor": 3})(fresh(result)))
    assert driver.execute(["result"]) == {"result": "16 pieces"}
    assert driver.graph.inputs == ()


def test_the_config_of_a_subdag_extends_the_config_of_the_dataflow(flow, fresh):
    inputs = {"amount": 1, "more": 1}
    own = subdag(*LABELS, inputs=inputs, config={"kind": "plain"})(fresh(result))
    assert flow(own).execute(["result"]) == {"result": "3"}
    outer = subdag(*LABELS, inputs=inputs)(fresh(result))
    assert flow(outer, kind="plain").execute(["result"]) == {"result": "3"}


def test_the_config_of_a_subdag_may_use_another_config_key(flow, fresh):
    decorated = subdag(*LABELS, inputs={"amount": 1, "more": 1}, config={"kind": configuration("result_kind")})(fresh(result))
    assert flow(decorated, result_kind="plain").execute(["result"]) == {"result": "3"}


def test_a_config_value_is_also_passed_to_a_parameter_of_the_subdag(flow, fresh):
    driver = flow(subdag(*LABELS, config={"amount": 4, "more": 0})(fresh(result)))
    assert driver.execute(["result"]) == {"result": "8 pieces"}


def test_an_input_replaces_a_node_of_the_subdag(flow, fresh):
    driver = flow(subdag(*LABELS, inputs={"doubled": source("amount_given"), "more": 1})(fresh(result)))
    assert driver.execute(["result"], inputs={"amount_given": 100}) == {"result": "101 pieces"}
    assert driver.execute(["result"], overrides={"result.doubled": 5}) == {"result": "6 pieces"}


def test_a_config_value_replaces_a_node_of_the_subdag(flow, fresh):
    driver = flow(subdag(*LABELS, inputs={"more": 1}, config={"doubled": 7})(fresh(result)))
    assert driver.execute(["result"]) == {"result": "8 pieces"}


def test_the_namespace_and_the_final_name_can_be_set(flow, fresh):
    decorate = subdag(*LABELS, inputs={"amount": 1, "more": 0}, namespace="pears", final_node_name="pear_label")
    driver = flow(decorate(fresh(result)))
    assert driver.execute(["pears.label", "pear_label"]) == {"pears.label": "2 pieces", "pear_label": "2 pieces"}
    assert "result" not in driver.graph


def test_external_inputs_come_from_the_surrounding_dataflow(flow, fresh):
    driver = flow(subdag(doubled, increased, inputs={"amount": 1, "more": 1}, external_inputs=["price"])(fresh(pieces)))
    assert driver.execute(["pieces"], inputs={"price": 10}) == {"pieces": 30}


def test_a_module_contributes_its_public_functions(module, flow, fresh):
    parts = module("parts", "def base() -> int:\n    return 3\n\n\ndef _helper() -> int:\n    return 0\n")

    @subdag(parts)
    def total(base: int) -> int:
        return base * 2

    driver = flow(total)
    assert driver.execute(["total"]) == {"total": 6}
    assert set(driver.graph.nodes) == {"total.base", "total"}


def test_subdags_nest(flow):
    @subdag(doubled, inputs={"amount": source("start")})
    def inner(doubled: int) -> int:
        return doubled + 1

    @subdag(inner, inputs={"start": value(10)})
    def outer(inner: int) -> int:
        return inner * 100

    driver = flow(outer)
    assert driver.execute(["outer.inner.doubled", "outer.inner", "outer"]) == {
        "outer.inner.doubled": 20,
        "outer.inner": 21,
        "outer": 2100,
    }


def test_decorators_inside_and_around_apply(flow):
    @pipe_output(step(doubled, factor=10))
    def base() -> int:
        return 1

    @pipe_output(step(doubled))
    @subdag(base)
    def total(base: int) -> int:
        return base + 1

    values = flow(total).execute(["total.base.raw", "total.base", "total.raw", "total"])
    assert values == {"total.base.raw": 1, "total.base": 10, "total.raw": 11, "total": 22}


def test_an_excluded_function_is_included_if_a_subdag_names_it(flow):
    @exclude
    def hidden() -> int:
        return 3

    @subdag(hidden)
    def total(hidden: int) -> int:
        return hidden

    driver = flow(hidden, total)
    assert driver.execute(["total"]) == {"total": 3}
    assert "hidden" not in driver.graph


def test_config_used_only_by_a_subdag_is_not_reported_as_unused(flow, fresh, recwarn):
    flow(subdag(*LABELS, inputs={"amount": 1, "more": 1})(fresh(result)), kind="plain")
    assert not recwarn


def test_types_are_checked_at_the_border(flow, fresh):
    with pytest.raises(IncompatibleTypes, match=r"`result.amount` .* takes `amount: int` \(bound to `text`\)"):
        flow(text, subdag(*LABELS, inputs={"amount": source("text"), "more": 1})(fresh(result)))


def test_an_error_inside_a_subdag_is_reported(flow):
    def bare(amount): ...

    @subdag(bare)
    def total(bare: int) -> int: ...

    with pytest.raises(MissingAnnotation, match=r"`bare` .* has no annotation"):
        flow(total)


# --- parameterized_subdag ---------------------------------------------------------------------------------------------
def test_a_subdag_for_each_keyword(flow, fresh):
    driver = flow(
        parameterized_subdag(
            *LABELS,
            inputs={"more": value(1)},
            pears={"inputs": {"amount": source("pear_count")}},
            plums={"inputs": {"amount": value(2), "more": value(0)}, "config": {"kind": "plain"}},
        )(fresh(result))
    )
    assert driver.execute(["pears", "plums"], inputs={"pear_count": 10}) == {"pears": "21 pieces", "plums": "4"}
    assert {"pears.label", "plums.label"} <= set(driver.graph.nodes)
    assert "result" not in driver.graph


def test_external_inputs_of_a_keyword(flow, fresh):
    decorate = parameterized_subdag(
        doubled,
        increased,
        inputs={"amount": 1, "more": 1},
        first={"external_inputs": ["price"]},
        second={"inputs": {"price": 5}},
    )
    assert flow(decorate(fresh(pieces))).execute(["first", "second"], inputs={"price": 10}) == {"first": 30, "second": 15}


def weather(table: pd.DataFrame) -> pd.Series:
    return table["celsius"]


# --- errors -----------------------------------------------------------------------------------------------------------
INVALID_USES = {
    "no functions": (subdag, result, "it needs modules or functions: `@subdag(module)`"),
    "a string for a module": (lambda: subdag("parts"), result, "it takes modules and functions, not 'parts'"),
    "a parameter that nothing computes": (
        lambda: subdag(doubled, inputs={"amount": 1}),
        pieces,
        'computes `increased`. If it comes from the surrounding dataflow, add `external_inputs=["increased"]`',
    ),
    "an input that is also config": (
        lambda: subdag(*LABELS, inputs={"amount": 1}, config={"amount": 2}),
        result,
        "it has `amount` in both `inputs` and `config`. Keep only one of them",
    ),
    "a value of the wrong type": (
        lambda: subdag(*LABELS, inputs={"amount": "1"}),
        result,
        "`amount: int` is bound to '1', which has the wrong type",
    ),
    "a source for the config": (
        lambda: subdag(*LABELS, config={"kind": source("kinds")}),
        result,
        "it binds the config key `kind` to `source(...)`, but config must be known before anything runs. Move it to `inputs`.",
    ),
    "a group": (
        lambda: subdag(*LABELS, inputs={"amount": group(source("a"))}),
        result,
        "it binds `amount` to a group. A subdag takes only values and single sources",
    ),
    "a key that the config lacks": (
        lambda: subdag(*LABELS, config={"kind": configuration("kinds")}),
        result,
        "it needs config value `kinds`, which is not set",
    ),
    "inputs without names": (
        lambda: subdag(*LABELS, inputs=["amount"]),
        result,
        "it takes `inputs` as a dictionary that maps names to values, such as `{'rate': 0.2}`, not ['amount']",
    ),
    "a number for the config": (
        lambda: parameterized_subdag(*LABELS, pears={"config": 3}),
        result,
        "`pears` takes `config` as a dictionary that maps names to values, such as `{'rate': 0.2}`, not 3",
    ),
    "one name instead of a list": (
        lambda: subdag(*LABELS, external_inputs="label"),
        result,
        "`external_inputs` takes a list of names. Write `['label']`",
    ),
    "no keywords": (lambda: parameterized_subdag(*LABELS), result, "it needs at least one subdag"),
    "an invalid keyword": (
        lambda: parameterized_subdag(*LABELS, pears={"input": {}}),
        result,
        "keys inputs, config, external_inputs, such as `{'inputs': {'rate': value(0.2)}}`, not {'input': {}}",
    ),
    "no column functions": (with_columns, frame, "it needs column functions"),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason)


def test_a_subdag_of_itself_is_refused(module):
    import sys

    from headwater import Builder

    loop = module(
        "loop",
        """
        import sys
        from headwater import subdag

        @subdag(sys.modules[__name__])
        def total(base: int) -> int: ...

        def base() -> int: ...
        """,
    )
    assert sys.modules["loop"] is loop
    with pytest.raises(
        DecoratorError, match=r"@subdag on `total` \(.*loop.py:5\): its functions include the decorated function itself"
    ):
        Builder().with_modules(loop).build()
