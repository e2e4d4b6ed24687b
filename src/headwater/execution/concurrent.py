"""Runs a plan on an executor: independent functions run in parallel."""

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
    """Make all calls of a run on an executor. The caller shuts the executor down.

    When the run ends early, calls that have not started are canceled and calls that have started are awaited. No function is
    still running when the failure is raised.
    """
    running: dict[Future[Succeeded | Failed], Step] = {}
    try:
        while True:
            for step, call in run.calls():
                running[executor.submit(attempt, call)] = step
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            # In the order of submission: of two failures, the same one is raised every time.
            for future in [future for future in running if future in done]:
                run.settle(running.pop(future), future.result())
    finally:
        for future in running:
            future.cancel()
        wait(running)
