"""The printed lines about nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater import Builder, Parallelizable
from headwater.execution.policy_runner import PolicyRunner
from headwater.hooks import ContinueOnError, Failed, Policy, PrintNodes
from headwater.planning.plan import plan

if TYPE_CHECKING:
    from pathlib import Path


def price() -> float:
    return 10.0


def broken(price: float) -> float:
    raise ValueError("too much")


def doubled(price: float) -> float:
    return price * 2


def silent(price: float) -> float:
    raise ValueError


def after(broken: float) -> float:
    return broken


def waits(missing: int) -> int:
    return missing


def test_each_outcome_has_its_line() -> None:
    lines: list[str] = []
    driver = Builder().with_functions(price, broken, silent, after).build()
    hooks = [PrintNodes(write=lines.append, clock=lambda: 0.0), ContinueOnError()]
    driver.execute(["after", "silent"], hooks=hooks)
    assert lines == [
        "price() -> 10.0 (0 µs)",
        "broken(price=10.0) raised ValueError: 'too much' (0 µs)",
        "silent(price=10.0) raised ValueError (0 µs)",
        "after skipped: no value for broken",
    ]


def test_a_list_that_does_not_exist_is_not_kept() -> None:
    def number() -> Parallelizable[int]:
        return [1, 2]

    def square(number: int) -> int:
        return number * number

    def negative(square: int) -> int:
        return -square

    lines: list[str] = []
    driver = Builder().with_functions(number, square, negative).build()
    driver.execute(["negative"], hooks=[PrintNodes(write=lines.append, clock=lambda: 0.0)])
    assert lines[1:] == ["square(number=[1, 2]) -> <not kept> (0 µs)", "negative(square=<not kept>) -> [-1, -4] (0 µs)"]


def test_nodes_without_a_call_have_a_line() -> None:
    lines: list[str] = []
    graph = Builder().with_functions(price, waits).build().graph
    policy = Policy(on_failure="continue", observers=(PrintNodes(write=lines.append),))
    PolicyRunner(plan(graph, ["waits"], needed={"waits": None, "missing": None}), policy).run({})
    PolicyRunner(plan(graph, ["price"]), policy).run({}, {"price": Failed()})
    assert lines == ["waits not called: missing missing", "price failed: the request is invalid"]


def test_a_reused_value_is_marked_and_shown_if_it_was_loaded(tmp_path: Path) -> None:
    lines: list[str] = []
    builder = Builder().with_functions(price, doubled).with_cache(tmp_path)
    builder.build().execute(["doubled"])
    builder.build().execute(["doubled"], hooks=[PrintNodes(write=lines.append)])
    assert lines == ["price reused", "doubled -> 20.0, reused"]


def test_the_default_is_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    Builder().with_functions(price).build().execute(["price"], hooks=[PrintNodes()])
    assert capsys.readouterr().out.startswith("price() -> 10.0 (")
