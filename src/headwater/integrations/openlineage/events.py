"""Events for runs, with the datasets that a run loads and saves."""

from __future__ import annotations

import datetime as dt
import traceback
import uuid
from typing import TYPE_CHECKING, Any, Final

from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import error_message_run, job_type_job

from headwater.execution.observer import Observer
from headwater.execution.outcome import Failed, Succeeded
from headwater.graph.node import ROLE_TAG
from headwater.integrations.openlineage.datasets import input_dataset, output_dataset

if TYPE_CHECKING:
    from openlineage.client import OpenLineageClient

    from headwater.execution.observer import RunInfo
    from headwater.execution.outcome import Outcome
    from headwater.graph.node import Node

_PRODUCER: Final = "urn:headwater"


class OpenLineageEvents(Observer):
    """An observer that reports each run to OpenLineage as a job run.

    A run starts with a START event. It ends with COMPLETE or FAIL, or with ABORT if it was interrupted. The last event lists
    the data of loaders as input datasets, and the data of savers as output datasets. Values are not reported.

    Args:
        client: sends the events.
        job: the name of the job.
        namespace: the namespace of the job.
        producer: the URI of the program that produces the events.

    >>> from openlineage.client import OpenLineageClient
    >>> from openlineage.client.transport.noop import NoopConfig, NoopTransport
    >>> from headwater import Builder
    >>> from headwater.integrations.openlineage import OpenLineageEvents
    >>> client = OpenLineageClient(transport=NoopTransport(NoopConfig()))
    >>> def price() -> float:
    ...     return 10.0
    >>> Builder().with_functions(price).with_hooks(OpenLineageEvents(client, job="prices")).build().execute(["price"])
    {'price': 10.0}
    """

    def __init__(self, client: OpenLineageClient, *, job: str, namespace: str = "default", producer: str = _PRODUCER) -> None:
        self.client = client
        self.job = job
        self.namespace = namespace
        self.producer = producer

    def for_run(self, run: RunInfo) -> Observer:
        """Return an observer that collects the datasets of this run."""
        return _LineageOfRun(self)


class _LineageOfRun(Observer):
    def __init__(self, hook: OpenLineageEvents) -> None:
        self._hook = hook
        self._inputs: list[InputDataset] = []
        self._outputs: list[OutputDataset] = []

    def run_started(self, run: RunInfo) -> None:
        self._emit(run, RunState.START)

    def ended(self, node: Node, outcome: Outcome) -> None:
        if not isinstance(outcome, Succeeded):
            return
        role = node.tags.get(ROLE_TAG)
        if role == "loader":
            self._inputs.append(input_dataset(node, outcome.value, self._hook.namespace))
        elif role == "saver":
            self._outputs.append(output_dataset(node, outcome.value, self._hook.namespace))

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        if isinstance(outcome, Succeeded):
            self._emit(run, RunState.COMPLETE)
        elif isinstance(outcome.error, Exception):
            self._emit(run, RunState.FAIL, outcome.error)
        else:
            self._emit(run, RunState.ABORT)

    def _emit(self, run: RunInfo, state: RunState, error: Exception | None = None) -> None:
        hook = self._hook
        run_facets: dict[str, Any] = {}
        if error is not None:
            shown = "".join(traceback.format_exception(error))
            run_facets["errorMessage"] = error_message_run.ErrorMessageRunFacet(str(error), "python", shown)
        job_type = job_type_job.JobTypeJobFacet(processingType="BATCH", integration="HEADWATER", jobType="DAG")
        event = RunEvent(
            eventType=state,
            eventTime=dt.datetime.now(dt.UTC).isoformat(),
            run=Run(str(uuid.UUID(hex=run.id, version=4)), run_facets),
            job=Job(hook.namespace, hook.job, {"jobType": job_type}),
            inputs=self._inputs,
            outputs=self._outputs,
            producer=hook.producer,
        )
        hook.client.emit(event)
