"""`Schedule`: which steps of a plan are ready, which are left out and why, and which values nothing reads any more.

It calls no function, does no I/O and knows no threads: whoever runs a plan asks it what is next, and tells it what came of it.
One thread, a pool of threads and a cluster differ only in who asks.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.execution.outcome import Failed, Skipped, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.execution.outcome import Lost, Outcome
    from headwater.plan import Plan, Step

_NOTHING: Final[Mapping[str, Lost]] = MappingProxyType({})


class Ready(NamedTuple):
    """A step whose turn it is."""

    step: Step
    decided: Lost | None
    """Its outcome, if the function is not to be called."""


class Schedule:
    """The state of one run of a plan.

    Steps come out in the plan's order as far as that is possible: with one step at a time, in exactly this order. Whether a
    step is left out is decided when everything that it reads is settled, so that it does not depend on which of several
    steps ended first.

    Args:
        plan: what is to be run.
        lost: what has no value from the start, by the names of inputs, of overridden nodes and of steps.
    """

    def __init__(self, plan: Plan, lost: Mapping[str, Lost] = _NOTHING) -> None:
        self._steps = plan.steps
        self._index = {step.result: index for index, step in enumerate(plan.steps)}
        self._names = {slot: name for name, slot in plan.given.items()} | {step.result: step.node.name for step in plan.steps}
        self._decided = {self._index[step.result]: lost[step.node.name] for step in plan.steps if step.node.name in lost}
        self._names |= {slot: name for name, slot in plan.missing.items()}
        self.lost: dict[int, Lost] = {slot: Waiting((name,)) for name, slot in plan.missing.items()}
        """What has no value, by slot. Of steps, those that are settled."""
        self.lost |= {slot: lost[name] for name, slot in plan.given.items() if name in lost}
        self._readers: list[list[int]] = [[] for _ in plan.steps]
        """For each step, those that read its value."""
        self._unsettled = [0] * len(plan.steps)
        """For each step, how many of the steps that it reads are not settled."""
        self._reads_left: dict[int, int] = {}
        """For each computed value that is no output, how many steps are still going to read it."""
        outputs = set(plan.outputs.values())
        for index, step in enumerate(plan.steps):
            for slot in set(step.arguments) & self._index.keys():
                self._readers[self._index[slot]].append(index)
                self._unsettled[index] += 1
                if slot not in outputs:
                    self._reads_left[slot] = self._reads_left.get(slot, 0) + 1
        self._ready = [index for index, count in enumerate(self._unsettled) if not count]
        heapify(self._ready)
        self._open = len(plan.steps)

    @property
    def is_done(self) -> bool:
        """True once every step is settled."""
        return not self._open

    def next(self) -> Ready | None:
        """The next step that is ready, each once; None if there is none before another one is settled."""
        if not self._ready:
            return None
        index = heappop(self._ready)
        step = self._steps[index]
        return Ready(step, self._decided.get(index) or self._left_out(step))

    def settle(self, step: Step, outcome: Outcome) -> list[int]:
        """Take the outcome of a step.

        Returns:
            the slots of values that nothing reads from now on.
        """
        index = self._index[step.result]
        self._open -= 1
        if isinstance(outcome, Failed | Skipped | Waiting):
            self.lost[step.result] = outcome
        for reader in self._readers[index]:
            self._unsettled[reader] -= 1
            if not self._unsettled[reader]:
                heappush(self._ready, reader)
        return [slot for slot in set(step.arguments) & self._reads_left.keys() if self._is_read_up(slot)]

    def _left_out(self, step: Step) -> Lost | None:
        """Why a function cannot be called, if it cannot. An input that is missing is said before a node without a value."""
        lost = [slot for slot in dict.fromkeys(step.arguments) if slot in self.lost]
        if not lost:
            return None
        missing = [slot for slot in lost if slot not in self._index and isinstance(self.lost[slot], Waiting)]
        named = tuple(self._names[slot] for slot in missing or lost)
        return Waiting(named) if missing else Skipped(named)

    def _is_read_up(self, slot: int) -> bool:
        self._reads_left[slot] -= 1
        return not self._reads_left[slot]
