"""`inject` and the family of `parameterize`: parameters bound to values, nodes, groups and the config."""

import pandas as pd
import pytest

from headwater import (
    ParameterizedExtract,
    configuration,
    group,
    inject,
    parameterize,
    parameterize_extract_columns,
    parameterize_sources,
    parameterize_values,
    source,
    value,
)
from headwater.errors import IncompatibleTypes, MissingPart


def add(left: int, right: int = 1) -> int:
    """{left} and {right}."""
    return left + right


def total(parts: list[int]) -> int:
    return sum(parts)


def named(parts: dict[str, int]) -> str:
    return ", ".join(f"{name} {part}" for name, part in parts.items())


def test_inject_binds_parameters_and_keeps_the_name(flow, fresh):
    driver = flow(inject(left=source("price"), right=value(5))(fresh(add)))
    assert driver.execute(["add"], inputs={"price": 2}) == {"add": 7}
    assert driver.graph["add"].doc == "price and 5."


def test_a_group_is_a_list_in_the_order_of_its_members(flow, fresh):
    driver = flow(inject(parts=group(source("b"), value(10), source("a")))(fresh(total)))
    assert driver.execute(["total"], inputs={"a": 1, "b": 2}) == {"total": 13}
    assert [node.name for node in driver.graph.inputs] == ["b", "a"]


def test_a_group_by_keyword_is_a_dictionary(flow, fresh):
    driver = flow(inject(parts=group(x=source("a"), y=value(4)))(fresh(named)))
    assert driver.execute(["named"], inputs={"a": 1}) == {"named": "x 1, y 4"}


def test_each_member_of_a_group_is_checked_as_an_edge(flow, fresh):
    def text() -> str: ...

    with pytest.raises(IncompatibleTypes, match=r"`total` .* takes `parts\[0\]: int` \(bound to `text`\)"):
        flow(text, inject(parts=group(source("text")))(fresh(total)))


def test_a_bare_list_takes_anything(flow):
    @inject(parts=group(source("a"), value("b")))
    def both(parts: list) -> str:
        return "".join(parts)

    assert flow(both).execute(["both"], inputs={"a": "a"}) == {"both": "ab"}


def test_a_group_and_a_keyword_only_parameter(flow):
    @inject(parts=group(source("a"), source("b")), by=value(3))
    def scaled(offset: int, *, parts: list[int], by: int) -> int:
        return offset + sum(parts) * by

    assert flow(scaled).execute(["scaled"], inputs={"a": 1, "b": 2, "offset": 100}) == {"scaled": 109}


def test_the_config_is_looked_up_when_the_dataflow_is_built(flow, fresh):
    decorated = parameterize(one={"right": configuration("step")}, two={"right": value(2)})(fresh(add))
    assert flow(decorated, step=10).execute(["one", "two"], inputs={"left": 1}) == {"one": 11, "two": 3}
    assert flow(decorated, step=20).execute(["one"], inputs={"left": 1}) == {"one": 21}


def test_the_config_within_a_group(flow, fresh):
    decorated = inject(parts=group(configuration("base"), source("a")))(fresh(total))
    assert flow(decorated, base=5).execute(["total"], inputs={"a": 1}) == {"total": 6}


def test_parameterize_values_takes_names_and_documentation(flow, fresh):
    decorated = parameterize_values("right", {"plus_two": 2, ("plus_three", "Three more."): 3})(fresh(add))
    driver = flow(decorated)
    assert driver.execute(["plus_two", "plus_three"], inputs={"left": 1}) == {"plus_two": 3, "plus_three": 4}
    assert driver.graph["plus_three"].doc == "Three more."


def test_parameterize_sources_reads_nodes_of_other_names(flow, fresh):
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
    with pytest.raises(MissingPart, match=r"`frames__0` .* returned no column `c`.* It has: `x`, `y`"):
        flow(decorate(fresh(frames))).execute(["c"])


MISUSES = {
    "nothing to inject": (inject, add, "needs something to bind: `@inject(rate=value(0.2))`"),
    "a plain value": (lambda: inject(right=3), add, "binds `right` to 3: write `value(...)` for a value"),
    "no such parameter": (lambda: inject(rihgt=value(3)), add, "no parameter. Did you mean `right`"),
    "a value of another type": (
        lambda: inject(right=value("3")),
        add,
        "binds `right: int` to '3', which is of another type",
    ),
    "a group for a number": (
        lambda: inject(right=group(source("a"))),
        add,
        "binds `right: int` to a group: annotate the parameter as list[...]",
    ),
    "a named group for a list": (
        lambda: inject(parts=group(a=source("a"))),
        total,
        "to a group: annotate the parameter as dict[str, ...]",
    ),
    "a member of another type": (
        lambda: inject(parts=group(value("x"))),
        total,
        "to a group with a member to 'x', which is of another type",
    ),
    "a group of nothing": (
        lambda: inject(parts=group()),
        total,
        "it binds `parts` to a `group`, which takes sources one by one for a list, or by keyword for a dictionary",
    ),
    "a group that is a list and a dictionary": (
        lambda: inject(parts=group(source("a"), b=source("b"))),
        total,
        "it binds `parts` to a `group`, which takes sources one by one for a list, or by keyword for a dictionary",
    ),
    "a group of names": (
        lambda: parameterize(sums={"parts": group("a")}),
        total,
        "`sums` binds `parts` to a `group`, which is made of `source('name')` and `value(...)`, and not of 'a'",
    ),
    "a key that the config lacks": (
        lambda: inject(right=configuration("step")),
        add,
        "it takes the config's `step`, and the config has none: give it with `with_config`. Did you mean `steps`?",
    ),
    "no values": (lambda: parameterize_values("right", {}), add, "needs a parameter, and for each"),
    "a name that is none": (
        lambda: parameterize_values("right", {3: 3}),
        add,
        "a node is given by its name, or as `(name, documentation)`, and not as 3",
    ),
    "no sources": (parameterize_sources, add, "needs the nodes to make"),
    "a source that is no name": (
        lambda: parameterize_sources(a={"left": 3}),
        add,
        "`a` has to be a dictionary of parameters and the names of nodes",
    ),
    "a parameter that is no name": (
        lambda: parameterize_values(3, {"a": 3}),
        add,
        "the parameter is given by its name, and not as 3",
    ),
    "a binding of no name": (
        lambda: parameterize(a={3: value(3)}),
        add,
        "`a` binds 3: parameters are given by their names",
    ),
    "an extract without bindings": (
        lambda: parameterize_extract_columns(ParameterizedExtract(("a",), 3)),
        frames,
        "`a` has to be a dictionary of bindings, and is 3",
    ),
    "nothing to extract": (
        parameterize_extract_columns,
        frames,
        "needs what to extract",
    ),
    "an extract of another form": (
        lambda: parameterize_extract_columns(("a",)),
        frames,
        "takes `ParameterizedExtract((names, ...), bindings)`",
    ),
    "columns of a number": (
        lambda: parameterize_extract_columns(ParameterizedExtract(("a",), {"left": value(1)})),
        add,
        "has to return a data frame, and is annotated to return int",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), MISUSES.values(), ids=MISUSES)
def test_misuse_names_function_line_and_remedy(decorator, function, reason, refused):
    refused(decorator, function, reason, steps=3)
