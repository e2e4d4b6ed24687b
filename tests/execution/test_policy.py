"""Observers, middleware and failures of a run under a policy."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from headwater import Builder, inject, source, value
from headwater.execution.policy_runner import PolicyRunner
from headwater.hooks import Call, Failed, Observer, Policy, Proceed, Skipped, Succeeded
from headwater.planning.plan import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater import Driver
    from headwater.graph.node import Node
    from headwater.hooks import Outcome


def price() -> float:
    return 10.0


def tax(price: float, rate: float = 0.2) -> float:
    return price * rate


def total(price: float, tax: float) -> float:
    return price + tax


def broken(price: float) -> float:
    raise ValueError(f"{price} is too much")


def after(broken: float) -> float:
    return broken


class Listening(Observer):
    """Records all events."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def queued(self, nodes: Sequence[Node]) -> None:
        self.heard.append([node.name for node in nodes])

    def started(self, call: Call) -> None:
        self.heard.append(call.node.name)

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.heard.append((node.name, outcome))


class Noting:
    """Middleware that records the order of calls."""

    def __init__(self, name: str, heard: list[str]) -> None:
        self._name = name
        self._heard = heard

    def around(self, call: Call, proceed: Proceed) -> Any:
        self._heard.append(f"into {self._name}")
        value = proceed(call)
        self._heard.append(f"out of {self._name}")
        return value


class Doubling:
    """Middleware that doubles what functions receive and return."""

    def around(self, call: Call, proceed: Proceed) -> Any:
        return 2 * proceed(call._replace(arguments=tuple(2 * value for value in call.arguments)))


class Patient:
    """Middleware that retries failed calls."""

    def around(self, call: Call, proceed: Proceed) -> Any:
        try:
            return proceed(call)
        except ConnectionError:
            return proceed(call)


class Naming:
    """Middleware that records the arguments, keyed by name."""

    def __init__(self) -> None:
        self.named: dict[str, object] = {}
        self.upstream: dict[str, object] = {}

    def around(self, call: Call, proceed: Proceed) -> Any:
        self.named[call.node.name] = dict(call.named)
        self.upstream[call.node.name] = dict(call.upstream)
        return proceed(call)


def driver(policy: Policy) -> Driver[dict[str, Any]]:
    return Builder().with_functions(price, tax, total, broken, after).with_policy(policy).build()


def test_an_observer_receives_the_queued_nodes_and_every_start_and_end() -> None:
    listening = Listening()
    assert driver(Policy(observers=(listening,))).execute(["total"]) == {"total": 12.0}
    assert listening.heard == [
        ["price", "tax", "total"],
        *("price", ("price", Succeeded(10.0))),
        *("tax", ("tax", Succeeded(2.0))),
        *("total", ("total", Succeeded(12.0))),
    ]


def test_the_first_middleware_is_outermost() -> None:
    heard: list[str] = []
    driver(Policy(middleware=(Noting("one", heard), Noting("other", heard)))).execute(["price"])
    assert heard == ["into one", "into other", "out of other", "out of one"]


def test_middleware_may_change_arguments_and_values() -> None:
    assert driver(Policy(middleware=(Doubling(),))).execute(["tax"], inputs={"rate": 0.5}) == {"tax": 80.0}


def test_middleware_may_call_again() -> None:
    tries: list[int] = []

    def fetched() -> int:
        tries.append(1)
        if len(tries) < 2:
            raise ConnectionError
        return len(tries)

    assert Builder().with_functions(fetched).with_policy(Policy(middleware=(Patient(),))).build().execute(["fetched"]) == {
        "fetched": 2
    }


def test_middleware_can_read_arguments_by_name() -> None:
    naming = Naming()
    driver(Policy(middleware=(naming,))).execute(["total"])
    assert naming.named == {"price": {}, "tax": {"price": 10.0, "rate": 0.2}, "total": {"price": 10.0, "tax": 2.0}}


def test_an_empty_policy_costs_nothing() -> None:
    assert Policy().is_empty
    assert not Policy(observers=(Listening(),)).is_empty
    assert not Policy(on_failure="continue").is_empty
    driver = Builder().with_functions(price, tax, total).with_policy(Policy()).build()
    assert driver.execute(["total"]) == {"total": 12.0}
    with patch.object(PolicyRunner, "run", side_effect=AssertionError("runs under a policy")):
        assert driver.execute(["total"]) == {"total": 12.0}


