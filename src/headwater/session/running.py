"""One run of a session: a plan, run under the session's policy, and what became of each node."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, assert_never

from headwater.bounds import MOST_NEEDED
from headwater.caching.traces import Traces
from headwater.execution.observed import Observed
from headwater.execution.outcome import Failed, Reused, Skipped, Succeeded, Waiting
from headwater.execution.policy import Observer, Policy
from headwater.hooks.passing import is_mutable, own_copy
from headwater.plan import plan
from headwater.session.calling import Calling
from headwater.session.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from headwater.caching.memory import MemoryStore
    from headwater.execution.outcome import Lost, Outcome
    from headwater.graph import Graph
    from headwater.hooks.mutation import Changes
    from headwater.node import Node
    from headwater.session.calling import Said
    from headwater.session.code import Code
    from headwater.session.problems import Problems
    from headwater.views import NodeRun, NodeState, ProblemView

    OnState = Callable[[str, NodeState], None]


AGAIN: Final = "The next run computes it again."


@dataclass(frozen=True, slots=True)
class Given:
    """What a run does not compute, by the names of nodes."""

    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    replaced: Collection[str]
    """The nodes that are overridden, those included whose value does not fit."""
    refused: Collection[str]
    """Nodes that have no value, as what is given for them or for a parameter of theirs is wrong: they count as failed."""
    unreadable: Collection[str]
    """Inputs whose text cannot be read. A function that uses one waits for it, even if its parameter has a default."""


@dataclass(slots=True)
class Memory:
    """What a session remembers from run to run."""

    values: MemoryStore
    said: dict[str, Said]
    """What the functions behind the values said when they were called, by the names of nodes."""

    def only(self, names: Collection[str]) -> None:
        """Forget all other nodes."""
        self.values.only(names)
        self.said = {name: said for name, said in self.said.items() if name in names}


class Running(Observer):
    """One run; after it, what became of each node."""

    def __init__(self, memory: Memory, given: Given, code: Code, problems: Problems, on_state: OnState) -> None:
        self.runs: dict[str, NodeRun] = {}
        self.found: list[ProblemView] = []
        self.present: dict[str, Any] = {}
        """The values that this run has, kept ones included."""
        self.lost: set[str] = set()
        """The nodes that failed, wait for an input or were skipped."""
        self.needs: dict[str, list[str]] = {}
        """The inputs without a value that keep a node from being computed."""
        self._memory = memory
        self._given = given
        self._problems = problems
        self._on_state = on_state
        self._calling = Calling(problems, self.present, self._after)
        self._store = Remembered(memory.values, code, given.replaced)
        self._traces = Traces(self._store, self._store.token)
        self._undecidable: set[str] = set()
        """The nodes of whose values nothing tells whether a function changed them in place."""
        self._is_distrustful = False
        """Whether a function changed an argument in place, or may have done so."""

    def run(self, graph: Graph, wanted: Sequence[str]) -> None:
        """Compute some nodes, and look at all that are overridden."""
        needed = graph.upstream([*wanted, *self._given.replaced], given=self._given.replaced)
        lost: dict[str, Lost] = {name: Failed() for name in self._given.refused}
        lost |= {name: Waiting((name,)) for name in self._given.unreadable}
        for node in needed:
            self._take(node)
        policy = Policy(
            on_failure="continue",
            catches=(BaseException,),
            observers=(self,),
            middleware=(self._calling,),
            traces=lambda: self._traces,
        )
        names = {*self.present, *self._given.replaced, *lost}
        planned = plan(graph, wanted, names - self._unmade(graph), needed=dict.fromkeys(node.name for node in needed))
        try:
            Observed(planned, policy).run(self.present, lost)
        finally:
            if self._is_distrustful:
                self._forget_mutable()

    def count(self, *states: NodeState) -> int:
        """How many nodes ended in one of some states."""
        return sum(run["state"] in states for run in self.runs.values())

    # --- as an observer -------------------------------------------------------------------------------------------

    def queued(self, nodes: Sequence[Node]) -> None:
        """Pass it on."""
        for node in nodes:
            self._on_state(node.name, "queued")

    def started(self, node: Node) -> None:
        """Pass it on."""
        self._on_state(node.name, "running")

    def ended(self, node: Node, outcome: Outcome) -> None:
        """Note what became of a node."""
        match outcome:
            case Succeeded(value):
                self.present[node.name] = value
                said = self._memory.said[node.name] = self._calling.said[node.name]
                self._called(node, "done", said)
            case Reused(value):
                self.present[node.name] = value
                said = self._memory.said[node.name]
                self.found.extend(said.problems)
                self._ended(node, {"state": "kept", "prints": said.prints} if said.prints else {"state": "kept"})
            case Failed(error):
                self.lost.add(node.name)
                if error is None:
                    self._ended(node, {"state": "failed"})
                else:
                    self._called(node, "failed", self._calling.said[node.name], self._problems.of(error, node))
            case Waiting(inputs):
                self._leave_out(node, "waiting", inputs)
            case Skipped():
                sources = (name for one in node.dependencies for name in self.needs.get(one.source, ()))
                self._leave_out(node, "skipped", tuple(sources))
            case _:
                assert_never(outcome)

    def _called(self, node: Node, state: NodeState, said: Said, failure: Sequence[ProblemView] = ()) -> None:
        run: NodeRun = {"state": state, "seconds": said.seconds}
        if said.prints:
            run["prints"] = said.prints
        self.found.extend((*said.problems, *failure))
        self._ended(node, run)

    def _leave_out(self, node: Node, state: NodeState, inputs: Sequence[str]) -> None:
        self.lost.add(node.name)
        run: NodeRun = {"state": state}
        needs = list(dict.fromkeys(inputs))[:MOST_NEEDED]
        if needs:
            self.needs[node.name] = run["needs"] = needs
        self._ended(node, run)

    def _ended(self, node: Node, run: NodeRun) -> None:
        self.runs[node.name] = run
        self._on_state(node.name, run["state"])

    # --- what is given --------------------------------------------------------------------------------------------

    def _take(self, node: Node) -> None:
        """Take the value that is given for a node, if one is."""
        name = node.name
        if name in self._given.refused:
            self.lost.add(name)
        elif name in self._given.replaced:
            self.present[name] = own_copy(self._given.overrides[name])
        elif node.kind == "config":
            self.present[name] = own_copy(node.value)
        elif name in self._given.inputs:
            self.present[name] = own_copy(self._given.inputs[name])
        if name in self._given.replaced and node.kind == "function":
            self._ended(node, {"state": "failed" if name in self.lost else "overridden"})

    def _unmade(self, graph: Graph) -> set[str]:
        """Functions without a value that are not overridden: steps of the plan, which are not called."""
        return {
            name
            for name in self._given.refused
            if name in graph.nodes and graph.nodes[name].kind == "function" and name not in self._given.replaced
        }

    # --- values that are changed in place -------------------------------------------------------------------------

    def _after(self, changes: Changes) -> None:
        """Have nothing be reused that was computed from what a function may just have changed, now or in the next run.

        All mutable values count: what is in one may be in others too.
        """
        self._undecidable.update(changes.undecidable)
        if not changes.undecidable and not changes.has_reached_values:
            return
        self._is_distrustful = True
        for name, value in self.present.items():
            if is_mutable(value):
                self._traces.versions[name] = self._memory.values.new_version()

    def _forget_mutable(self) -> None:
        self._memory.values.forget(is_mutable)
        for name, run in self.runs.items():
            if name in self._undecidable:
                run["again"] = "It takes too much work to tell whether a function changed this value in place. " + AGAIN
            elif name in self.present and is_mutable(self.present[name]):
                run["again"] = "A function may have changed this value in place. " + AGAIN


def missing_inputs_text(names: Sequence[str]) -> str:
    """Why a node has no value, as the end of a sentence: `it needs the input `x`, which is not given`."""
    if len(names) == 1:
        return f"it needs the input `{names[0]}`, which is not given"
    *others, last = (f"`{name}`" for name in names)
    return f"it needs the inputs {', '.join(others)} and {last}, which are not given"
