"""Accepted and rejected requests. The driver and the session apply the same rules."""

from __future__ import annotations

import pickle
import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder, Driver, errors
from headwater.io import to
from headwater.planning.request import Request, check_request
from headwater.session import Session

CODE = """
from headwater import config, configuration, extract_fields, inject


def price(region: str) -> int:
    return len(region)


def total(price: int, rate: float = 0.5) -> float:
    return price * rate


def whole(rate: int) -> int:
    return rate


@extract_fields({"low": int, "high": int})
def bounds() -> dict:
    return {"low": 1, "high": 9}


@config.when(mode="fast")
def speed__fast(factor: int) -> int:
    return factor


def scaled(factor: float) -> float:
    return factor * 2
"""


def flow() -> ModuleType:
    module = ModuleType("flow")
    code = compile(CODE, "flow.py", "exec")
    exec(code, vars(module))  # noqa: S102 - the test's own code
    return module


def driver_of(config: Mapping[str, Any] | None = None) -> Driver[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.HeadwaterWarning)
        return Builder().with_modules(flow()).with_config(config or {}).build()


def refusal(config: Any, outputs: Any, inputs: Any, overrides: Any) -> list[str]:
    """Return the class names of the errors that a driver raises for a request."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", errors.HeadwaterWarning)
            driver_of(config).validate_execution(outputs, inputs=inputs, overrides=overrides)
    except errors.SeveralErrors as error:
        return sorted(type(each).__name__ for each in error.errors)
    except errors.HeadwaterError as error:
        return [type(error).__name__]
    return []


REQUESTS: dict[str, tuple[dict[str, Any], list[str], dict[str, Any], dict[str, Any], list[str]]] = {
    "a valid request": ({}, ["total"], {"region": "eu"}, {}, []),
    "an unknown output": ({}, ["totl"], {}, {}, ["UnknownNode"]),
    "two unknown outputs": ({}, ["totl", "pric"], {}, {}, ["UnknownNode", "UnknownNode"]),
    "a missing input": ({}, ["total"], {}, {}, ["MissingInput"]),
    "an input of the wrong type": ({}, ["total"], {"region": 3}, {}, ["WrongInputType"]),
    "an input of the wrong type for a parameter with a default": (
        {}, ["total"], {"region": "eu", "rate": "x"}, {}, ["WrongInputType"],
    ),
    "an input of the wrong type that is not needed": ({}, ["low"], {"region": 3}, {}, []),
    "an input that fits the needed reader": ({}, ["total"], {"region": "eu", "rate": 1.5}, {}, []),
    "an input that fits only the other reader": ({}, ["whole"], {"rate": 1.5}, {}, ["WrongInputType"]),
    "an input of the wrong type that is an output": ({}, ["region"], {"region": 3}, {}, ["WrongInputType"]),
    "an input for a function": ({}, ["total"], {"price": 3}, {}, ["MisplacedInput"]),
    "an input for a function that is not needed": ({}, ["low"], {"price": 3}, {}, []),
    "an override of the wrong type": ({}, ["total"], {}, {"price": "x"}, ["WrongOverrideType"]),
    "an override of the wrong type for a part of a value": ({}, ["low"], {}, {"low": "x"}, ["WrongOverrideType"]),
    "an override of the wrong type that is not needed": ({}, ["low"], {}, {"price": "x"}, []),
    "an override of the wrong type upstream of another": ({}, ["total"], {}, {"total": 1.0, "price": "x"}, []),
    "an override of an input": ({}, ["price"], {}, {"region": "eu"}, []),
    "an override of an input of the wrong type": ({}, ["price"], {}, {"region": 1}, ["WrongOverrideType"]),
    "an override of None": ({}, ["total"], {}, {"price": None, "total": 1.0}, []),
    "an override of a config value with another class": ({"rate": 2}, ["total"], {"region": "eu"}, {"rate": 0.5}, []),
    "an override of a config value of the wrong type": (
        {"rate": 2}, ["total"], {"region": "eu"}, {"rate": "x"}, ["WrongOverrideType"],
    ),
    "config of the wrong type": ({"region": 3}, ["total"], {}, {}, ["WrongConfigType"]),
    "config of the wrong type that is not needed": ({"region": 3}, ["low"], {}, {}, []),
    "config of the wrong type that is overridden": ({"region": 3}, ["total"], {}, {"region": "eu"}, []),
    "config of the wrong type upstream of an override": ({"region": 3}, ["total"], {}, {"price": 1}, []),
    "config of the wrong type for another reader": ({"mode": "fast", "factor": 1.5}, ["scaled"], {}, {}, []),
    "config of the wrong type for one of two readers": (
        {"mode": "fast", "factor": 1.5}, ["scaled", "speed"], {}, {}, ["WrongConfigType"],
    ),
    "an input for a config value": ({"region": "eu"}, ["total"], {"region": "us"}, {}, ["ConflictingNames"]),
    "an input for a config value that is not needed": ({"region": "eu"}, ["low"], {"region": "us"}, {}, []),
    "one name as input and override": ({}, ["price"], {"region": "eu"}, {"region": "us"}, ["ConflictingNames"]),
    "one name as input and override that is not needed": ({}, ["low"], {"region": "eu"}, {"region": "us"}, []),
    "an unread input as output": ({}, ["low", "extra"], {"extra": 1}, {}, []),
    "an unread override as output": ({}, ["extra"], {}, {"extra": 1}, []),
    "a config value as output": ({"mode": "fast"}, ["mode", "low"], {}, {}, []),
    "an unread config value as output": ({"extra": 1}, ["extra"], {}, {}, []),
    "a config value that replaces a function, as output": ({"price": "x"}, ["price"], {}, {}, []),
    "one name in two spellings": ({}, ["low"], {"µ": 1, "μ": 2}, {}, ["ConflictingNames"]),
}  # fmt: skip


@pytest.mark.parametrize(("config", "outputs", "inputs", "overrides", "refused"), REQUESTS.values(), ids=REQUESTS.keys())
def test_a_driver_and_a_session_refuse_the_same(
    config: dict[str, Any], outputs: list[str], inputs: dict[str, Any], overrides: dict[str, Any], refused: list[str]
) -> None:
    assert refusal(config, outputs, inputs, overrides) == refused
    with Session() as session:
        session.update({"flow.py": CODE}, config=config, inputs=inputs, overrides=overrides)
        result = session.run(outputs)
        problems = [problem for problem in result["problems"] if problem["severity"] == "error"]
        assert sorted(problem["kind"] for problem in problems) == refused
        if not refused:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", errors.HeadwaterWarning)
                values = driver_of(config).execute(outputs, inputs=inputs, overrides=overrides)
            assert {name: shown["text"] for name, shown in result["outputs"].items()} == {
                name: str(value) for name, value in values.items()
            }


values = st.sampled_from([1, 2.5, "eu", None, [1]])
names = st.sampled_from(["region", "price", "rate", "total", "factor", "low", "bounds", "extra"])
outputs = st.lists(st.sampled_from(["price", "total", "whole", "low", "scaled", "region", "rate", "extra"]), max_size=3)


@given(
    st.dictionaries(names, values, max_size=3),
    outputs,
    st.dictionaries(names, values, max_size=3),
    st.dictionaries(names, values, max_size=3),
)
def test_for_any_request_a_driver_and_a_session_refuse_the_same(
    config: dict[str, Any], outputs: list[str], inputs: dict[str, Any], overrides: dict[str, Any]
) -> None:
    refused = refusal(config, outputs, inputs, overrides)
    with Session() as session:
        session.update({"flow.py": CODE}, config=config, inputs=inputs, overrides=overrides)
        result = session.run(outputs)
    kinds = [problem["kind"] for problem in result["problems"] if problem["severity"] == "error"]
    of_run = {"TypeError", "MissingPart"}  # None is accepted for every type, but a function may then fail
    assert sorted(kind for kind in kinds if kind not in of_run) == refused


def pricing() -> Driver[dict[str, Any]]:
    return driver_of()


TEXTS: dict[str, tuple[Callable[[], object], str]] = {
    "an override of a node": (
        lambda: pricing().execute(["total"], overrides={"price": "x"}),
        ("`price` is overridden with a value of type str ('x'), but its function (flow.py:5) returns int. Use a value of that "
        "type, or remove the override."),
    ),
    "an override of an input": (
        lambda: pricing().execute(["price"], overrides={"region": 3}),
        ("`region` is overridden with a value of type int (3), but `price` (flow.py:5) takes str. Use a value of that type, or "
        "remove the override."),
    ),
    "an input that one of two readers does not accept": (
        lambda: pricing().execute(["total", "whole"], inputs={"region": "eu", "rate": 1.5}),
        "Input `rate` must be of type int for `whole` (flow.py:13), but got float: 1.5.",
    ),
    "config": (
        lambda: driver_of({"region": 3}).execute(["price"]),
        "Config value `region` must be of type str for `price` (flow.py:5), but got int: 3.",
    ),
    "an override in `run`": (
        lambda: (driver := pricing()).run(driver.graph["total"].function or print, price="x"),
        ("`price` is overridden with a value of type str ('x'), but its function (flow.py:5) returns int. Use a value of that "
        "type, or remove the override."),
    ),
    "an invalid output": (
        lambda: pricing().execute([3]),  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
        "An output must be a node, a function or the name of a node, not 3.",
    ),
    "a node that is not in a list": (
        lambda: pricing().execute(pricing().graph["low"]),  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        "Outputs must be a list of names or functions: write `['low']`.",
    ),
    "a config key in two spellings": (
        lambda: Builder().with_config({"µ": 1, "μ": 2}),
        "`μ` is set twice in the config, with different spellings. Remove one of the two.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_an_error_names_the_problem_and_the_location(request_: Callable[[], object], text: str) -> None:
    with pytest.raises(errors.HeadwaterError) as raised:
        request_()
    assert str(raised.value) == text


def test_a_wrong_value_that_is_not_needed_is_a_warning_at_every_request() -> None:
    driver = pricing()
    for _ in range(3):
        with pytest.warns(errors.WrongValueWarning) as caught:
            assert driver.execute(["low"], inputs={"region": 3}) == {"low": 1}
        assert [str(warning.message) for warning in caught] == [
            (
                "Input `region` must be of type str for `price` (flow.py:5), but got int: 3. "
                "No requested output needs this value."
            )
        ]
        assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("inputs", "overrides", "error"),
    [
        ({"price": 3}, {}, errors.MisplacedInput),
        ({"region": "eu"}, {"region": "us"}, errors.ConflictingNames),
        ({"mode": "slow"}, {}, errors.ConflictingNames),
        ({}, {"price": "x"}, errors.WrongOverrideType),
    ],
    ids=repr,
)
def test_every_kind_of_mistake_that_is_not_needed_is_warned_of_every_time(
    inputs: dict[str, Any], overrides: dict[str, Any], error: type[Exception]
) -> None:
    driver = driver_of({"mode": "fast"})
    for _ in range(3):
        with pytest.warns(errors.WrongValueWarning) as caught:
            assert driver.execute(["low"], inputs=inputs, overrides=overrides) == {"low": 1}
        assert [type(warning.message.error) for warning in caught if isinstance(warning.message, errors.WrongValueWarning)] == [
            error
        ]
    if overrides == {"price": "x"}:  # no warning if the value fits
        assert driver.execute(["low"], overrides={"price": 3}) == {"low": 1}


OVERRIDDEN = (
    "`rate` is overridden with a value of type float (1.5), but `whole` (flow.py:13) takes int. Use a value of that type, "
    "or remove the override."
)


@pytest.mark.parametrize(
    ("config", "inputs", "overrides", "text"),
    [
        (
            {},
            {"rate": 1.5},
            {},
            "Input `rate` must be of type int for `whole` (flow.py:13), but got float: 1.5.",
        ),
        (
            {},
            {},
            {"rate": 1.5},
            OVERRIDDEN,
        ),
        (
            {"rate": 2},
            {},
            {"rate": 1.5},
            OVERRIDDEN,
        ),
    ],
    ids=["an input", "an override of an input", "an override of a config value"],
)
def test_a_value_that_only_an_unneeded_reader_refuses_is_used_with_a_warning(
    config: dict[str, Any], inputs: dict[str, Any], overrides: dict[str, Any], text: str
) -> None:
    driver = driver_of(config)
    for _ in range(3):
        with pytest.warns(errors.WrongValueWarning) as caught:
            assert driver.execute(["total"], inputs={"region": "eu", **inputs}, overrides=overrides) == {"total": 3.0}
        assert [str(warning.message) for warning in caught] == [f"{text} No requested output needs this value."]
    with Session() as session:
        session.update({"flow.py": CODE}, config=config, inputs={"region": "eu", **inputs}, overrides=overrides)
        result = session.run(["total"])
    assert [(problem["kind"], problem["severity"], problem["message"]) for problem in result["problems"]] == [
        ("WrongValueWarning", "warning", f"{text} No requested output needs this value.")
    ]
    assert result["outputs"]["total"]["text"] == "3.0"


SAVING = """
from headwater import save_to


