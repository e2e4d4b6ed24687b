"""`AsyncRunner`: runs a plan under a policy, in an event loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from headwater.errors import RunTimeout, short_repr
from headwater.execution.async_calls import AsyncAttempt
from headwater.execution.async_events import AsyncEvents
from headwater.execution.asynchronous import LoopRun
from headwater.execution.events import run_info
from headwater.execution.outcome import Failed, Succeeded
from headwater.execution.policy_runner import replace_for_run
from headwater.execution.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.execution.awaited_plan import AwaitedPlan
    from headwater.execution.middleware import AnyMiddleware
    from headwater.execution.observer import RunInfo
    from headwater.execution.policy import Policy


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a run in an event loop.

    Args:
        concurrency: the maximum number of concurrent calls. None for no limit.
        timeout: the maximum duration of the run in seconds. None for no limit.
    """

    concurrency: int | None = None
    timeout: float | None = None

    def __post_init__(self) -> None:
        """Check the arguments now. Otherwise, an invalid argument would be reported only during a run."""
        count, seconds = self.concurrency, self.timeout
        if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 1):
            raise ValueError(f"`concurrency` must be a positive whole number, not {short_repr(count)}.")
        if seconds is not None and (not isinstance(seconds, int | float) or isinstance(seconds, bool) or not seconds > 0):
            raise ValueError(f"`timeout` must be a positive number of seconds, not {short_repr(seconds)}.")

    def with_timeout(self, seconds: float) -> Limits:
        """Return the same limits with a different timeout."""
        return Limits(self.concurrency, seconds)


@dataclass(frozen=True, slots=True)
class AsyncRunner:
    """Runs one plan under a policy, any number of times, even concurrently.

    The policy's executor calls plain functions. Without an executor, they are called in the event loop.

    Args:
        awaited: the plan to run.
        policy: the policy of the runs.
        limits: the limits of each run.
    """

    awaited: AwaitedPlan
    policy: Policy
    limits: Limits = Limits()

    async def run(self, provided: Mapping[str, Any]) -> dict[str, Any]:
        """Run the plan and return the outputs that have a value, keyed by name.

        Raises:
            Exception: an exception from a function, with a note that names the node, if the policy ends the run on a failure.
            RunTimeout: the run took too long.
        """
        events = AsyncEvents(self.policy.observers)
        run = run_info(self.awaited.plan, provided, is_async=True)
        middleware = replace_for_run(events, run, self.policy.middleware)
        try:
            events.run_started(run)
            outputs = await self._run(provided, events, middleware)
        except BaseException as error:
            await self._end(events, run, Failed(error))
            raise
        await self._end(events, run, Succeeded(MappingProxyType(dict(outputs))))
        events.raise_reported()
        return outputs

    @staticmethod
    async def _end(events: AsyncEvents, run: RunInfo, outcome: Succeeded | Failed) -> None:
        events.run_ended(run, outcome)
        await events.deliver_pending()

    async def _run(
        self, provided: Mapping[str, Any], events: AsyncEvents, middleware: tuple[AnyMiddleware, ...]
    ) -> dict[str, Any]:
        await events.deliver_pending()
        run = Run(self.awaited.plan, self.policy, events, provided, {})
        attempt = AsyncAttempt(middleware, self.policy.catches)
        placements = self.policy.all_placements if self.policy.has_executor else ()
        loop_run = LoopRun(run, attempt, self.awaited.slots, events, placements=placements, limit=self.limits.concurrency)
        try:
            run.announce()
            await self._run_within_timeout(loop_run)
        finally:
            run.end()
        return run.outputs

    async def _run_within_timeout(self, run: LoopRun) -> None:
        scope = asyncio.timeout(self.limits.timeout)
        try:
            async with scope:
                await run.run()
        except TimeoutError:
            if not scope.expired():  # a function raised the error
                raise
            assert self.limits.timeout is not None
            raise RunTimeout(self.limits.timeout, [(node.name, node.location) for node in run.running]) from None
        finally:
            await run.stop()
