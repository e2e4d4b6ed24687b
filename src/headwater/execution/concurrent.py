"""Runs a plan on an executor: functions that do not need one another are called at the same time."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from headwater.execution.outcome import Failed, Succeeded
    from headwater.execution.policy import Attempt
    from headwater.execution.run import Run
    from headwater.plan import Step


def run_on(executor: Executor, run: Run, attempt: Attempt) -> None:
    """Make all calls of a run on an executor, which stays the caller's to shut down.

    When a run ends early, calls that have not begun are canceled, and those that have are waited for: no function is still
    running when the caller hears of the failure.
    """
    running: dict[Future[Succeeded | Failed], Step] = {}
    try:
        while True:
            for step, call in run.calls():
                running[executor.submit(attempt, call)] = step
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            # In the order of the plan: which of two failures is raised does not depend on a set's order.
            for future in [one for one in running if one in done]:
                run.settle(running.pop(future), future.result())
    finally:
        for future in running:
            future.cancel()
        wait(running)
