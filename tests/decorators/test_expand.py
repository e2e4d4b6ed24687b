"""`inject` and the family of `parameterize`: several nodes from one function."""

import pandas as pd
import pytest

from headwater import (
    Builder,
    ParameterizedExtract,
    inject,
    parameterize,
    parameterize_extract_columns,
    parameterize_sources,
    parameterize_values,
    source,
    value,
)
from headwater.errors import MissingPart


def add(left: int, right: int = 1) -> int:
    """{left} and {right}."""
    return left + right


def test_inject_binds_parameters_and_keeps_the_name(flow, fresh):
    driver = flow(inject(left=source("price"), right=value(5))(fresh(add)))
    assert driver.execute(["add"], inputs={"price": 2}) == {"add": 7}
    assert driver.graph["add"].doc == "price and 5."


def test_parameterize_values_takes_names_and_documentation(flow, fresh):
    decorated = parameterize_values("right", {"plus_two": 2, ("plus_three", "Three more."): 3})(fresh(add))
    driver = flow(decorated)
    assert driver.execute(["plus_two", "plus_three"], inputs={"left": 1}) == {"plus_two": 3, "plus_three": 4}
    assert driver.graph["plus_three"].doc == "Three more."


def test_parameterize_sources_binds_parameters_to_other_nodes(flow, fresh):
    decorated = parameterize_sources(ab={"left": "a", "right": "b"}, bc={"left": "b", "right": "c"})(fresh(add))
    assert flow(decorated).execute(["ab", "bc"], inputs={"a": 1, "b": 2, "c": 3}) == {"ab": 3, "bc": 5}


def frames(step: int) -> pd.DataFrame:
    return pd.DataFrame({"x": [step], "y": [step * 10]})


def test_parameterize_extract_columns_names_columns_in_their_order(flow, fresh):
    driver = flow(
        parameterize_extract_columns(
            ParameterizedExtract(("a", "b"), {"step": value(1)}), ParameterizedExtract(("c",), {"step": source("n")})
        )(fresh(frames))
    )
    columns = driver.execute(["a", "b", "c"], inputs={"n": 3})
    assert {name: (column.name, column.tolist()) for name, column in columns.items()} == {
        "a": ("a", [1]),
        "b": ("b", [10]),
        "c": ("c", [3]),
    }
    assert {"frames__0", "frames__1"} <= set(driver.graph.nodes)
    assert "frames" not in driver.graph


def test_parameterize_extract_columns_takes_columns_by_their_names(flow, fresh):
    decorate = parameterize_extract_columns(ParameterizedExtract(("y",), {"step": value(2)}), reassign_columns=False)
    assert flow(decorate(fresh(frames))).execute(["y"])["y"].tolist() == [20]


def test_a_frame_with_too_few_columns_is_named(flow, fresh):
    decorate = parameterize_extract_columns(ParameterizedExtract(("a", "b", "c"), {"step": value(2)}))
    with pytest.raises(MissingPart, match=r"`frames__0` .* returned no column `c`.* Its columns are: `x`, `y`"):
        flow(decorate(fresh(frames))).execute(["c"])


INVALID_USES = {
    "nothing to inject": (inject, add, "needs at least one binding: `@inject(rate=value(0.2))`"),
    "a plain value": (lambda: inject(right=3), add, "binds `right` to 3. Use `value(...)` for a value"),
    "no such parameter": (lambda: inject(rihgt=value(3)), add, "not a parameter of the function. Did you mean `right`"),
    "a value of the wrong type": (
        lambda: inject(right=value("3")),
        add,
        "binds `right: int` to '3', which has the wrong type",
    ),
    "no values": (lambda: parameterize_values("right", {}), add, "needs a parameter and a value for each"),
    "an invalid name": (
        lambda: parameterize_values("right", {3: 3}),
        add,
        "a key must be a node's name, such as `'weekly'`, or a pair `(name, documentation)`, not 3",
    ),
    "no sources": (parameterize_sources, add, "needs at least one node"),
    "a source that is not a name": (
        lambda: parameterize_sources(a={"left": 3}),
        add,
        "`a` must be a dictionary that maps parameters to node names, such as `{'of': 'rome_data'}`, not",
    ),
    "a parameter that is not a name": (
        lambda: parameterize_values(3, {"a": 3}),
        add,
        "`parameter` must be the name of a parameter, such as `'days'`, not 3",
    ),
    "a binding without a name": (
        lambda: parameterize(a={3: value(3)}),
        add,
        "`a` binds 3. Parameters are bound by name",
    ),
    "an extract without bindings": (
        lambda: parameterize_extract_columns(ParameterizedExtract(("a",), 3)),
        frames,
        "`a` must be a dictionary of bindings, such as `{'rate': value(0.2)}`, not 3",
    ),
    "nothing to extract": (
        parameterize_extract_columns,
        frames,
        "needs at least one extract",
    ),
    "an invalid extract": (
        lambda: parameterize_extract_columns(("a",)),
        frames,
        "takes `ParameterizedExtract((names, ...), bindings)`",
    ),
    "columns of a number": (
        lambda: parameterize_extract_columns(ParameterizedExtract(("a",), {"left": value(1)})),
        add,
        "must return a data frame, but is annotated to return int",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason, steps=3)


@parameterize(
    weekly={"days": value(7)},
    monthly=({"days": value(30), "rate": source("bulk_rate")}, "Thirty days in bulk."),
)
def cost(rate: float, days: int) -> float:
    """{output_name}: {days} days at {rate}."""
    return rate * days


def test_parameterize_creates_a_node_for_each_keyword_and_none_for_the_function():
    driver = Builder().with_functions(cost).build()
    assert driver.execute(["weekly", "monthly"], inputs={"rate": 2.0, "bulk_rate": 1.0}) == {"weekly": 14.0, "monthly": 30.0}
    assert "cost" not in driver.graph
    assert [dependency.source for dependency in driver.graph["monthly"].dependencies] == ["bulk_rate"]
    assert driver.graph["weekly"].doc == "weekly: 7 days at {rate}."
    assert driver.graph["monthly"].doc == "Thirty days in bulk."


def test_a_keyword_only_parameter_can_be_bound():
    @parameterize(doubled={"factor": value(2)})
    def scaled(x: int, *, factor: int) -> int:
        return x * factor

    assert Builder().with_functions(scaled).build().execute(["doubled"], inputs={"x": 4}) == {"doubled": 8}


def scaled(x: int, factor: int) -> int: ...
