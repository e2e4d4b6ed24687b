"""Functions that do not need one another run at the same time, and nothing else is different."""

from __future__ import annotations

import threading
import types
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder
from headwater.execution.observed import Observed
from headwater.hooks import Failed, Observer, Policy
from headwater.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.hooks import Outcome
    from headwater.node import Node

pytestmark = pytest.mark.native  # a browser has one thread

PATIENCE = 60  # seconds until a test that hangs fails


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_functions_that_do_not_need_one_another_run_at_the_same_time(pool: ThreadPoolExecutor) -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    def one() -> int:
        return both.wait()

    def other() -> int:
        return both.wait()

    def total(one: int, other: int) -> int:
        return one + other

    driver = Builder().with_functions(one, other, total).with_policy(Policy(executor=pool)).build()
    assert driver.execute(["total"]) == {"total": 1}


def test_a_failure_is_raised_once_nothing_runs_any_more(pool: ThreadPoolExecutor) -> None:
    both_run = threading.Barrier(2, timeout=PATIENCE)
    is_known = threading.Event()
    ended: list[str] = []

    class Knowing(Observer):
        def ended(self, node: Node, outcome: Outcome) -> None:
            del node
            if isinstance(outcome, Failed):
                is_known.set()

    def failing() -> int:
        both_run.wait()
        raise ValueError("no")

    def running() -> int:
        both_run.wait()
        assert is_known.wait(PATIENCE)
        ended.append("running")
        return 1

    def later(running: int) -> int:
        ended.append("later")
        return running

    policy = Policy(observers=(Knowing(),), executor=pool)
    driver = Builder().with_functions(failing, running, later).with_policy(policy).build()
    with pytest.raises(ValueError, match="no") as caught:
        driver.execute(["failing", "later"])
    assert "This happened in the node `failing`" in caught.value.__notes__[0]
    assert ended == ["running"]


def test_the_executor_stays_the_callers(pool: ThreadPoolExecutor) -> None:
    def one() -> int:
        return 1

    driver = Builder().with_functions(one).with_policy(Policy(executor=pool)).build()
    assert [driver.execute(["one"]) for _ in range(3)] == [{"one": 1}] * 3
    assert pool.submit(one).result(PATIENCE) == 1


class Outcomes(Observer):
    """The outcomes by the names of nodes; of a failure, what was raised."""

    def __init__(self) -> None:
        self.of: dict[str, object] = {}

    def ended(self, node: Node, outcome: Outcome) -> None:
        self.of[node.name] = str(outcome.error) if isinstance(outcome, Failed) else outcome


SIZE = 8


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Functions that read some of the functions before them; some raise."""
    lines: list[str] = []
    for index in range(SIZE):
        read = sorted(draw(st.sets(st.integers(0, index - 1), max_size=3))) if index else []
        parameters = ", ".join(f"f{need}: int" for need in read)
        body = (
            f"raise ValueError({index})"
            if draw(st.integers(0, 5)) == 0
            else f"return {' + '.join(['1', *(f'f{one}' for one in read)])}"
        )
        lines.append(f"def f{index}({parameters}) -> int: {body}\n")
    return "".join(lines)


@given(source=sources())
def test_a_pool_gives_the_outcomes_and_outputs_of_one_thread(source: str) -> None:
    module = types.ModuleType("flow")
    exec(source, vars(module))  # noqa: S102
    names = [f"f{index}" for index in range(SIZE)]
    found = plan(Builder().with_functions(*(vars(module)[name] for name in names)).build().graph, names)
    here, there = Outcomes(), Outcomes()
    outputs = Observed(found, Policy(on_failure="continue", observers=(here,))).run({})
    with ThreadPoolExecutor(3) as pool:
        assert Observed(found, Policy(on_failure="continue", observers=(there,), executor=pool)).run({}) == outputs
    assert there.of == here.of
