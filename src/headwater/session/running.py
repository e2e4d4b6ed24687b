"""One run of a session: over the nodes in order, running those whose code or inputs have changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from headwater.bounds import MOST_NEEDED
from headwater.errors import ChangedArgumentWarning
from headwater.node import REQUIRED, Constant
from headwater.session.passing import Passed, is_mutable, own_copy, passed
from headwater.session.prints import caught
from headwater.session.warned import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from headwater.errors import HeadwaterWarning
    from headwater.node import Dependency, Node
    from headwater.session.code import Code, NodeCode
    from headwater.session.kept import Kept, Values, Versions
    from headwater.session.problems import Problems
    from headwater.views import NodeRun, NodeState, ProblemView

    OnState = Callable[[str, NodeState], None]


AGAIN: Final = "The next run computes it again."


@dataclass(frozen=True, slots=True)
class Given:
    """What a run does not compute, by the names of nodes."""

    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    replaced: Container[str]
    """The nodes that are overridden, those included whose value does not fit."""
    refused: Container[str]
    """Nodes that have no value, as what is given for them or for a parameter of theirs is wrong: they count as failed."""
    unreadable: Container[str]
    """Inputs whose text cannot be read. A function that uses one waits for it, even if its parameter has a default."""


@dataclass(slots=True)
class Running:
    """The state of one run; after it, what became of each node."""

    values: Values
    given: Given
    code: Code
    problems: Problems
    on_state: OnState
    runs: dict[str, NodeRun] = field(default_factory=dict[str, "NodeRun"])
    found: list[ProblemView] = field(default_factory=list["ProblemView"])
    present: dict[str, Kept] = field(default_factory=dict[str, "Kept"])
    """The values that this run has, kept ones included."""
    lost: set[str] = field(default_factory=set[str])
    """The nodes that failed, wait for an input or were skipped."""
    needs: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """The inputs without a value that keep a node from being computed."""
    undecidable: set[str] = field(default_factory=set[str])
    """The nodes of whose values nothing tells whether a function changed them in place."""
    is_distrustful: bool = False
    """Whether a function changed an argument in place, or may have done so."""
    bound: dict[str, Versions] = field(default_factory=dict[str, "Versions"])
    """For each node that was looked at, the versions of what it takes from the config."""

    def run(self, nodes: Iterable[Node]) -> None:
        """Run the nodes, each of which comes after what it needs."""
        ordered = list(nodes)
        for node in ordered:
            if node.name in self.given.replaced:
                self._override(node)
            elif node.name in self.given.refused:
                self.lost.add(node.name)
            elif node.kind == "config":
                self.present[node.name] = self.values.given(node.name, own_copy(node.value))
            elif node.name in self.given.inputs:
                self.present[node.name] = self.values.given(node.name, own_copy(self.given.inputs[node.name]))
        functions = [node for node in ordered if node.kind == "function" and node.name not in self.given.replaced]
        self._announce(functions)
        try:
            for node in functions:
                self._function(node)
        finally:
            if self.is_distrustful:
                self._forget_mutable()

    def count(self, *states: NodeState) -> int:
        """How many nodes ended in one of some states."""
        return sum(run["state"] in states for run in self.runs.values())

    def _announce(self, functions: Iterable[Node]) -> None:
        """Say before the first function runs which nodes are going to be looked at again."""
        expected = dict(self.present)
        queued: set[str] = set()
        for node in functions:
            kept = None
            if node.name in self.lost:
                continue
            if not any(dependency.source in queued for dependency in node.dependencies):
                kept = self.values.holding(node.name, self.code.of_node(node).fingerprint, self._versions(node, expected))
            if kept is None:
                queued.add(node.name)
                self.on_state(node.name, "queued")
            else:
                expected[node.name] = kept

    def _override(self, node: Node) -> None:
        if node.name in self.given.refused:
            self.lost.add(node.name)
        else:
            value = own_copy(self.given.overrides[node.name])
            self.present[node.name] = self.values.overriding(node.name, value, self.code.data)
        if node.kind == "function":
            self._ended(node, {"state": "failed" if node.name in self.lost else "overridden"})

    def _function(self, node: Node) -> None:
        if node.name in self.lost:
            self._ended(node, {"state": "failed"})
            return
        missing = [dependency.source for dependency in node.dependencies if self._is_missing(dependency)]
        if missing or any(dependency.source in self.lost for dependency in node.dependencies):
            self._leave_out(node, missing)
            return
        read = self._versions(node, self.present)
        code = self.code.of_node(node)
        kept = self.values.holding(node.name, code.fingerprint, read)
        if kept is not None:
            self.present[node.name] = kept
            self.found.extend(kept.problems)
            self._ended(node, {"state": "kept", "prints": kept.prints} if kept.prints else {"state": "kept"})
        else:
            self._call(node, code, read)

    def _is_missing(self, dependency: Dependency) -> bool:
        """Whether a function needs an input that has no value."""
        name = dependency.source
        if name in self.lost or name in self.present:
            return False
        return not dependency.optional or name in self.given.unreadable

    def _leave_out(self, node: Node, missing: Sequence[str]) -> None:
        """End a node whose function cannot be called: inputs are missing, or nodes upstream have no value."""
        self.lost.add(node.name)
        upstream = (name for one in node.dependencies for name in self.needs.get(one.source, ()))
        needs = list(dict.fromkeys(missing or upstream))[:MOST_NEEDED]
        run: NodeRun = {"state": "waiting" if missing else "skipped"}
        if needs:
            self.needs[node.name] = run["needs"] = needs
        self._ended(node, run)

    def _passed(self, argument: Constant | Dependency) -> Passed:
        """What a function receives for a parameter. No run may find a default or a constant changed by the run before."""
        if isinstance(argument, Constant):
            return Passed(own_copy(argument.value))
        kept = self.present.get(argument.source)
        return Passed(own_copy(argument.default)) if kept is None else passed(kept.value)

    def _call(self, node: Node, code: NodeCode, read: Versions) -> None:
        assert node.call is not None
        self.on_state(node.name, "running")
        arguments = [self._passed(argument) for argument in node.arguments]
        start = perf_counter()
        with caught() as prints, noted() as warned:
            try:
                value = node.call(*(argument.value for argument in arguments))
                failure = None
            except KeyboardInterrupt:
                self._changed_by(node, arguments)
                raise
            except BaseException as error:  # noqa: BLE001 - whatever a user's function raises
                value, failure = None, error
            seconds = perf_counter() - start
        warned += self._changed_by(node, arguments)
        notices = tuple(self.problems.of_warning(warning, node) for warning in warned)
        said = self.problems.relative(prints.text)
        run: NodeRun = {"state": "done" if failure is None else "failed", "seconds": seconds}
        if said:
            run["prints"] = said
        self.found.extend(notices)
        if failure is None:
            self.present[node.name] = self.values.computed(
                node.name,
                value,
                code=code.fingerprint,
                read=read,
                prints=said,
                problems=notices,
                data=self.code.data if code.reads_data else None,
                is_new=code.writes_files,
            )
        else:
            self.lost.add(node.name)
            self.found.extend(self.problems.of(failure, node))
        self._ended(node, run)

    def _changed_by(self, node: Node, arguments: Sequence[Passed]) -> list[HeadwaterWarning]:
        """Look for arguments that a function has changed in place. Returns warnings of them."""
        warnings: list[HeadwaterWarning] = []
        is_distrusted = False
        for parameter, argument in zip(node.arguments, arguments, strict=True):
            if isinstance(parameter, Constant):
                continue
            if argument.is_undecidable:
                is_distrusted = True
                self.undecidable.add(parameter.source)
                continue
            was_changed = argument.was_changed()
            is_distrusted |= was_changed
            if was_changed or argument.copy_was_changed():
                warnings.append(ChangedArgumentWarning(node.name, node.place, parameter.parameter))
        if is_distrusted:
            self._distrust_mutable()
        return warnings

    def _distrust_mutable(self) -> None:
        """Have nothing be reused that was computed from what a function may just have changed, now or in the next run.

        All mutable values count: what is in one may be in others too.
        """
        self.is_distrustful = True
        for name, kept in self.present.items():
            if is_mutable(kept.value):
                self.present[name] = self.values.renewed(kept)

    def _forget_mutable(self) -> None:
        self.values.forget_mutable()
        for name, run in self.runs.items():
            if name in self.undecidable:
                run["again"] = "It takes too much work to tell whether a function changed this value in place. " + AGAIN
            elif name in self.present and is_mutable(self.present[name].value):
                run["again"] = "A function may have changed this value in place. " + AGAIN

    def _versions(self, node: Node, present: Mapping[str, Kept]) -> Versions:
        """The versions of what a node reads, and of what decorators took from the config for it."""
        if node.name not in self.bound:  # once in a run: a mutable value gets another version whenever it is looked at
            self.bound[node.name] = self.values.bound(node.name, _from_config(node))
        read = (present.get(dependency.source) for dependency in node.dependencies)
        return (*(None if kept is None else kept.version for kept in read), *self.bound[node.name])

    def _ended(self, node: Node, run: NodeRun) -> None:
        self.runs[node.name] = run
        self.on_state(node.name, run["state"])


def missing_inputs_text(names: Sequence[str]) -> str:
    """Why a node has no value, as the end of a sentence: `it needs the input `x`, which is not given`."""
    if len(names) == 1:
        return f"it needs the input `{names[0]}`, which is not given"
    *others, last = (f"`{name}`" for name in names)
    return f"it needs the inputs {', '.join(others)} and {last}, which are not given"


def _from_config(node: Node) -> dict[str, Any]:
    """What decorators took from the config for a node, by names that differ. The code does not show a change of it."""
    bound = {
        f"parameter {argument.parameter}": argument.value
        for argument in node.arguments
        if isinstance(argument, Constant) and not argument.is_written
    }
    for number, (key, value) in enumerate(node.settings):
        label = f"config {number}, all keys" if key is None else f"config {number}, `{key}`"
        bound |= {f"{label}, which it lacks": None} if value is REQUIRED else {label: value}
    return bound
