"""A failed comparison in a test says which values it compared."""

from __future__ import annotations

import ast
import traceback
from typing import Any

import numpy as np
import pandas as pd
import pytest

from headwater.lessons.assertions import EXPLAIN, explain, explain_comparisons

VALUES = {
    "prices": {"tea": 3},
    "names": ["tea"],
    "text": "tea",
    "mean": np.float64(0.1),
    "series": pd.Series([1, 2]),
    "long": "x" * 200,
}


def execute(source: str, **names: Any) -> dict[str, Any]:
    module = {EXPLAIN: explain, **VALUES, **names}
    exec(compile(explain_comparisons(source, "test_shop.py"), "test_shop.py", "exec"), module)  # noqa: S102 - the tests' own code
    return module


@pytest.mark.parametrize(
    ("assertion", "reason"),
    [
        ("assert prices['tea'] == 4", "`prices['tea']` is 3"),
        ("assert 4 == prices['tea']", "`prices['tea']` is 3"),
        ("assert len(names) > len(text)", "`len(names)` is 1 and `len(text)` is 3"),
        ("assert 'coffee' in names", "`names` is ['tea']"),
        ("assert text not in names", "`text` is 'tea' and `names` is ['tea']"),
        ("assert names is not names", "`names` is ['tea'] and `names` is ['tea']"),
        ("assert mean == -0.1", "`mean` is 0.1"),
        ("assert mean != float('0.1')", "`mean` is 0.1 and `float('0.1')` is 0.1"),
        ("assert long == ''", f"`long` is '{'x' * 75} ..."),
        ("assert series is None", None),
        ("assert 1 > 2", None),
        ("assert (\n    len(names)\n    == 2  # two\n)", "`len(names)` is 1"),
    ],
)
def test_the_operands_that_are_not_literals_are_shown(assertion: str, reason: str | None) -> None:
    with pytest.raises(AssertionError) as caught:
        execute(assertion)
    assert str(caught.value).endswith("` is false" if reason is None else f"` is false, because {reason}")


@pytest.mark.parametrize("assertion", ["assert names == []", "assert   names==[ ]"])
def test_the_assertion_is_shown_as_it_is_written(assertion: str) -> None:
    with pytest.raises(AssertionError) as caught:
        execute(assertion)
    assert str(caught.value) == f"`{' '.join(assertion.split())}` is false, because `names` is ['tea']"


@pytest.mark.parametrize(
    "assertion", ["assert not names", "assert names == [], 'no tea'", "assert 0 < len(names) < 1", "assert 0"]
)
def test_other_assertions_do_not_change(assertion: str) -> None:
    assert ast.unparse(explain_comparisons(assertion, "test_shop.py")) == ast.unparse(ast.parse(assertion))


def test_each_operand_is_evaluated_once_and_from_left_to_right() -> None:
    calls: list[str] = []
    with pytest.raises(AssertionError):
        execute("assert call('left') == call('right')", call=lambda side: calls.append(side) or side)
    assert calls == ["left", "right"]


def test_assertions_in_functions_classes_and_loops_keep_their_lines() -> None:
    loop = "for count in (2, 3):\n            assert count == 2"
    source = f"class TestShop:\n    def test(self):\n        {loop}\n\nTestShop().test()\n"
    with pytest.raises(AssertionError, match="because `count` is 3") as caught:
        execute(source)
    assert [frame.lineno for frame in traceback.extract_tb(caught.tb) if frame.filename == "test_shop.py"] == [6, 4]


def test_a_true_assertion_passes() -> None:
    assert execute("assert len(names) == 1\nfound = 'yes'")["found"] == "yes"
