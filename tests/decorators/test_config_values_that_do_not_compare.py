"""Conditions on config values whose comparison is not True or False, such as arrays and frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, config, pipe_input, step
from headwater.errors import DecoratorError
from headwater.outline import outline
from headwater.session import Session

pytestmark = pytest.mark.interpreter


class Refusing:
    """An object that raises when it is compared."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("not with me")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "Refusing()"


VALUES: dict[str, Callable[[], Any]] = {
    "an array": lambda: np.array([1.0, 2.0]),
    "an array of one": lambda: np.array([1]),
    "an empty array": lambda: np.array([]),
    "a frame": lambda: pd.DataFrame({"a": [1]}),
    "a series": lambda: pd.Series([1, 2]),
    "a polars series": lambda: pytest.importorskip("polars").Series([1, 2]),
    "an object that raises": Refusing,
}
TESTS: dict[str, Callable[[Any], Any]] = {
    "when": lambda expected: config.when(weights=expected),
    "when_not": lambda expected: config.when_not(weights=expected),
    "when_in": lambda expected: config.when_in(weights=[expected]),
    "when_not_in": lambda expected: config.when_not_in(weights=[expected]),
}


def fresh() -> Any:
    scope: dict[str, Any] = {}
    exec(compile("def total() -> int:\n    return 1\n", "flow.py", "exec"), scope)  # noqa: S102
    return scope["total"]


@pytest.mark.parametrize("make", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("test", TESTS.keys())
def test_an_error_names_the_function_and_the_key(test: str, make: Callable[[], Any]) -> None:
    decorated = TESTS[test](5)(fresh())
    with pytest.raises(
        DecoratorError, match=rf"@config.{test} on `total` \(flow.py:1\): config value `weights`, .* with \[?5"
    ) as raised:
        Builder().with_functions(decorated).with_config({"weights": make()}).build()
    assert "ambiguous" not in str(raised.value).split("cannot be compared")[0]


@pytest.mark.parametrize("make", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize(
    ("test", "is_included"), [("when", False), ("when_not", True), ("when_in", False), ("when_not_in", True)]
)
def test_a_condition_can_test_for_none(test: str, is_included: bool, make: Callable[[], Any]) -> None:
    decorated = TESTS[test](None)(fresh())
    driver = Builder().with_functions(decorated).with_config({"weights": make()}).build()
    assert ("total" in driver.graph) == is_included
    without = Builder().with_functions(decorated).build()
    assert ("total" in without.graph) == (not is_included)


def test_the_error_message() -> None:
    decorated = config.when(weights=1)(fresh())
    with pytest.raises(DecoratorError) as raised:
        Builder().with_functions(decorated).with_config({"weights": np.array([1.0, 2.0])}).build()
    assert str(raised.value) == (
        "@config.when on `total` (flow.py:1): config value `weights`, <ndarray 2>, cannot be compared with 1: "
        "ndarray is compared element by element. Use a separate config key for the condition."
    )


def test_a_condition_on_a_step_has_the_same_error() -> None:
    def _step(x: int) -> int:
        return x

    def piped(x: int) -> int:
        return x

    decorated = pipe_input(step(_step).when(weights=1))(piped)
    with pytest.raises(DecoratorError, match=r"on `piped` .*: config value `weights`, <ndarray 2>, cannot be compared with 1"):
        Builder().with_functions(decorated).with_config({"weights": np.array([1.0, 2.0])}).build()


@pytest.mark.parametrize(
    ("expected", "present", "is_included"),
    [
        ({"a", "b"}, ["a"], False),
        ({"a", "b"}, "a", True),
        ({(1,), (2,)}, (1,), True),
        ({(1,), (2,)}, ([],), False),
        ([[1], [2]], [1], True),
        (range(10**12), 10**11, True),
        (frozenset({1}), {1: 2}, False),
        ({"a": 1}, "a", True),
    ],
    ids=["list", "member", "tuple", "list in a tuple", "list in lists", "range", "dictionary", "key"],
)
def test_unhashable_values_can_be_looked_up_in_sets(expected: Any, present: Any, is_included: bool) -> None:
    decorated = config.when_in(weights=expected)(fresh())
    driver = Builder().with_functions(decorated).with_config({"weights": present}).build()
    assert ("total" in driver.graph) == is_included


def test_a_session_and_an_outline_show_the_problem() -> None:
    source = "from headwater import config\n@config.when(weights=1)\ndef total() -> int: return 1\n"
    values = {"weights": np.array([1.0, 2.0])}
    assert ["cannot be compared" in problem["message"] for problem in outline({"flow.py": source}, values)["problems"]] == [
        True
    ]
    with Session() as session:
        for _ in range(2):
            session.update({"flow.py": source}, config=values)
            (problem,) = session.run()["problems"]
            assert (problem["kind"], problem["line"]) == ("DecoratorError", 2)
            assert problem["message"].startswith("@config.when on `total` (flow.py:2): config value `weights`, <ndarray 2>,")
