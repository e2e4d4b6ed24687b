"""`AsyncNodes`: runs the coroutines of a session's `async def` functions and checks, one after another."""

from __future__ import annotations

import inspect
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from headwater.execution.awaited_plan import awaited_plan
from headwater.graph.mapped_call import MappedCall

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from headwater.coroutines import CoroutineRunner
    from headwater.planning.plan import Plan


class AsyncNodes:
    """The event loop of a session. All runs share it, so a later run can await a task that an earlier run created."""

    def __init__(self) -> None:
        self._runner: CoroutineRunner | None = None

    def blocking(self, plan: Plan) -> Plan:
        """Return a plan in which calls to `async def` functions and checks block until the coroutine has returned."""
        awaited = awaited_plan(plan)
        steps = (
            step._replace(call=self._blocking_call(step.call)) if step.result in awaited.slots else step
            for step in awaited.plan.steps
        )
        return awaited.plan._replace(steps=tuple(steps)) if awaited.slots else plan

    def _blocking_call(self, call: Callable[..., Any]) -> Callable[..., Any]:
        if isinstance(call, MappedCall):
            return replace(call, call=partial(self._call, call.call))
        return partial(self._call, call)

    def close(self) -> None:
        """Cancel the tasks that functions created but did not await."""
        if self._runner is not None:
            self._runner.close()

    def _call(self, function: Callable[..., Any], *values: Any) -> Any:
        result = function(*values)
        if not inspect.isawaitable(result):
            return result
        if self._runner is None:
            from headwater.coroutines import CoroutineRunner  # imported lazily: asyncio is slow to import

            self._runner = CoroutineRunner()
        return self._runner.run(_value_of(result))


async def _value_of(result: Awaitable[Any]) -> Any:
    return await result
