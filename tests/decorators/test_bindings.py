"""Bindings of parameters with `value`, `source`, `configuration` and `group`."""

import pytest

from headwater import (
    configuration,
    group,
    inject,
    parameterize,
    source,
    step,
    value,
)
from headwater.errors import DecoratorError, IncompatibleTypes


def add(left: int, right: int = 1) -> int:
    """{left} and {right}."""
    return left + right


def total(parts: list[int]) -> int:
    return sum(parts)


def named(parts: dict[str, int]) -> str:
    return ", ".join(f"{name} {part}" for name, part in parts.items())


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
    decorated = parameterize(first={"right": configuration("step")}, second={"right": value(2)})(fresh(add))
    assert flow(decorated, step=10).execute(["first", "second"], inputs={"left": 1}) == {"first": 11, "second": 3}
    assert flow(decorated, step=20).execute(["first"], inputs={"left": 1}) == {"first": 21}


def test_the_config_within_a_group(flow, fresh):
    decorated = inject(parts=group(configuration("base"), source("a")))(fresh(total))
    assert flow(decorated, base=5).execute(["total"], inputs={"a": 1}) == {"total": 6}


INVALID_USES = {
    "a group for a number": (
        lambda: inject(right=group(source("a"))),
        add,
        "binds `right: int` to a group. Annotate the parameter as list[...]",
    ),
    "a named group for a list": (
        lambda: inject(parts=group(a=source("a"))),
        total,
        "to a group. Annotate the parameter as dict[str, ...]",
    ),
    "a member of the wrong type": (
        lambda: inject(parts=group(value("x"))),
        total,
        "to a group with a member bound to 'x', which has the wrong type",
    ),
    "an empty group": (
        lambda: inject(parts=group()),
        total,
        "it binds `parts` to a `group`, but a `group` takes sources by position for a list or by keyword for a dictionary",
    ),
    "a group that is a list and a dictionary": (
        lambda: inject(parts=group(source("a"), b=source("b"))),
        total,
        "it binds `parts` to a `group`, but a `group` takes sources by position for a list or by keyword for a dictionary",
    ),
    "a group of names": (
        lambda: parameterize(sums={"parts": group("a")}),
        total,
        "`sums` binds `parts` to a `group`, but a `group` takes `source('name')` and `value(...)`, not 'a'",
    ),
    "a key that the config lacks": (
        lambda: inject(right=configuration("step")),
        add,
        "it needs config value `step`, which is not set. Set it with `with_config`. Did you mean `steps`?",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason, steps=3)


def scaled(x: int, factor: int) -> int: ...


@pytest.mark.parametrize(
    ("binding", "code"),
    [
        (value(0.1), "value(0.1)"),
        (source("a"), "source('a')"),
        (configuration("city"), "configuration('city')"),
        (group(source("a"), value(1)), "group(source('a'), value(1))"),
        (group(x=source("a")), "group(x=source('a'))"),
        (step(add, right=2), "step(add, right=value(2))"),
    ],
)
def test_the_repr_of_a_binding_is_the_code_that_creates_it(binding, code):
    assert repr(binding) == code


def test_a_message_shows_a_binding_as_code(fresh):
    with pytest.raises(DecoratorError, match=r"`half` binds `left` to \[value\(0\.1\), source\('a'\)\]\. Use"):
        parameterize(half={"left": [value(0.1), source("a")]})(fresh(add))
