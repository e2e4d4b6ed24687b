"""A schedule returns the next step, skipped steps with their reasons, and slots to free."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder
from headwater.execution.outcome import Failed, Skipped, Succeeded, Waiting
from headwater.execution.schedule import Schedule
from headwater.planning.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.execution.outcome import Outcome, Unavailable
    from headwater.planning.plan import Plan, Step

DIAMOND = """
def left(start: int) -> int: ...
def right(start: int) -> int: ...
def both(left: int, right: int, rate: int = 2) -> int: ...
def apart() -> int: ...
"""

ERROR = ValueError("no")


def planned(source: str, *outputs: str, provided: tuple[str, ...] = (), missing: bool = False) -> Plan:
    """Return the plan for the functions in source text. `missing` allows inputs without a value."""
    module = types.ModuleType("flow")
    exec(source, vars(module))  # noqa: S102 - the test's own code
    graph = Builder().with_functions(*(value for name, value in vars(module).items() if name[0] != "_")).build().graph
    needed = dict.fromkeys(node.name for node in graph.upstream(outputs, provided=provided)) if missing else None
    return plan(graph, outputs, provided, needed=needed)


def settled(
    schedule: Schedule, outcome_of: Callable[[Step], Outcome], pick: Callable[[int], int] = lambda _: 0
) -> dict[str, Outcome]:
    """Settle all steps, and return the outcomes in order. `pick` chooses which running step ends next."""
    outcomes: dict[str, Outcome] = {}
    running: list[tuple[Step, Outcome]] = []
    while not schedule.is_done:
        while (ready := schedule.next()) is not None:
            running.append((ready.step, ready.outcome or outcome_of(ready.step)))
        step, outcome = running.pop(pick(len(running)))
        outcomes[step.node.name] = outcome
        schedule.settle(step, outcome)
    return outcomes


def succeeding(_: Step) -> Outcome:
    return Succeeded(1)


def failing(*names: str) -> Callable[[Step], Outcome]:
    return lambda step: Failed(ERROR) if step.node.name in names else Succeeded(1)


def test_a_step_is_ready_when_its_dependencies_are_settled() -> None:
    schedule = Schedule(planned(DIAMOND, "both", "apart", provided=("start",)))
    first = [schedule.next() for _ in range(4)]
    assert [ready and ready.step.node.name for ready in first] == ["left", "right", "apart", None]
    steps = {ready.step.node.name: ready.step for ready in first if ready}
    schedule.settle(steps["right"], Succeeded(1))
    assert schedule.next() is None
    schedule.settle(steps["left"], Succeeded(1))
    both = schedule.next()
    assert both is not None
    assert (both.step.node.name, both.outcome) == ("both", None)


def test_readers_of_a_failed_step_are_skipped_because_of_it() -> None:
    outcomes = settled(Schedule(planned(DIAMOND, "both", "apart", provided=("start",))), failing("right"))
    assert outcomes["both"] == Skipped(("right",))
    assert outcomes["apart"] == Succeeded(1)


def test_a_reason_names_the_nearest_nodes_in_the_order_of_the_parameters() -> None:
    chain = DIAMOND + "def end(both: int, apart: int) -> int: ..."
    outcomes = settled(Schedule(planned(chain, "end", provided=("start",))), failing("right", "left"))
    assert outcomes["both"] == Skipped(("left", "right"))
    assert outcomes["end"] == Skipped(("both",))


def test_readers_of_a_missing_input_wait_and_other_steps_run() -> None:
    source = "def sure(a: int = 1) -> int: ...\ndef unsure(a: int, b: int) -> int: ...\ndef last(unsure: int) -> int: ..."
    outcomes = settled(Schedule(planned(source, "sure", "last", missing=True)), succeeding)
    assert outcomes == {"sure": Succeeded(1), "unsure": Waiting(("a", "b")), "last": Skipped(("unsure",))}


def test_a_missing_input_is_reported_before_a_node_without_a_value() -> None:
    source = "def made() -> int: ...\ndef mixed(made: int, start: int) -> int: ..."
    assert settled(Schedule(planned(source, "mixed", missing=True)), failing("made"))["mixed"] == Waiting(("start",))


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        ({"start": Failed()}, {"left": Skipped(("start",)), "right": Skipped(("start",)), "both": Skipped(("left", "right"))}),
        (
            {"start": Waiting(("start",))},
            {"left": Waiting(("start",)), "right": Waiting(("start",)), "both": Skipped(("left", "right"))},
        ),
        ({"left": Failed()}, {"left": Failed(), "right": Succeeded(1), "both": Skipped(("left",))}),
    ],
)
def test_known_outcomes_without_a_value(lost: Mapping[str, Unavailable], expected: Mapping[str, Outcome]) -> None:
    assert settled(Schedule(planned(DIAMOND, "both", provided=("start",)), lost), succeeding) == expected


def test_a_value_is_freed_once_its_last_reader_is_settled_unless_it_is_an_output() -> None:
    found = planned(DIAMOND + "def kept(left: int) -> int: ...", "both", "kept", "right", provided=("start",))
    schedule = Schedule(found)
    names = {step.result: step.node.name for step in found.steps}
    freed: list[tuple[str, list[str]]] = []
    while (ready := schedule.next()) is not None:
        freed.append((ready.step.node.name, [names[slot] for slot in schedule.settle(ready.step, Succeeded(1))]))
    assert sorted(freed) == [("both", []), ("kept", ["left"]), ("left", []), ("right", [])]


SIZE = 9


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Generate functions that depend on earlier functions."""
    needs = [draw(st.sets(st.integers(0, index - 1), max_size=3)) if index else set[int]() for index in range(SIZE)]
    return "".join(
        f"def f{index}({', '.join(f'f{need}: int' for need in sorted(read))}) -> int: ...\n" for index, read in enumerate(needs)
    )


