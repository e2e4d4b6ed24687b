"""Rules that check many nodes at once: the selected nodes, the added nodes, and the errors."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder, check_output, extract_fields, tag
from headwater.errors import CheckRuleError, ChecksFailed, SeveralErrors, UnusedNameWarning
from headwater.quality import CHECK_TAG, checks


@tag(stage="raw")
def tax_rate() -> float:
    return 1.5


def growth_rate(tax_rate: float) -> float:
    return tax_rate * 2


@tag(stage=["raw", "daily"])
def label() -> str:
    return "half"


def anything() -> Any:
    return None


def is_positive(number: float) -> bool:
    """The number is positive."""
    return number > 0


def graph_of(*rules, functions=(tax_rate, growth_rate, label, anything)):
    return Builder().with_functions(*functions).with_checks(*rules).build().graph


def checked(graph) -> set[str]:
    """Return the nodes that have checks."""
    return {node.name.removesuffix("_raw") for node in graph if node.name.endswith("_raw")}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"name": "*_rate"}, {"tax_rate", "growth_rate"}),
        ({"name": "tax_rate"}, {"tax_rate"}),
        ({"name": "ta?_rate"}, {"tax_rate"}),
        ({"type": float}, {"tax_rate", "growth_rate"}),
        ({"type": float | str}, {"tax_rate", "growth_rate", "label"}),
        ({"tag": {"stage": "raw"}}, {"tax_rate", "label"}),
        ({"tag": {"stage": None}, "type": str}, {"label"}),
        ({"tag": {"stage": ["daily"]}}, {"label"}),
        ({"name": "*_rate", "tag": {"stage": "raw"}}, {"tax_rate"}),
    ],
)
def test_nodes_are_selected_by_name_type_and_tags(where, expected):
    assert checked(graph_of(checks(allow_none=False).where(**where))) == expected


def test_without_where_every_function_is_checked():
    assert checked(graph_of(checks(allow_none=False))) == {"tax_rate", "growth_rate", "label", "anything"}


def test_the_nodes_are_those_of_the_decorator():
    def rate(tax_rate: float) -> float: ...

    by_rule = graph_of(checks(range=(0, 1), allow_nans=False), functions=[rate])
    decorated = graph_of(functions=[check_output(range=(0, 1), allow_nans=False)(rate)])
    assert list(by_rule.nodes) == list(decorated.nodes)
    assert [(node.tags, node.doc, node.type) for node in by_rule] == [(node.tags, node.doc, node.type) for node in decorated]
    assert by_rule["rate_range_validator"].tags == {CHECK_TAG: "range"}


def test_only_the_selected_node_keeps_its_tags():
    graph = graph_of(checks(allow_none=False).where(name="label"))
    assert [node.name for node in graph if "stage" in node.tags] == ["tax_rate", "label"]


def test_a_value_is_checked_before_its_readers_run_and_can_be_requested_by_function():
    driver = Builder().with_functions(tax_rate, growth_rate).with_checks(checks(range=(0, 1), importance="fail")).build()
    with pytest.raises(ChecksFailed, match="`tax_rate`"):
        driver.execute(["growth_rate"])
    assert driver.run(growth_rate, tax_rate=0.25) == 0.5
    with pytest.raises(ChecksFailed, match=r"range: 4\.0 is not between 0 and 1"):
        driver.run(growth_rate, tax_rate=2.0)


def test_rules_and_decorators_on_one_node_are_reported_together_and_nodes_of_checks_are_not_selected():
    @check_output(values_in=[1.0], importance="fail")
    def rate() -> float:
        return 7.0

    rules = [checks(range=(0, 1), importance="fail").where(type=float), checks(is_positive).where(name="*")]
    driver = Builder().with_functions(rate).with_checks(rules[0]).with_checks(rules[1]).build()
    assert [node.name for node in driver.graph] == [
        *("rate_raw", "rate_values_in_validator", "rate_range_validator", "rate_is_positive_validator", "rate")
    ]
    with pytest.raises(ChecksFailed) as caught:
        driver.execute(["rate"])
    assert len(caught.value.failures) == 2


def test_nodes_of_decorators_are_selected_too():
    @extract_fields({"low": float, "high": float})
    def bounds() -> dict[str, float]:
        return {"low": 0.5, "high": 7.0}

    assert checked(graph_of(checks(range=(0, 1)).where(name="[lh]*"), functions=[bounds])) == {"low", "high"}


def test_a_later_module_still_replaces_a_checked_node(module):
    first = module("first_rates", "def rate() -> float:\n    return 7.0\n")
    second = module("second_rates", "def rate() -> float:\n    return 0.5\n")
    builder = Builder().with_modules(first, second).allow_module_overrides().with_checks(checks(range=(0, 1)))
    driver = builder.build()
    assert set(driver.graph.nodes) == {"rate_raw", "rate_range_validator", "rate"}
    assert driver.execute(["rate"]) == {"rate": 0.5}


def test_a_builder_with_rules_does_not_change_the_previous_builder():
    builder = Builder().with_functions(tax_rate)
    builder.with_checks(checks(range=(0, 1)))
    assert set(builder.build().graph.nodes) == {"tax_rate"}


# --- errors -----------------------------------------------------------------------------------------------------------


def here() -> str:
    """Return the caller's file and the number of the line after the call."""
    return f"{Path(__file__).name}:{inspect.currentframe().f_back.f_lineno + 1}"


