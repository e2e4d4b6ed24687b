"""Runs that continue after a failure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from headwater import Builder
from headwater.hooks import ContinueOnError, Failures, Observer, Policy, RunInfo

if TYPE_CHECKING:
    from headwater.hooks import Failed, Succeeded


def price() -> float:
    return 10.0


def rate() -> float:
    raise ConnectionError("no network")


def weight() -> float:
    raise ValueError


def total(price: float, rate: float) -> float:
    return price * rate


def shipping(total: float, weight: float) -> float:
    return total * weight


BUILDER = Builder().with_functions(price, rate, weight, total, shipping)


@pytest.mark.parametrize("in_parallel", [False, pytest.param(True, marks=pytest.mark.native)])
def test_what_depends_on_a_failure_is_skipped_with_its_causes(in_parallel: bool) -> None:
    with ThreadPoolExecutor(2) as pool:
        hook = ContinueOnError()
        driver = BUILDER.with_policy(Policy(executor=pool if in_parallel else None)).build()
        assert driver.execute(["shipping", "price"], hooks=[hook]) == {"price": 10.0}
    assert {name: type(error) for name, error in hook.failures.errors.items()} == {
        "rate": ConnectionError,
        "weight": ValueError,
    }
    assert hook.failures.skipped == {"total": ("rate",), "shipping": ("rate", "weight")}
    assert bool(hook.failures)
    assert set(str(hook.failures).splitlines()) == {
        "rate failed: ConnectionError: 'no network'",
        "weight failed: ValueError: ''",
        "total skipped: rate failed",
        "shipping skipped: rate, weight failed",
    }


def test_the_failures_can_be_raised_together() -> None:
    hook = ContinueOnError()
    BUILDER.with_hooks(hook).build().execute(["shipping"])
    with pytest.raises(ExceptionGroup, match="2 nodes failed") as caught:
        hook.failures.raise_errors()
    assert {type(error) for error in caught.value.exceptions} == {ConnectionError, ValueError}


def test_without_failures_the_report_is_empty() -> None:
    hook = ContinueOnError()
    driver = BUILDER.with_hooks(hook).build()
    driver.execute(["total"])
    assert hook.failures
    assert driver.execute(["total"], overrides={"rate": 0.5}) == {"total": 5.0}
    assert hook.failures == Failures()
    assert str(hook.failures) == "no failures"
    hook.failures.raise_errors()


def test_a_run_of_one_function_raises_the_failure() -> None:
    with pytest.raises(ConnectionError, match="no network"):
        BUILDER.with_hooks(ContinueOnError()).build().run(total)


def test_the_run_ends_with_the_outputs_that_have_a_value() -> None:
    class Ends(Observer):
        def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
            ends.append(outcome)

    ends: list[object] = []
    BUILDER.build().execute(["shipping", "price"], hooks=[ContinueOnError(), Ends()])
    assert ends[0].value == {"price": 10.0}  # type: ignore[attr-defined]


def test_an_interrupt_ends_the_run() -> None:
    def stops() -> int:
        raise KeyboardInterrupt

    hook = ContinueOnError()
    with pytest.raises(KeyboardInterrupt):
        Builder().with_functions(stops).build().execute(["stops"], hooks=[hook])
    assert not hook.failures
