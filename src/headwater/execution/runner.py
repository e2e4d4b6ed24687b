"""`Runner`: runs one plan, time and again, and compiles it once that pays."""

from __future__ import annotations

from _thread import allocate_lock  # importing `threading` takes longer than all of this package
from collections.abc import Mapping
from typing import Any, Final

from headwater.execution.compiler import compile_plan
from headwater.execution.interpreter import RunFunction, interpret_plan
from headwater.planning.plan import Plan

RUNS_BEFORE_COMPILING: Final = 8
LARGEST_COMPILED_PLAN: Final = 20_000
"""In steps; beyond, the interpreter takes seconds to compile."""


class Runner:
    """Runs a plan. The first runs take the loop, which needs no preparation; after some, the plan is compiled.

    Threads may run it at the same time. One of them compiles, and the others go on with the loop meanwhile.
    """

    __slots__ = ("_compiling", "_loops_left", "_run", "plan")

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._loops_left = RUNS_BEFORE_COMPILING - 1 if len(plan.steps) <= LARGEST_COMPILED_PLAN else -1
        self._compiling = allocate_lock()
        self._run: RunFunction = interpret_plan(plan)

    @property
    def is_compiled(self) -> bool:
        """True once the plan is compiled, or being compiled."""
        return self._compiling.locked()

    def run(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The plan's outputs, by name.

        Raises:
            Exception: what a function raised, with a note that names the node.
        """
        left = self._loops_left
        if left > 0:
            self._loops_left = left - 1  # two threads may count the same run: then it takes one more
        elif left == 0 and self._compiling.acquire(blocking=False):  # never released: compiling once is enough
            self._run = compile_plan(self.plan)
            self._loops_left = -1
        return self._run(given)
