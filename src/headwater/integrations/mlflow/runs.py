"""MLflow runs for dataflow runs."""

from __future__ import annotations

import numbers
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import mlflow
from mlflow.entities import Metric, Param

from headwater.execution.observer import Observer
from headwater.execution.outcome import Failed, Succeeded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.execution.middleware import Call
    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node

_MAX_PARAM_LENGTH: Final = 6_000
"""The maximum length of a parameter that MLflow stores."""
_BATCH: Final = 100
"""The maximum number of parameters that MLflow stores in one request."""


class MLflowRuns(Observer):
    """An observer that records each run as an MLflow run.

    The parameters of the MLflow run are the inputs and overrides that are numbers, strings or booleans. Its metrics are the
    outputs that are numbers, and the duration of each node in seconds, as `seconds.<node>`. The MLflow run ends as FINISHED or
    FAILED, or as KILLED if the run was interrupted.

    The MLflow run is active while the dataflow runs, so functions in the same thread can log to it. In an `AsyncDriver`, it is
    not active, because MLflow has only one active run per thread. If another MLflow run is active, the new run is nested in it.
    Set the tracking server and the experiment with MLflow itself.

    Args:
        name: the name of the MLflow runs. By default, MLflow chooses one.
        tags: tags for the MLflow runs.

    >>> from headwater.integrations.mlflow import MLflowRuns
    >>> hook = MLflowRuns("prices", tags={"stage": "test"})
    """

    def __init__(self, name: str | None = None, *, tags: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.tags = dict(tags or {})

    def for_run(self, run: RunInfo) -> Observer:
        """Return an observer that records this run."""
        return _RecordedRun(self)


class _RecordedRun(Observer):
    def __init__(self, hook: MLflowRuns) -> None:
        self._hook = hook
        self._id: str | None = None
        self._is_active = False
        self._started: dict[str, float] = {}
        self._seconds: dict[str, float] = {}

    def run_started(self, run: RunInfo) -> None:
        tags = {"headwater.run.id": run.id, **self._hook.tags}
        self._is_active = not run.is_async
        parent = mlflow.active_run()
        begin = partial(
            mlflow.start_run,
            run_name=self._hook.name,
            nested=parent is not None,
            parent_run_id=None if parent is None else parent.info.run_id,
            tags=tags,
        )
        started = begin() if self._is_active else _in_other_thread(begin)
        self._id = run_id = str(started.info.run_id)
        params = [Param(name, str(value)) for name, value in run.provided.items() if _is_param(value)]
        client = mlflow.MlflowClient()
        for start in range(0, len(params), _BATCH):
            client.log_batch(run_id, params=params[start : start + _BATCH])

    def started(self, call: Call) -> None:
        self._started[call.node.name] = time.perf_counter()

    def ended(self, node: Node, outcome: Outcome) -> None:
        if (start := self._started.pop(node.name, None)) is not None:
            self._seconds[node.name] = time.perf_counter() - start

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        if self._id is None:
            return
        try:
            self._log_metrics(outcome)
        finally:
            if self._is_active:
                mlflow.end_run(_status(outcome))
            else:
                mlflow.MlflowClient().set_terminated(self._id, _status(outcome))

    def _log_metrics(self, outcome: Succeeded | Failed) -> None:
        assert self._id is not None
        now = int(time.time() * 1e3)
        outputs = outcome.value if isinstance(outcome, Succeeded) else {}
        values = {name: value for name, value in outputs.items() if _is_number(value)}
        values |= {f"seconds.{name}": seconds for name, seconds in self._seconds.items()}
        metrics = [Metric(name, float(value), now, 0) for name, value in values.items()]
        client = mlflow.MlflowClient()
        for start in range(0, len(metrics), _BATCH):
            client.log_batch(self._id, metrics=metrics[start : start + _BATCH])


def _in_other_thread(start: Callable[[], Any]) -> Any:
    """Start an MLflow run in another thread, so that it is not active in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(start).result()


def _status(outcome: Succeeded | Failed) -> str:
    if isinstance(outcome, Succeeded):
        return "FINISHED"
    return "FAILED" if isinstance(outcome.error, Exception) else "KILLED"


def _is_param(value: Any) -> bool:
    return _is_number(value) or isinstance(value, bool) or (isinstance(value, str) and len(value) <= _MAX_PARAM_LENGTH)


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)