def test_a_rule_that_selects_no_node_is_a_warning_at_its_line():
    line = here()
    rule = checks(range=(0, 1)).where(name="*_rat")
    with pytest.warns(
        UnusedNameWarning, match=r"`checks` for `range` \(.*\) does not match any node. Check the names"
    ) as caught:
        graph_of(rule)
    assert line in str(caught[0].message)
    assert f"{caught[0].filename}:{caught[0].lineno}".endswith(line)


def test_a_selected_node_that_cannot_be_checked_is_an_error_with_both_locations():
    line = here()
    rule = checks(allow_nans=False).where(tag={"stage": None})
    with pytest.raises(CheckRuleError) as caught:
        graph_of(rule)
    label_line = inspect.getsourcelines(label)[1] + 1
    message = str(caught.value)
    assert message.startswith("`checks` for `allow_nans` (")
    assert line in message
    assert f"applied to `label` ({caught.value.locations[1]}): `allow_nans` cannot check a value of type str." in message
    assert message.endswith("Add `.where(type=...)` to select only nodes of a type that the check supports.")
    assert caught.value.locations[1].line == label_line
    assert caught.value.node == "label"


def test_all_nodes_that_cannot_be_checked_are_listed_together():
    def record() -> dict[str, int]: ...

    with pytest.raises(SeveralErrors) as caught:
        graph_of(checks(is_positive, range=(0, 1)), functions=[record, label])
    assert [error.node for error in caught.value.errors] == ["record", "record", "label"]


INVALID_USES = [
    (lambda: checks(importance="fail"), "needs at least one check: a validator, or one of range, values_in"),
    (lambda: checks(rnage=(0, 1)), "unknown check `rnage`. Did you mean `range`"),
    (lambda: checks(range=(2, 1)), "`range` takes the lowest value first, but got"),
    (lambda: checks(range=(0, 1), importance="maybe"), '`importance` must be "warn" or "fail"'),
    (lambda: checks(3), "a validator must be a function of one argument"),
    (lambda: checks(range=(0, 1)).where(), "`where` needs `name`, `type` or `tag`"),
    (lambda: checks(range=(0, 1)).where(type="float"), "`where` takes a type, as in `type=float`, not 'float'"),
    (lambda: checks(range=(0, 1)).where(tag="raw"), "`where` takes tags as a dictionary, as in .*, not 'raw'"),
    (lambda: checks(range=(0, 1)).where(tag={"a": None, "b": 3}), "The filter for tag `b` must be a string"),
    (lambda: checks(range=(0, 1)).where(name=3), "`where` takes a name or a pattern as a string, not 3"),
]


@pytest.mark.parametrize(("make", "reason"), INVALID_USES)
def test_an_invalid_rule_is_an_error_with_its_line_and_the_remedy(make, reason):
    with pytest.raises(CheckRuleError, match=reason) as caught:
        make()
    assert caught.value.locations[0].file == __file__
    assert caught.value.locations[0].line == make.__code__.co_firstlineno
    assert f"({caught.value.locations[0]})" in str(caught.value)


def test_an_invalid_rule_is_refused():
    with pytest.raises(TypeError, match=r"takes rules created by `headwater.quality.checks\(...\)`, not \["):
        Builder().with_checks([checks(range=(0, 1))])
