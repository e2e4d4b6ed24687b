"""`SessionRun`: one run of a session. Makes the plan, executes it under the session's policy, and collects the outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, assert_never

from headwater.caching.traces import Traces
from headwater.execution.observer import Observer
from headwater.execution.outcome import Failed, Reused, Skipped, Succeeded, Waiting
from headwater.execution.policy import Policy
from headwater.execution.policy_runner import PolicyRunner
from headwater.hooks.isolation import is_mutable, private_copy
from headwater.planning.plan import plan
from headwater.previews.sizes import value_size
from headwater.previews.texts import truncate
from headwater.session.call_capture import NO_REPORT, CallCapture
from headwater.session.causes import RunContext
from headwater.session.store import SessionStore
from headwater.wire.bounds import MAX_NAME_LENGTH, MAX_NEEDED_INPUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from headwater.caching.memory import MemoryStore
    from headwater.execution.middleware import Call
    from headwater.execution.outcome import Outcome, Unavailable
    from headwater.graph.graph import Graph
    from headwater.graph.node import Node
    from headwater.session.async_nodes import AsyncNodes
    from headwater.session.call_capture import CallReport
    from headwater.session.causes import LatestCalls
    from headwater.session.code import Code
    from headwater.session.node_codes import NodeCodes
    from headwater.session.problems import Problems
    from headwater.wire.views import CauseView, ElementsView, NodeRun, NodeState, ProblemView

    OnState = Callable[[str, NodeState, ElementsView | None], None]


RERUN_NOTICE: Final = "The next run computes it again."


@dataclass(frozen=True, slots=True)
class RunInputs:
    """The values that a run does not compute, keyed by node name."""

    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    replaced: Collection[str]
    """The overridden nodes, including those whose override does not fit the node."""
    refused: Collection[str]
    """The nodes that fail because a provided value does not fit the node or one of its parameters."""
    invalid: Collection[str]
    """The inputs with invalid text. Functions wait for these inputs, even if the parameter for the input has a default."""


class SessionRun(Observer):
    """One run of a session, and the outcome of each node."""

    is_essential = True

    def __init__(
        self,
        graph: Graph,
        code: Code,
        inputs: RunInputs,
        *,
        values: MemoryStore,
        latest_calls: LatestCalls,
        codes: NodeCodes,
        problems: Problems,
        async_nodes: AsyncNodes,
        on_state: OnState,
    ) -> None:
        self.runs: dict[str, NodeRun] = {}
        self.reported_problems: list[ProblemView] = []
        self.available: dict[str, Any] = {}
        """The values in this run, including reused values."""
        self.unavailable: set[str] = set()
        """The nodes that failed, are waiting for an input, or were skipped."""
        self.needs: dict[str, dict[str, str]] = {}
        """For each node that was not computed because inputs are missing: the inputs, each with the node that reads it."""
        self._graph = graph
        self._inputs = inputs
        self._problems = problems
        self._async_nodes = async_nodes
        self._on_state = on_state
        # Pass a lambda instead of a method, because a reference cycle would keep all values in memory until the next garbage
        # collection.
        self._capture = CallCapture(problems, self.available, lambda name, elements: on_state(name, "running", elements))
        self._store = SessionStore(
            RunContext(graph, code), values, latest_calls, code, codes, inputs.replaced, self._capture.reports
        )
        self._traces = Traces(self._store, self._store.token)
        self._causes: dict[str, list[CauseView]] = {}
        """The reasons for each call, keyed by node name."""
        self._queued: set[str] = set()
        """The nodes that were reported as queued."""
        self._undecidable: set[str] = set()
        """The nodes whose values are too large to check for in-place changes."""
        self._has_changed_arguments = False
        """Whether a function has changed, or may have changed, an argument in place."""

    def run(self, requested: Sequence[str]) -> None:
        """Compute the requested nodes. All overridden nodes are part of the run."""
        graph, replaced = self._graph, self._inputs.replaced
        nodes = graph.upstream([*requested, *replaced], provided=replaced)
        for node in nodes:
            self._provide_value(node)
        unavailable: dict[str, Unavailable] = {name: Waiting((name,)) for name in self._inputs.invalid}
        unavailable |= {name: Failed() for name in self._inputs.refused}
        computed = {node.name for node in nodes if node.kind == "function"} - set(replaced)
        available = {*self.available, *replaced, *unavailable} - computed
        run_plan = plan(graph, requested, available, needed=dict.fromkeys(node.name for node in nodes))
        try:
            PolicyRunner(self._async_nodes.blocking(run_plan), self._policy).run(self.available, unavailable)
        finally:
            self._handle_changes()
            if self._has_changed_arguments:
                self._discard_mutable_values()

    def count(self, *states: NodeState) -> int:
        """Return how many nodes ended in one of these states."""
        return sum(run["state"] in states for run in self.runs.values())

    @property
    def _policy(self) -> Policy:
        return Policy(
            on_failure="continue",
            catches=(BaseException,),
            observers=(self,),
            middleware=(self._capture,),
            traces=lambda: self._traces,
        )

    def _provide_value(self, node: Node) -> None:
        """If a value is provided for a node, use the value."""
        name, inputs = node.name, self._inputs
        if name in inputs.refused:
            self.unavailable.add(name)
        elif name in inputs.replaced:
            self.available[name] = private_copy(inputs.overrides[name])
        elif node.kind == "config":
            self.available[name] = private_copy(node.value)
        elif name in inputs.inputs:
            self.available[name] = private_copy(inputs.inputs[name])
        if name in inputs.replaced and node.kind == "function":
            self._end(node, {"state": "failed" if name in self.unavailable else "overridden"})

    # --- events ---------------------------------------------------------------------------------------------------

    def queued(self, nodes: Sequence[Node]) -> None:
        """Report the state of nodes that will be computed."""
        for node in nodes:
            self._queued.add(node.name)
            self._on_state(node.name, "queued", None)

    def started(self, call: Call) -> None:
        """Report the state of a node whose function is being called, and find the reasons for the call."""
        self._causes[call.node.name] = self._store.start(call.node)
        self._on_state(call.node.name, "running", None)

    def ended(self, node: Node, outcome: Outcome) -> None:
        """Record the outcome of a node and report its state."""
        self._handle_changes()
        match outcome:
            case Succeeded(value):
                self.available[node.name] = value
                self._end_call(node, self._succeeded(value))
            case Reused(value):
                self.available[node.name] = value
                report = self._store.report_of(node).moved_to(node.location)
                self.reported_problems.extend(report.problems)
                self._end(node, _with_report({"state": "reused"}, report))
            case Failed(error):
                self.unavailable.add(node.name)
                if error is None:
                    self._end(node, {"state": "failed"})
                else:
                    self._end_call(node, {"state": "failed"}, self._problems.of(error, node))
            case Waiting(inputs):
                self._end_without_call(node, "waiting", dict.fromkeys(inputs, node.name))
            case Skipped():
                upstream: dict[str, str] = {}
                for read in node.dependencies:
                    upstream |= self.needs.get(read.source, {})
                self._end_without_call(node, "skipped", upstream)
            case _:
                assert_never(outcome)

    @staticmethod
    def _succeeded(value: Any) -> NodeRun:
        size = value_size(value)
        return {"state": "succeeded"} if size is None else {"state": "succeeded", "bytes": size}

    def _end_call(self, node: Node, run: NodeRun, failure: Sequence[ProblemView] = ()) -> None:
        report = self._capture.reports.get(node.name, NO_REPORT)
        run = _with_report({**run, "seconds": report.seconds}, report)
        if (causes := self._causes.get(node.name)) is not None:
            run["causes"] = causes
        if (name := self._store.state_of(node)) is not None:
            run["again"] = f"The value depends on `{truncate(name, MAX_NAME_LENGTH)}`, which a function changes. {RERUN_NOTICE}"
        self.reported_problems.extend((*report.problems, *failure))
        self._end(node, run)

    def _end_without_call(self, node: Node, state: NodeState, missing: Mapping[str, str]) -> None:
        self.unavailable.add(node.name)
        run: NodeRun = {"state": state}
        if missing:
            self.needs[node.name] = needs = dict(islice(missing.items(), MAX_NEEDED_INPUTS))
            run["needs"] = list(needs)
        self._end(node, run)

    def _end(self, node: Node, run: NodeRun) -> None:
        self.runs[node.name] = run
        # Report reused nodes that were never queued only in the result, because there may be thousands of them.
        if run["state"] != "reused" or node.name in self._queued:
            self._on_state(node.name, run["state"], run.get("elements"))

    # --- values that functions change in place --------------------------------------------------------------------

    def _handle_changes(self) -> None:
        """Give changed values new versions, so values that were computed from them are not reused.

        After any change, all mutable values are treated as changed, because they may share parts.
        """
        while self._capture.changes:
            changes = self._capture.changes.pop()
            self._undecidable.update(changes.undecidable)
            if not changes.undecidable and not changes.has_reached_values:
                continue
            self._has_changed_arguments = True
            for name, value in self.available.items():
                if is_mutable(value):
                    self._traces.versions[name] = self._store.renew(name)

    def _discard_mutable_values(self) -> None:
        self._store.discard(is_mutable)
        for name, run in self.runs.items():
            if name in self._undecidable:
                run["again"] = f"The value is too large to check for in-place changes. {RERUN_NOTICE}"
            elif name in self.available and is_mutable(self.available[name]):
                run["again"] = "A function may have changed this value in place. " + RERUN_NOTICE


def _with_report(run: NodeRun, report: CallReport) -> NodeRun:
    """Add the call's printed text and its progress through the elements to a node's outcome."""
    if report.elements is not None:
        run = {**run, "elements": report.elements}
    return {**run, "prints": report.prints} if report.prints else run


def missing_inputs_text(node: str, needs: Mapping[str, str]) -> str:
    """Return the reason why a node has no value, as the end of a sentence: "the input `x` is missing".

    If upstream nodes need the inputs, the text names these nodes: "`rows` needs the input `x`, which is missing".
    """
    names_by_reader: dict[str, list[str]] = {}
    for name, reader in needs.items():
        names_by_reader.setdefault(reader, []).append(name)
    is_or_are = "is" if len(needs) == 1 else "are"
    if list(names_by_reader) == [node]:
        return f"{_inputs_text(list(needs))} {is_or_are} missing"
    parts = [f"`{reader}` needs {_inputs_text(names)}" for reader, names in names_by_reader.items()]
    return f"{' and '.join(parts)}, which {is_or_are} missing"


def _inputs_text(names: Sequence[str]) -> str:
    """Return a text such as "the inputs `a`, `b` and `c`"."""
    *first, last = (f"`{name}`" for name in names)
    return f"the inputs {', '.join(first)} and {last}" if first else f"the input {last}"
