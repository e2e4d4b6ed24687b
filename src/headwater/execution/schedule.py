"""`Schedule`: determines which steps of a plan are ready or skipped, and which values can be freed.

A schedule calls no functions, does no I/O and is unaware of threads. A runner requests the next step and reports its outcome.
Runners for one thread, a thread pool and a cluster all use schedules in this way.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.execution.outcome import Failed, Skipped, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.execution.outcome import Outcome, Unavailable
    from headwater.planning.plan import Plan, Step

_NOTHING: Final[Mapping[str, Unavailable]] = MappingProxyType({})
_WITHOUT_VALUE: Final = (Failed, Skipped, Waiting)


class ReadyStep(NamedTuple):
    """A step that can be settled now."""

    step: Step
    outcome: Unavailable | None
    """The outcome, if it is known without calling the function."""


class Schedule:
    """The state of one run of a plan.

    A runner that settles one step at a time gets the steps in the plan's order. Whether a step is skipped is decided after all
    of its dependencies are settled. Thus, outcomes do not depend on which of several steps ends first.

    Args:
        plan: the plan to run.
        unavailable: outcomes that are known before the run, keyed by the names of inputs, overridden nodes and steps.
    """

    def __init__(self, plan: Plan, unavailable: Mapping[str, Unavailable] = _NOTHING) -> None:
        self._steps = plan.steps
        self._index = {step.result: index for index, step in enumerate(plan.steps)}
        self._names = {slot: name for name, slot in (*plan.provided.items(), *plan.missing.items())}
        self._names |= {step.result: step.node.name for step in plan.steps}
        self._known: dict[int, Unavailable] = {
            index: unavailable[step.node.name] for index, step in enumerate(plan.steps) if step.node.name in unavailable
        }
        self.unavailable: dict[int, Unavailable] = {slot: Waiting((name,)) for name, slot in plan.missing.items()}
        """The slots without a value, mapped to the reason. A step's slot is added when the step is settled without a value."""
        self.unavailable |= {slot: unavailable[name] for name, slot in plan.provided.items() if name in unavailable}
        self._readers: list[list[int]] = [[] for _ in plan.steps]
        """For each step, the steps that depend on it."""
        self._unsettled = [0] * len(plan.steps)
        """For each step, how many of its dependencies are not settled."""
        self._remaining_reads: dict[int, int] = {}
        """For each computed value that is not an output, how many unsettled steps depend on it."""
        outputs = set(plan.outputs.values())
        for index, step in enumerate(plan.steps):
            for slot in set(step.arguments) & self._index.keys():
                self._readers[self._index[slot]].append(index)
                self._unsettled[index] += 1
                if slot not in outputs:
                    self._remaining_reads[slot] = self._remaining_reads.get(slot, 0) + 1
        self._ready = [index for index, count in enumerate(self._unsettled) if not count]
        heapify(self._ready)
        self._remaining_steps = len(plan.steps)

    @property
    def is_done(self) -> bool:
        """True if every step is settled."""
        return not self._remaining_steps

    def next(self) -> ReadyStep | None:
        """Return the next ready step, or None if another step has to be settled first. Each step is returned once."""
        if not self._ready:
            return None
        index = heappop(self._ready)
        step = self._steps[index]
        return ReadyStep(step, self._known.get(index) or self._unavailable_because(step))

    def settle(self, step: Step, outcome: Outcome) -> list[int]:
        """Record the outcome of a step.

        Returns:
            The slots of values that no later step needs.
        """
        index = self._index[step.result]
        self._remaining_steps -= 1
        if isinstance(outcome, _WITHOUT_VALUE):
            self.unavailable[step.result] = outcome
        for reader in self._readers[index]:
            self._unsettled[reader] -= 1
            if not self._unsettled[reader]:
                heappush(self._ready, reader)
        remaining_reads = self._remaining_reads
        return [slot for slot in set(step.arguments) if slot in remaining_reads and self._was_last_read(slot)]

    def _unavailable_because(self, step: Step) -> Unavailable | None:
        """Return the outcome of a step, or None if the step can run.

        Missing inputs take precedence over nodes without a value.
        """
        if not self.unavailable:
            return None  # the usual case
        slots = [slot for slot in dict.fromkeys(step.arguments) if slot in self.unavailable]
        if not slots:
            return None
        missing = [slot for slot in slots if slot not in self._index and isinstance(self.unavailable[slot], Waiting)]
        names = tuple(self._names[slot] for slot in missing or slots)
        return Waiting(names) if missing else Skipped(names)

    def _was_last_read(self, slot: int) -> bool:
        self._remaining_reads[slot] -= 1
        return not self._remaining_reads[slot]
