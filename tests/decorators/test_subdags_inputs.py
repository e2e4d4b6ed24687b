"""Inputs of a subdag are nodes that can be drawn, requested and overridden. An unused input causes a warning."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from headwater import (
    Builder,
    config,
    configuration,
    exclude,
    extract_fields,
    inject,
    parameterized_subdag,
    pipe_output,
    source,
    step,
    subdag,
    tag,
    value,
)
from headwater.errors import DecoratorError, DecoratorWarning, IncompatibleTypes
from headwater.export import record, script
from headwater.outline import outline
from headwater.quality import checks
from headwater.session import Session


@exclude
def scaled(amount: int, factor: int = 2) -> int:
    return amount * factor


@exclude
def offset(scaled: int, factor: float = 2) -> float:
    return scaled + factor


@exclude
@config.when(kind="plain")
def label__plain(scaled: int) -> str:
    return str(scaled)


@exclude
@config.otherwise
def label__long(scaled: int) -> str:
    return f"{scaled} pieces"


def total(scaled: int) -> int:
    return scaled


def labelled(label: str) -> str:
    return label


def both(scaled: int, amount: int) -> tuple[int, int]:
    return scaled, amount


def fresh(function):
    copy = type(function)(function.__code__, function.__globals__, function.__name__, function.__defaults__)
    copy.__annotations__ = function.__annotations__
    return copy


def built(*functions, **config_values):
    return Builder().with_functions(*functions).with_config(config_values).build()


RECEIVED = {
    "a value": (subdag(scaled, inputs={"amount": value(4)}), {}, {"total.amount": 4}, 8),
    "a plain value": (subdag(scaled, inputs={"amount": 4}), {}, {"total.amount": 4}, 8),
    "a source": (subdag(scaled, inputs={"amount": source("pears")}), {}, {"total.amount": 5}, 10),
    "a source of the same name": (subdag(scaled, inputs={"amount": source("amount")}), {}, {"total.amount": 3}, 6),
    "the config": (subdag(scaled, inputs={"amount": configuration("base")}), {"base": 6}, {"total.amount": 6}, 12),
    "separate config": (subdag(scaled, config={"amount": 7}), {}, {"total.amount": 7}, 14),
    "config under another key": (
        subdag(scaled, config={"amount": configuration("base")}),
        {"base": 6},
        {"total.amount": 6},
        12,
    ),
    "an optional parameter": (
        subdag(scaled, inputs={"amount": value(4), "factor": value(3)}),
        {},
        {"total.amount": 4, "total.factor": 3},
        12,
    ),
    "a replaced node": (subdag(scaled, inputs={"scaled": source("pears")}), {}, {"total.scaled": 5}, 5),
    "a replaced node, from the config": (subdag(scaled, config={"scaled": 9}), {}, {"total.scaled": 9}, 9),
    "a replaced node, from the outer config": (
        subdag(scaled, inputs={"amount": value(1)}),
        {"scaled": 9},
        {"total.scaled": 9},
        9,
    ),
    "another namespace": (subdag(scaled, inputs={"amount": 4}, namespace="n"), {}, {"n.amount": 4}, 8),
}


@pytest.mark.parametrize(("decorator", "config_values", "received", "expected"), RECEIVED.values(), ids=RECEIVED)
def test_an_input_is_a_node_that_can_be_requested_and_overridden(decorator, config_values, received, expected):
    driver = built(decorator(fresh(total)), **config_values)
    inputs = {name: {"pears": 5, "amount": 3}[name] for name in ("pears", "amount") if name in driver.graph}
    assert driver.execute([*received, "total"], inputs=inputs) == {**received, "total": expected}
    for name in received:
        assert driver.graph[name].kind == "function"
        assert driver.graph[name].type is int
        changed = driver.execute(["total"], inputs=inputs, overrides={name: 100})["total"]
        assert changed == expected // received[name] * 100


def test_the_decorated_function_may_depend_on_an_input():
    driver = built(subdag(scaled, inputs={"amount": value(4)})(fresh(both)))
    assert driver.execute(["both"]) == {"both": (8, 4)}
    assert driver.execute(["both"], overrides={"both.amount": 1}) == {"both": (2, 1)}


def test_each_of_several_subdags_has_separate_inputs():
    decorate = parameterized_subdag(
        scaled, inputs={"factor": value(10)}, low={"inputs": {"amount": value(1)}}, high={"inputs": {"amount": source("x")}}
    )
    driver = built(decorate(fresh(total)))
    assert driver.execute(["low", "high"], inputs={"x": 5}) == {"low": 10, "high": 50}
    assert driver.execute(["low", "high"], inputs={"x": 5}, overrides={"low.factor": 2}) == {"low": 2, "high": 50}


def test_a_nested_subdag_has_separate_inputs():
    @exclude
    @subdag(scaled, inputs={"amount": source("start"), "factor": value(10)})
    def inner(scaled: int) -> int:
        return scaled

    @subdag(inner, inputs={"start": value(7)})
    def outer(inner: int) -> int:
        return inner

    driver = built(outer)
    names = ["outer.start", "outer.inner.amount", "outer.inner.factor", "outer"]
    assert driver.execute(names) == dict(zip(names, [7, 7, 10, 70], strict=True))
    assert driver.execute(["outer"], overrides={"outer.start": 1}) == {"outer": 10}
    assert driver.execute(["outer"], overrides={"outer.inner.amount": 2}) == {"outer": 20}


def test_config_that_only_selects_variants_is_a_node_but_not_an_output():
    driver = built(subdag(scaled, label__plain, label__long, inputs={"amount": 3}, config={"kind": "plain"})(fresh(labelled)))
    assert driver.execute(["labelled", "labelled.kind"]) == {"labelled": "6", "labelled.kind": "plain"}
    assert [node.name for node in driver.graph.sinks] == ["labelled"]
    received = driver.list_available_variables(tag_filter={"headwater.role": "received"})
    assert {node.name for node in received} == {"labelled.kind", "labelled.amount"}


def test_a_missing_optional_source_uses_the_default():
    driver = built(subdag(scaled, offset, inputs={"amount": 3, "factor": source("rate")})(fresh(total)))
    assert driver.execute(["total", "total.factor"]) == {"total": 6, "total.factor": 2}
    assert driver.execute(["total"], inputs={"rate": 5}) == {"total": 15}


def test_an_optional_source_with_different_defaults_has_no_node():
    def first(factor: int = 1) -> int:
        return factor

    def second(factor: int = 2) -> int:
        return factor

    @subdag(first, second, inputs={"factor": source("rate")})
    def pair(first: int, second: int) -> tuple[int, int]:
        return first, second

    driver = built(pair)
    assert driver.execute(["pair"]) == {"pair": (1, 2)}
    assert driver.execute(["pair"], inputs={"rate": 5}) == {"pair": (5, 5)}
    assert "pair.factor" not in driver.graph


def test_an_input_has_the_type_that_fits_all_readers():
    driver = built(subdag(scaled, offset, inputs={"amount": 3, "factor": source("rate")})(fresh(total)))
    assert driver.graph["total.factor"].type is int
    assert driver.graph["rate"].type is int


def test_a_source_of_another_type_is_an_error_at_the_border():
    def words() -> str: ...

    with pytest.raises(IncompatibleTypes, match=r"`total.amount` .* takes `amount: int` \(bound to `words`\)"):
        built(words, subdag(scaled, inputs={"amount": source("words")})(fresh(total)))


def test_a_value_that_does_not_fit_a_reader_is_an_error():
    def worded(amount: str) -> int: ...

    def sum_of(scaled: int, worded: int) -> int: ...

    with pytest.raises(DecoratorError, match="`amount: str` is bound to 3, which has the wrong type"):
        built(subdag(scaled, worded, inputs={"amount": 3})(sum_of))


def test_a_parameter_that_the_subdag_does_not_compute_is_an_error():
    def other(missing: int) -> int: ...

    with pytest.raises(DecoratorError, match=r'nothing in the subdag computes `missing`.*`external_inputs=\["missing"\]`'):
        built(subdag(scaled, inputs={"amount": 1})(other))


# --- other decorators around a subdag -----------------------------------------------------------------------------------


def _more(value: int) -> int:
    return value + 1


AROUND = {
    "tag": (tag(a="b"), 8),
    "a pipe": (pipe_output(step(_more)), 9),
}


@pytest.mark.parametrize(("decorator", "expected"), AROUND.values(), ids=AROUND)
def test_decorators_above_a_subdag_apply_to_the_node_of_the_function(decorator, expected):
    decorated = decorator(subdag(scaled, offset, inputs={"amount": 4})(fresh(total)))  # nothing reads `offset`
    driver = built(decorated)
    assert driver.execute(["total"]) == {"total": expected}
    assert {name for name, node in driver.graph.nodes.items() if "a" in node.tags} <= {"total"}


def test_fields_of_a_function_in_a_subdag_are_extracted():
    @extract_fields({"x": int})
    @subdag(scaled, offset, inputs={"amount": 4})
    def record_of(scaled: int) -> dict[str, int]:
        return {"x": scaled}

    assert built(record_of).execute(["x"]) == {"x": 8}


def test_check_rules_do_not_select_inputs_of_subdags():
    rule = checks(range=(0, 9)).where(type=int)
    driver = Builder().with_functions(subdag(scaled, inputs={"amount": 4})(fresh(total))).with_checks(rule).build()
    checked = {name for name in driver.graph.nodes if name.endswith("_validator")}
    assert checked == {"total.scaled_range_validator", "total_range_validator"}


# --- unused inputs ------------------------------------------------------------------------------------------------------

UNREAD = {
    "an input": (
        subdag(scaled, inputs={"amount": 1, "amuont": 2}),
        (
            "@subdag on `total` (PLACE): nothing in the subdag uses the input `amuont`, so it has no effect. "
            "Did you mean `amount`?"
        ),
    ),
    "a source": (
        subdag(scaled, inputs={"amount": 1, "other": source("x")}),
        "@subdag on `total` (PLACE): nothing in the subdag uses the input `other`, so it has no effect.",
    ),
    "config": (
        subdag(scaled, inputs={"amount": 1}, config={"kind": "plain"}),
        "@subdag on `total` (PLACE): nothing in the subdag uses the config key `kind`, so it has no effect.",
    ),
    "an input of one of several subdags": (
        parameterized_subdag(scaled, inputs={"amount": 1}, first={}, second={"inputs": {"other": 2}}),
        "@parameterized_subdag on `total` (PLACE): nothing in the subdag `second` uses the input `other`, so it has no effect.",
    ),
}


@pytest.mark.parametrize(("decorator", "message"), UNREAD.values(), ids=UNREAD)
def test_an_unused_input_is_a_warning_with_function_and_line(decorator, message):
    with pytest.warns(DecoratorWarning) as caught:
        driver = built(decorator(fresh(total)))
    (warning,) = caught
    assert str(warning.message) == message.replace("PLACE", str(warning.message.location))
    assert warning.lineno == total.__code__.co_firstlineno
    outputs = [name for name in ("total", "first", "second") if name in driver.graph]
    assert driver.execute(outputs) == dict.fromkeys(outputs, 2)
    (unread,) = [name for name in driver.graph.nodes if name.endswith((".amuont", ".other", ".kind"))]
    assert unread not in {node.name for node in driver.graph.sinks}
    assert driver.execute([unread], overrides={unread: "x"}) == {unread: "x"}


READ = {
    "config that selects variants": subdag(scaled, label__plain, label__long, inputs={"amount": 1}, config={"kind": "plain"}),
    "config that selects variants in a nested subdag": subdag(
        exclude(subdag(scaled, label__plain, label__long, inputs={"amount": 1})(fresh(labelled))),
        config={"kind": "plain"},
        external_inputs=["label"],
    ),
    "an input that the decorated function reads": subdag(scaled, inputs={"label": "x"}),
    "a replaced node that nothing reads": subdag(scaled, label__long, inputs={"amount": 1, "scaled": 2}),
}


@pytest.mark.parametrize("decorator", READ.values(), ids=READ)
def test_an_input_that_is_used_or_selects_variants_does_not_warn(decorator):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        built(decorator(fresh(labelled)))


# --- outline, session and export ----------------------------------------------------------------------------------------

SOURCE = """\
from headwater import exclude, source, subdag, value