def test_middleware_sees_the_arguments_by_upstream_node() -> None:
    @inject(price=source("old_price"), rate=value(0.5))
    def discount(price: float, rate: float, total: float) -> float:
        return price * rate + total

    naming = Naming()
    driver = Builder().with_functions(discount).with_policy(Policy(middleware=(naming,))).build()
    driver.execute(["discount"], inputs={"old_price": 8.0, "total": 1.0})
    assert naming.upstream == {"discount": {"old_price": 8.0, "total": 1.0}}


def test_an_exception_of_a_function_ends_the_run_with_the_note_of_a_bare_run() -> None:
    listening = Listening()
    with pytest.raises(ValueError, match=r"10\.0 is too much") as bare:
        Builder().with_functions(price, broken, after).build().execute(["after"])
    with pytest.raises(ValueError, match=r"10\.0 is too much") as observed:
        driver(Policy(observers=(listening,))).execute(["after"])
    assert observed.value.__notes__ == bare.value.__notes__
    assert len(observed.traceback) == len(bare.traceback)
    assert listening.heard[-1] == ("broken", Failed(observed.value))


def test_a_run_that_continues_skips_only_nodes_that_depend_on_the_failure() -> None:
    listening = Listening()
    graph = driver(Policy()).graph
    found = plan(graph, ["after", "total"])
    outputs = PolicyRunner(found, Policy(on_failure="continue", observers=(listening,))).run({})
    assert outputs == {"total": 12.0}
    ended = dict(event for event in listening.heard if isinstance(event, tuple))
    assert isinstance(ended["broken"], Failed)
    assert ended["after"] == Skipped(("broken",))


@pytest.mark.parametrize("catches", [(Exception,), (BaseException,)])
def test_an_interrupt_always_ends_the_run(catches: tuple[type[BaseException], ...]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    graph = Builder().with_functions(interrupted).build().graph
    with pytest.raises(KeyboardInterrupt):
        PolicyRunner(plan(graph, ["interrupted"]), Policy(on_failure="continue", catches=catches)).run({})


def test_an_exception_that_does_not_count_as_a_failure_ends_the_run() -> None:
    def leaving() -> int:
        raise SystemExit(3)

    graph = Builder().with_functions(leaving).build().graph
    with pytest.raises(SystemExit):
        PolicyRunner(plan(graph, ["leaving"]), Policy(on_failure="continue")).run({})
    assert PolicyRunner(plan(graph, ["leaving"]), Policy(on_failure="continue", catches=(BaseException,))).run({}) == {}


def test_a_driver_with_a_policy_answers_the_same_request_again_and_can_be_copied() -> None:
    original = driver(Policy(middleware=(Doubling(),)))
    for other in (original, original, copy.deepcopy(original), pickle.loads(pickle.dumps(original))):  # noqa: S301 - the test's own data
        assert other.execute(["tax"], inputs={"rate": 0.5}) == {"tax": 80.0}


@pytest.mark.parametrize("policy", [None, "observers", Policy])
def test_only_a_policy_is_a_policy(policy: object) -> None:
    with pytest.raises(TypeError, match=r"`with_policy` takes a `headwater.hooks.Policy`, not"):
        Builder().with_policy(policy)  # type: ignore[arg-type] - deliberately the wrong type


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"on_failure": "stop"}, ValueError, '`on_failure` must be "raise" or "continue", not \'stop\''),
        ({"observers": Observer()}, TypeError, r"`observers` must be a tuple, not .*: write `observers=\(...,\)`"),
        ({"observers": (Observer,)}, TypeError, "`observers` must contain instances of `Observer`, not .* Pass an instance"),
        ({"observers": (Doubling(),)}, TypeError, "`observers` must contain instances of `Observer`"),
        ({"middleware": Doubling()}, TypeError, "`middleware` must be a tuple"),
        (
            {"middleware": (Doubling,)},
            TypeError,
            "`middleware` must contain objects with a method `around`, .* or `around_result`, not .* Pass an instance",
        ),
        ({"middleware": (print,)}, TypeError, "`middleware` must contain objects with a method `around`"),
        ({"executor": 4}, TypeError, r"`executor` must be an executor such as `ThreadPoolExecutor\(\)`, not 4"),
    ],
)
def test_an_invalid_policy_is_refused_when_it_is_created(options: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        Policy(**options)


def test_a_driver_does_not_continue_after_a_failure() -> None:
    with pytest.raises(ValueError, match=r"add the hook `ContinueOnError\(\)` with `with_hooks`"):
        Builder().with_policy(Policy(on_failure="continue"))
