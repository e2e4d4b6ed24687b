"""`check_output`: the nodes it adds, the nodes it checks, and its errors."""

import re
from pathlib import Path

import pandas as pd
import pytest

from headwater import Builder, check_output, extract_fields, tag
from headwater.decorators import check
from headwater.errors import ChecksFailed, CheckWarning, DecoratorError
from headwater.quality import CHECK_TAG
from headwater.quality.arguments import CHECKS


def driver_of(returned, type_, **arguments):
    def value() -> type_:
        return returned

    return Builder().with_functions(check_output(**arguments)(value)).build()


def test_results_are_found_by_their_tag():
    driver = driver_of(2.0, float, range=(0, 1), allow_nans=False)
    found = driver.list_available_variables(tag_filter={CHECK_TAG: None})
    assert [node.name for node in found] == ["value_range_validator", "value_allow_nans_validator"]
    assert [node.name for node in driver.list_available_variables(tag_filter={CHECK_TAG: "range"})] == ["value_range_validator"]
    assert CHECK_TAG == "headwater.check"


def test_failures_of_stacked_decorators_are_reported_together_with_warnings():
    @check_output(range=(0, 1), importance="fail")
    @check_output(values_in=[1.0], importance="warn")
    @check_output(data_type=str, importance="fail")
    def rate() -> float:
        return 7.0

    with pytest.raises(ChecksFailed) as caught:
        Builder().with_functions(rate).build().execute(["rate"])
    assert caught.value.failures == (
        "data_type: The value has type float; expected str.",
        "values_in: 7.0 is not in [1.0]. (a warning)",
        "range: 7.0 is not between 0 and 1.",
    )


def parts(target):
    @check_output(range=(0, 1), target_=target)
    @extract_fields({"low": float, "high": float})
    def bounds() -> dict[str, float]:
        return {"low": 0.5, "high": 7.0}

    return bounds


@pytest.mark.parametrize(
    ("target", "checked"), [(None, {"low", "high"}), ("low", {"low"}), (["high"], {"high"}), (["low", "high"], {"low", "high"})]
)
def test_a_target_selects_the_nodes_to_check(target, checked):
    graph = Builder().with_functions(parts(target)).build().graph
    assert {node.name.removesuffix("_raw") for node in graph if node.name.endswith("_raw")} == checked


def test_the_target_of_all_nodes_excludes_the_nodes_of_checks():
    @check_output(allow_none=False, target_=...)
    @check_output(data_type=dict, target_="bounds")
    @extract_fields({"low": float})
    def bounds() -> dict[str, float]:
        return {"low": 0.5}

    names = set(Builder().with_functions(bounds).build().graph.nodes)
    assert {name for name in names if "allow_none" in name} == {"bounds_allow_none_validator", "low_allow_none_validator"}


def test_a_target_that_is_not_a_node_of_the_function_is_an_error():
    with pytest.raises(DecoratorError, match=r"@check_output on .*test_check.py:\d+\): `target_` names `lwo`.* mean `low`"):
        Builder().with_functions(parts("lwo")).build()


def test_a_warning_has_the_line_of_the_function():
    driver = driver_of("abc", str, contains="x")
    with pytest.warns(CheckWarning, match="failed its check `contains`: 'abc' does not contain 'x'") as caught:
        driver.execute(["value"])
    assert (caught[0].filename, caught[0].lineno) == (__file__, driver.graph["value"].location.line)


def number() -> int: ...


def text() -> str: ...


def column() -> pd.Series: ...


def frame() -> pd.DataFrame: ...


INVALID_USES = [
    ({"max_fraction_nans": 2}, column, "`max_fraction_nans` takes a fraction between 0 and 1, as in .*, not 2"),
    ({"max_fraction_nans": True}, column, "`max_fraction_nans` takes a fraction"),
    ({"max_standard_dev": -1}, column, "`max_standard_dev` takes a non-negative number, not -1"),
    ({"mean_in_range": 3}, column, r"`mean_in_range` takes the lowest and the highest value, as in `mean_in_range=\(0, 1\)`"),
    ({"mean_in_range": (2, 1)}, column, "`mean_in_range` takes the lowest value first, but got"),
    ({"range": (1, "a")}, column, "`range` takes two values that can be compared"),
    ({"allow_none": True}, number, "`allow_none` can only be False. Omit it to skip the check"),
    ({"contains": 3}, text, "`contains` takes a string or a list of strings, not 3"),
    ({"does_not_contain": []}, text, r"`does_not_contain` takes a string or a list of strings, not \[\]"),
    ({"contains": "a"}, number, "`contains` cannot check a value of type int"),
    ({"max_standard_dev": 1}, number, "`max_standard_dev` cannot check a value of type int"),
    ({"range": (0, 1)}, frame, "`range` cannot check a value of type DataFrame"),
    ({"mean_in_range": (0, 1)}, frame, "`mean_in_range` cannot check a value of type DataFrame"),
    ({"allow_nans": False}, text, "`allow_nans` cannot check a value of type str"),
    ({"schema": 3}, frame, "`schema` takes a pandera schema, or 'annotation' .*, not 3"),
    ({"model": dict}, frame, "`model` takes a pydantic model, or 'annotation'"),
    ({"schema": "annotation"}, number, "`schema` cannot check a value of type int. It takes a data frame or a column"),
    ({"schema": "annotation"}, frame, "its annotation DataFrame contains no pandera schema. Write"),
    ({"model": "annotation"}, number, "`model` cannot check a value of type int. It takes a pydantic model or a dictionary"),
    ({"range": (0, 1), "target_": "x"}, number, "`target_` names `x`, but the function's nodes are `copy`"),
]