@given(
    source=sources(), failed=st.sets(st.integers(0, SIZE - 1), max_size=3), picks=st.lists(st.integers(0, 99), min_size=SIZE)
)
def test_outcomes_do_not_depend_on_which_step_ends_first(source: str, failed: set[int], picks: list[int]) -> None:
    found = planned(source, *(f"f{index}" for index in range(SIZE)))
    outcome_of = failing(*(f"f{index}" for index in failed))
    in_order = settled(Schedule(found), outcome_of)
    at_random = settled(Schedule(found), outcome_of, lambda count: picks.pop() % count)
    assert at_random == in_order


@given(source=sources(), picks=st.lists(st.integers(0, 99), min_size=SIZE))
def test_every_computed_value_but_the_outputs_is_freed_once_and_after_its_readers(source: str, picks: list[int]) -> None:
    found = planned(source, f"f{SIZE - 1}")
    schedule = Schedule(found)
    read = {slot: [step for step in found.steps if slot in step.arguments] for slot in {step.result for step in found.steps}}
    running: list[Step] = []
    done: list[Step] = []
    freed: list[int] = []
    while not schedule.is_done:
        while (ready := schedule.next()) is not None:
            running.append(ready.step)
        step = running.pop(picks.pop() % len(running))
        done.append(step)
        for slot in schedule.settle(step, Succeeded(1)):
            assert all(reader in done for reader in read[slot])
            freed.append(slot)
    assert sorted(freed) == sorted(set(read) - set(found.outputs.values()))


@given(source=sources())
def test_a_sequential_runner_gets_the_steps_in_the_order_of_the_plan(source: str) -> None:
    found = planned(source, *(f"f{index}" for index in range(SIZE)))
    schedule = Schedule(found)
    order: list[Step] = []
    while (ready := schedule.next()) is not None:
        order.append(ready.step)
        schedule.settle(ready.step, Succeeded(1))
    assert order == list(found.steps)
