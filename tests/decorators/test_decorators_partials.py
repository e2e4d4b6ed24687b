"""Partials and callable objects as arguments of decorators. A partial has the same name as the underlying function."""

from __future__ import annotations

import textwrap
from functools import partial
from types import ModuleType
from typing import Any

import pytest

from headwater import Builder, mutate, pipe_input, pipe_output, step, subdag, with_columns
from headwater.errors import DecoratorError, HeadwaterError
from headwater.session import Session


def _scaled(v: int, by: int) -> int:
    return v * by


class Adding:
    """A callable without a name."""

    def __call__(self, v: int, more: int = 1) -> int:
        return v + more


FLOWS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a step at the end": (
        "@pipe_output(step(partial(_scaled, by=3)))\ndef total() -> int:\n    return 2",
        {"total": 6, "total.with_scaled": 6},
        ["total.raw", "total.with_scaled", "total"],
    ),
    "two steps before the function": (
        "@pipe_input(step(partial(_scaled, by=3)), step(partial(_scaled, by=4)))\ndef total(x: int = 1) -> int:\n    return x",
        {"total": 12, "total.with_scaled": 3, "total.with_scaled_1": 12},
        ["x", "total.with_scaled", "total.with_scaled_1", "total"],
    ),
    "a partial of a partial": (
        "@pipe_output(step(partial(partial(_scaled), by=3)))\ndef total() -> int:\n    return 2",
        {"total": 6},
        ["total.raw", "total.with_scaled", "total"],
    ),
    "a partial under a name": (
        "_tripled = partial(_scaled, by=3)\n@pipe_output(step(_tripled).named('tripled'))\ndef total() -> int:\n    return 2",
        {"total": 6, "total.tripled": 6},
        ["total.raw", "total.tripled", "total"],
    ),
    "an object": (
        "@pipe_output(step(Adding(), more=value(5)))\ndef total() -> int:\n    return 2",
        {"total": 7, "total.with_step": 7},
        ["total.raw", "total.with_step", "total"],
    ),
    "in a subdag": (
        (
            "def _inner(x: int, k: int) -> int:\n    return x * k\n\n\n"
            "@subdag(partial(_inner, k=4), inputs={'x': value(2)})\ndef total(_inner: int) -> int:\n    return _inner"
        ),
        {"total": 8, "total._inner": 8},
        ["total.x", "total._inner", "total"],
    ),
}
HEAD = """
from functools import partial
from headwater import pipe_input, pipe_output, step, subdag, value


def _scaled(v: int, by: int) -> int:
    return v * by


class Adding:
    def __call__(self, v: int, more: int = 1) -> int:
        return v + more


"""


@pytest.mark.parametrize(("code", "values", "names"), FLOWS.values(), ids=FLOWS)
def test_a_partial_has_the_name_of_its_function(code: str, values: dict[str, Any], names: list[str]) -> None:
    module = ModuleType("flow")
    exec(compile(HEAD + textwrap.dedent(code), "flow.py", "exec"), vars(module))  # noqa: S102 - the test's own code
    driver = Builder().with_modules(module).build()
    assert driver.execute(list(values)) == values
    assert [node.name for node in driver.list_available_variables()] == names


@pytest.mark.parametrize(("code", "values", "names"), FLOWS.values(), ids=FLOWS)
def test_a_session_computes_the_same(code: str, values: dict[str, Any], names: list[str]) -> None:
    del names
    with Session() as session:
        session.update({"flow.py": HEAD + code})
        for _ in range(2):
            result = session.run(list(values))
            assert result["problems"] == []
            assert {name: shown["text"] for name, shown in result["outputs"].items()} == {
                name: str(value) for name, value in values.items()
            }


def test_a_session_detects_a_changed_argument_of_a_partial() -> None:
    code = HEAD + FLOWS["a step at the end"][0]
    with Session() as session:
        for by, shown, state in (("3", "6", "succeeded"), ("3", "6", "reused"), ("5", "10", "succeeded")):
            session.update({"flow.py": code.replace("by=3", f"by={by}")})
            result = session.run(["total"])
            assert (result["outputs"]["total"]["text"], result["nodes"]["total.with_scaled"]["state"]) == (shown, state)


def total(v: int) -> int:
    return v


REFUSED: dict[str, tuple[Any, str]] = {
    "mutate": (
        lambda: mutate(partial(_scaled, by=2))(total),
        (
            "@mutate on `total` ({place}): it changes what functions return, but {argument!r} is not a function. "
            "Use `pipe_output` instead."
        ),
    ),
    "subdag of a lambda": (
        lambda: subdag(lambda x: x)(total),
        "@subdag on `total` ({place}): {argument!r} has no name, but its node needs a name. Define a function with `def`.",
    ),
    "subdag of an object": (
        lambda: subdag(Adding())(total),
        "@subdag on `total` ({place}): {argument!r} has no name, but its node needs a name. Define a function with `def`.",
    ),
    "with_columns of an object": (
        lambda: with_columns(Adding(), columns_to_pass=["a"])(total),
        (
            "@with_columns on `total` ({place}): {argument!r} has no name, but its node needs a name. "
            "Define a function with `def`."
        ),
    ),
}


@pytest.mark.parametrize(("decorate", "text"), REFUSED.values(), ids=REFUSED)
def test_a_callable_without_a_name_is_refused_with_the_reason(decorate: Any, text: str) -> None:
    with pytest.raises(DecoratorError) as raised:
        decorate()
    before, _, after = text.replace("{place}", str(raised.value.locations[0])).partition("{argument!r}")
    assert str(raised.value).startswith(before)
    assert str(raised.value).endswith(after)


@pytest.mark.parametrize("decorator", [pipe_input, pipe_output], ids=["pipe_input", "pipe_output"])
def test_a_lambda_as_a_step_lacks_annotations(decorator: Any) -> None:
    def piped(x: int) -> int:
        return x

    with pytest.raises(HeadwaterError, match=r"^`step` \(.*\.py:\d+\) has no annotation for parameter `v`"):
        Builder().with_functions(decorator(step(lambda v: v), namespace=None)(piped)).build()
