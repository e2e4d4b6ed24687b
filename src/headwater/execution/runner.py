"""`Runner`: runs a plan repeatedly, and compiles it when that pays off."""

from __future__ import annotations

from _thread import allocate_lock  # `threading` takes longer to import than this whole package
from collections.abc import Mapping
from typing import Any, Final

from headwater.execution.compiler import compile_plan
from headwater.execution.interpreter import RunFunction, interpret_plan, program_of
from headwater.planning.plan import Plan

RUNS_BEFORE_COMPILING: Final = 8
MAX_COMPILED_STEPS: Final = 20_000
"""The maximum number of steps to compile. Python takes seconds to compile a longer program."""


class Runner:
    """Runs a plan. Interprets it in the first runs, because that needs no preparation, and compiles it for later runs.

    Several threads may use a runner at the same time. While one thread compiles the plan, the other threads still interpret it.
    """

    __slots__ = ("_compiling", "_executed", "_remaining_interpretations", "_run", "plan", "program")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._remaining_interpretations = RUNS_BEFORE_COMPILING - 1 if len(plan.steps) <= MAX_COMPILED_STEPS else -1
        self._compiling = allocate_lock()
        self._executed = _joined(plan) if plan.is_mapped else plan
        self.program = program_of(self._executed)
        self._run: RunFunction = interpret_plan(self._executed, self.program)

    @property
    def is_compiled(self) -> bool:
        """True if the plan is compiled or being compiled."""
        return self._compiling.locked()

    def run(self, provided: Mapping[str, Any]) -> dict[str, Any]:
        """Return the outputs, keyed by name.

        Raises:
            Exception: an exception from a function, with a note that names the node.
        """
        remaining = self._remaining_interpretations
        if remaining > 0:
            self._remaining_interpretations = remaining - 1  # parallel runs may count as one, which only delays compiling
        elif remaining == 0 and self._compiling.acquire(blocking=False):  # never released, so the plan is compiled only once
            self._run = compile_plan(self._executed)
            self._remaining_interpretations = -1
        return self._run(provided)


def _joined(plan: Plan) -> Plan:
    from headwater.planning.fusion import fused  # imported lazily: most plans have no mapped nodes

    return fused(plan)