@exclude
def scaled(amount: int, factor: int) -> int:
    return amount * factor


@subdag(scaled, inputs={"amount": source("pears"), "factor": value(10)})
def total(scaled: int) -> int:
    return scaled
"""
UNREAD_SOURCE = SOURCE.replace('"factor": value(10)}', '"factor": value(10), "more": value(1)}')


def test_the_outline_shows_inputs():
    view = outline({"flow.py": SOURCE})
    assert view["problems"] == []
    assert [node["name"] for node in view["nodes"]] == [
        "pears",
        "total.amount",
        "total.factor",
        "total.scaled",
        "total",
    ]
    assert {(edge["source"], edge["target"]) for edge in view["edges"]} == {
        ("pears", "total.amount"),
        ("total.amount", "total.scaled"),
        ("total.factor", "total.scaled"),
        ("total.scaled", "total"),
    }


def test_the_outline_and_the_session_warn_about_unused_inputs():
    message = "@subdag on `total` (flow.py:10): nothing in the subdag uses the input `more`, so it has no effect."
    problems: list[Any] = [*outline({"flow.py": UNREAD_SOURCE})["problems"]]
    with Session() as session:
        session.update({"flow.py": UNREAD_SOURCE}, inputs={"pears": 2})
        result = session.run(["total"])
        problems += result["problems"]
    assert [(problem["kind"], problem["severity"], problem["message"], problem["line"]) for problem in problems] == [
        ("DecoratorWarning", "warning", message, 10)
    ] * 2
    assert result["outputs"]["total"]["text"] == "20"


def test_an_unused_input_is_not_an_output_of_the_outline_or_a_session():
    view = outline({"flow.py": UNREAD_SOURCE})
    assert [node["name"] for node in view["nodes"] if node["output"]] == ["total"]
    with Session() as session:
        session.update({"flow.py": UNREAD_SOURCE}, inputs={"pears": 2})
        assert list(session.run()["outputs"]) == ["total"]


def test_a_session_overrides_an_input_and_removes_the_override():
    with Session() as session:
        texts = []
        for overrides in ({}, {"total.factor": 3}, {"total.amount": 5}, {}):
            session.update({"flow.py": SOURCE}, inputs={"pears": 2}, overrides=overrides)
            texts.append(session.run(["total"])["outputs"]["total"]["text"])
    assert texts == ["20", "6", "50", "20"]


def test_an_exported_script_contains_the_values(tmp_path, monkeypatch):
    (tmp_path / "received_flow.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import received_flow

    recording = record(received_flow, inputs={"pears": 2})
    text = script(recording, "total")
    assert "    pears = 2\n    total_factor = 10\n    total_scaled = scaled(pears, total_factor)\n" in text
    assert "factor = 10\n    print(total_factor)" in script(recording, "total.factor")
    for name, expected in {"total": 20, "total.factor": 10, "total.amount": 2}.items():
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(script(recording, name), "script.py", "exec"), names)  # noqa: S102
        assert recording.value(name) == expected
        assert expected in names.values()


def test_injected_external_inputs_stay_outside():
    @inject(factor=source("rate"))
    @subdag(scaled, inputs={"amount": value(2)}, external_inputs=["factor"])
    def shown(scaled: int, factor: int) -> tuple[int, int]:
        return scaled, factor

    assert built(shown).execute(["shown"], inputs={"rate": 7}) == {"shown": (4, 7)}