@save_to.text(path="PATH", output_name_="first")
def one() -> str:
    return "one"


@save_to.text(path="PATH", output_name_="second")
def two() -> str:
    return "two"


def after(first: dict, second: dict) -> int:
    return 2


def first_alone(first: dict) -> int:
    return 1
"""


def without_lines(text: str) -> str:
    return re.sub(r"flow\.py:\d+", "flow.py", text)


@pytest.mark.parametrize("outputs", [["first", "second"], ["after"], ["first", "after"]], ids=repr)
def test_savers_that_would_overwrite_each_other_are_refused_wherever_they_are_needed(
    tmp_path: Path, outputs: list[str]
) -> None:
    path = tmp_path / "saved.txt"
    code = SAVING.replace("PATH", path.as_posix())
    text = (
        f"`first` (flow.py) and `second` (flow.py) save to the same file, {str(path)!r}: one would overwrite the other. Give "
        "each saver its own path, or run them one after the other."
    )
    module = ModuleType("flow")
    exec(compile(code, "flow.py", "exec"), vars(module))  # noqa: S102 - the test's own code
    driver = Builder().with_modules(module).build()
    for _ in range(2):
        with pytest.raises(errors.RequestError) as raised:
            driver.execute(outputs)
        assert without_lines(str(raised.value)) == text
    with Session() as session:
        for chosen in (outputs, None):
            session.update({"flow.py": code})
            result = session.run(chosen)
            assert [without_lines(problem["message"]) for problem in result["problems"]] == [text]
            states = {name: result["nodes"][name]["state"] for name in ("first", "second")}
            assert states == {"first": "failed", "second": "failed"}
        assert not path.exists()
        assert session.run(["first_alone"])["problems"] == []
    assert driver.execute(["after"], overrides={"first": {}}) == {"after": 2}
    assert path.read_text() == "two"


def test_a_warning_of_a_wrong_value_can_be_pickled() -> None:
    with pytest.warns(errors.WrongValueWarning) as caught:
        pricing().execute(["low"], inputs={"region": 3})
    warning = pickle.loads(pickle.dumps(caught[0].message))  # noqa: S301 - the test's own data
    assert str(warning) == str(caught[0].message)
    assert isinstance(warning.error, errors.WrongInputType)


def test_a_repeated_request_is_checked_like_the_first() -> None:
    driver = pricing()
    for _ in range(12):  # more often than needed to compile the plan
        assert driver.execute(["total"], inputs={"region": "eu"}) == {"total": 1.0}
        with pytest.raises(errors.WrongInputType):
            driver.execute(["total"], inputs={"region": 3})
        assert driver.execute(["total"], overrides={"price": 4}) == {"total": 2.0}
        with pytest.raises(errors.WrongOverrideType):
            driver.execute(["total"], overrides={"price": "x"})
        with pytest.warns(errors.UnusedNameWarning, match="`regoin` was provided"):
            driver.execute(["total"], inputs={"region": "eu", "regoin": 1})


def test_an_empty_request_is_not_reused_for_a_wrong_request() -> None:
    driver = pricing()
    assert driver.execute([]) == {}
    with pytest.raises(errors.RequestError, match="a list of names"):
        driver.execute("total")


def test_outputs_may_come_from_a_generator() -> None:
    assert pricing().execute(name for name in ("low", "high")) == {"low": 1, "high": 9}  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_nodes_are_accepted_wherever_outputs_are(tmp_path: Path) -> None:
    driver = driver_of({"mode": "fast"})
    nodes = {node.name: node for node in driver.list_available_variables()}
    assert driver.execute([nodes["low"], nodes["mode"], "high"]) == {"low": 1, "mode": "fast", "high": 9}
    assert [node.name for node in driver.what_is_upstream_of(nodes["price"])] == ["region", "price"]
    assert [node.name for node in driver.what_is_downstream_of(nodes["price"])] == ["price", "total"]
    assert [node.name for node in driver.what_is_the_path_between(nodes["region"], nodes["total"])] == [
        "region",
        "price",
        "total",
    ]
    assert "low" in driver.visualize_execution([nodes["low"]]).text
    saving = to.json(id="saved", dependencies=nodes["bounds"], path=tmp_path / "bounds.json")
    assert driver.materialize(saving, additional_vars=[nodes["high"]])[1] == {"high": 9}
    other = Builder().with_functions(later).build()
    with pytest.raises(errors.UnknownNode, match="There is no node `low`"):
        other.execute([nodes["low"]])


def later(x: int) -> int:
    return x


def test_config_values_are_listed_and_drawn() -> None:
    driver = driver_of({"mode": "fast", "extra": 3, "region": "eu"})
    kinds = {node.name: node.kind for node in driver.list_available_variables()}
    assert {name for name, kind in kinds.items() if kind == "config"} == {"mode", "extra", "region"}
    drawn = driver.display_all_functions().text
    assert all(name in drawn for name in ("mode", "extra", "region"))
    text = driver.visualize_execution(["low", "extra", "mode"]).text
    assert "extra" in text
    assert "region" not in text
    assert [node.name for node in driver.what_is_downstream_of("mode")] == ["mode"]


def test_a_function_that_config_replaces_can_still_be_requested_by_the_function() -> None:
    assert Builder().with_functions(later).with_config({"later": 7}).build().execute([later]) == {"later": 7}


def test_a_config_key_that_nothing_reads_is_still_warned_of() -> None:
    with pytest.warns(errors.UnusedNameWarning, match="`extra` has no effect"):
        Builder().with_functions(later).with_config({"extra": 1}).build()


def test_a_provided_value_that_is_an_output_is_drawn() -> None:
    drawn = pricing().visualize_execution(["low", "extra"], inputs={"extra": 3}).text
    assert "extra" in drawn
    assert "region" not in drawn


def test_drawing_without_validation_leaves_wrong_things_aside() -> None:
    drawn = pricing().visualize_execution(["total", "nowhere"], inputs={"rate": "x"}, bypass_validation=True).text
    assert "total" in drawn
    assert "nowhere" not in drawn


def test_problems_are_data_and_nothing_is_raised() -> None:
    graph = pricing().graph
    resolved, found, warned = check_request(Request(["total", "nowhere", 3], {"region": 3, "extra": 1}, {"low": "x"}), graph)  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
    assert [type(error) for error in found] == [errors.UnknownNode, errors.RequestError, errors.WrongInputType]
    assert [type(warning) for warning in warned] == [errors.WrongValueWarning, errors.UnusedNameWarning]
    assert dict(resolved.outputs) == {"total": "total"}
    assert (dict(resolved.inputs), dict(resolved.overrides), resolved.refused) == ({"extra": 1}, {}, {"region"})
