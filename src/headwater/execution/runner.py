"""`Runner`: runs one plan, time and again, and compiles it once that pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from headwater.execution.compiled import compiled
from headwater.execution.loop import Run, looped
from headwater.plan import Plan

RUNS_BEFORE_COMPILING: Final = 8
LARGEST_COMPILED_PLAN: Final = 20_000
"""In steps; beyond, the interpreter takes seconds to compile."""


class Runner:
    """Runs a plan. The first runs take the loop, which needs no preparation; after some, the plan is compiled."""

    __slots__ = ("_run", "_runs", "plan")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._runs = 0
        self._run: Run = looped(plan)

    def run(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The plan's outputs, by name.

        Raises:
            Exception: what a function raised, with a note that names the node.
        """
        self._runs += 1
        if self._runs == RUNS_BEFORE_COMPILING and len(self.plan.steps) <= LARGEST_COMPILED_PLAN:
            self._run = compiled(self.plan)
        return self._run(given)