@pytest.mark.parametrize(("arguments", "function", "reason"), INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(arguments, function, reason):
    type_ = function.__annotations__["return"]

    def copy() -> type_: ...

    with pytest.raises(DecoratorError, match=reason) as caught:
        Builder().with_functions(check_output(**arguments)(copy)).build()
    assert str(caught.value).startswith(f"@check_output on `copy` ({caught.value.locations[0]}): ")
    assert caught.value.locations[0].line == copy.__code__.co_firstlineno


def test_every_check_is_in_the_table_of_check_output():
    table = [line for line in check.check_output.__doc__.splitlines() if line.strip().startswith("| `")]
    assert [line.strip().removeprefix("| `").partition("=")[0] for line in table] == list(CHECKS)


@pytest.mark.native
def test_the_guide_has_the_same_table():
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "data-quality.md").read_text(encoding="utf-8")
    table = [line.strip() for line in check.check_output.__doc__.splitlines() if line.strip().startswith("| `")]
    shown = [re.sub(r"\[(.*?)\]\(#.*?\)", r"\1", line) for line in guide.splitlines() if line.startswith("| `")]
    assert shown == table


def checked(returned, type_=float, **arguments):
    def rate() -> type_:
        return returned

    return Builder().with_functions(check_output(**arguments)(rate)).build()


@pytest.mark.parametrize(
    ("good", "bad", "type_", "check"),
    [
        (0.5, 1.5, float, {"range": (0, 1)}),
        (1, float("nan"), float, {"range": (0, 1)}),
        (0.5, float("nan"), float, {"allow_nans": False}),
        (3, "three", object, {"data_type": int}),
        ("a", "c", str, {"values_in": ["a", "b"]}),
    ],
)
def test_checks_pass_valid_values_and_fail_for_invalid_values(good, bad, type_, check):
    assert checked(good, type_, importance="fail", **check).execute(["rate"]) == {"rate": good}
    with pytest.raises(ChecksFailed, match=r"`rate` .* failed its checks"):
        checked(bad, type_, importance="fail", **check).execute(["rate"])


def test_all_failed_checks_are_listed_together():
    driver = checked(7.0, importance="fail", range=(0, 1), values_in=[1.0, 2.0])
    with pytest.raises(ChecksFailed) as caught:
        driver.execute(["rate"])
    assert caught.value.failures == (
        "range: 7.0 is not between 0 and 1.",
        "values_in: 7.0 is not in [1.0, 2.0].",
    )


def test_a_failed_check_warns_by_default_at_the_line_of_the_function():
    driver = checked(7.0, range=(0, 1))
    with pytest.warns(CheckWarning, match="`rate` .* failed its check `range`: 7.0 is not between 0 and 1") as caught:
        assert driver.execute(["rate"]) == {"rate": 7.0}
    assert (caught[0].filename, caught[0].lineno) == (driver.graph["rate"].location.file, driver.graph["rate"].location.line)


def test_raw_values_and_results_of_checks_can_be_requested():
    driver = checked(7.0, range=(0, 1))
    values = driver.execute(["rate_raw", "rate_range_validator"])
    assert values["rate_raw"] == 7.0
    assert not values["rate_range_validator"].passes


def test_several_check_outputs_on_one_function_all_check():
    @check_output(range=(0, 1), importance="fail")
    @check_output(range=(0, 5), values_in=[0.5, 3.0], importance="fail")
    def rate(measured: float) -> float:
        return measured

    driver = Builder().with_functions(rate).build()
    assert driver.execute(["rate"], inputs={"measured": 0.5}) == {"rate": 0.5}
    for wrong in (0.7, 3.0):
        with pytest.raises(ChecksFailed):
            driver.execute(["rate"], inputs={"measured": wrong})
    assert list(driver.graph.nodes) == [
        *("measured", "rate_raw", "rate_range_validator", "rate_values_in_validator", "rate_range_validator_1", "rate")
    ]


def test_a_check_applies_after_the_other_decorators():
    @tag(kind="checked")
    @check_output(range=(0, 1))
    def rate() -> float:
        return 0.5

    graph = Builder().with_functions(rate).build().graph
    assert [node.name for node in graph if "kind" in node.tags] == ["rate"]
