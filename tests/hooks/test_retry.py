"""Retries of failed calls."""

from __future__ import annotations

import pickle
from concurrent import futures
from multiprocessing import get_context
from typing import Any

import pytest

from headwater import Builder, tag
from headwater.hooks import Policy, Retry


class Flaky:
    """A function that raises the given exceptions, then returns 1."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return 1


def run(flaky: Flaky, *hooks: Retry) -> Any:
    def value() -> int:
        return flaky()

    return Builder().with_functions(value).with_hooks(*hooks).build().execute(["value"])


def test_a_failed_function_is_called_again_after_growing_delays() -> None:
    delays: list[float] = []
    retry = Retry(attempts=5, delay=1.0, backoff=3.0, longest_delay=10.0, jitter=0.0, sleep=delays.append)
    assert run(Flaky(OSError(), ValueError(), OSError(), OSError()), retry) == {"value": 1}
    assert delays == [1.0, 3.0, 9.0, 10.0]


def test_jitter_lengthens_a_delay_by_a_random_fraction() -> None:
    delays: list[float] = []
    random = iter([0.0, 0.5, 1.0])
    retry = Retry(attempts=4, delay=1.0, backoff=1.0, jitter=0.2, sleep=delays.append, uniform=lambda: next(random))
    run(Flaky(OSError(), OSError(), OSError()), retry)
    assert delays == pytest.approx([1.0, 1.1, 1.2])


def test_jitter_is_random_by_default() -> None:
    delays: list[float] = []
    run(Flaky(*[OSError() for _ in range(9)]), Retry(attempts=10, delay=1.0, backoff=1.0, jitter=0.5, sleep=delays.append))
    assert all(1.0 <= delay <= 1.5 for delay in delays)
    assert len(set(delays)) > 1


def test_the_last_exception_is_raised_with_the_number_of_attempts() -> None:
    last = OSError("third")
    with pytest.raises(OSError, match="third") as caught:
        run(Flaky(OSError("first"), OSError("second"), last), Retry(sleep=lambda _: None))
    assert caught.value is last
    assert caught.value.__notes__[0] == "Attempt 3 of 3."
    assert "Raised in node `value`" in caught.value.__notes__[1]


def test_other_exceptions_are_raised_at_once() -> None:
    flaky = Flaky(KeyError("no"))
    with pytest.raises(KeyError):
        run(flaky, Retry(exceptions=(OSError,), sleep=lambda _: None))
    assert flaky.calls == 1


def test_an_interrupt_is_never_retried() -> None:
    flaky = Flaky(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(flaky, Retry(sleep=lambda _: None))
    assert flaky.calls == 1


def test_one_attempt_means_no_retry() -> None:
    flaky = Flaky(OSError())
    with pytest.raises(OSError):  # noqa: PT011 - the exception has no message
        run(flaky, Retry(attempts=1))
    assert flaky.calls == 1


def test_rules_differ_by_tag() -> None:
    sources = {"network": Flaky(*[OSError()] * 3), "file": Flaky(*[OSError()] * 1)}

    @tag(source="network")
    def remote() -> int:
        return sources["network"]()

    @tag(source="file")
    def local() -> int:
        return sources["file"]()

    hooks = [
        Retry(attempts=4, tag={"source": "network"}, sleep=lambda _: None),
        Retry(attempts=2, tag={"source": "file"}, sleep=lambda _: None),
    ]
    driver = Builder().with_functions(remote, local).with_hooks(*hooks).build()
    assert driver.execute(["remote", "local"]) == {"remote": 1, "local": 1}
    assert (sources["network"].calls, sources["file"].calls) == (4, 2)


def test_a_delay_that_is_too_large_for_a_number_is_the_longest() -> None:
    delays: list[float] = []
    run(
        Flaky(*[OSError()] * 4), Retry(attempts=5, delay=1.0, backoff=1e200, longest_delay=7.0, jitter=0.0, sleep=delays.append)
    )
    assert delays == [1.0, 7.0, 7.0, 7.0]


@pytest.mark.native
def test_retries_work_on_threads() -> None:
    with futures.ThreadPoolExecutor(2) as pool:
        flaky = Flaky(OSError(), OSError())

        def value() -> int:
            return flaky()

        driver = Builder().with_functions(value).with_policy(Policy(executor=pool)).with_hooks(Retry(delay=0.0)).build()
        assert driver.execute(["value"]) == {"value": 1}


def number() -> int:
    return 3


@pytest.mark.native
def test_a_retry_can_be_sent_to_another_process() -> None:
    retry = pickle.loads(pickle.dumps(Retry(attempts=7)))  # noqa: S301 - the test's own data
    assert retry.attempts == 7
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        driver = Builder().with_functions(number).with_policy(Policy(executor=pool)).with_hooks(Retry()).build()
        assert driver.execute(["number"]) == {"number": 3}


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"attempts": 0}, ValueError, "`attempts` must be a positive whole number, not 0"),
        ({"attempts": True}, ValueError, "`attempts` must be a positive whole number"),
        ({"attempts": 2.5}, ValueError, "`attempts` must be a positive whole number"),
        ({"delay": -1}, ValueError, "`delay` must be a non-negative number, not -1"),
        ({"backoff": "2"}, ValueError, "`backoff` must be a non-negative number"),
        ({"jitter": float("nan")}, ValueError, "`jitter` must be a non-negative number"),
        ({"exceptions": OSError}, TypeError, r"`exceptions` must be a tuple.*write `exceptions=\(OSError,\)`"),
        ({"exceptions": (KeyboardInterrupt,)}, TypeError, "`exceptions` must contain subclasses of `Exception`"),
        ({"exceptions": ("OSError",)}, TypeError, "`exceptions` must contain subclasses of `Exception`"),
    ],
)
def test_an_invalid_retry_is_refused_when_it_is_created(options: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        Retry(**options)
