"""If a decorator binds a config value of the wrong type, the build warns, and requests that need the value fail."""

from __future__ import annotations

import textwrap
import warnings
from types import ModuleType
from typing import Any

import pytest

from headwater import Builder, Driver, errors
from headwater.outline import outline
from headwater.session import Session

HEAD = """
from headwater import apply_to, configuration, exclude, group, inject, mutate, parameterize, parameterized_subdag
from headwater import pipe_input, pipe_output, step, subdag, value


@exclude
def inner(x: int) -> int:
    return x


def _scaled(v: int, by: int) -> int:
    return v * by


def free() -> int:
    return 1


"""
BOUND: dict[str, tuple[str, str, str]] = {
    "inject": ("@inject(x=configuration('k'))\ndef total(x: int) -> int:\n    return x", "total", "total"),
    "a group": ("@inject(x=group(configuration('k')))\ndef total(x: list[int]) -> int:\n    return x[0]", "total", "total"),
    "a group with names": (
        "@inject(x=group(a=value(1), b=configuration('k')))\ndef total(x: dict[str, int]) -> int:\n    return x['b']",
        "total",
        "total",
    ),
    "parameterize": (
        "@parameterize(total={'x': configuration('k')}, second={'x': value(1)})\ndef many(x: int) -> int:\n    return x",
        "total",
        "total",
    ),
    "a step": (
        "@pipe_output(step(_scaled, by=configuration('k')))\ndef total() -> int:\n    return 2",
        "total",
        "total.with_scaled",
    ),
    "a step of an input": (
        "@pipe_input(step(_scaled, by=configuration('k')))\ndef total(x: int = 2) -> int:\n    return x",
        "total",
        "total.with_scaled",
    ),
    "mutate": (
        (
            "def total() -> int:\n    return 2\n@mutate(apply_to(total, by=configuration('k')))\ndef _changed(v: int, by: int) "
            "-> int:\n    return v * by"
        ),
        "total",
        "total.with_changed",
    ),
    "inputs of a subdag": (
        "@subdag(inner, inputs={'x': configuration('k')})\ndef total(inner: int) -> int:\n    return inner",
        "total",
        "total.x",
    ),
    "config of a subdag": (
        "@subdag(inner, config={'x': configuration('k')})\ndef total(inner: int) -> int:\n    return inner",
        "total",
        "total.x",
    ),
    "a parameterized subdag": (
        (
            "@parameterized_subdag(inner, total={'inputs': {'x': configuration('k')}}, second={'inputs': {'x': 1}})\n"
            "def many(inner: int) -> int:\n    return inner"
        ),
        "total",
        "total.x",
    ),
}


def built(code: str, config: dict[str, Any]) -> tuple[Driver[dict[str, Any]], list[str]]:
    module = ModuleType("flow")
    exec(compile(HEAD + textwrap.dedent(code), "flow.py", "exec"), vars(module))  # noqa: S102 - the test's own code
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        driver = Builder().with_modules(module).with_config(config).build()
    return driver, [str(warning.message) for warning in caught]


@pytest.mark.parametrize(("code", "output", "reader"), BOUND.values(), ids=BOUND)
def test_only_the_requests_that_need_it_are_refused(code: str, output: str, reader: str) -> None:
    driver, warned = built(code, {"k": "text"})
    place = driver.graph[reader].location
    text = f"Config value `k` must be of type int for `{reader}` ({place}), but got str: 'text'."
    assert warned == [f"{text} Requests that need this value will fail."]
    assert driver.execute(["free", "k"]) == {"free": 1, "k": "text"}
    for overrides in ({}, {"k": 1}):  # overriding the config value does not change the bound value
        with pytest.raises(errors.WrongConfigType) as raised:
            driver.execute([output], overrides=overrides)
        assert str(raised.value) == text
    assert driver.execute([output], overrides={reader: 3})[output] == 3
    fitting, warned = built(code, {"k": 1})
    assert warned == []
    assert isinstance(fitting.execute([output])[output], int)


@pytest.mark.parametrize(("code", "output", "reader"), BOUND.values(), ids=BOUND)
def test_a_session_and_an_outline_show_the_same(code: str, output: str, reader: str) -> None:
    sources = {"flow.py": HEAD + code}
    with Session() as session:
        session.update(sources, config={"k": "text"})
        result = session.run([output, "free"])
        assert [(problem["kind"], problem["severity"], problem["node"]) for problem in result["problems"]] == [
            ("WrongConfigType", "error", reader)
        ]
        assert {name: shown["text"] for name, shown in result["outputs"].items()} == {"free": "1"}
        result = session.run(["free"])
        assert [(problem["kind"], problem["severity"]) for problem in result["problems"]] == [("WrongValueWarning", "warning")]
        session.update(sources, config={"k": 4})
        assert session.run([output])["problems"] == []
    assert [(problem["kind"], problem["node"]) for problem in outline(sources, {"k": "text"})["problems"]] == [
        ("WrongConfigType", reader)
    ]


def test_a_value_that_is_written_is_refused_when_the_dataflow_is_built() -> None:
    with pytest.raises(errors.DecoratorError, match="`x: int` to 'text', which has the wrong type"):
        built("@inject(x=value('text'))\ndef total(x: int) -> int:\n    return x", {})


def test_a_subdag_whose_readers_differ_is_refused_when_the_dataflow_is_built() -> None:
    code = """
    @exclude
    def other(x: str) -> int:
        return 1


    @subdag(inner, other, inputs={"x": configuration("k")})
    def total(inner: int, other: int) -> int:
        return inner
    """
    with pytest.raises(errors.DecoratorError, match="`x: int` is bound to 'text', which has the wrong type"):
        built(code, {"k": "text"})
