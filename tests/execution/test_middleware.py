"""Middleware around calls, input checks, and results."""

from __future__ import annotations

import pickle
from concurrent import futures
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, HeadwaterError
from headwater.hooks import Call, InputCheck, Observer, Policy, Proceed, Retry, TypeChecks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def total(price: float, count: int) -> float:
    return price * count


class Layer:
    """Wraps calls, input checks and results, and records their order."""

    def __init__(self, name: str, heard: list[str]) -> None:
        self._name = name
        self._heard = heard

    def around(self, call: Call, proceed: Proceed) -> Any:
        self._heard.append(f"call {self._name}")
        return proceed(call)

    def around_input(self, check: InputCheck, proceed: Callable[[InputCheck], bool]) -> bool:
        self._heard.append(f"check {self._name} {check.value}")
        return proceed(check)

    def around_result(self, outputs: Mapping[str, Any], proceed: Callable[[Mapping[str, Any]], Any]) -> Any:
        self._heard.append(f"result {self._name}")
        return proceed({**outputs, self._name: True})


class Lenient:
    """Accepts text where a number is expected."""

    def around_input(self, check: InputCheck, proceed: Callable[[InputCheck], bool]) -> bool:
        return isinstance(check.value, str) or proceed(check)


class Positive:
    """Refuses negative numbers."""

    def around_input(self, check: InputCheck, proceed: Callable[[InputCheck], bool]) -> bool:
        return check.value >= 0 and proceed(check)


class Rounded:
    """Replaces the result with a list of rounded numbers."""

    def around_result(self, outputs: Mapping[str, Any], proceed: Callable[[Mapping[str, Any]], Any]) -> Any:
        return [round(value) for value in proceed(outputs).values()]


def test_middleware_wraps_checks_calls_and_the_result_in_the_order_of_the_hooks() -> None:
    heard: list[str] = []
    driver = Builder().with_functions(total).with_hooks(Layer("a", heard), Layer("b", heard)).build()
    result = driver.execute(["total"], inputs={"price": 2.0, "count": 3}, hooks=[Layer("c", heard)])
    assert result == {"total": 6.0, "a": True, "b": True, "c": True}
    assert heard == [
        *("check a 2.0", "check b 2.0", "check c 2.0"),
        *("check a 3", "check b 3", "check c 3"),
        *("call a", "call b", "call c"),
        *("result a", "result b", "result c"),
    ]


def test_middleware_around_checks_can_accept_and_refuse_values() -> None:
    driver = Builder().with_functions(total).build()
    lenient = driver.with_hooks(Lenient())
    assert lenient.execute(["total"], inputs={"price": "ab", "count": 2}) == {"total": "abab"}
    with pytest.raises(HeadwaterError, match="price"):
        driver.execute(["total"], inputs={"price": "ab", "count": 2})
    for _ in range(2):  # the second request reuses the plan of the first
        with pytest.raises(HeadwaterError, match="count"):
            driver.execute(["total"], inputs={"price": 2.0, "count": -1}, hooks=[Positive()])
        assert driver.execute(["total"], inputs={"price": 2.0, "count": -1}) == {"total": -2.0}


def test_middleware_around_checks_applies_to_config_values() -> None:
    driver = Builder().with_functions(total).with_config({"price": "ab"}).with_hooks(Lenient()).build()
    assert driver.execute(["total"], inputs={"count": 2}) == {"total": "abab"}


def test_middleware_around_the_result_may_return_anything() -> None:
    driver = Builder().with_functions(total).with_hooks(Rounded()).build()
    assert driver.execute(["total"], inputs={"price": 1.2, "count": 2}) == [2]
    assert driver.run(total, price=1.2, count=2) == 2.4


def test_custom_type_checks_are_asked_about_every_value() -> None:
    asked: list[object] = []

    def accepts(value: object, type_: Any) -> bool:
        asked.append(value)
        return True

    driver = Builder().with_functions(total).with_type_checks(TypeChecks(accepts=accepts)).build()
    driver.execute(["total"], inputs={"price": 1.0, "count": 2})
    driver.execute(["total"], inputs={"price": 1.0, "count": 3})
    assert asked == [1.0, 2, 1.0, 3]


def test_a_driver_with_middleware_can_be_pickled() -> None:
    driver = Builder().with_functions(total).with_hooks(Lenient(), Rounded()).build()
    copy = pickle.loads(pickle.dumps(driver))  # noqa: S301 - the test's own data
    assert copy.execute(["total"], inputs={"price": 1.2, "count": 2}) == [2]


@pytest.mark.native
def test_middleware_runs_in_the_worker() -> None:
    heard: list[str] = []
    with futures.ThreadPoolExecutor(1) as pool:
        driver = Builder().with_functions(total).with_policy(Policy(executor=pool)).with_hooks(Layer("a", heard)).build()
        assert driver.execute(["total"], inputs={"price": 1.0, "count": 2}) == {"total": 2.0, "a": True}
    assert heard.count("call a") == 1


NOT_A_HOOK = (
    r"^<built-in function print> is not a hook\. A hook is an instance of `Observer`, or has a method "
    r"`around`, `around_call`, `around_input` or `around_result`\.$"
)


@pytest.mark.parametrize(
    ("hook", "says"),
    [
        (Observer, "Pass an instance"),
        (Lenient, "Pass an instance"),
        (print, NOT_A_HOOK),
        ([Observer()], r"write `with_hooks\(\*hooks\)`"),
        (None, r"^None is not a hook\."),
    ],
)
def test_anything_else_is_not_a_hook(hook: Any, says: str) -> None:
    driver = Builder().with_functions(total).build()
    for add in (Builder().with_hooks, driver.with_hooks, lambda hook: driver.execute(["total"], hooks=[hook])):
        with pytest.raises(TypeError, match=says):
            add(hook)


def broken(price: float) -> float:
    raise ValueError("no")


@pytest.mark.native
def test_the_traceback_of_a_worker_process_has_no_frames_of_the_engine() -> None:
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        driver = Builder().with_functions(broken).with_policy(Policy(executor=pool)).with_hooks(Retry(attempts=1)).build()
        with pytest.raises(ValueError, match="no") as caught:
            driver.execute(["broken"], inputs={"price": 1.0})
    (note,) = (note for note in caught.value.__notes__ if note.startswith("In the worker process:"))
    assert "in broken" in note
    assert "retry.py" not in note
    assert "middleware.py" not in note.replace("test_middleware.py", "")
